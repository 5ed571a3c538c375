"""What a body says, as digests and sizes: all that planning and memory ask of it, so that it need not be at hand.

White space, markup and the addresses of the site's own pages do not count; words, pictures and links to others do.
"""

import html
import re
from collections.abc import Collection
from hashlib import sha256
from urllib.parse import urlsplit

from syndicate.artifact import LONG, Asset, Text, digest_of

KEPT = "kept:"
"""The path of a text that is kept beside the site: its digest alone says which."""
TELLING = 170
"""Bytes of words, without the spaces between them, from which on a body alone tells which article it is."""
_DIGITS = 16
_ADDRESS = re.compile(r"""<[^<>]*?\s(?:src|href|poster)\s*=\s*["']?([^\s"'<>]+)""", re.IGNORECASE)
_HOST = re.compile(r"https?://([a-z0-9.:-]+)(?=[/?#]|$)")
"""What nearly every address is like; for others the parser is asked, ten times as long."""
_TAG = re.compile(r"<[^<>]*>")
_QUOTED = '"\\\n\t\r'
_BLANK = b" \t\n\r\f\v"
_SPACES = (
    "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\x85"
)
_PAGES = (".html", ".htm", ".php", ".xhtml")


def kept(body: str, host: str) -> Text | str:
    """Return a body as a text that is kept elsewhere, its links told for a site at ``host``; a short one as it is."""
    if len(body) <= LONG:
        return body
    return Text(
        kept=Asset(KEPT, named(body)),
        escaped=escaped(body),
        quoted=quoted(body),
        words=words(body),
        links=links(body, frozenset({host})),
    )


def named(body: str) -> str:
    """Return the digest that a kept body goes by."""
    return digest_of(body.encode("utf-8", "surrogatepass"))


def escaped(text: str) -> int:
    """Return how many bytes a text takes in XML."""
    markup = 4 * text.count("&") + 3 * (text.count("<") + text.count(">"))
    return _bytes(text) + markup


def _bytes(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def quoted(text: str) -> int:
    """Return how many bytes a text that has passed the gate takes in a JSON string."""
    return _bytes(text) + sum(map(text.count, _QUOTED))


def words(body: str) -> str:
    """Return a digest of the words; nothing precedes it where they are too few to tell whose they are."""
    said = _TAG.sub("", body)
    said = html.unescape(said) if "&" in said else said
    for space in _SPACES if not said.isascii() else ():
        said = said.replace(space, "")
    letters = said.encode("utf-8", "surrogatepass").translate(None, _BLANK)
    return f"{'+' if len(letters) >= TELLING else ''}{sha256(letters).hexdigest()[:_DIGITS]}"


def links(body: str, hosts: Collection[str]) -> str:
    """Return a digest of where a body leads, and of its pictures, for a site that has or had these hosts."""
    addresses = (address(html.unescape(found), hosts) for found in _ADDRESS.findall(body))
    return digest(" ".join(one for one in addresses if one))


def address(url: str, hosts: Collection[str]) -> str:
    """Return what of an address is content: of a file its name, of another site's page all but the host."""
    place, page = host(url), url.partition("#")[0]
    path = page.partition(place)[2] if place else page
    name = path.partition("?")[0].rpartition("/")[2]
    if "." in name and not name.endswith(_PAGES):
        return name
    return "" if not place or place in hosts else path


def host(url: str) -> str:
    """Return the host of a web address, else nothing."""
    found = _HOST.match(url)
    if found:
        return found[1]
    if not url.startswith(("http://", "https://")):
        return ""
    try:
        return urlsplit(url).netloc
    except ValueError:
        return ""


def folded(text: str) -> str:
    """Return a text whose white space does not count."""
    return " ".join(text.split())


def digest(*parts: str) -> str:
    """Return a short digest of texts."""
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
