"""Time share cards beside what else makes them: CPU milliseconds a card, in interleaved rounds.

    python bench/cards/bench.py WORK [--rounds 5] [--cards 100]

WORK is a folder to keep pictures, cards and the peers' packages in. ``npm`` and ``pip`` fetch those once, those that do
not go together into environments of their own; a peer that cannot be had is named, with the reason. Every engine gets
the same titles, pictures and size, a process of its own for each round, and one card before the clock starts. Then
come our own further sizes of an article, memory, and what a second process gains.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import material

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
OURS = "syndicate"
LARGE = (4000, 3000, 6)
"""Width and height of twelve megapixels, and how many such pictures."""
Run = dict[str, object]


@dataclass(frozen=True)
class Environment:
    """Packages that are installed together, and the engines that they make."""

    name: str
    packages: tuple[str, ...]
    engines: tuple[str, ...]
    python: bool = False

    def prepared(self, work: Path) -> str:
        """Install what is not there yet; return why that cannot be done."""
        place = work / self.name
        if not (place / ("bin" if self.python else "node_modules")).exists():
            place.mkdir(parents=True, exist_ok=True)
            for command in self._installing(place):
                try:
                    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
                except OSError as error:
                    return str(error)
                if done.returncode:
                    shutil.rmtree(place)
                    return (done.stderr.strip().splitlines() or ["it failed"])[-1]
        shutil.copy(HERE / ("mkdocs_material.py" if self.python else "rivals.mjs"), place)
        return ""

    def command(self, work: Path, engine: str) -> list[str]:
        """Return what runs one of its engines."""
        place = work / self.name
        if self.python:
            return [str(place / "bin/python"), str(place / "mkdocs_material.py")]
        return ["node", str(place / "rivals.mjs"), engine]

    def _installing(self, place: Path) -> Iterator[list[str]]:
        if self.python:
            yield [sys.executable, "-m", "venv", str(place)]
            yield [str(place / "bin/pip"), "install", "--quiet", *self.packages]
        else:
            (place / "package.json").write_text('{"private": true}', encoding="utf-8")
            yield ["npm", "install", "--no-audit", "--no-fund", *self.packages]


PEERS = (
    Environment(
        "node",
        ("satori@0.63", "@resvg/resvg-js@2.6", "sharp@0.35", "@takumi-rs/core@2.16", "@takumi-rs/helpers@2.16"),
        ("satori + resvg", "satori + resvg + sharp", "takumi", "sharp + SVG"),
    ),
    Environment("astro", ("astro-og-canvas@0.13", "astro@7"), ("astro-og-canvas",)),
    Environment("material", ("mkdocs-material[imaging]==9.*",), ("mkdocs-material",), python=True),
)


def main() -> None:
    """Run it from the command line."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("work", type=Path)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--cards", type=int, default=100)
    said = asked.parse_args()
    work = said.work.resolve()
    prepare(work, said.cards)
    missing = {peer.name: why for peer in PEERS if (why := peer.prepared(work))}
    present = [peer for peer in PEERS if peer.name not in missing]
    for kind in ("photograph", "type"):
        print(table(kind, rounds(work, kind, said.rounds, said.cards, present)), flush=True)
    for peer in PEERS:
        if peer.name in missing:
            print(f"\nLeft out: {', '.join(peer.engines)}: {missing[peer.name]}")
    print(further(work, said.cards))
    print(gained(work, said.rounds, said.cards))


def prepare(work: Path, cards: int) -> None:
    """Make titles and pictures; what is there already stays."""
    (work / "pictures").mkdir(parents=True, exist_ok=True)
    (work / "large").mkdir(exist_ok=True)
    shutil.copy(ROOT / "fonts/noto-sans.ttf", work / "type.ttf")
    job = {"titles": material.titles(cards), "kicker": material.KICKER, "site": material.SITE}
    (work / "titles.json").write_text(json.dumps(job), encoding="utf-8")
    wanted = [(work / f"pictures/{number}.jpg", number, 1600, 1200) for number in range(cards)]
    wanted += [(work / f"large/{number}.jpg", number, *LARGE[:2]) for number in range(LARGE[2])]
    for place, *facts in wanted:
        if not place.exists():
            place.write_bytes(material.photograph(*facts))


