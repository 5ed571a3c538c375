"""One site in two dozen surroundings: zone, locale, hash seed, folder, mask, order of files, workers, engine.

``environments.py FOLDER [SITE]`` publishes a copy of SITE (this project, with its ``content/``) in each, and exits with
1 where one byte of the output is other than in the first.
"""

import hashlib
import os
import random
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_PROGRAM = """
import os, random, sys
os.umask(int(sys.argv[1], 8))
if sys.argv[2]:
    chance, found, listed = random.Random(sys.argv[2]), os.scandir, os.listdir
    class Shuffled:
        def __init__(self, entries): self.entries = list(entries); chance.shuffle(self.entries)
        def __iter__(self): return iter(self.entries)
        def __enter__(self): return self
        def __exit__(self, *_): pass
        def __next__(self): raise StopIteration
        def close(self): pass
    os.scandir = lambda *place: Shuffled(found(*place))
    os.listdir = lambda *place: list(Shuffled(listed(*place)))
sys.argv = ["syndicate", *sys.argv[3:]]
from syndicate.cli import main
main()
"""


@dataclass(frozen=True)
class Surroundings:
    """What is other than usual."""

    name: str
    environment: dict[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    mask: str = "022"
    order: str = ""
    folder: str = ""
    moved: str = "."
    twice: bool = False
    touched: bool = False


SURROUNDINGS = (
    Surroundings("as usual"),
    *(
        Surroundings(f"TZ {zone}", {"TZ": zone})
        for zone in ("Pacific/Kiritimati", "America/St_Johns", "Asia/Kathmandu")
    ),
    *(Surroundings(f"LC_ALL {one}", {"LC_ALL": one, "LANG": one}) for one in ("C", "POSIX", "tr_TR.UTF-8")),
    Surroundings("LC_ALL C, no UTF-8 mode", {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    *(Surroundings(f"hash seed {seed}", {"PYTHONHASHSEED": seed}) for seed in ("0", "1", "4294967295")),
    Surroundings("from the root", folder="/"),
    Surroundings("in another place", moved="é x"),
    *(Surroundings(f"mask {mask}", mask=mask) for mask in ("077", "002")),
    *(Surroundings(f"files in order {order}", order=order) for order in ("1", "2")),
    *(Surroundings(f"--jobs {jobs}", options=("--jobs", jobs)) for jobs in ("1", "3", "8")),
    Surroundings("--engine inline", options=("--engine", "inline")),
    Surroundings("--engine processes", options=("--engine", "processes", "--jobs", "2")),
    Surroundings("--engine dask", options=("--engine", "dask", "--jobs", "2")),
    Surroundings("built twice", twice=True),
    Surroundings("times of files reset, built twice", twice=True, touched=True),
    Surroundings("optimised", {"PYTHONOPTIMIZE": "2"}),
    Surroundings(
        "all at once",
        {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "7"},
        ("--jobs", "2"),
        mask="077",
        order="9",
        folder="/",
        moved="z",
    ),
)


def main() -> None:
    """Run it from the command line."""
    place, *named = map(Path, sys.argv[1:])
    site = named[0] if named else ROOT
    first = ""
    for number, one in enumerate(SURROUNDINGS):
        digest, files = published(one, site, place / str(number))
        first = first or digest
        print(f"{digest[:16]}  {files} files  {one.name}", flush=True)
        if digest != first:
            sys.exit(f"other bytes: {one.name}")
        if number:
            shutil.rmtree(place / str(number))


def published(one: Surroundings, site: Path, place: Path) -> tuple[str, int]:
    """Publish a copy of a site and return the digest of all that was published, and of how many files."""
    root, out = place / one.moved / "site", place / "out"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(
        site, root, ignore=shutil.ignore_patterns(".*", "output", "tests", "bench", "syndicate", "__pycache__")
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **one.environment}
    command = [
        sys.executable,
        "-c",
        _PROGRAM,
        one.mask,
        one.order,
        "-q",
        "build",
        str(root),
        "-o",
        str(out),
        *one.options,
    ]
    for turn in range(1 + one.twice):
        if turn and one.touched:
            _touch(root)
        subprocess.run(command, env=environment, cwd=one.folder or place, check=True)
    files = sorted(path for path in out.rglob("*") if path.is_file() and path.name != ".lock")
    whole = hashlib.sha256()
    for path in files:
        whole.update(f"{path.relative_to(out)}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest(), len(files)


def _touch(root: Path) -> None:
    chance = random.Random(1)
    for path in root.rglob("*"):
        os.utime(path, (chance.randrange(10**9), chance.randrange(10**9)), follow_symlinks=False)


if __name__ == "__main__":
    main()
