"""The hooks that git runs for us, as text. Pure: what to run, to a shell script that any /bin/sh understands."""

from collections.abc import Sequence
from shlex import join

KINDS = {
    "post-receive": "publish what was pushed to a bare repository",
    "post-merge": "publish after a pull",
    "pre-commit": "check before a commit, and refuse it where an article would not be published",
}
MARK = "# syndicate hook: "
BEFORE = ".before-syndicate"
"""Ends the name of a hook that stood there before; ours runs it first."""


def script(kind: str, command: Sequence[str]) -> str:
    """Return the hook that runs a command after what stood there before."""
    return f"""#!/bin/sh
{MARK}{kind}
# Written by `syndicate hook install`, taken away by `syndicate hook uninstall`; changes here are lost.
before="$0{BEFORE}"
{_piped(command) if kind == "post-receive" else _plain(command)}"""


def ours(text: str) -> bool:
    """Whether a hook is one that we wrote."""
    return f"\n{MARK}" in text[:200]


def advice(kind: str, command: Sequence[str]) -> str:
    """Return the line to put into a hook of one's own instead."""
    return f"{join(command)} </dev/stdin" if kind == "post-receive" else join(command)


def _piped(command: Sequence[str]) -> str:
    # Git says on standard input what was pushed, once: both shall hear it.
    return f"""pushed=$(cat)
if [ -x "$before" ]; then printf '%s\\n' "$pushed" | "$before" "$@" || exit; fi
printf '%s\\n' "$pushed" | {join(command)}
"""


def _plain(command: Sequence[str]) -> str:
    return f"""if [ -x "$before" ]; then "$before" "$@" || exit; fi
exec {join(command)}
"""
