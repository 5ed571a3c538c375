"""Time feeds beside what else makes them: whole processes, in interleaved rounds, with the memory they take at most.

    python bench/feeds/bench.py WORK [--counts 1000 10000] [--rounds 3] [--peers hugo pelican jekyll eleventy astro]
    python bench/feeds/bench.py WORK --cards [--counts 1000 10000]

WORK is a folder to keep sites and the peers' packages in. Every program gets the same articles of about 7 kB. The rows:
cold (no output, nothing remembered), nothing to do, one article edited; of the newest 20 articles, and of all (ours in
archive documents of twenty, theirs in one file a format). With ``--cards``, of ours alone with a share card for each
article and its head tags: no peer makes cards.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

import material
import peers
from peers import Peer

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 20
STEPS = ("cold", "nothing to do", "one edited")
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
_ENVIRONMENT["ASTRO_TELEMETRY_DISABLED"] = "1"
_SETTINGS = """title = "{title}"
base_url = "{home}"
language = "en"
[cards]
enabled = {cards}
outlets = ["og"]
[tags]
enabled = {cards}
[gallery]
enabled = false
[feeds]
limit = {limit}
kinds = []
archive = {archive}
"""


@dataclass(frozen=True)
class Run:
    """One process, with those it started: its seconds by the clock and of processors, and its peak memory in MB."""

    seconds: float
    work: float
    memory: float


def main() -> None:
    """Run it from the command line."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("work", type=Path)
    asked.add_argument("--counts", type=int, nargs="+", default=[1_000, 10_000])
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--peers", nargs="*", default=["hugo", "pelican", "jekyll", "eleventy", "astro"])
    asked.add_argument("--cards", action="store_true")
    said = asked.parse_args()
    for count in said.counts:
        for limit in (LIMIT, 0):
            makers = (
                [partial(ours, cards=True)] if said.cards else [ours, *(getattr(peers, name) for name in said.peers)]
            )
            _print(count, limit, _measured(said.work.resolve(), count, limit, said.rounds, makers))


def ours(work: Path, count: int, limit: int, *, cards: bool = False) -> Peer:
    """This program, on its own site."""
    root = work / f"syndicate-{count}"
    if not root.exists():
        material.write(root, count)
    said = {"archive": str(not limit).lower(), "cards": str(cards).lower()}
    text = _SETTINGS.format(title=material.TITLE, home=material.HOME, limit=LIMIT, **said)
    (root / "syndicate.toml").write_text(text, encoding="utf-8")
    command = (sys.executable, "-m", "syndicate", "-q", "build", str(root), "-o", str(root / "out"))
    peer = Peer("syndicate, with cards" if cards else "syndicate", root, command)
    if not (work / "bytecode").exists():  # An installer leaves it; in a checkout the first run does.
        _timed(peer)
    return peer


def _measured(
    work: Path, count: int, limit: int, rounds: int, makers: Sequence[Callable[[Path, int, int], Peer | None]]
) -> dict[str, dict[str, list[Run]]]:
    made = [one for one in (maker(work, count, limit) for maker in makers) if one]
    found: dict[str, dict[str, list[Run]]] = {one.name: {step: [] for step in STEPS} for one in made}
    for turn in range(rounds):
        for one in made[turn % len(made) :] + made[: turn % len(made)]:
            try:
                for step, run in _steps(one):
                    found[one.name][step].append(run)
            except subprocess.CalledProcessError as error:
                print(f"{one.name} is left out: it ended with {error.returncode}", file=sys.stderr)
                made = [other for other in made if other is not one]
    return {name: steps for name, steps in found.items() if all(steps.values())}


def _steps(one: Peer) -> Iterator[tuple[str, Run]]:
    for remembered in ("out", ".syndicate", ".jekyll-cache", "resources", "cache", ".astro", "node_modules/.astro"):
        shutil.rmtree(one.root / remembered, ignore_errors=True)
    yield STEPS[0], _timed(one)
    yield STEPS[1], _timed(one)
    edited = max((one.root / "content").rglob("*.md"), default=None) or max((one.root / "_posts").iterdir())
    edited.write_text(edited.read_text("utf-8") + "\nOne more line.\n", encoding="utf-8")
    yield STEPS[2], _timed(one)


def _timed(one: Peer) -> Run:
    environment = {**_ENVIRONMENT, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(one.root.parent / "bytecode")}
    started = perf_counter()
    process = subprocess.Popen(
        one.command, cwd=one.root, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, one.command)
    return Run(perf_counter() - started, used.ru_utime + used.ru_stime, _megabytes(used))


def _megabytes(used: resource.struct_rusage) -> float:
    return used.ru_maxrss / (1_000_000 if sys.platform == "darwin" else 1_000)


def _print(count: int, limit: int, found: dict[str, dict[str, list[Run]]]) -> None:
    first = next((name for name in found if name.startswith("Hugo")), next(iter(found)))
    what = f"newest {limit}" if limit else "all"
    print(f"\n| {count:,} articles, {what} | cold | nothing to do | one edited | MB at most |\n|---|---|---|---|---|")
    for name, steps in found.items():
        cells = []
        for step in STEPS:
            seconds = median(run.seconds for run in steps[step])
            base = median(run.seconds for run in found[first][step])
            work = median(run.work for run in steps[step])
            cells.append(f"{seconds:.2f} s ({seconds / base:.2f}), CPU {work:.2f}")
        memory = max(run.memory for runs in steps.values() for run in runs)
        print(f"| {name} | {' | '.join(cells)} | {memory:.0f} |", flush=True)


if __name__ == "__main__":
    main()
