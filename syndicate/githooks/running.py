"""What a hook does when git calls it: leave a build running by itself, one for however many pushes come meanwhile.

Whoever pushes is not held: the build is a process of another session, with none of the pusher's streams. A mark says
that a build is wanted, a lock that one runs; who finds it locked leaves the mark, and goes.
"""

import fcntl
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from syndicate import disk
from syndicate.characters import visible
from syndicate.errors import SettingsError
from syndicate.githooks import Hook, command
from syndicate.githooks.git import branch, cleaned, git
from syndicate.secrecy import veiled

FOLDER = ".syndicate"
_LOG = "hook.log"
_LOG_BYTES = 1 << 20
_NOTHING = frozenset("0")


def concerns(hook: Hook, pushed: Iterable[str]) -> bool:
    """Whether one of the lines that git gives to post-receive says that our branch moved."""
    wanted = f"refs/heads/{hook.branch or branch(hook.repository)}"
    moves = (line.split() for line in pushed)
    return any(len(move) == 3 and move[2] == wanted and set(move[1]) != _NOTHING for move in moves)  # noqa: PLR2004


def detach(hook: Hook) -> Path:
    """Leave a process behind that publishes, and return its log."""
    log = _log(hook)
    arguments = command(hook, "publish")
    with log.open("ab") as said:
        subprocess.Popen(  # noqa: S603 -- our own program
            arguments, stdin=subprocess.DEVNULL, stdout=said, stderr=said, env=cleaned(), start_new_session=True
        )
    return log


def publish(hook: Hook) -> int:
    """Publish, and again while it is wanted; return the exit code of the last build."""
    place = _place(hook)
    mark = place / "hook.wanted"
    disk.touch(mark)
    code = 0
    while mark.exists():
        with _alone(place / "hook.lock") as alone:
            if not alone:
                _say(hook, "another one is publishing; it was told to do so once more")
                return 0
            while _wanted(mark):
                code = _once(hook)
    return code


def check(hook: Hook) -> int:
    """Say what is wrong with the articles, publishing nothing; return the exit code."""
    checking = [sys.executable, "-m", "syndicate", "--quiet", "build", str(hook.site), "--dry-run", *hook.options]
    return _run(hook, checking, stdout=subprocess.DEVNULL)


def _once(hook: Hook) -> int:
    if hook.tree:
        name = hook.branch or branch(hook.repository)
        # An index of our own: what is checked out here changes neither the repository's HEAD nor its index.
        tree = ("--work-tree", str(hook.tree))
        git(hook.repository, *tree, "read-tree", "--reset", "-u", name, index=_place(hook) / "hook.index")
        _say(hook, f"checked out {git(hook.repository, 'rev-parse', '--short', name)} of {name}")
    build = [sys.executable, "-m", "syndicate", "--no-progress", "build", str(hook.site), *hook.options]
    code = _run(hook, build)
    _say(hook, f"build ended with {code}")
    return code


def _run(hook: Hook, command: list[str], stdout: int | None = None) -> int:
    # From the site, not from wherever git was: that is where people think of relative paths.
    folder = hook.site if hook.site.is_dir() else None
    done = subprocess.run(  # noqa: S603 -- our own program
        command, check=False, stdin=subprocess.DEVNULL, stdout=stdout, env=cleaned(), cwd=folder
    )
    return done.returncode


def _wanted(mark: Path) -> bool:
    return disk.clear(mark)


@contextmanager
def _alone(place: Path) -> Iterator[bool]:
    descriptor = disk.keep(place)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        disk.close(descriptor)


def _place(hook: Hook) -> Path:
    place = (hook.tree or hook.site) / FOLDER
    try:
        disk.make_folder(place)
    except OSError as error:
        raise SettingsError(f"{place}: {error.strerror}", "Let the folder be writable for who pushes.") from None
    return place


def _log(hook: Hook) -> Path:
    log = _place(hook) / _LOG
    with suppress(FileNotFoundError):
        if log.stat().st_size > _LOG_BYTES:
            disk.move(log, log.with_name(f"{_LOG}.1"))
    return log


def _say(hook: Hook, what: str) -> None:
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    sys.stderr.write(f"{moment} {hook.kind}: {visible(veiled(what))}\n")
    sys.stderr.flush()
