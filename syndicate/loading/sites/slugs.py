"""Slugs as each generator makes them from a title or a name: the rules differ, and an address depends on every sign."""

import html
import re
import unicodedata
from collections.abc import Iterable, Sequence

_TAGS = re.compile(r"</?[^>]*>")
_MARKUP = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_HEXO = re.compile(r"[\s~`!@#$%^&*()\-_+=\[\]{}|\\;:\"'<>,.?/]+")
_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "Ss"}
    | {"&": " and ", "🦄": " unicorn ", "♥": " love "}
)
_UNSAFE = re.compile(r'[<>:"/\\|?*]')
PELICAN = ((r"[^\w\s-]", ""), (r"(?u)\A\s*", ""), (r"(?u)\s*\Z", ""), (r"[-\s]+", "-"))
"""Pelican's own SLUG_REGEX_SUBSTITUTIONS."""
_PATTERN_LENGTH, _TITLE_LENGTH = 200, 500


_LATER = str.maketrans(
    dict.fromkeys("しシ", "shi")
    | dict.fromkeys("ちチ", "chi")
    | dict.fromkeys("つツっッ", "tsu")
    | {"ー": "-", "¼": " 1/4", "½": " 1/2", "¾": " 3/4", "Ŋ": "NG", "ŋ": "ng", "Є": "Ie"}
)
"""What later tables spell otherwise, of what occurs in titles."""
_SOUNDED = re.compile(r"[\u0370-\u1fff]+")


def ascii_of(words: str) -> str:
    """Return words in ASCII, each sign as it sounds (the tables of Perl's Text::Unidecode)."""
    if words.isascii():
        return words
    import text_unidecode  # noqa: PLC0415 -- its tables are read at once

    return str(text_unidecode.unidecode(words.translate(_LATER)))


def github(words: str) -> str:
    """Return a slug as github-slugger makes it (Astro): letters, marks, digits, ``_``, ``-``; spaces become hyphens."""
    return "".join(sign for sign in words.lower() if sign in " -" or _is_word(sign)).replace(" ", "-")


def _is_word(sign: str) -> bool:
    kind = unicodedata.category(sign)
    return kind[0] in "LM" or kind in {"Nd", "Nl", "Pc"}


def material(words: str, separator: str = "-", case: str = "lower") -> str:
    """Return a slug as pymdownx.slugs.slugify makes it (MkDocs Material): a space each becomes a separator."""
    bare = _TAGS.sub("", unicodedata.normalize("NFC", words)).strip()
    cased = {"lower": bare.lower, "fold": bare.casefold}.get(case, lambda: bare)()
    return re.sub(r"[^\w\- ]", "", cased).replace(" ", separator)


def zola(words: str, strategy: str = "on") -> str:
    """Return a slug as Zola makes it: ``on`` (ASCII, by the slug crate), ``safe`` or ``off``."""
    if strategy == "off":
        return words
    if strategy == "safe":
        return _UNSAFE.sub("", words.rstrip(" ."))
    return re.sub(r"[^a-z0-9]+", "-", ascii_of(words).lower()).strip("-")


def hexo(words: str, *, lower: bool = False) -> str:
    """Return a slug as hexo-util's slugize makes it: no diacritics, signs become hyphens, case stays."""
    bare = re.sub(r"[\x00-\x1f]", "", "".join(map(_latin, words)))
    slug = re.sub(r"-{2,}", "-", _HEXO.sub("-", bare)).strip("-")
    return slug.lower() if lower else slug


def eleventy(words: str) -> str:
    """Return a slug as Eleventy's ``slugify`` filter makes it (@sindresorhus/slugify)."""
    spelled = _without_marks(unicodedata.normalize("NFC", words).translate(_UMLAUTS))
    # It knows the letters of Greek, Cyrillic and their neighbours, but no ideographs and no punctuation.
    spelled = _SOUNDED.sub(lambda found: ascii_of(found[0]), spelled)
    spelled = re.sub(r"([a-zA-Z\d]+)'([ts])(\s|$)", r"\1\2\3", spelled.lower())
    return re.sub(r"[^a-z\d]+", "-", spelled).strip("-")


def pelican(words: str, rules: Iterable[Sequence[str]] = PELICAN, *, cased: bool = False, wide: bool = False) -> str:
    """Return a slug as Pelican makes it, by SLUG_REGEX_SUBSTITUTIONS, SLUGIFY_PRESERVE_CASE and SLUGIFY_USE_UNICODE.

    Raises ``ValueError`` for a substitution that is no regular expression or that could run for long.
    """
    bare = _MARKUP.sub("", words[:_TITLE_LENGTH])
    value = unicodedata.normalize("NFKC", html.unescape(" ".join(bare.split())))
    value = value if wide else ascii_of(value)
    for pattern, replacement in rules:
        if not is_swift(pattern):
            raise ValueError(f"the pattern {pattern!r} could run for long")
        try:
            value = re.sub(pattern, replacement, value, flags=re.IGNORECASE)
        except (re.error, IndexError) as error:
            raise ValueError(f"the pattern {pattern!r} cannot be used: {error}") from None
    return (value if cased else value.lower()).strip()


def is_swift(pattern: str) -> bool:
    """Whether a foreign regular expression repeats nothing that repeats itself, so that it is soon done."""
    return len(pattern) <= _PATTERN_LENGTH and not re.search(r"[+*}]\)?[+*{]|\)[+*{]", pattern)


def _latin(sign: str) -> str:
    """Return a Latin letter without its marks; those of other scripts keep them."""
    bare = unicodedata.normalize("NFD", sign)[0]
    return (bare if bare.isascii() else sign).translate(_STROKES)


def _without_marks(words: str) -> str:
    """Return words without diacritics: what decomposes, and the few letters that have a stroke instead of a mark."""
    if words.isascii():
        return words
    bare = "".join(sign for sign in unicodedata.normalize("NFD", words) if unicodedata.category(sign) != "Mn")
    return unicodedata.normalize("NFC", bare).translate(_STROKES)


_STROKES = str.maketrans(
    dict(zip("ŁłØøĐđĦħŦŧŽžßıƗɨ", "LlOoDdHhTtZzsiIi", strict=True)) | {"Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe"}
)
