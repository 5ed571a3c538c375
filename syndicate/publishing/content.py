"""What an article says, as digests: so that an edit is told from a move, a new template or another edition.

White space, markup and the addresses of the site's own pages do not count; words, pictures and links to others do.
"""

import html
import re
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from urllib.parse import urlsplit

from syndicate.model import Article

_SCHEME = "1"
"""How digests are made; those of another way cannot be compared."""
_DIGITS = 16
_TELLING = 200
"""Characters of words from which on a body alone tells which article it is."""
_ADDRESS = re.compile(r"""<[^<>]*?\s(?:src|href|poster)\s*=\s*["']?([^\s"'<>]+)""", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_PAGES = (".html", ".htm", ".php", ".xhtml")


@dataclass(frozen=True)
class Content:
    """An article's content; ``hosts`` are those that the site has or had."""

    article: Article
    hosts: frozenset[str]

    @cached_property
    def mark(self) -> str:
        """A digest of the exact content: quick, and equal only where nothing at all changed."""
        one = self.article
        return _digest(one.title, one.summary, one.html, one.lead.url if one.lead else "", *self._enclosed)

    @cached_property
    def digest(self) -> str:
        """The digest of the normalised content: the way it is made, all of it, and the body alone where that tells."""
        one = self.article
        beside = " ".join(map(self._address, [*([one.lead.url] if one.lead else []), *self._enclosed]))
        addresses = (self._address(html.unescape(found)) for found in _ADDRESS.findall(one.html))
        links = " ".join(address for address in addresses if address)
        whole = _digest(_folded(one.title), _folded(one.summary), self._words, links, beside)
        body = _digest(self._words, links) if len(self._words) >= _TELLING else ""
        return f"{_SCHEME}:{whole}:{body}"

    @property
    def body(self) -> str | None:
        """The part of the digest that is of the body alone; nothing where it tells too little."""
        return self.digest.rpartition(":")[2] or None

    def comparable(self, digest: str) -> bool:
        """Whether a remembered digest was made in this way."""
        return digest.startswith(f"{_SCHEME}:")

    @property
    def _enclosed(self) -> tuple[str, ...]:
        return tuple(enclosure.url for enclosure in self.article.enclosures)

    @cached_property
    def _words(self) -> str:
        return _folded(html.unescape(_TAG.sub(" ", self.article.html)))

    def _address(self, address: str) -> str:
        """Return what of an address is content: of a file its name, of another site's page all but the host."""
        place, page = host(address), address.partition("#")[0]
        path = page.partition(place)[2] if place else page
        name = path.partition("?")[0].rpartition("/")[2]
        if "." in name and not name.endswith(_PAGES):
            return name
        return "" if not place or place in self.hosts else path


def host(address: str) -> str:
    """Return the host of a web address, else nothing."""
    if not address.startswith(("http://", "https://")):
        return ""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


def _folded(text: str) -> str:
    return " ".join(text.split())


def _digest(*parts: str) -> str:
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
