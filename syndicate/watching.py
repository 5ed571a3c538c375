"""What changes in a site while an author writes, gathered until the hand rests: the door to watchfiles."""

from collections.abc import Callable, Iterator
from pathlib import Path

from watchfiles import Change, watch

_REST, _LONGEST = 30, 400
"""Milliseconds without a change that end a group of them; after which it ends anyway."""
_TURN = 200
"""Milliseconds after which the library comes back with nothing: the first time, that tells that it looks."""
_OTHERS = frozenset({"node_modules", "__pycache__", "vendor", "bower_components"})
_PASSING = (".swp", ".swx", ".tmp", "~", ".part", ".crdownload")


def changes(site: Path, ignored: Callable[[], tuple[Path, ...]]) -> Iterator[tuple[str, ...]]:
    """Yield, for ever, the paths that changed together, relative to the site; first of all nothing, once it looks.

    So what is built then misses no change: one that comes while it is built is yielded next.
    What is hidden, passing (an editor's drafts) or in folders that ``ignored`` names just then does not count: what a
    build writes above all. Ends when interrupted.
    """
    root = site.resolve()

    def counts(_: Change, path: str) -> bool:
        return concerns(root, ignored(), Path(path))

    looking = False
    for group in watch(
        root,
        watch_filter=counts,
        step=_REST,
        debounce=_LONGEST,
        rust_timeout=_TURN,
        yield_on_timeout=True,
        raise_interrupt=True,
    ):
        if group or not looking:
            looking = True
            yield tuple(sorted({Path(path).relative_to(root).as_posix() for _, path in group}))


def concerns(root: Path, ignored: tuple[Path, ...], path: Path) -> bool:
    """Whether a change of a path may change what is published."""
    if not path.is_relative_to(root) or any(path.is_relative_to(folder) for folder in ignored):
        return False
    parts = path.relative_to(root).parts
    hidden = any(part.startswith(".") or part in _OTHERS for part in parts)
    return bool(parts) and not hidden and not path.name.endswith(_PASSING)
