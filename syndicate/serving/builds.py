"""Builds, one at a time: whoever asks while one runs is served by the next, however many ask.

A build is a process of its own with a time limit: if it crashes, hangs or is killed, the server lives on and says so.
It runs in a session of its own, so that what ends the server lets it finish.
"""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, time

from syndicate.secrecy import veiled
from syndicate.serving.journal import LONGEST, Say
from syndicate.serving.metrics import Meters

_KEPT = 1 << 20
"""Bytes kept of what a build says; a summary beyond is one of thousands of findings."""
_MERCY = 10.0
"""Seconds that an overdue build has to end by itself."""
_PULL_SECONDS = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What a build is: the command line, the folder to ``pull`` first if there is one, the time limit in seconds."""

    command: tuple[str, ...]
    environment: Mapping[str, str]
    seconds: float
    pull: Path | None = None


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended: its exit code, or ``killed`` or ``overdue``; what it said on both its outputs."""

    how: str
    out: bytes
    err: bytes


def work(
    site: Path, options: Sequence[str], *, secrets: Sequence[str], seconds: float, pull: bool, offline: bool = False
) -> Work:
    """Return the work of building a site. ``secrets`` are variables that a build need not know."""
    globally = ["--offline"] if offline else []
    command = (sys.executable, "-m", "syndicate", *globally, "build", str(site), "--json", *options)
    environment = {name: value for name, value in os.environ.items() if name not in secrets}
    return Work(command=command, environment=environment, seconds=seconds, pull=site if pull else None)


class Builds:
    """The queue: one runs, one is pending at most."""

    def __init__(self, work: Work, say: Say, meters: Meters) -> None:
        self.work, self.say, self.meters = work, say, meters
        self.wanted = asyncio.Event()
        self.closing = False
        self.running = False

    def ask(self) -> str:
        """Want a build; say whether it begins now, or is pending behind the one that runs."""
        self.wanted.set()
        self.meters.set("syndicate_build_pending", int(self.running))
        return "pending" if self.running else "started"

    def close(self) -> None:
        """Begin no other build. What is pending is made up for by the build at the next start."""
        self.closing = True
        self.wanted.set()

    async def run(self) -> None:
        """Build whenever asked, until closed; returns when the last build has ended."""
        while True:
            await self.wanted.wait()
            self.wanted.clear()
            if self.closing:
                return
            self.running = True
            self._gauge(running=True)
            try:
                await self._one()
            except OSError as error:
                self.say("build-failed", said=str(error))
            finally:
                self.running = False
                self._gauge(running=False)

    def _gauge(self, *, running: bool) -> None:
        self.meters.set("syndicate_build_running", int(running))
        self.meters.set("syndicate_build_pending", int(running and self.wanted.is_set()))

    async def _one(self) -> None:
        if self.work.pull and not await self._pull(self.work.pull):
            return
        began = monotonic()
        ended = await _process(self.work.command, self.work.environment, self.work.seconds)
        seconds = monotonic() - began
        summary = _summary(ended.out)
        self._measure(ended.how, seconds, summary)
        facts = {name: summary[name] for name in ("articles", "written", "unchanged", "removed") if name in summary}
        said = {"said": _last(ended.err)} if ended.how != "0" else {}
        self.say("build", exit=ended.how, seconds=round(seconds, 3), **facts, **said)

    async def _pull(self, folder: Path) -> bool:
        # Hooks stay out of it: ours would build a second time.
        command = ("git", "-C", str(folder), "-c", "core.hooksPath=/dev/null", "pull", "--ff-only", "--quiet")
        plain = {name: value for name, value in self.work.environment.items() if not name.startswith("GIT_")}
        ended = await _process(command, {**plain, "GIT_TERMINAL_PROMPT": "0"}, _PULL_SECONDS)
        if ended.how != "0":
            self.meters.count("syndicate_pulls_failed_total")
            self.say("pull-failed", exit=ended.how, said=_last(ended.err))
        return ended.how == "0"

    def _measure(self, how: str, seconds: float, summary: dict[str, float]) -> None:
        self.meters.count("syndicate_builds_total", exit_code=how)
        self.meters.count("syndicate_build_seconds_sum", seconds)
        self.meters.count("syndicate_build_seconds_count")
        self.meters.count("syndicate_files_written_total", summary.get("written", 0))
        self.meters.set("syndicate_last_build_timestamp_seconds", time())
        if "articles" in summary:
            self.meters.set("syndicate_articles", summary["articles"])


async def _process(command: Sequence[str], environment: Mapping[str, str], seconds: float) -> Ended:
    process = await asyncio.create_subprocess_exec(
        *command, stdin=DEVNULL, stdout=PIPE, stderr=PIPE, env=environment, start_new_session=True
    )
    assert process.stdout  # noqa: S101 -- asked for just above, for the type checker
    assert process.stderr  # noqa: S101
    reading = asyncio.gather(_kept(process.stdout), _kept(process.stderr))
    how = await _waited(process, seconds)
    try:
        # What a build leaves behind may hold the other end; then what was read is all that is said.
        out, err = await asyncio.wait_for(reading, _MERCY)
    except TimeoutError:
        out, err = b"", b""
    return Ended(how, out, err)


async def _waited(process: Process, seconds: float) -> str:
    try:
        code = await asyncio.wait_for(process.wait(), seconds)
    except TimeoutError:
        await _ended(process)
        return "overdue"
    return "killed" if code < 0 else str(code)


async def _ended(process: Process) -> None:
    """End a process and all that it started."""
    _signal(process, signal.SIGTERM)
    with suppress(TimeoutError):
        await asyncio.wait_for(process.wait(), _MERCY)
    _signal(process, signal.SIGKILL)
    await process.wait()


def _signal(process: Process, number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


async def _kept(stream: asyncio.StreamReader) -> bytes:
    """Read to the end, and keep the last of it."""
    kept = bytearray()
    while chunk := await stream.read(65536):
        kept += chunk
        del kept[:-_KEPT]
    return bytes(kept)


def _last(said: bytes) -> str:
    """Return the end of what a process said; what is masked goes first, so that no cut leaves half a secret."""
    return veiled(said.decode(errors="replace"))[-LONGEST:]


def _summary(out: bytes) -> dict[str, float]:
    try:
        document = json.loads(out)
    except ValueError:
        return {}
    if not isinstance(document, dict):
        return {}
    return {name: value for name, value in document.items() if isinstance(value, int | float)}
