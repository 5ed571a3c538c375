"""Set thousands of titles in rooms of every shape and list what a typesetter would send back.

    python bench/cards/titles.py TITLES.tsv [--generated 5000]

TITLES.tsv has a heading, then a line a title: language in the second column, title in the last. The set of Chinese,
Japanese and Korean type is added where the machine has it.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from proofs import ROOMS, faults, generated, set_in  # noqa: E402 -- they live with the tests

from syndicate.loading import fontsets  # noqa: E402
from syndicate.loading.sources import Tree, reader  # noqa: E402
from syndicate.loading.typefaces import of_site, shipped  # noqa: E402


def main() -> None:
    """Run it from the command line."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("titles", type=Path)
    asked.add_argument("--generated", type=int, default=5000)
    said = asked.parse_args()
    with TemporaryDirectory() as folder:
        site = Path(folder)
        found = fontsets.find("cjk")
        if found:
            (site / "cjk.otf").write_bytes(fontsets.made(found))
        own, _ = of_site(Tree(site), ["cjk.otf"] if found else [])
        typefaces = (*own, *shipped())
        print(f"{len(typefaces)} typefaces, {'with' if found else 'without'} the CJK set")
        read = reader(site)
        counts: Counter[str] = Counter()
        every = [*real(said.titles), *((title, "en") for title in generated(said.generated, shipped()))]
        for title, language in every:
            for room in ROOMS:
                block, _ = set_in(room, title, language, typefaces, read)
                counts["set"] += 1
                counts["cut with an ellipsis"] += block.cut
                counts["without a character"] += bool(block.missing)
                if block.cut:
                    print(f"cut: {room.name}: {len(title)} letters: {title[:60]!r}")
                for fault in faults(block, room, title, language):
                    counts["faults"] += 1
                    print(f"FAULT: {room.name}: {language}: {title!r}: {fault}")
        print(dict(counts))


def real(place: Path) -> Iterator[tuple[str, str]]:
    """Yield title and language of each distinct line."""
    rows = (line.split("\t") for line in place.read_text(encoding="utf-8").splitlines()[1:])
    yield from dict.fromkeys((row[-1], row[1].replace("_", "-")) for row in rows)


if __name__ == "__main__":
    main()
