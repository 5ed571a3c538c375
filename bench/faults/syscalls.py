"""A small publish, killed at each call of the system that changes something, or failed there: old or new, and healed.

``syscalls.py FOLDER [--every 1] [--errors ENOSPC EIO EROFS EMFILE]`` has strace count the calls of an undisturbed
publish, SQLite's among them, then publishes once for each: with SIGKILL there, or with an error. It prints counts, and
exits with 1 at the first thing that is wrong.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from bench.faults.kill import SECOND, Bench, build, difference, tree

CHANGING = (
    "openat", "write", "pwrite64", "rename", "renameat", "renameat2", "unlink", "unlinkat", "mkdir", "mkdirat", "rmdir",
    "fsync", "fdatasync", "syncfs", "ftruncate", "fchmod", "fchown", "utimensat", "link", "linkat", "symlink", "flock",
)  # fmt: skip
ROOT = Path(__file__).resolve().parents[2]
_PROGRAM = (
    "import sys, traceback; from pathlib import Path; from datetime import datetime\n"
    "import syndicate.loading.gathering as gathering; gathering.crew.possible = lambda: False\n"
    "from bench.faults.kill import build, SECOND\n"
    "from syndicate.errors import SyndicateError\n"
    "import syndicate.feeds.xml, syndicate.gallery, syndicate.cards.recipe, filelock, zoneinfo\n"
    "sys.stderr.write('begin\\n'); sys.stderr.flush()\n"
    "try: build(Path(sys.argv[1]), Path(sys.argv[2]), SECOND)\n"
    "except SyndicateError as error: sys.exit(f'told: {error}')\n"
)
_LINE = re.compile(r"^(\w+)\((.*)")


@dataclass(frozen=True)
class Call:
    """One call of the system: its name, and the how manieth of that name in the process it is."""

    name: str
    number: int
    shown: str


class Syscalls(Bench):
    """A site in two states, and builds of the second one that are disturbed."""

    def run(self, *inject: str) -> "subprocess.CompletedProcess[str]":
        """Publish the second state under strace."""
        command = ["strace", "-qq", "-o", str(self.log), "-e", f"trace={','.join(CHANGING)}", *inject]
        program = [sys.executable, "-c", _PROGRAM, str(self.site), str(self.output)]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
        return subprocess.run([*command, *program], check=False, capture_output=True, text=True, env=environment)

    @property
    def log(self) -> Path:
        """Where strace writes."""
        return self.place.with_name(f"{self.place.name}.strace")

    def calls(self) -> Iterator[Call]:
        """Yield the changing calls of an undisturbed publish."""
        self.reset()
        done = self.run()
        if done.returncode:
            sys.exit(f"an undisturbed publish failed: {done.stderr[-400:]}")
        numbers: Counter[str] = Counter()
        begun = False
        for line in self.log.read_text("utf-8", "replace").splitlines():
            found = _LINE.match(line)
            if not found:
                continue
            name, rest = found.groups()
            numbers[name] += 1
            begun = begun or "begin" in line
            if begun and (name != "openat" or "O_CREAT" in rest) and not rest.startswith(("1,", "2,")):
                yield Call(name, numbers[name], line[:100])

    def killed(self, call: Call) -> str:
        """Kill a publish at a call; return what was found between."""
        self.reset()
        self.run("-e", f"inject={call.name}:signal=SIGKILL:when={call.number}")
        return self.healed(call)

    def failed(self, call: Call, error: str) -> str:
        """Let a call fail; return what became of the publish."""
        self.reset()
        done = self.run("-e", f"inject={call.name}:error={error}:when={call.number}")
        told = done.stderr.replace("begin\n", "").strip()
        assert "Traceback" not in told, f"{call.shown}: {error}: {told[-600:]}"
        assert done.returncode == 0 or told.startswith("told: "), f"{call.shown}: {error}: {done.returncode} {told}"
        self.healed(call)
        return "told" if told else "done all the same"

    def healed(self, call: Call) -> str:
        """Judge what is left, publish undisturbed, and return what was found between."""
        left = tree(self.output)
        try:
            self.judge(left)
        except AssertionError as error:
            raise AssertionError(f"{call.shown}: {error}") from None
        build(self.site, self.output, SECOND)
        made = tree(self.output)
        assert made == self.after, f"{call.shown}: {difference(made, self.after)}"
        litter = [path.name for path in self.output.rglob("*") if path.name.endswith("~")]
        assert not litter, f"{call.shown}: {litter}"
        return "untouched" if left == self.before else "finished" if left == self.after else "between"


def main() -> None:
    """Run it from the command line."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("folder", type=Path)
    asked.add_argument("--every", type=int, default=1)
    asked.add_argument("--errors", nargs="*", default=["ENOSPC", "EIO", "EROFS", "EMFILE"])
    said = asked.parse_args()
    if not shutil.which("strace"):
        sys.exit("strace is not installed")
    began = perf_counter()
    bench = Syscalls(said.folder / "syscalls", cards=False)
    calls = [*bench.calls()]
    some = calls[:: said.every]
    kinds = Counter(call.name for call in calls)
    print(f"{len(calls)} calls: " + ", ".join(f"{count} {name}" for name, count in kinds.most_common()), flush=True)
    try:
        found = Counter(bench.killed(call) for call in some)
        print(f"SIGKILL at {len(some)}: " + ", ".join(f"{n} {what}" for what, n in found.most_common()), flush=True)
        for at, error in enumerate(said.errors):
            those = calls[at % said.every :: said.every]
            found = Counter(bench.failed(call, error) for call in those)
            print(
                f"{error} at {len(those)}: " + ", ".join(f"{n} {what}" for what, n in found.most_common()), flush=True
            )
    except AssertionError as error:
        sys.exit(f"FAULT: {error}")
    print(f"0 torn, 0 missing, all healed to the same bytes; {perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
