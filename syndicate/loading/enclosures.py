"""Enclosures: the recordings, films and documents that a header names, with their true length and type.

As with images the *value* is judged: what has the ending of something to hear, to watch or to print, or says its own
media type. Types come from a table here, never from the machine, so that they are the same everywhere.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from syndicate.addresses import canonical
from syndicate.loading import images
from syndicate.loading.fields import Fields, label
from syndicate.loading.frontmatter import fold
from syndicate.loading.sources import Tree
from syndicate.model import Enclosure, Episode

MOST = 20
"""Enclosures of one article; a concert season has fewer."""

_KEYS = (
    "enclosure", "enclosures", "audio", "podcast.file", "podcast.audio", "podcast.url", "video", "attachments",
    "attachment", "files", "file",
)  # fmt: skip
_FILES = ("file", "lien", "url", "src", "path", "href", "link", "fichier")
_TITLES = ("title", "nom", "name", "titre", "label")
_SIZES = ("length", "size", "bytes", "size_in_bytes", "taille")
_KINDS = ("type", "media_type", "mime_type", "mime")
_TYPES = {
    "mp3": "audio/mpeg", "m4a": "audio/mp4", "m4b": "audio/mp4", "aac": "audio/aac", "oga": "audio/ogg",
    "ogg": "audio/ogg", "opus": "audio/ogg", "flac": "audio/flac", "wav": "audio/wav", "weba": "audio/webm",
    "mp4": "video/mp4", "m4v": "video/mp4", "mov": "video/quicktime", "webm": "video/webm", "ogv": "video/ogg",
    "mkv": "video/x-matroska", "pdf": "application/pdf", "epub": "application/epub+zip", "zip": "application/zip",
    "csv": "text/csv", "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet", "odp": "application/vnd.oasis.opendocument.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}  # fmt: skip
_MEDIA_TYPE = re.compile(r"(?:audio|video|application|text)/[a-z0-9][a-z0-9.+-]{0,80}")
_CLOCK = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,6})(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class _Named:
    """A file as the header names it; empty and 0 where it says nothing."""

    reference: str
    key: str
    media_type: str
    title: str = ""
    size: int = 0
    duration: int = 0


def enclosures(tree: Tree, place: images.Place, fields: Fields) -> tuple[Enclosure, ...]:
    """Return the files that go with an article, each once; what cannot be used is a finding."""
    found: dict[str, Enclosure] = {}
    for named in _named(fields):
        made = _made(tree, named, place, fields)
        if made and len(found) < MOST:
            found.setdefault(made.url, made)
    return tuple(found.values())


def episode(fields: Fields) -> Episode | None:
    """Return what a header says of its article as an episode of a podcast, or ``None`` where it says nothing."""
    said = Episode(
        number=_count(fields.header.get("episode", "podcast.episode", "itunes.episode", "itunes_episode")),
        season=_count(fields.header.get("season", "podcast.season", "itunes.season", "itunes_season")),
        explicit=next(
            (fields.truth(key, doubtful=True) for key in ("explicit", "podcast.explicit", "itunes_explicit")
             if fields.header.get(key) is not None),
            None,
        ),
    )  # fmt: skip
    return said if said != Episode() else None


def seconds(value: object) -> int:
    """Return a duration in seconds: ``754``, ``12:34``, ``1:02:03``; 0 for what is none."""
    found = _CLOCK.fullmatch(str(value).strip()) if isinstance(value, (str, int, float)) else None
    if found is None or isinstance(value, bool):
        return 0
    hours, minutes, rest = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + rest


def _named(fields: Fields) -> Iterator[_Named]:
    for key in _KEYS:
        value, said = fields.first(key, key)
        if not fields.header.line(said):
            continue  # what a site's defaults say of all articles is an example for its editors, no file of this one
        for one in value if isinstance(value, list) else [value]:
            named = _shaped(one, said, fields)
            if named:
                yield named


def _shaped(value: object, key: str, fields: Fields) -> _Named | None:
    """Judge one value: a path or address, or a mapping that holds one."""
    beside = value if isinstance(value, Mapping) else {}
    reference = _said(beside, _FILES) if beside else value
    if not isinstance(reference, str) or not reference.strip() or "\n" in reference.strip():
        return None
    kind = str(_said(beside, _KINDS) or "").strip().lower()
    media_type = kind if _MEDIA_TYPE.fullmatch(kind) else guessed(reference)
    if not media_type:
        return None
    lone = not beside and media_type.startswith(("audio/", "video/"))
    length = _said(beside, _SIZES) or (fields.header.get(f"{key}_length", "length", "podcast.length") if lone else None)
    duration = _said(beside, ("duration", "duree", "durée"))
    said = fields.header.get("duration", "podcast.duration", "itunes.duration", "itunes_duration")
    return _Named(
        reference=reference.strip(),
        key=key,
        media_type=media_type,
        title=label(str(_said(beside, _TITLES) or "")),
        size=_count(length),
        duration=seconds(duration or said) if media_type.startswith(("audio/", "video/")) else 0,
    )


def guessed(reference: str) -> str:
    """Return the media type a name's ending says, or nothing for what is no file to attach."""
    path = (
        urlsplit(reference.strip()).path if "://" in reference[:12] else reference.partition("?")[0].partition("#")[0]
    )
    return _TYPES.get(path.strip().rpartition(".")[2].lower(), "") if "." in path else ""


def _made(tree: Tree, named: _Named, place: images.Place, fields: Fields) -> Enclosure | None:
    local = images.local(named.reference, place.base_url)
    found = images.find(tree, local, place) if local else None
    if found:
        url, size = images.address(local, found, place), tree.size(found)
    else:
        # What the front matter vouches for may well be put on the server by other means: recordings are large.
        url = images.address(local, "", place) if local else canonical(named.reference)
        size = named.size
    if size and url.startswith(("http://", "https://")):
        return Enclosure(
            url=url, media_type=named.media_type, size=size, title=named.title, duration=named.duration
        )  # fmt: skip
    if local:
        fields.complain(
            "enclosure-missing", named.key, f"{named.reference} is {'empty' if found else 'not in the site'}"
        )
    else:
        fields.complain("enclosure-unknown", named.key, f"nothing says how large {named.reference} is")
    return None


def _said(beside: Mapping[str, object], names: tuple[str, ...]) -> object:
    return next((held for name in names for one, held in beside.items() if fold(str(one)) == name and held), None)


def _count(value: object) -> int:
    """Return a positive whole number, with or without marks between its thousands; 0 for what is none."""
    digits = (
        re.sub(r"[\s,._']", "", str(value)) if isinstance(value, (int, str)) and not isinstance(value, bool) else ""
    )
    return int(digits) if re.fullmatch(r"[0-9]{1,15}", digits) else 0
