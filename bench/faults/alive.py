"""Whether a published file is well formed, and not alive, as judged by parsers that did not write it."""

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from lxml import etree
from selectolax.lexbor import LexborHTMLParser

DEAD = frozenset(
    "a abbr acronym address article aside audio b bdi bdo big blockquote br caption center cite code col"
    " colgroup data dd del details dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6"
    " header hgroup hr i img ins kbd li main map mark menu nav ol p picture pre q rp rt ruby s samp"
    " section small source span strike strong sub summary sup table tbody td tfoot th thead time tr track"
    " tt u ul var video wbr html head body -text".split()
)
"""Elements that can be in a body; none of them does anything by itself."""
PAGE = DEAD | frozenset(
    "title meta link script button input label select option dialog template noscript form fieldset legend"
    " output progress svg path textarea search datalist optgroup circle rect g use line polyline".split()
)
"""Elements that pages of ours have beside these."""
ADDRESSES = frozenset(
    {"href", "src", "poster", "cite", "action", "formaction", "xlink:href", "background", "data", "longdesc"}
)
SAFE = re.compile(
    r"(?:https?|mailto|tel|ftp|xmpp|irc|ircs|geo|sms|gemini|feed|webcal|magnet|matrix):|[^:]*(?:[/?#]|$)", re.IGNORECASE
)
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|avif|svg\+xml)[;,]")
"""Pictures as such run nothing, not even drawings."""
_CONTENT = ("{http://purl.org/rss/1.0/modules/content/}encoded", "{http://www.w3.org/2005/Atom}content", "description")


def faults_of(file: Path) -> tuple[int, list[str]]:
    """Return how many bodies a published file holds, and what is wrong with it."""
    match file.suffix:
        case ".xml" | ".opml" | ".xsl":
            return _of_xml(file.read_bytes())
        case ".json":
            return _of_json(file.read_bytes())
        case ".html":
            return 1, [*alive_in(file.read_text("utf-8"), page=True)]
        case _:
            return 0, []


def alive_in(text: str, *, page: bool = False) -> Iterator[str]:
    """Yield what could do something in a piece of HTML, or in a whole page of ours."""
    known = PAGE if page else DEAD
    tree = LexborHTMLParser(text)
    policy = " ".join(one.attributes.get("content") or "" for one in tree.css("meta[http-equiv]"))
    for node in tree.root.traverse(include_text=False):  # type: ignore[union-attr]
        if page and node.tag in {"script", "style"} and _hash(node.text()) in policy:
            continue
        if node.tag not in known and not (node.tag or "").startswith(("-", "_")):
            yield f"<{node.tag}>"
        for name, value in node.attributes.items():
            yield from _alive(node.tag or "", name.lower(), value or "")
        if page and node.tag == "script" and not node.attributes.get("src") and not _is_data(node.attributes):
            yield "a script of its own"


def _hash(text: str) -> str:
    """Return what a page's policy says of a script or style that it allows."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _is_data(said: dict[str, Any]) -> bool:
    return said.get("type") in {"application/ld+json", "application/json"}


def _alive(tag: str, name: str, value: str) -> Iterator[str]:
    if name.startswith("on") or (
        name in {"srcdoc", "style", "ping", "http-equiv"} and (tag, name) != ("meta", "http-equiv")
    ):
        yield f"{name} on <{tag}>"
    plain = re.sub(r"[\x00-\x20]", "", value)
    if name in ADDRESSES and not SAFE.match(plain) and not (tag in {"link", "img"} and _PICTURE.match(plain)):
        yield f"{name}={value[:60]!r} on <{tag}>"
    if name == "srcset":
        for one in value.split(","):
            if not SAFE.match(re.sub(r"[\x00-\x20]", "", one)):
                yield f"srcset={one[:60]!r} on <{tag}>"


def _of_xml(data: bytes) -> tuple[int, list[str]]:
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        return 0, [f"not well formed: {error}"]
    bodies = [one.text or "" for one in root.iter(*_CONTENT) if one.getparent().tag != "channel"]
    links = [one.get("href") or one.text or "" for one in root.iter("link", "{http://www.w3.org/2005/Atom}link")]
    unsafe = [f"link {one[:60]!r}" for one in links if not SAFE.match(one.strip())]
    return len(bodies), [*(fault for body in bodies for fault in alive_in(body)), *unsafe]


def _of_json(data: bytes) -> tuple[int, list[str]]:
    try:
        said = json.loads(data)
    except ValueError as error:
        return 0, [f"no JSON: {error}"]
    items = said.get("items", []) if isinstance(said, dict) else []
    bodies = [one.get("content_html", "") for one in items if isinstance(one, dict)]
    return len(bodies), [fault for body in bodies for fault in alive_in(body)]
