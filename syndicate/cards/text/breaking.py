"""Where a line may end, and how gladly: the Unicode rules, mended by those of typesetters.

``penalty`` counts in the same hundredths as ``fitting``; a break that must never be taken is not listed.
"""

import re
import unicodedata
from dataclasses import dataclass
from itertools import accumulate

from syndicate.cards.text import hyphenate, icu

SOFT_HYPHEN = "\u00ad"
_SPACES = " \u2003\u3000"
_NO_BREAK = ("\u00a0", "\u202f", "\u2060")
_NEAR = 24
"""Characters before and after a break that are looked at."""

_STARTS_NO_LINE = re.compile(r"[:;!?»%‰°€…)\]}’”,.·|/]|[-\u2010-\u2015&+=*~→](?=\s|$)")
_STARTS_A_WORD = re.compile(r"[.]\w")
_ENDS_NO_LINE = "«([{¿¡“‘"
_OPENING, _CLOSING = frozenset({"Ps", "Pi"}), frozenset({"Pe", "Pf"})
_SIGNS = frozenset("#@§№$€£")
"""Signs that, standing alone, belong to what follows."""
_UNIT = re.compile(
    r"(?:[kMGT]?(?:o|B|b|bits?|Hz|Wh?|m[²³]?|g|l|L)|cm|mm|km²|km/h|ha|°[CF]|min|h|s|ms|ans?|[€$£¥%‰]"
    r"|millions?|milliards?|billions?|Mio|Mrd)(?!\w)"
)
_HOST_BEFORE, _HOST_AFTER = re.compile(r"\.\w[\w-]*$"), re.compile(r"[\w-]+\.\w")
"""Names with a full stop in them, as hosts and files have."""
_THOUSANDS = re.compile(r"\d{3}(?!\d)")
_COUNTED = frozenset("no no. n° nº n. nr nr. № § p. pp. vol. fig. art. chap. ch. part partie teil item".split())
"""Words that belong to the number after them."""
_TITLES = frozenset(
    "m. mm. mme mme. mlle dr dr. mr mr. mrs mrs. ms ms. pr pr. prof. st st. ste hr. fr. sr. sra.".split()
)
"""Words that belong to the name after them."""
_ONE_LETTER = frozenset("cs sk pl hr sl uk ru bg sr be mk".split())
"""Languages in which a preposition of one letter may not end a line."""
_LEANING = frozenset(
    "a à al an and as at au aux but by ce con da dans das de dei del dem den der des di die do du e ein eine el en et "
    "for from i il im in is its la las le les lo los ma mes mit my nos o of on or os ou où our par per por pour qu que "
    "qui sa se ses si sur the to um un una und une von vos with y your zu zum zur".split()
)
"""Small words that lean on what follows, and look forsaken at the end of a line."""
_FOLLOWING = frozenset("में का के की को से पर ने है हैं तक میں کا کے کی کو سے پر نے ہے ہیں تک را".split())
"""Small words that lean on what stands before (Hindi, Urdu, Persian), and look forsaken at the start of a line."""
_PAUSES = ":;,.!?\u2013\u2014|。、，：；！？…"

_DAY = re.compile(r"(?<!\S)(?:\d{1,2}|1er)$")
"""A number that counts or dates what follows: ``8 mars``."""

_ENDED = re.compile(r"[.!?…»”)][\s\u200d\ufe0f\U0001f3fb-\U0001f3ff]*$")
"""The end of a sentence, once the emoji after it are taken away."""

_AT_PAUSE, _AFTER_LEANING, _BEFORE_NUMBER, _AFTER_NUMBER = -6, 20, 14, 8
_BEFORE_EMOJI, _BEGUN = 40, 16
_BEGINS = re.compile(r"[.!?…:][^\w.!?…:]+\w+$")
"""A sentence of which only the first word has been said."""
_IN_WORD, _AT_HYPHEN, _IN_ADDRESS, _DIVIDED, _ANYWHERE = 24, 26, 40, 90, 400


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a line may end: the offset of the next line's first character; whether a hyphen is shown."""

    at: int
    penalty: int = 0
    hyphen: bool = False


def breaks(text: str, language: str) -> tuple[Break, ...]:
    """Return where lines may end without dividing a word; the end of the text last."""
    base = language.partition("-")[0].lower()
    words = icu.words(text, language) if base == "zh" else None  # the Unicode rules let Chinese break anywhere
    found: list[Break] = []
    for at in icu.breaks(text, language):
        before, after = text[max(0, at - _NEAR) : at], text[at : at + _NEAR]
        if before.strip(_SPACES) and after and not _glued(before, after, base):
            torn = _IN_WORD if words is not None and at not in words else 0
            found.append(Break(at, _penalty(before, after) + torn, before[-1] == SOFT_HYPHEN))
    return (*found, Break(len(text)))


