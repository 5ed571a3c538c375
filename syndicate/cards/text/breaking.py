"""Where a line may end, and how gladly: the Unicode rules, mended by those of typesetters.

``penalty`` is in hundredths of what a line that is half empty costs; a break that must not be taken is not listed.
"""

import re
from dataclasses import dataclass

from syndicate.cards.text import hyphenate, icu

_ONE_LETTER = frozenset({"cs", "sk", "pl", "hr", "sl", "uk", "ru", "bg", "sr"})
"""Languages in which a preposition of one letter may not end a line."""
_SPACES = " \u2003\u3000"
_CLOSES = re.compile(r"[:;!?»%‰°€…)\]}’”\u2013\u2014,.·|/]")
_OPENS = re.compile(r"[«([{¿¡“‘#@§№]$")
_WORD = r"[^\W_]"
_UNIT = re.compile(
    r"(?:[kMGT]?(?:o|B|b|bit|Hz|W|Wh|m|g|l|L|m²|m³)|cm|mm|km²|km/h|kg|ha|°C|°F|min|h|s|ms|ans?|[€$£¥%‰]|million|milliards?|billion)"
    r"(?![\w])"
)
_COUNTED = re.compile(
    r"(?:^|[\s\u00a0(«“])(?:n[o°º]|nr|no\.|n\.|§|№|p\.|pp\.|vol\.|fig\.|art\.|chap\.|M\.|MM\.|Mme|Mlle|Dr\.?|Mr\.?|Mrs\.?|Ms\.?|Pr\.?|St\.?|Ste)$",
    re.IGNORECASE,
)
_SMALL = re.compile(
    r"(?:^|[\s\u00a0(«“'’])(?:a|à|an|as|at|au|aux|by|ce|d|da|das|de|dei|del|dem|den|der|des|di|die|do|du|ein|el|en|et|for|from|i|if|il|in|"
    r"is|its|la|las|le|les|lo|los|ma|mes|my|nos|o|of|on|or|ou|our|par|por|pour|sa|se|ses|si|sur|the|to|un|una|une|und|vos|with|y|your|zu|and|but|dans|que|qui|où)$",
    re.IGNORECASE,
)
_PAUSE = re.compile(r"[:;,.!?\u2013\u2014|。、，：；！？…]$")


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a line may end: the offset of the next line's first character; whether a hyphen is shown."""

    at: int
    penalty: int = 0
    hyphen: bool = False


def breaks(text: str, language: str) -> tuple[Break, ...]:
    """Return where lines may end without dividing a word; the end of the text last."""
    base = language.partition("-")[0].lower()
    found = [
        Break(at, _penalty(text[:at], text[at:]), text[at - 1] == "\u00ad")
        for at in icu.breaks(text, language)
        if 0 < at < len(text) and not _glued(text[:at], text[at:], base)
    ]
    return (*found, Break(len(text)))


def divided(text: str, language: str) -> tuple[Break, ...]:
    """Return the same, and where words may be hyphenated."""
    whole = {one.at: one for one in breaks(text, language)}
    for word in re.finditer(r"[^\W\d_]{7,}", text):
        for point in hyphenate.points(word.group(), language):
            at = word.start() + point
            whole.setdefault(at, Break(at, 90, hyphen=True))
    return tuple(whole[at] for at in sorted(whole))


def anywhere(text: str, language: str) -> tuple[Break, ...]:
    """Return the same, and between any two grapheme clusters: for what has no other place to break."""
    whole = {one.at: one for one in divided(text, language)}
    at = 0
    for cluster in icu.clusters(text, language):
        at += len(cluster)
        whole.setdefault(at, Break(at, 400))
    return tuple(whole[at] for at in sorted(whole))


def _glued(before: str, after: str, language: str) -> bool:
    """Whether a line must not end here, whatever the Unicode rules say."""
    if before[-1] not in _SPACES:
        return _inside_word(before, after)
    bare = before.rstrip(_SPACES)
    if not bare:
        return True
    if _CLOSES.match(after) or _OPENS.search(bare):
        return not re.match(r"[.]\w", after)
    if bare[-1].isdigit():
        return bool(_UNIT.match(after) or re.match(r"\d{3}(?!\d)", after))
    if after[0].isdigit() and _COUNTED.search(bare):
        return True
    if _COUNTED.search(bare) and re.search(r"(?:M|MM|Dr|Mr|Mrs|Ms|Pr|Mme|Mlle|St|Ste)\.?$", bare):
        return True
    return language in _ONE_LETTER and bool(re.search(r"(?:^|[\s\u00a0])[^\W\d_]$", bare))


def _inside_word(before: str, after: str) -> bool:
    """Between two characters with no space: hyphens, slashes and dashes part words; signs and numbers stay whole."""
    last, first = before[-1], after[0]
    if last in "-\u2010":
        return not (re.search(r"[^\W\d_]{3}[-\u2010]$", before) and re.match(r"[^\W\d_]{3}", after))
    if last == "/":
        return not (re.search(r"\w{2}/$", before) and re.match(r"\w{2}", after))
    return last.isascii() and first.isascii() and last not in "?&=_#~"


def _penalty(before: str, after: str) -> int:
    if before[-1] not in _SPACES:
        return _inner_penalty(before[-1])
    bare = before.rstrip(_SPACES)
    if _PAUSE.search(bare):
        return -6
    if _SMALL.search(bare):
        return 14
    return 4 if after[:1].isdigit() else 0


def _inner_penalty(last: str) -> int:
    if last in "-\u2010":
        return 22
    if last in "/\u00ad?&=_#~":
        return 30
    return 0
