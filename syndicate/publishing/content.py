"""What an article says, as digests: so that an edit is told from a move, a new template or another edition."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from syndicate import wording
from syndicate.artifact import Text, digest_of
from syndicate.model import Article
from syndicate.wording import digest, folded

_SCHEME = "3"
"""How digests are made; those of another way cannot be compared."""

Fetch = Callable[[Text], str]
"""Give the words of a text that is kept elsewhere."""


@dataclass(frozen=True)
class Content:
    """An article's content; ``hosts`` are those that the site has or had, ``fetch`` gives a body that is kept."""

    article: Article
    hosts: frozenset[str]
    fetch: Fetch | None = None

    @cached_property
    def mark(self) -> str:
        """A digest of the exact content: quick, and equal only where nothing at all changed."""
        one = self.article
        body = one.html.kept.digest if isinstance(one.html, Text) else digest_of(one.html.encode("utf-8", "replace"))
        return digest(one.title, one.summary, body, one.lead.url if one.lead else "", *self._enclosed)

    @cached_property
    def digest(self) -> str:
        """The digest of the normalised content: the way it is made, all of it, and the body alone where that tells."""
        one = self.article
        beside = " ".join(
            wording.address(url, self.hosts) for url in [*([one.lead.url] if one.lead else []), *self._enclosed]
        )
        words, links = self._body
        whole = digest(folded(one.title), folded(one.summary), words, links, beside)
        body = digest(words, links) if words.startswith("+") else ""
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

    @property
    def _body(self) -> tuple[str, str]:
        """Digests of the words and of the links; of a kept body those that it came with, if made for these hosts."""
        body = self.article.html
        if isinstance(body, Text):
            if self.fetch is None or self.hosts <= {"", wording.host(self.article.permalink)}:
                return body.words, body.links
            body = self.fetch(body)
        return wording.words(body), wording.links(body, self.hosts)
