"""Where everything lives: the only place that spells an output path or a URL.

Paths are relative to the output and use ``/``. URLs that leave the house are ASCII, percent-encoded once, with a
lower-case host and upper-case hexadecimal (RFC 3986, section 6.2.2), so that one address has one spelling everywhere.
"""

import hashlib
import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from syndicate.artifact import DIGEST

RSS, ATOM, JSON = "rss.xml", "atom.xml", "feed.json"
FEED_STYLE, OPML, SERVING, ARCHIVE = "feeds/feed.css", "feeds.opml", "feeds/serving/", "feeds/archive/"
PACKED = ("gz", "br")
"""Endings of a file's packed siblings."""
GALLERY, CARDS, LEDGER, LOCK = "index.html", "cards.json", ".ledger.json", ".lock"
FEED_LINKS = "feeds/links.html"
GALLERY_BESIDE = "gallery/index.html"
AGAIN, SHARDS, HELD, DOOMED, GENERATIONS = ".again", ".shards", ".held", ".doomed", ".generations/"
OUR_NAMES = frozenset(
    {RSS, ATOM, JSON, GALLERY, "gallery", CARDS, "cards", "tags", "feeds", OPML}
    | {LEDGER, LOCK, AGAIN, SHARDS, HELD, DOOMED, GENERATIONS.rstrip("/")}
    | {f"{name}.{ending}" for name in (RSS, ATOM, JSON, OPML) for ending in PACKED}
)
"""Everything ``syndicate`` ever puts at the top of an output."""

PREVIEW = "http://localhost/"
"""The base URL where none is known."""
_UNRESERVED = "-._~"
_PATH = _UNRESERVED + "!$&'()*+,;=:@/"
_QUERY = _PATH + "?"
_SEGMENT_BYTES = 180
"""A file name may have 255 bytes; ours also carry an ending and a digest."""
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_PICTURE = re.compile(r"\.(?:jpg|png|webp)$", re.IGNORECASE)
_PAGE = re.compile(r"\.(?:html|jpg|png|webp)$", re.IGNORECASE)
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
# Most addresses are nothing but these characters, which stand for themselves in paths, queries and names.
_PLAIN = re.compile(r"[A-Za-z0-9\-._~!$&'()*+,;=:@/]*")
_PLAIN_URL = re.compile(rf"https?://[a-z0-9.-]+(/{_PLAIN.pattern})")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_-]{1,180}")


def canonical(url: str) -> str:
    """Return a URL in its one spelling: ASCII, encoded once, host lower-case, no default port, never an empty path.

    Already encoded parts stay encoded; whatever is not a URL with a host is returned with its characters encoded only.
    """
    if _PLAIN_URL.fullmatch(url):
        return url
    try:
        parts = urlsplit(url.strip())
    except ValueError:  # brackets that are no IPv6 address: encoded, they are a host nobody has
        return canonical(_encoded(url, _QUERY))
    path = _encoded(parts.path, _PATH)
    query, fragment = _encoded(parts.query, _QUERY), _encoded(parts.fragment, _QUERY)
    if not parts.netloc:
        return urlunsplit((parts.scheme.lower(), "", path, query, fragment))
    return urlunsplit((parts.scheme.lower(), _host(parts.netloc, parts.scheme), path or "/", query, fragment))


def is_web_address(text: str) -> bool:
    """Whether a text is an http or https address with a host."""
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def followed(text: str) -> str:
    """Return an address that a browser may be led to, in its one spelling; nothing for all others: some would run."""
    return text if _PLAIN_URL.fullmatch(text) else canonical(text) if is_web_address(text) else ""


def absolute(base: str, reference: str) -> str:
    """Resolve a reference against the page it stands on, and spell the result canonically."""
    try:
        return canonical(urljoin(base, reference.strip()))
    except ValueError:
        return canonical(reference)


def url(base_url: str, path: str) -> str:
    """The address of a published file. ``base_url`` ends with a slash."""
    return base_url + quote(path, safe=_PATH)


def article_path(permalink: str) -> str:
    """Return an article's name under ``cards/`` and ``tags/``: the permalink's path, decoded, safe on any disk.

    A segment that a file system would refuse, fold or misread (too long, reserved, a dot at its end, ``..``) is
    replaced by a readable start and a digest, so two addresses never meet in one file; so is one that would make a
    folder where another article has a file.
    """
    plain = _PLAIN_URL.fullmatch(permalink)
    raw = plain[1] if plain else urlsplit(permalink).path
    parts = [part for part in raw.split("/") if part]
    segments = [_segment(part, file=_PAGE if n < len(parts) else _PICTURE) for n, part in enumerate(parts, 1)]
    return "/".join(segments) or "index"


def card_path(permalink: str, outlet: str, width: int, height: int, ending: str) -> str:
    """Where a share card is published; ``{digest}`` is filled in with that of its bytes."""
    return f"cards/{article_path(permalink)}/{outlet}-{width}x{height}.{DIGEST}.{ending}"


