"""The file that proves to search engines who may speak for the site: a key of IndexNow, under its own name."""

from collections.abc import Iterable
from dataclasses import dataclass

from syndicate.addresses import key_path
from syndicate.artifact import Artifact, Read, Rendered
from syndicate.model import Site


def plan(site: Site) -> Iterable[Artifact]:
    """The key's file, where the site has one."""
    if site.key:
        yield Artifact(key_path(site.key), "text/plain", Proof(site.key), points=True)


@dataclass(frozen=True, slots=True)
class Proof:
    """The ingredients of ``<key>.txt``."""

    key: str

    def render(self, _read: Read, /) -> Rendered:
        """Write it."""
        return Rendered(self.key.encode())
