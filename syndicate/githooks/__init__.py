"""Hooks of git that publish by themselves: written into a repository, taken away again, never over somebody else's."""

import sys
from dataclasses import dataclass
from pathlib import Path

from syndicate import disk
from syndicate.errors import Refusal, SettingsError
from syndicate.githooks.git import hooks_folder, is_bare
from syndicate.githooks.scripts import BEFORE, KINDS, advice, ours, script

__all__ = ["KINDS", "Hook", "command", "install", "uninstall"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hook:
    """A hook of a repository: of which kind, and what it publishes.

    ``site`` is the folder of the site, ``tree`` that which a bare repository is checked out into; ``options`` are those
    of the build.
    """

    kind: str
    repository: Path
    site: Path
    tree: Path | None = None
    branch: str = ""
    options: tuple[str, ...] = ()


def command(hook: Hook, what: str = "run") -> list[str]:
    """Return what the hook runs."""
    program = [sys.executable, "-m", "syndicate", "hook", what, hook.kind, str(hook.repository)]
    more = ["--site", str(hook.site)]
    more += ["--tree", str(hook.tree)] if hook.tree else []
    more += ["--branch", hook.branch] if hook.branch else []
    return [*program, *more, *(["--", *hook.options] if hook.options else [])]


def install(hook: Hook, *, force: bool) -> Path:
    """Write a hook and return its place.

    Raises ``Refusal`` where another one stands, unless forced: then that one is kept and run first. Raises
    ``SettingsError`` where the repository is not of the right kind.
    """
    _check(hook)
    place = hooks_folder(hook.repository) / hook.kind
    if place.is_symlink() or (place.exists() and not ours(place.read_text(errors="replace"))):
        _set_aside(place, hook, force=force)
    _write(place, script(hook.kind, command(hook)))
    return place


def uninstall(repository: Path, kind: str) -> Path:
    """Take a hook away, and put back what stood there before. Raises ``Refusal`` where it is not ours."""
    place = hooks_folder(repository) / kind
    before = place.with_name(place.name + BEFORE)
    if place.is_symlink() or (place.exists() and not ours(place.read_text(errors="replace"))):
        raise Refusal(f"{place}: not a hook of syndicate", "Nothing was done.")
    if before.exists() or before.is_symlink():
        disk.move(before, place)
    else:
        disk.clear(place)
    return place


def _check(hook: Hook) -> None:
    bare = is_bare(hook.repository)
    if hook.kind == "post-receive" and not hook.tree:
        raise SettingsError(
            "post-receive: where is what was pushed to be checked out?", "Name a folder of its own with --tree."
        )
    if hook.kind != "post-receive" and bare:
        raise SettingsError(f"{hook.repository}: a bare repository has no {hook.kind}", "Install post-receive.")
    if hook.tree and (hook.tree.resolve() / ".git").exists():
        raise SettingsError(f"{hook.tree}: is a work tree of another repository", "Name an empty folder with --tree.")
    if hook.tree:
        disk.make_folder(hook.tree)


def _set_aside(place: Path, hook: Hook, *, force: bool) -> None:
    before = place.with_name(place.name + BEFORE)
    if not force or before.exists():
        line = advice(hook.kind, command(hook))
        raise Refusal(f"{place}: a hook stands there already", f"With --force ours runs after it; or add to it: {line}")
    disk.move(place, before)


def _write(place: Path, text: str) -> None:
    disk.make_folder(place.parent)
    disk.put(place, text.encode(), 0o777)