def tags_path(permalink: str) -> str:
    """Where an article's head fragment is published."""
    return f"tags/{article_path(permalink)}.html"


def key_path(key: str) -> str:
    """Where the file is published that proves a key of IndexNow: it speaks for the addresses below its own folder."""
    return f"{key}.txt"


def gallery_page(number: int, *, shared: bool = False) -> str:
    """Where a page of the gallery is published; 0 is the front page, 1 holds the oldest articles.

    In an output that the gallery shares with the site's own pages, the front is theirs.
    """
    return f"gallery/page-{number}.html" if number else GALLERY_BESIDE if shared else GALLERY


def gallery_sheet(permalink: str) -> str:
    """Where an article has a page of its own in the gallery."""
    return f"gallery/at/{article_path(permalink)}.html"


def gallery_thumb(permalink: str) -> str:
    """Where a small picture of an article's first card is published; ``{digest}`` is filled in."""
    return f"gallery/thumbs/{article_path(permalink)}.{DIGEST}.webp"


def gallery_shard(number: int) -> str:
    """Where the search finds some of the articles; 1 holds the oldest."""
    return f"gallery/articles-{number}.js"


def gallery_words(number: int) -> str:
    """Where the search finds which words these articles use."""
    return f"gallery/words-{number}.js"


def gallery_part(name: str, digest: str) -> str:
    """Where a style or a script stands that pages of the gallery share: ``sheet.css`` under the digest of its text."""
    start, _, ending = name.rpartition(".")
    return f"gallery/{start}.{digest[:12]}.{ending}"


@lru_cache(maxsize=4096)
def feed_folder(kind: str, name: str) -> str:
    """Where the feeds of a tag, an author, a section or a language are published.

    Names that differ in capitals or in spaces only share one: to people they are the same, and to some disks.
    """
    folded = re.sub(r"\s+", "-", unicodedata.normalize("NFC", name.casefold()).strip()) or "-"
    return f"feeds/{kind}/{_segment(quote(folded, safe='', errors='replace'))}/"


def is_free(path: str) -> bool:
    """Whether a path of the output is none of ours, stays in it, and is safe on any disk."""
    parts = path.split("/")
    safe = all(part and part == unquote(_segment(quote(part, safe=_PATH))) for part in parts)
    # In these two folders of ours other tools have feeds, too, where nothing of ours has such a name.
    feed = path.endswith((".xml", ".json", ".rss", ".atom"))
    beside = {"tags"} if len(parts) > 1 and feed else set()
    beside |= {"feeds"} if len(parts) == 2 and feed else set()  # noqa: PLR2004 -- the folder and a file
    ours = OUR_NAMES - beside
    return safe and parts[0].casefold() not in ours


def archive_folder(number: int) -> str:
    """Where an archive document of the site's feed is published, in each dialect; 1 holds the oldest articles."""
    return f"{ARCHIVE}{number}/"


def _segment(encoded: str, file: re.Pattern[str] | None = None) -> str:
    """Return a part of an address as a name of a file; of a folder, where it may not look like a ``file`` of ours."""
    if _PLAIN_NAME.fullmatch(encoded) and not _RESERVED.fullmatch(encoded):
        return encoded
    text = unicodedata.normalize("NFC", unquote(encoded, errors="replace"))
    clean = re.sub(r'[\x00-\x1f\x7f/\\<>:"|?*{}\ufffd]', "-", text)
    safe = clean.rstrip(". ") == clean and not clean.startswith(".") and not _RESERVED.fullmatch(clean)
    safe = safe and not (file and file.search(clean))
    if safe and clean == text and len(clean.encode()) <= _SEGMENT_BYTES:
        return clean
    start = clean.strip(". ").encode()[:80].decode(errors="ignore")
    return f"{start or 'x'}~{hashlib.sha256(encoded.encode()).hexdigest()[:8]}"


def _encoded(text: str, safe: str) -> str:
    if _PLAIN.fullmatch(text):
        return text
    out: list[str] = []
    last = 0
    for match in _ESCAPE.finditer(text):
        out.append(quote(text[last : match.start()], safe=safe, errors="replace"))
        byte = chr(int(match[0][1:], 16))
        out.append(byte if (byte.isalnum() and byte.isascii()) or byte in _UNRESERVED else match[0].upper())
        last = match.end()
    out.append(quote(text[last:], safe=safe, errors="replace"))
    return "".join(out)


@lru_cache(maxsize=1024)
def _host(netloc: str, scheme: str) -> str:
    user, at, host = netloc.rpartition("@")
    name, colon, port = host.partition(":") if not host.startswith("[") else (host, "", "")
    try:
        name = name.encode("idna").decode("ascii")
    except UnicodeError:
        name = quote(name, safe="[]:" + _UNRESERVED, errors="replace")
    default = {"http": "80", "https": "443"}.get(scheme.lower())
    tail = f":{port}" if colon and port and port != default else ""
    return f"{_encoded(user, _PATH)}{at}{name.lower()}{tail}"