def divided(text: str, language: str) -> tuple[Break, ...]:
    """Return the same, and where words may be hyphenated."""
    places = {one.at: one for one in breaks(text, language)}
    for word in re.finditer(r"[^\W\d_]{7,}", text):
        for point in hyphenate.points(word.group(), language):
            at = word.start() + point
            places.setdefault(at, Break(at, _DIVIDED, hyphen=True))
    return tuple(places[at] for at in sorted(places))


def anywhere(text: str, language: str) -> tuple[Break, ...]:
    """Return the same, and between any two grapheme clusters that nothing binds: for what has no other place."""
    places = {one.at: one for one in divided(text, language)}
    for at in clusters(text, language):
        if not (text[at - 1] in _SPACES or text[at : at + 1] in _SPACES or _bound(text[at - 1], text[at:])):
            places.setdefault(at, Break(at, _ANYWHERE))
    return tuple(places[at] for at in sorted(places))


def clusters(text: str, language: str) -> tuple[int, ...]:
    """Return where grapheme clusters end: the places at which a text may be cut off."""
    return tuple(accumulate(map(len, icu.clusters(text, language))))


def _bound(last: str, after: str) -> bool:
    """Whether a line that ends or begins here would look wrong even in the middle of a word."""
    if last in _NO_BREAK or after[0] in _NO_BREAK or last in _ENDS_NO_LINE:
        return True
    if unicodedata.category(last) in _OPENING or unicodedata.category(after[0]) in _CLOSING:
        return True
    return bool(_STARTS_NO_LINE.match(after))


def _glued(before: str, after: str, language: str) -> bool:
    """Whether a line must not end here, whatever the Unicode rules say."""
    if after[0] in _NO_BREAK:  # after a hyphen the standard lets a line end even there (LB12a)
        return True
    if before[-1] not in _SPACES:
        return _inside_word(before, after)
    bare = before.rstrip(_SPACES)
    if bare[-1] in _ENDS_NO_LINE or _last_word(bare) in _SIGNS:
        return True
    if _STARTS_NO_LINE.match(after) and not _STARTS_A_WORD.match(after):
        return True
    if bare[-1].isdigit() and (_UNIT.match(after) or _THOUSANDS.match(after)):
        return True
    return _leans(_last_word(bare), after, language)


def _leans(word: str, after: str, language: str) -> bool:
    """Whether a word may never be parted from what follows."""
    if word in _TITLES or (after[0].isdigit() and word in _COUNTED):
        return True
    return language in _ONE_LETTER and len(word) == 1 and word.isalpha()


def _inside_word(before: str, after: str) -> bool:
    """Where no space stands: hyphens, slashes and dashes part words; signs and numbers stay whole."""
    last, first = before[-1], after[0]
    if last in "-\u2010":
        parts = re.search(r"[^\W\d_]{3}.$", before) and re.match(r"[^\W\d_]{3}", after)
        return not parts or bool(_HOST_BEFORE.search(before) or _HOST_AFTER.match(after))
    if last == "/":
        return not (re.search(r"\w{2}/$", before) and re.match(r"\w{2}", after))
    if last in "\u2012\u2013":
        return first.isdigit()
    if first in "\u2013\u2014" or (_is_symbol(first) and not last.isalnum()):
        return True
    return last.isascii() and first.isascii() and last not in "?&=_#~"


def _penalty(before: str, after: str) -> int:
    if before[-1] not in _SPACES:
        return _inner_penalty(before[-1])
    bare = before.rstrip(_SPACES)
    if _is_symbol(after[0]):
        return _before_symbol(bare, after)
    if bare[-1] in _PAUSES or _ends_with_emoji(bare):
        return _AT_PAUSE
    if _last_word(bare) in _LEANING or re.split(r"\s", after)[0] in _FOLLOWING:
        return _AFTER_LEANING + _BEGUN * bool(_BEGINS.search(bare))
    if after[0].isdigit():
        return _BEFORE_NUMBER
    return _AFTER_NUMBER if _DAY.search(bare) else 0


def _before_symbol(bare: str, after: str) -> int:
    """An emoji after a sentence or at the end of all goes with what it comments on; any other may begin something."""
    trailing = not any(one.isalnum() for one in after)
    return _BEFORE_EMOJI if trailing or bare[-1] in _PAUSES or _is_symbol(bare[-1]) else _BEFORE_NUMBER


def _ends_with_emoji(bare: str) -> bool:
    """Whether a sentence ends here, with emoji after it."""
    plain = "".join(one for one in bare if not _is_symbol(one))
    return plain != bare and bool(_ENDED.search(plain))


def _inner_penalty(last: str) -> int:
    if last in "-\u2010":
        return _AT_HYPHEN
    return _IN_ADDRESS if last in "/?&=_#~" or last == SOFT_HYPHEN else 0


def _is_symbol(character: str) -> bool:
    return unicodedata.category(character) == "So"


def _last_word(bare: str) -> str:
    return re.split(r"[\s\u00a0\u202f(«“'’]", bare)[-1].lower()
