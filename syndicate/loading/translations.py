"""Translations: which articles are the same one in several languages.

Kin is told by what their headers say (a common key, or who the others are), else by what their generator says, else by
their place: the same name in the folders of two languages, or with their endings. Of two articles in one language
nobody knows which one a translation belongs to: neither is linked. Pure.
"""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from syndicate.findings import Finding, finding
from syndicate.loading.fields import Fields, language_tag
from syndicate.model import Article, Translation

_KEYS = (
    "translationKey", "translation_key", "translation_id", "translation_of", "i18n_id", "i18n_key", "i18n.key",
    "lang_ref", "ref", "page_id", "extra.translation_key",
)  # fmt: skip
"""Hugo and its followers; Jekyll's multilingual plugins and recipes (``ref``, ``lang-ref``, polyglot's ``page_id``)."""
_OTHERS = ("translations", "alternates", "hreflang", "extra.translations")
_ENDINGS = (re.compile(r"(.+)[._-]([A-Za-z]{2,3}[-_][A-Za-z]{2,4})"), re.compile(r"(.+)[._-]([A-Za-z]{2,3})"))
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Kin:
    """What tells an article's translations: ``keys`` it shares with them, and what they may call it (``names``)."""

    permalink: str
    source: str
    language: str
    keys: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Where it is, as another header would say it."""
        return (f"at {self.source}", f"at {unquote(urlsplit(self.permalink).path).strip('/')}")


def keys(fields: Fields, path: str, language: str, told: str = "") -> tuple[str, ...]:
    """Return what an article has in common with its translations; ``told`` is what its generator says of that."""
    value, _ = fields.first("translation", *_KEYS)
    said = str(value).strip()[:_LONGEST] if isinstance(value, str | int) and not isinstance(value, bool) else ""
    others = tuple(_others(fields, path))
    if said:
        return (f"key {said}", *others)
    return (f"told {told}" if told else f"place {neutral(path, language)}", *others)


def neutral(path: str, language: str) -> str:
    """Return a path without what says its language: ``posts/fr/a.md`` and ``posts/a.fr.md`` are ``posts/a.md``."""
    folder, _, file = path.rpartition("/")
    stem, dot, ending = file.rpartition(".")
    ends = (pattern.fullmatch(stem) for pattern in _ENDINGS)
    name = next((end[1] for end in ends if end and _speaks(end[2], language)), stem)
    return f"{_neutral(folder, language)}{name}{dot}{ending}"


@lru_cache(maxsize=1024)
def _neutral(folder: str, language: str) -> str:
    return "".join(f"{part}/" for part in folder.split("/") if part and not _speaks(part, language))


def families(kin: Iterable[Kin]) -> tuple[tuple[Kin, ...], ...]:
    """Return those that belong together, directly or through others, in the order of their sources."""
    heads: dict[str, str] = {}

    def head(name: str) -> str:
        while heads.setdefault(name, name) != name:
            heads[name] = heads[heads[name]]
            name = heads[name]
        return name

    everyone = sorted(kin, key=lambda one: one.source)
    for one in everyone:
        for name in (*one.names, *one.keys):
            heads[head(name)] = head(one.names[0])
    found: dict[str, list[Kin]] = defaultdict(list)
    for one in everyone:
        found[head(one.names[0])].append(one)
    return tuple(tuple(family) for family in found.values() if len(family) > 1)


def linked(articles: Sequence[Article], kin: Sequence[Kin]) -> tuple[list[Article], list[Finding]]:
    """Return articles with their translations, each on all the others; ``kin`` is of everything that is published."""
    if len({one.language for one in kin}) < 2:  # noqa: PLR2004 -- most sites speak one language
        return list(articles), []
    others: dict[str, tuple[Translation, ...]] = {}
    remarks: list[Finding] = []
    for family in families(kin):
        alone, doubtful = _parted(family)
        remarks += map(_doubt, doubtful)
        others |= {one.permalink: _translations(alone, one) for one in alone}
    return [replace(one, translations=others.get(one.permalink, ())) for one in articles], remarks


def _translations(family: Sequence[Kin], itself: Kin) -> tuple[Translation, ...]:
    listed = sorted((one.language, one.permalink) for one in family if one is not itself)
    return tuple(Translation(language=language, permalink=permalink) for language, permalink in listed)


def _parted(family: Sequence[Kin]) -> tuple[list[Kin], list[tuple[Kin, Kin]]]:
    """Return those that are the only one in their language, and pairs of those that are not."""
    speaking: dict[str, list[Kin]] = defaultdict(list)
    for one in family:
        speaking[one.language.casefold()].append(one)
    alone = [several[0] for several in speaking.values() if len(several) == 1]
    doubtful = [(several[0], other) for several in speaking.values() for other in several[1:]]
    # Two of one name in one language are no translations at all; what a header says, it says on purpose.
    meant = [
        pair for pair in doubtful if len(speaking) > 1 and any(not key.startswith("place ") for key in pair[1].keys)
    ]
    return (alone if len(alone) > 1 else []), meant


def _doubt(pair: tuple[Kin, Kin]) -> Finding:
    first, second = pair
    message = f"{first.source} is in {second.language}, too, and is said to be the same article"
    return finding("translation-ambiguous", second.source, message)


def _others(fields: Fields, path: str) -> Iterator[str]:
    """Yield what a header calls the translations: addresses or paths, in a mapping by language or in a list."""
    value, _ = fields.first("translations", *_OTHERS)
    listed = list(value.values()) if isinstance(value, Mapping) else value if isinstance(value, list) else []
    for one in listed:
        said = (
            next((one[key] for key in ("url", "href", "path", "permalink") if key in one), "")
            if isinstance(one, Mapping)
            else one
        )
        if isinstance(said, str) and said.strip():
            bare = unquote(urlsplit(said.strip()[:_LONGEST]).path)
            yield f"at {bare.strip('/')}"
            yield f"at {posixpath.normpath(posixpath.join(posixpath.dirname(path), bare))}"


def _speaks(part: str, language: str) -> bool:
    """Whether a part of a path names an article's language, or the one that it is a variety of."""
    tag = language_tag(part).casefold()
    return bool(tag) and f"{language.casefold()}-".startswith(f"{tag}-")
