"""Set thousands of titles in the rooms of every theme and outlet and list what a typesetter would send back.

    python bench/cards/titles.py TITLES.tsv [--generated 5000] [--every 1] [--jobs 2]

TITLES.tsv has a heading, then a line a title: language in the second column, title in the last. The set of Chinese,
Japanese and Korean type is added where the machine has it. Exits with 1 where anything is wrong.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from proofs import faults, fonts_for, generated, rooms, set_in  # noqa: E402 -- they live with the tests

from syndicate.cards.text.compose import Block  # noqa: E402
from syndicate.loading import fontsets  # noqa: E402
from syndicate.loading.sources import Tree, reader  # noqa: E402
from syndicate.loading.typefaces import of_site, shipped  # noqa: E402

Row = tuple[str, str]
"""A title and its language."""
CHUNK = 50


def main() -> None:
    """Run it from the command line."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("titles", type=Path)
    asked.add_argument("--generated", type=int, default=5000)
    asked.add_argument("--every", type=int, default=1, help="take only each so many-th title")
    asked.add_argument("--jobs", type=int, default=2)
    said = asked.parse_args()
    every = [*real(said.titles), *((title, "en") for title in generated(said.generated, shipped()))][:: said.every]
    with TemporaryDirectory() as folder, ProcessPoolExecutor(said.jobs) as pool:
        found = fontsets.find("cjk")
        if found:
            (Path(folder) / "cjk.otf").write_bytes(fontsets.made(found))
        chunks = [every[at : at + CHUNK] for at in range(0, len(every), CHUNK)]
        counts: Counter[str] = Counter(titles=len(every))
        for counted, lines in pool.map(partial(judged, Path(folder)), chunks):
            counts += counted
            print("".join(f"{line}\n" for line in lines), end="", flush=True)
    print(f"{'with' if found else 'without'} the CJK set:", ", ".join(f"{counts[name]:,} {name}" for name in NAMES))
    sys.exit(counts[FAULTS] > 0)


FAULTS, CUT = "faults", "cut with an ellipsis"
NAMES = ("titles", "rooms", "set", CUT, "titles without a character", FAULTS)


def judged(site: Path, titles: Sequence[Row]) -> tuple[Counter[str], list[str]]:
    """Set some titles in all their rooms; return counts, and a line for each that is cut or wrong."""
    own, _ = of_site(Tree(site), [path.name for path in site.iterdir()])
    typefaces, read = (*own, *shipped()), reader(site)
    counts: Counter[str] = Counter()
    lines: list[str] = []
    for title, language in titles:
        faces = fonts_for(title, language, typefaces, read)
        made: dict[object, Block] = {}
        for room in rooms(title, language):
            counts["rooms"] += 1
            if room.key not in made:
                made[room.key] = set_in(room, title, faces)
                if made[room.key].cut:
                    lines.append(f"cut: {room.name}: {language}: {len(title)} letters: {title[:60]!r}")
            wrong = faults(made[room.key], room, title, faces)
            lines += [f"FAULT: {room.name}: {language}: {title!r}: {fault}" for fault in wrong]
        missing = sorted({name for block in made.values() for name in block.missing})
        if missing:
            lines.append(f"missing: {language}: {' '.join(missing)}: {title!r}")
        counts += Counter({"set": len(made), "titles without a character": bool(missing)})
    counts += Counter({CUT: sum(one.startswith("cut") for one in lines)})
    counts += Counter({FAULTS: sum(one.startswith("FAULT") for one in lines)})
    return counts, lines


def real(place: Path) -> Iterator[Row]:
    """Yield title and language of each distinct line."""
    rows = (line.split("\t") for line in place.read_text(encoding="utf-8").splitlines()[1:])
    yield from dict.fromkeys((row[-1], row[1].replace("_", "-")) for row in rows)


if __name__ == "__main__":
    main()
