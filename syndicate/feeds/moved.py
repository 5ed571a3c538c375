"""Redirects from where feeds stood before: a feed that moves without one loses its subscribers."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from syndicate import addresses
from syndicate.artifact import Artifact, Read, Rendered
from syndicate.feeds.serving import path_pattern

Moves = tuple[tuple[str, str], ...]
"""Old paths, encoded, each with the address that a feed moved to."""


@dataclass(frozen=True, slots=True)
class Redirects:
    """The ingredients of one server's redirects."""

    server: str
    moves: Moves

    def render(self, _read: Read, /) -> Rendered:
        """Write them, one a line: permanent, so that readers remember the new address."""
        line = _WRITERS[self.server][1]
        return Rendered("".join(f"{line(_plain(old), _plain(new))}\n" for old, new in self.moves).encode())


def plan(servers: tuple[str, ...], moves: Moves) -> Iterator[Artifact]:
    """Yield the redirects for the servers that were asked for, if a feed moved at all."""
    for server in sorted(set(servers)) if moves else ():
        name = _WRITERS[server][0]
        yield Artifact(addresses.SERVING + name, "text/plain", Redirects(server, moves), points=True)


def _plain(url: str) -> str:
    """Encode what a URL may hold and a configuration file would take for its own."""
    return re.sub("[\"'$`{};\\\\\\s]|%(?![0-9A-F]{2})", lambda found: f"%{ord(found[0]):02X}", url)


def _nginx(old: str, new: str) -> str:
    return f'location ~ "^{path_pattern(old)}$" {{ return 301 {new}; }}'


def _caddy(old: str, new: str) -> str:
    return f'redir "{old}" "{new}" permanent'


def _apache(old: str, new: str) -> str:
    return f'RedirectMatch 301 "^{path_pattern(old)}$" "{new}"'


def _netlify(old: str, new: str) -> str:
    return f"{old} {new} 301!"


_WRITERS: dict[str, tuple[str, Callable[[str, str], str]]] = {
    "nginx": ("redirects.nginx.conf", _nginx),
    "caddy": ("redirects.Caddyfile", _caddy),
    "apache": ("redirects.htaccess", _apache),
    "netlify": ("_redirects", _netlify),
}
