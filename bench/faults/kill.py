"""Kill builds at random instants and look at what is left: every file whole, every reference met, the next build heals.

``kill.py FOLDER [--kills 200] [--seed 1]`` prints counts, and exits with 1 at the first thing that is wrong.
"""

import argparse
import json
import os
import random
import re
import shutil
import signal
import sys
import time
import traceback
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from syndicate import build as building
from syndicate.report import Options

HASHED = re.compile(rb"(?:cards|gallery)/[^\s\"'<>\\]+\.[0-9a-f]{16}\.\w+")
ARTICLES = 10
FIRST, SECOND = datetime.fromisoformat("2026-01-01T00:00:00Z"), datetime.fromisoformat("2026-01-02T00:00:00Z")
Tree = dict[str, bytes]


@dataclass
class Bench:
    """A site in two states, its output in the first, and what an undisturbed build makes of both."""

    place: Path
    cards: bool = True
    site: Path = field(init=False)
    output: Path = field(init=False)
    before: Tree = field(init=False)
    after: Tree = field(init=False)
    seconds: float = field(init=False)

    def __post_init__(self) -> None:
        self.site, self.output = self.place / "site", self.place / "out"
        for place in (self.place, self.stash):
            shutil.rmtree(place, ignore_errors=True)
        self.write(edited=False)
        build(self.site, self.output, FIRST)
        self.before = tree(self.output)
        shutil.copytree(self.place, self.stash, symlinks=True)
        self.write(edited=True)
        started = time.monotonic()
        in_a_child(lambda: build(self.site, self.output, SECOND))
        self.seconds = time.monotonic() - started
        self.after = tree(self.output)

    @property
    def stash(self) -> Path:
        """Where the first state is kept."""
        return self.place.with_name(f"{self.place.name}-stash")

    def write(self, *, edited: bool) -> None:
        """Write the articles: in the second state all are edited, one is gone and one is new."""
        content = self.site / "content"
        shutil.rmtree(content, ignore_errors=True)
        content.mkdir(parents=True)
        (self.site / "syndicate.toml").write_text(
            'title = "Example"\nbase_url = "https://example.org/"\nlanguage = "en"\n'
            f'[cards]\nenabled = {str(self.cards).lower()}\noutlets = ["og"]\n[feeds]\nlimit = 4\n',
            encoding="utf-8",
        )
        for number in range(1, ARTICLES + 1) if edited else range(ARTICLES):
            title = f"Article {number}, {'edited' if edited else 'as it was'}"
            (content / f"a{number}.md").write_text(
                f"---\ntitle: {title}\ndate: 2025-01-{number + 1:02} 12:00:00 +00:00\ntags: [one, two]\n---\n\nBody.\n",
                encoding="utf-8",
            )

    def reset(self) -> None:
        """Put everything back to the first state, then write the second one's articles."""
        shutil.rmtree(self.place)
        shutil.copytree(self.stash, self.place, symlinks=True)
        self.write(edited=True)

    def kill(self, chance: random.Random) -> str:
        """Kill a build at a random instant, build again; return what was found between, or raise ``AssertionError``."""
        self.reset()
        after = chance.uniform(0, self.seconds * 2)
        finished = in_a_child(lambda: build(self.site, self.output, SECOND), after)
        left = tree(self.output)
        self.judge(left)
        build(self.site, self.output, SECOND)
        healed = tree(self.output)
        assert healed == self.after, difference(healed, self.after)
        litter = [path.name for path in self.output.rglob("*") if path.name.endswith("~")]
        assert not litter, litter
        return "finished" if finished else "untouched" if left == self.before else "between"

    def judge(self, left: Tree, *, exact: bool = True) -> None:
        """Every file is that of one state or of the other, and whatever names a file names one that is there.

        Where a source could not be read, a feed may be of neither state (not ``exact``): then it is whole.
        """
        for path, data in left.items():
            if exact:
                assert data in (self.before.get(path), self.after.get(path)), f"{path} is torn"
            elif path.endswith((".xml", ".opml")):
                ET.fromstring(data)
            elif path.endswith(".json"):
                json.loads(data)
            for named in HASHED.findall(data):
                assert named.decode() in left, f"{path} names {named.decode()}, which is not there"
        gone = self.before.keys() & self.after.keys() - left.keys()
        assert not gone, f"{sorted(gone)} are missing"


def build(site: Path, output: Path, now: datetime) -> None:
    building.build(Options(site=site, output=output, now=now, engine="inline", offline=True))


def tree(folder: Path) -> Tree:
    """Every file that readers may see; what begins with a dot they never do."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def difference(one: Tree, other: Tree) -> str:
    return ", ".join(sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path)))


def in_a_child(work: Callable[[], None], seconds: float | None = None) -> bool:
    """Do something in a process of its own and kill that after a while; say whether it was done before."""
    child = os.fork()
    if not child:
        try:
            work()
        except BaseException:  # noqa: BLE001 -- whatever it is, a child may not go on as its parent
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in {0, -signal.SIGKILL}, "a build failed"
    return code == 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    bench, chance = Bench(chosen.folder / "kill"), random.Random(chosen.seed)
    found: Counter[str] = Counter()
    for number in range(chosen.kills):
        try:
            found[bench.kill(chance)] += 1
        except AssertionError as error:
            sys.exit(f"kill {number}: {error}")
    print(
        f"{chosen.kills} kills within {bench.seconds * 2:.2f} s: "
        + ", ".join(f"{n} {w}" for w, n in found.most_common())
    )
    print(f"of {len(bench.after)} files 0 torn, 0 missing, 0 naming what is not there; all healed to the same bytes")


if __name__ == "__main__":
    main()
