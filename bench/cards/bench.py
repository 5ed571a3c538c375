"""Time share cards beside what else makes them: CPU milliseconds a card, in interleaved rounds.

    python bench/cards/bench.py WORK [--rounds 5] [--cards 100]

WORK is a folder to keep pictures, cards and the rivals' packages in. ``npm`` fetches those once; engines that are not
there are left out. Every engine gets the same titles, pictures and size, a process of its own for each round, and one
card before the clock starts.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median

import material

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PACKAGES = ("satori@0.63", "@resvg/resvg-js@2.6", "sharp@0.35", "@takumi-rs/core@2.16", "@takumi-rs/helpers@2.16")
OURS = "syndicate"
RIVALS = ("satori + resvg", "satori + resvg + sharp", "takumi", "sharp + SVG")
Run = dict[str, object]


def main() -> None:
    """Run it from the command line."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("work", type=Path)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--cards", type=int, default=100)
    said = asked.parse_args()
    work = said.work.resolve()
    prepare(work, said.cards)
    for kind in ("photograph", "type"):
        print(table(kind, rounds(work, kind, said.rounds, said.cards)), flush=True)


def prepare(work: Path, cards: int) -> None:
    """Make titles and pictures, fetch the rivals' packages; what is there already stays."""
    (work / "pictures").mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "fonts/noto-sans.ttf", work / "type.ttf")
    job = {"titles": material.titles(cards), "kicker": material.KICKER, "site": material.SITE}
    (work / "titles.json").write_text(json.dumps(job), encoding="utf-8")
    for number in range(cards):
        place = work / f"pictures/{number}.jpg"
        if not place.exists():
            place.write_bytes(material.photograph(number))
    shutil.copy(HERE / "rivals.mjs", work / "rivals.mjs")
    if not (work / "node_modules").exists() and shutil.which("npm"):
        (work / "package.json").write_text('{"private": true}', encoding="utf-8")
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", *PACKAGES], cwd=work, check=False)


def rounds(work: Path, kind: str, count: int, cards: int) -> dict[str, list[Run]]:
    """Run each engine once a round, in turn, so that what else the machine does falls on all alike."""
    engines = [OURS, *(RIVALS if (work / "node_modules").exists() else ())]
    found: dict[str, list[Run]] = {engine: [] for engine in engines}
    share = cards // count
    for number in range(count):
        turn = number % len(engines)
        for engine in engines[turn:] + engines[:turn]:
            span = [kind, str(work), str(number * share), str((number + 1) * share)]
            done = run(engine, span, work)
            if done:
                found[engine].append(done)
    return {engine: runs for engine, runs in found.items() if runs}


def run(engine: str, span: list[str], work: Path) -> Run | None:
    """Let one engine make a share of the cards, in a process of its own; ``None`` where it fails."""
    if engine == OURS:
        command = [sys.executable, str(HERE / "ours.py"), *span]
    else:
        command = ["node", str(work / "rivals.mjs"), engine, *span]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=work, env=environment)
    if done.returncode:
        print(f"{engine}: {done.stderr.strip()[-400:]}", file=sys.stderr)
        return None
    made: Run = json.loads(done.stdout)
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


if __name__ == "__main__":
    main()
