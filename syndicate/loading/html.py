"""Foreign HTML made safe and absolute, and its plain text: the only place that decides what markup may leave the house.

Everything is judged by one list of tags, attributes and schemes (below), after the browser's own parsing rules
(html5ever, through nh3). Nothing that runs, embeds, styles or submits passes; every address is absolute, so that an
entry reads the same in any reader. Ids are dropped: anchors point to the page itself, where they exist.
"""

import html as entities
import re
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import nh3

from syndicate.addresses import absolute
from syndicate.characters import prose, strip_illegal

DEPTH = 250
"""Open elements at once. Real articles stay under 30; the sanitiser is quadratic in nesting."""
_LOOKED = 3 * 10**10
"""Characters that the sanitiser may look at: for each ampersand and no-break space it looks through its text's rest."""
_WIDENED = ("&amp;", "&nbsp;", "\xa0")
JOINER = "\u2060"
_SCHEMES = frozenset({"http", "https", "mailto", "tel", "xmpp", "sms", "geo", "magnet", "data"})
_DATA_IMAGE = re.compile(r"data:image/(?:png|jpeg|gif|webp|avif);base64,[A-Za-z0-9+/=%]+")

_TAGS = frozenset(
    "a abbr acronym address article aside audio b bdi bdo big blockquote br caption center cite code col colgroup"
    " data dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li"
    " main mark ol p picture pre q rp rt ruby s samp section small source span strike strong sub summary sup table"
    " tbody td tfoot th thead time tr tt u ul var video wbr".split()
)
_GONE_WITH_CONTENT = frozenset(
    "script style svg template object applet canvas textarea select button title noembed noframes xmp plaintext dialog"
    " audio-player head meta link base embed frame frameset".split()
)
_ATTRIBUTES = {
    "*": {"lang", "dir", "title"},
    "a": {"href", "hreflang"},
    "audio": {"src", "controls", "loop", "muted", "preload"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "data": {"value"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "img": {"src", "srcset", "sizes", "alt", "width", "height"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"start", "reversed", "type"},
    "q": {"cite"},
    "source": {"src", "srcset", "sizes", "type", "media"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope", "abbr"},
    "time": {"datetime"},
    "video": {"src", "poster", "width", "height", "controls", "loop", "muted", "preload"},
}
_ADDRESSES = frozenset({"href", "src", "cite", "poster"})
_LOOSE = frozenset("p li dt dd tr td th thead tbody tfoot option rp rt colgroup caption".split())
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
_WHOLE_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)[^<>]*>?")
_BLOCK = re.compile(
    r"<(?=/?(?:p|div|li|ul|ol|br|hr|h[1-6]|table|tr|td|th|blockquote|pre|figure|figcaption|section|dl|dt|dd|article)\b)",
    re.IGNORECASE,
)
_IMG = re.compile(r"<img((?:\s+[\w:-]+=\"[^\"]*\")*)\s*/?>")
_QUOTED = re.compile(r"([\w:-]+)=\"([^\"]*)\"")
# Neither may look beyond the next tag: on an unclosed one that would cost the square of the body's length.
_IFRAME = re.compile(r"<iframe\b([^<>]*)>(?:[^<]*</iframe\s*>)?", re.IGNORECASE)
_LAZY = re.compile(r"<img\b([^<>]*)>", re.IGNORECASE)
_LOOSE_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_PARAGRAPH = re.compile(r"<(p|li|blockquote|dd|pre)\b[^>]*>(.*?)</\1>", re.DOTALL)
_HEADING = re.compile(r"\A(?:\s|<!--(?:(?!-->).)*-->|<p>\s*</p>)*+<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
_MORE = re.compile(r"<!--\s*(?:more|excerpt|truncate|read-?more)\s*-->", re.IGNORECASE)
_BRACES = re.compile(r"\{(?=[{%])")
_SPACES = re.compile(r"[ \t\n\r]+")
_BARE = nh3.Cleaner(tags=set(), attributes={}, clean_content_tags=set(_GONE_WITH_CONTENT))


RESULT = 8 << 20
"""Characters of a body made safe: parsers of XML read no text beyond ten million bytes."""


class BodyError(ValueError):
    """A body that is refused, because no reader could bear it."""


@dataclass(frozen=True, slots=True)
class _Page:
    """Where a fragment stands: what its references are relative to."""

    url: str

    def filter(self, tag: str, name: str, value: str) -> str | None:
        """Return the attribute as it may leave the house, or ``None`` to drop it."""
        if name in _ADDRESSES:
            return self.address(value, picture=tag == "img")
        if name == "srcset":
            return self.candidates(value)
        return _BRACES.sub("{" + JOINER, prose(value))

    def address(self, reference: str, *, picture: bool) -> str | None:
        """Return a reference absolute and ASCII, or ``None`` for one whose scheme no reader should follow."""
        reference = strip_illegal(reference.strip())
        scheme = urlscheme(reference)
        if scheme == "data":
            return reference if picture and _DATA_IMAGE.fullmatch(reference) else None
        if scheme and scheme not in _SCHEMES:
            return None
        return absolute(self.url, reference)

    def candidates(self, srcset: str) -> str | None:
        """Return the candidates of a ``srcset`` absolute."""
        found = []
        for candidate in re.split(r",\s+|,(?=https?:|/)", strip_illegal(srcset)):
            reference, _, descriptor = candidate.strip().partition(" ")
            url = self.address(reference, picture=True) if reference else None
            if url and not url.startswith("data:"):
                # A comma inside a URL would end the candidate for every parser.
                found.append(f"{url.replace(',', '%2C')} {descriptor.strip()}".rstrip())
        return ", ".join(found) or None


_page: ContextVar[_Page] = ContextVar("the page of the fragment that is being sanitised")
_SAFE = nh3.Cleaner(
    tags=set(_TAGS),
    clean_content_tags=set(_GONE_WITH_CONTENT),
    attributes=_ATTRIBUTES,
    # Making a sanitiser costs as much as an article's body; so there is one for all pages.
    attribute_filter=lambda tag, name, value: _page.get().filter(tag, name, value),
    url_schemes=set(_SCHEMES),
    link_rel=None,
)


def sanitise(html: str, page_url: str) -> str:
    """Return a fragment that is safe anywhere, every address absolute. Raises ``BodyError`` for what is endless."""
    refuse_depth(html)
    refuse_breadth(html)
    if html.count("=") * len(page_url) > 4 * RESULT:  # each address may take the page's before it
        raise BodyError("too many addresses for the length of its own")
    opened = _LAZY.sub(_hurry, _IFRAME.sub(lambda found: _poster(found, page_url), html))
    before = _page.set(_Page(page_url))
    try:
        clean = _SAFE.clean(opened)
    finally:
        _page.reset(before)
    if len(clean) > RESULT:
        raise BodyError(f"longer than {RESULT:,} characters once its markup is written out")
    # Template code that is content (a code sample) must not look like a leak, nor lose its meaning: a break
    # opportunity between the braces shows and copies as nothing.
    return _BRACES.sub("{<wbr>", prose(clean)).strip()


def plain(html: str) -> str:
    """Return the text of a fragment as one paragraph; no-break spaces stay."""
    spaced = _BLOCK.sub(" <", flattened(html))
    text = _BARE.clean(spaced)
    return _SPACES.sub(" ", strip_illegal(entities.unescape(text))).strip(" ")


def first_paragraph(html: str) -> str:
    """Return the text of the first paragraph that has some, else of the whole."""
    for found in _PARAGRAPH.finditer(html):
        if text := plain(found[2]):
            return text
    return plain(html)


def before_more(html: str) -> str | None:
    """Return what stands before ``<!--more-->`` in one of its spellings, or ``None`` where there is none."""
    parts = _MORE.split(html, maxsplit=1)
    return parts[0] if len(parts) > 1 else None


def first_heading(html: str) -> tuple[str, str]:
    """Return the text of a leading first-level heading and the rest, or an empty text and all."""
    found = _HEADING.match(html)
    return (plain(found[1]), html[found.end() :].lstrip()) if found else ("", html)


def pictures(clean: str) -> tuple[tuple[str, str], ...]:
    """Return address and text alternative of each image of a sanitised fragment, in order."""
    found = (dict(_QUOTED.findall(match[1])) for match in _IMG.finditer(clean))
    return tuple((entities.unescape(a["src"]), entities.unescape(a.get("alt", ""))) for a in found if a.get("src"))


def with_sizes(clean: str, size: Callable[[str], tuple[int, int] | None]) -> str:
    """Give images of a sanitised fragment their width and height where ``size`` knows them and the author said none."""

    def sized(found: re.Match[str]) -> str:
        said = dict(_QUOTED.findall(found[1]))
        known = (
            size(entities.unescape(said["src"])) if "src" in said and not said.keys() & {"width", "height"} else None
        )
        return f'<img{found[1]} width="{known[0]}" height="{known[1]}">' if known else found[0]

    return _IMG.sub(sized, clean)


def refuse_depth(html: str) -> None:
    """Raise ``BodyError`` for more open elements at once than any real page has."""
    depth = 0
    for closing, name in _opened(html) if html.count("<") > DEPTH else ():
        depth = max(0, depth - 1) if closing else depth + 1
        if depth > DEPTH:
            raise BodyError(f"nested deeper than {DEPTH} elements, at <{name}>")


def refuse_breadth(html: str) -> None:
    """Raise ``BodyError`` for texts between two tags that would take the sanitiser the square of their length."""

    def looked(text: str) -> int:
        return len(text) * sum(map(text.count, _WIDENED))

    if looked(html) > _LOOKED and sum(map(looked, html.split("<"))) > _LOOKED:
        raise BodyError("a text of too many ampersands or no-break spaces without an element")


def flattened(html: str) -> str:
    """Take out the elements that are nested deeper than any real page's; what they hold stays."""
    if html.count("<") <= DEPTH:
        return html
    depth = dropped = 0

    def judged(found: re.Match[str]) -> str:
        nonlocal depth, dropped
        if found[2].lower() in _VOID | _LOOSE:
            return found[0]
        if found[1] and dropped:
            dropped -= 1
            return ""
        if not found[1] and depth >= DEPTH:
            dropped += 1
            return ""
        depth = max(0, depth - 1) if found[1] else depth + 1
        return found[0]

    return _WHOLE_TAG.sub(judged, html)


def urlscheme(reference: str) -> str:
    """Return the scheme a browser would see: it drops tabs, line ends and leading controls first."""
    seen = re.sub(r"[\t\n\r]", "", reference).lstrip("".join(map(chr, range(33))))
    found = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", seen)
    return found[1].lower() if found else ""


def _opened(html: str) -> Iterator[tuple[bool, str]]:
    for slash, name in _TAG.findall(html):
        folded = name.lower()
        if folded not in _VOID and folded not in _LOOSE:
            yield bool(slash), folded


def _poster(found: re.Match[str], page_url: str) -> str:
    """An embedded frame becomes a link, with the film's poster where its host has one at a known address."""
    said = _attributes(found[1])
    source = said.get("src") or said.get("data-src") or ""
    if not source or urlscheme(source) not in {"", "http", "https"}:
        return ""
    url = absolute(page_url, source)
    parts = urlsplit(url)
    label = entities.escape(said.get("title") or parts.hostname or url)
    film = _youtube(parts.hostname or "", parts.path, parts.query)
    if film:
        return (
            f'<p><a href="https://www.youtube.com/watch?v={film}">'
            f'<img src="https://i.ytimg.com/vi/{film}/hqdefault.jpg" alt="{label}" width="480" height="360"></a></p>'
        )
    return f'<p><a href="{entities.escape(url)}">{label}</a></p>'


def _youtube(host: str, path: str, query: str) -> str:
    if not re.fullmatch(r"(www\.|m\.)?(youtube(-nocookie)?\.com|youtu\.be)", host):
        return ""
    candidate = (parse_qs(query).get("v") or [path.rstrip("/").rpartition("/")[2]])[0]
    return candidate if re.fullmatch(r"[\w-]{11}", candidate) else ""


def _hurry(found: re.Match[str]) -> str:
    """A lazy image gets its real source back: no script of the page runs in a reader."""
    said = _attributes(found[1]) if "data-" in found[1].lower() else {}
    real = said.get("data-src") or said.get("data-original") or said.get("data-lazy-src")
    if not real or not said.get("src", "data:").startswith("data:"):
        return found[0]
    kept = {
        "src": real,
        "srcset": said.get("data-srcset", ""),
        **{k: said.get(k, "") for k in ("alt", "width", "height")},
    }
    return "<img" + "".join(f' {name}="{entities.escape(value)}"' for name, value in kept.items() if value) + ">"


def _attributes(text: str) -> dict[str, str]:
    return {
        name.lower(): entities.unescape(double or single or bare)
        for name, double, single, bare in _LOOSE_ATTRIBUTE.findall(text)
    }
