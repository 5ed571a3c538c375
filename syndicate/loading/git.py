"""Git: when each source was last changed and first written, by the history of the repository that the site lies in.

One ``git log`` for the whole site. The repository may be anybody's, so nothing that its configuration names is run
(pagers, hooks, monitors, signature checkers, transports), and what the environment says of another one does not count.
The dates are the authors' own (``%aI``); a file that was only moved was not changed, and keeps its first day.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from syndicate.findings import Finding, finding

SECONDS = 120
"""How long git may take; the largest histories of sites need some ten."""
_SET = (
    "core.fsmonitor=false", "core.hooksPath=/dev/null", "core.pager=cat", "log.showSignature=false",
    "log.showRoot=true", "log.follow=false", "core.attributesFile=/dev/null",
    "diff.orderFile=/dev/null", "diff.renameLimit=1000",
)  # fmt: skip
_QUIET = ("--no-pager", "--literal-pathspecs", "--no-optional-locks", *(part for one in _SET for part in ("-c", one)))
_LOG = (
    "log", "--format=tformat:%x01%aI", "-z", "--name-status", "--relative", "--no-ext-diff", "--no-textconv",
    "--no-color", "--no-show-signature", "--encoding=UTF-8", "--no-mailmap", "--diff-merges=off", "--no-notes",
    "--no-decorate", "--ignore-submodules=all",
)  # fmt: skip
_SIMILAR = ("--find-renames=50%", "--find-renames=100%")
"""A clone without its files' contents (``--filter=blob:none``) only knows moves that changed nothing."""
_HOME = ("PATH", "HOME", "XDG_CONFIG_HOME", "USERPROFILE", "SYSTEMROOT")


@dataclass(frozen=True, slots=True)
class History:
    """When each file was last changed and first written, by its path in the site."""

    changed: Mapping[str, datetime] = field(default_factory=dict)
    begun: Mapping[str, datetime] = field(default_factory=dict)


def history(root: Path) -> tuple[History, tuple[Finding, ...]]:
    """Return what git knows of the files below ``root``; where it cannot tell, nothing, and a finding that says why."""
    program = shutil.which("git")
    if program is None:
        return _untold("git is not installed")
    try:
        state = _run(program, root, "rev-parse", "--is-shallow-repository", "--is-inside-work-tree")
        if state.returncode or state.stdout.split() == [b"true", b"true"]:
            return _shallow() if not state.returncode else _untold(_reason(state))
        done = _logged(program, root)
    except (OSError, subprocess.TimeoutExpired) as error:
        return _untold(
            f"git took more than {SECONDS} s" if isinstance(error, subprocess.TimeoutExpired) else str(error)
        )
    return _untold(_reason(done)) if done.returncode else (read(done.stdout), ())


def read(log: bytes) -> History:
    """Return the dates that a log tells, newest commit first: see ``_LOG`` for its form."""
    changed: dict[str, datetime] = {}
    begun: dict[str, datetime] = {}
    names: dict[str, str] = {}
    for when, status, old, new in _changes(log):
        name = names.get(new, new)
        if status == "D":
            names[new] = ""  # what had this name before was another file
        elif name:
            # Renamed and not a byte changed: R100.
            if status != "R100":
                changed[name] = max(when, changed.get(name, when))
            begun[name] = min(when, begun.get(name, when))
        if status.startswith("R"):
            names[old] = name
    return History(changed, begun)


def _changes(log: bytes) -> Iterator[tuple[datetime, str, str, str]]:
    """Yield moment, status, former and present path of each change."""
    fields = iter(log.split(b"\0"))
    when = None
    for one in fields:
        if one.startswith(b"\x01"):
            when = _moment(one[1:])
            continue
        status = one.strip().decode("ascii", "replace")
        if not status:
            continue
        old = os.fsdecode(next(fields, b""))
        new = os.fsdecode(next(fields, b"")) if status[0] in "RC" else old
        if when:
            yield when, status, old, new


def _moment(said: bytes) -> datetime | None:
    try:
        moment = datetime.fromisoformat(said.decode("ascii"))
    except ValueError:  # clocks of authors may say anything
        return None
    return moment if 1970 <= moment.year <= 9998 else None  # noqa: PLR2004 -- what git and feeds can say


def _logged(program: str, root: Path) -> subprocess.CompletedProcess[bytes]:
    for similar in _SIMILAR:
        done = _run(program, root, *_LOG, similar, "HEAD", "--", ".")
        if done.returncode == 0:
            break
    return done


def _run(program: str, root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603 -- no shell, a fixed program, no word of a stranger's
        [program, *_QUIET, *arguments],
        cwd=root,
        env={name: os.environ[name] for name in _HOME if name in os.environ}
        | {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1"}
        | {"GIT_NO_REPLACE_OBJECTS": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )


def _reason(done: subprocess.CompletedProcess[bytes]) -> str:
    lines = done.stderr.decode(errors="replace").strip().splitlines()
    return lines[0].removeprefix("fatal: ")[:200] if lines else f"git ended with {done.returncode}"


def _untold(why: str) -> tuple[History, tuple[Finding, ...]]:
    return History(), (finding("git-untold", "syndicate.toml", f"git cannot tell when files changed: {why}"),)


def _shallow() -> tuple[History, tuple[Finding, ...]]:
    message = "the repository is a shallow clone: git would date every file by its last commits"
    return History(), (finding("git-shallow", "syndicate.toml", message),)