def rounds(work: Path, kind: str, count: int, cards: int, peers: list[Environment]) -> dict[str, list[Run]]:
    """Run each engine once a round, in turn, so that what else the machine does falls on all alike."""
    commands = {OURS: [sys.executable, str(HERE / "ours.py")]}
    commands |= {engine: peer.command(work, engine) for peer in peers for engine in peer.engines}
    found: dict[str, list[Run]] = {engine: [] for engine in commands}
    share = cards // count
    for number in range(count):
        turn = number % len(commands)
        for engine in [*commands][turn:] + [*commands][:turn]:
            span = [kind, str(work), str(number * share), str((number + 1) * share)]
            done = run(engine, [*commands[engine], *span], work)
            if done:
                found[engine].append(done)
    return {engine: runs for engine, runs in found.items() if runs}


def run(engine: str, command: list[str], work: Path) -> Run | None:
    """Let one engine make a share of the cards, in a process of its own; ``None`` where it fails."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)} if engine == OURS else None
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=work, env=environment)
    if done.returncode:
        print(f"{engine}: {done.stderr.strip()[-400:]}", file=sys.stderr)
        return None
    made: Run = json.loads(done.stdout.splitlines()[-1])
    return made


def table(kind: str, found: dict[str, list[Run]]) -> str:
    """Return the runs as a table, the quickest first."""
    middles = {engine: median(run["ms"] for run in runs) for engine, runs in found.items()}
    rows = [f"\n| {kind} cards | CPU ms a card | times ours | kB, median | kB, most |", "|---|---|---|---|---|"]
    for engine in sorted(middles, key=middles.__getitem__):
        sizes = [size / 1000 for run in found[engine] for size in run["bytes"]]
        ratio = middles[engine] / middles[OURS]
        rows.append(f"| {engine} | {middles[engine]:.1f} | {ratio:.2f} | {median(sizes):.0f} | {max(sizes):.0f} |")
    return "\n".join(rows)


def further(work: Path, cards: int) -> str:
    """Return what each further size of the same article costs, and the most memory, for two sizes of pictures."""
    command = [sys.executable, str(HERE / "ours.py")]
    kinds = {"pictures": min(cards, 20), "large": LARGE[2]}
    made = {
        kind: run(OURS, [*command, f"sizes:{kind}", str(work), "0", str(most)], work) for kind, most in kinds.items()
    }
    heads = " | ".join(f"CPU ms, {name} | of the first" for name in ("1600x1200", "4000x3000"))
    rows = [f"\n| card, in the order of a build | megapixels | {heads} |", "|---|---|---|---|---|---|"]
    for outlet, (pixels, _) in made["pictures"]["outlets"].items():
        cells = [(one["outlets"][outlet][1], next(iter(one["outlets"].values()))[1]) for one in made.values()]
        told = " | ".join(f"{ms:.1f} | {ms * 100 / first:.0f} %" for ms, first in cells)
        rows.append(f"| {outlet} | {pixels / 1e6:.2f} | {told} |")
    memory = " and ".join(f"{one['memory'] / 1e6:.0f} MB" for one in made.values())
    return "\n".join(rows) + f"\n\nMost memory of the process that drew them: {memory}."


def gained(work: Path, count: int, cards: int) -> str:
    """Return how much sooner two processes, and a cluster of two, are done than one: the best of interleaved rounds."""
    command = [sys.executable, str(HERE / "ours.py")]
    made: dict[str, list[Run]] = {"processes:1": [], "processes:2": [], "dask:2": []}
    for _ in range(count):
        for kind, runs in made.items():
            runs.append(run(OURS, [*command, kind, str(work), "0", str(cards)], work))
    one, two, far = (min(run["seconds"] for run in runs) for runs in made.values())
    drawn = made["dask:2"][0]["cards"]
    return (
        f"\n{drawn} photograph cards: {one:.1f} s in one process, {two:.1f} s in two ({one / two:.2f} times as fast),"
        f" {far:.1f} s on a standing Dask cluster of two ({one / far:.2f} times)."
    )


if __name__ == "__main__":
    main()
