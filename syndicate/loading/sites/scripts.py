"""A generator's configuration that is a program: found by its name, read by its literals, and said where that fails."""

from collections.abc import Sequence

from syndicate.findings import Finding, finding
from syndicate.loading import javascript
from syndicate.loading.javascript import Script
from syndicate.loading.sources import SourceError, Tree

_BYTES = 512 << 10


def read(tree: Tree, names: Sequence[str]) -> tuple[Script, tuple[Finding, ...]]:
    """Return what the first script there is says, and a finding where it could not be read."""
    for name in names:
        if tree.exists(name):
            try:
                return javascript.read(tree.text(name, _BYTES)), ()
            except SourceError as error:
                return Script(), (error.finding,)
            except ValueError as error:
                return Script(), (finding("configuration-unread", name, str(error)),)
    return Script(), ()
