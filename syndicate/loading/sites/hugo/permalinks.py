"""Hugo's addresses: ``url``, the patterns of ``[permalinks]`` with all their tokens, or the path of the file."""

import posixpath
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, unquote, unquote_plus

from syndicate.loading.frontmatter import Header
from syndicate.loading.sites.hugo.configuring import Language, true, words
from syndicate.loading.sites.hugo.headers import Cascade
from syndicate.loading.sites.hugo.places import Page
from syndicate.loading.sites.layout import text
from syndicate.loading.sites.patterns import DAYS, MONTHS

_TOKEN = re.compile(r":(\w+)(\[.+?\])?")
_KINDS = frozenset({"page", "home", "section", "taxonomy", "term"})
_PLAIN = re.compile(r"(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/\[\]]|%[0-9A-Fa-f]{2})*")
_NO_DATE = datetime(1, 1, 1, tzinfo=UTC)
_COLON = "\x00"
# Go's layouts: what stands for a part of a date, where a longer word wins over a shorter one that it begins with.
_LAYOUT = re.compile(r"January|Jan|Monday|Mon|2006|002|06|01|02|_2|15|03|04|05|PM|pm|[12345]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a language's configuration says of addresses. ``patterns`` are asked in order."""

    language: Language
    patterns: tuple[tuple[Cascade, str], ...]
    ugly: bool | Mapping[str, Any]
    cased: bool
    plain: bool

    def clean(self, words_: str) -> str:
        """Return words as they may stand in an address: Hugo's own choice of characters, hyphens for spaces."""
        kept = _sanitised(words_)
        if self.plain:
            parted = unicodedata.normalize("NFD", kept)
            kept = unicodedata.normalize("NFC", "".join(c for c in parted if unicodedata.category(c) != "Mn"))
        return kept if self.cased else lower(kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A page whose address is asked for: its place, its header, and the sections it is in.

    ``slugs`` are what these are called in ``:sectionslugs``, ``folder`` where the outermost lead without a pattern.
    """

    page: Page
    header: Header
    sections: tuple[str, ...]
    slugs: tuple[str, ...]
    folder: str

    @property
    def when(self) -> datetime:
        """Its date, which its header says outright by now; Hugo counts from the year 1 without one."""
        found = self.header.get("date")
        return found if isinstance(found, datetime) else _NO_DATE

    @property
    def slug(self) -> str:
        """The slug of its header."""
        return slug({"slug": self.header.get("slug")})


def rules(language: Language, ugly: object) -> Rules:
    """Return the rules for addresses that a language has; whether they are ugly, the whole site says."""
    config = language.config
    return Rules(
        language=language,
        patterns=tuple(_patterns(config.get("permalinks"))),
        ugly=ugly if isinstance(ugly, dict) else true(ugly),
        cased=true(config.get("disablepathtolower")),
        plain=true(config.get("removepathaccents")),
    )


def address(subject: Subject, given: Rules) -> str:
    """Return a page's address below the base URL; a whole one where its language has a host of its own."""
    own = _worded(subject.header.get("url"))
    path = _own(own, subject, given) if own else _prefixed(_formed(subject, given), given)
    return f"{given.language.lead}{path}"


def lower(words_: str) -> str:
    """Return a text in lower case, each character by itself: no final sigma."""
    return words_.lower() if words_.isascii() else "".join(c.lower()[0] for c in words_)


def _worded(value: object) -> str:
    return "" if value is None or isinstance(value, (bool, list, dict)) else str(value)


def _patterns(said: object) -> list[tuple[Cascade, str]]:
    """The rules of ``permalinks``: a list with targets, or tables by kind and by section, the longest name first."""
    if isinstance(said, list):
        listed = [one for one in said if isinstance(one, dict)]
        return [(Cascade(_table(one.get("target")), {}), text(one.get("pattern"))) for one in listed]
    table = _table(said)
    named = [(section, text(pattern)) for section, pattern in table.items() if isinstance(pattern, str)]
    named += [(section, text(pattern)) for section, pattern in _table(table.get("page")).items()]
    return [
        (Cascade({"path": _below(section), "kind": "page"}, {}), pattern)
        for section, pattern in sorted(named, key=lambda one: (-len(one[0]), one))
    ]


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _below(section: str) -> str:
    bare = section.strip(" /")
    return f"/{{{bare},{bare}/**}}" if bare else "/*"


def _own(url: str, subject: Subject, given: Rules) -> str:
    """``url`` stands as it is, but for tokens; with a dot in it, it is a file's, else a folder's."""
    if ":" in url:
        url = unquote_plus(_filled(url, subject, given)) or url
    relative = not url.startswith("/")
    if ".." in url:
        url = posixpath.normpath(f"/{url.lstrip('/')}")
        relative = relative and not url.startswith(f"/{given.language.prefix}")
    path = "/" + "/".join(part for part in url.split("/") if part)
    path = path if "." in url and not url.endswith("/") else f"{path.rstrip('/')}/"
    escaped = _escaped(path.removesuffix("index.html") if path.endswith("/index.html") else path)
    return _prefixed(escaped, given) if relative else escaped


def _prefixed(path: str, given: Rules) -> str:
    return f"/{given.language.prefix}{path}" if given.language.prefix else path


def _formed(subject: Subject, given: Rules) -> str:
    page = subject.page
    pattern = next(
        (
            pattern
            for target, pattern in given.patterns
            if target.covers("page", page.key, given.language.key)
        ),
        "",
    )  # fmt: skip
    named = subject.slug or (page.path if given.cased else page.key).rpartition("/")[2]
    path = (
        posixpath.normpath(unquote_plus(_filled(pattern, subject, given))) if pattern else f"{subject.folder}/{named}"
    )
    path = re.sub("/{2,}", "/", f"/{given.clean(path)}").rstrip("/")
    index = not page.bundle and named == "index"
    if not _ugly(page, given) or (index and not pattern):
        return _escaped(f"{(path.removesuffix('index') if index else path).rstrip('/')}/")
    return _escaped(f"{path}.html")


def _ugly(page: Page, given: Rules) -> bool:
    return given.ugly if isinstance(given.ugly, bool) else true(given.ugly.get(page.section))


def _filled(pattern: str, subject: Subject, given: Rules) -> str:
    def fill(found: re.Match[str]) -> str:
        return _token(found[1], found[2] or "", subject, given) if found[1] else found[0]

    return _TOKEN.sub(fill, pattern.replace("\\:", _COLON)).replace(_COLON, ":")


def _token(name: str, cut: str, subject: Subject, given: Rules) -> str:
    entries = subject.sections[-1].split("/")[1:] if subject.sections else []
    match name:
        case "sections" | "sectionslugs" if cut:
            return "/".join(_sliced(entries if name == "sections" else list(subject.slugs), cut))
        case "sections":
            return subject.sections[-1] if subject.sections else "/"
        case "sectionslugs":
            return "/".join(slug for slug in subject.slugs if slug)
        case "section":
            return subject.page.section
        case "sectionslug":
            return subject.slugs[0] if subject.slugs else ""
        case _:
            return (_WORDS[name](subject, given) if name in _WORDS else _moment(name, subject.when)) + cut


def _titled(subject: Subject, given: Rules) -> str:
    return given.clean(_worded(subject.header.get("title")))


def _filename(subject: Subject, given: Rules) -> str:
    return given.clean(subject.page.name)


_WORDS: dict[str, Callable[[Subject, Rules], str]] = {
    "title": _titled,
    "slug": lambda subject, given: given.clean(subject.slug) if subject.slug else _titled(subject, given),
    "filename": _filename,
    "contentbasename": _filename,
    "slugorfilename": lambda subject, given: given.clean(subject.slug or subject.page.name),
    "slugorcontentbasename": lambda subject, given: given.clean(subject.slug or subject.page.name),
}


def _moment(name: str, when: datetime) -> str:
    words_ = {
        "year": str(when.year),
        "month": f"{when.month:02}",
        "monthname": MONTHS[when.month - 1],
        "day": f"{when.day:02}",
        "weekday": str(when.isoweekday() % 7),
        "weekdayname": DAYS[when.weekday()],
        "yearday": str(when.timetuple().tm_yday),
    }
    return words_[name] if name in words_ else _LAYOUT.sub(lambda found: _part(found[0], when), name)


def _part(word: str, when: datetime) -> str:
    """Return what Go's reference time says at a place, of another time."""
    hour = when.hour % 12 or 12
    return {
        "2006": f"{when.year:04}", "06": f"{when.year % 100:02}", "01": f"{when.month:02}", "1": str(when.month),
        "January": MONTHS[when.month - 1], "Jan": MONTHS[when.month - 1][:3], "02": f"{when.day:02}",
        "2": str(when.day), "_2": f"{when.day:2}", "002": f"{when.timetuple().tm_yday:03}",
        "Monday": DAYS[when.weekday()], "Mon": DAYS[when.weekday()][:3], "15": f"{when.hour:02}", "03": f"{hour:02}",
        "3": str(hour), "04": f"{when.minute:02}", "4": str(when.minute), "05": f"{when.second:02}",
        "5": str(when.second), "PM": "PM" if when.hour > 11 else "AM", "pm": "pm" if when.hour > 11 else "am",  # noqa: PLR2004
    }[word]  # fmt: skip


def _sliced(entries: Sequence[str], cut: str) -> Sequence[str]:
    """``[1]``, ``[1:]``, ``[:last]``: nothing for what begins beyond the end."""
    count = len(entries)
    first, colon, last = cut[1:-1].strip().lower().partition(":")

    def number(word: str, empty: int) -> int:
        if word in {"", "last"}:
            return count - 1 if word else empty
        return max(0, int(word)) if word.lstrip("-").isdecimal() else 0

    begin = number(first, 0)
    if not count or begin >= count:
        return []
    return entries[begin : min(number(last, count), count)] if colon else entries[begin : begin + 1]


def _sanitised(words_: str) -> str:
    kept: list[str] = []
    space = False
    for at, character in enumerate(words_):
        if _allowed(words_, at, character):
            if space and character != "-":
                kept.append("-")
            space = False
            kept.append(character)
        elif character.isspace() and kept and kept[-1] != "-":
            space = True
    return "".join(kept)


def _allowed(words_: str, at: int, character: str) -> bool:
    if character == "%":
        return re.match("[0-9A-Fa-f]{2}", words_[at + 1 : at + 3]) is not None
    return character in "./\\_#+~-@" or unicodedata.category(character)[0] in "LM" or character.isdecimal()


def _escaped(path: str) -> str:
    """Encode a path as Go does: one that holds nothing but what an address may hold stays as it is."""
    path = path.replace("#", "%23")
    return path if _PLAIN.fullmatch(path) else quote(unquote(path), safe="/-_.~$&+,:;=@")


def slug(said: Mapping[str, Any]) -> str:
    """Return the slug of a header; hyphens at its ends are no part of it."""
    return _worded(said.get("slug")).strip("-")


def called(said: Mapping[str, Any], folder: str, *, written: bool) -> str:
    """Return what ``:sectionslugs`` calls a section: its slug, its title or, without an ``_index``, its folder."""
    return slug(said) or _worded(said.get("title")) or ("" if written else _several(folder))


def _several(word: str) -> str:
    """English plurals with capitals, which Hugo makes of the names of folders that are sections by themselves."""
    word = re.sub(r"(?:^|(?<=[\s-]))\w", lambda found: found[0].upper(), word)
    if re.search(r"[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    if re.search(r"[^s]s$", word):
        return word
    return f"{word}es" if word.endswith(("ss", "x", "z", "ch", "sh")) else f"{word}s"


def excepted(config: Mapping[str, Any]) -> bool:
    """Whether the configuration wants no pages at all."""
    return "page" in [word.lower() for word in words(config.get("disablekinds"))]
