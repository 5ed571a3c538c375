"""What all guards cost: a build with cards as it is, and one from which they were taken out, in turns, on one core.

    PYTHONPATH=. .venv/bin/python bench/faults/cost.py /tmp/cost [ROUNDS]

The demonstration site, four times over, is built from nothing. Without guards, texts pass as they are, nothing is
counted, weighed or resolved, headers of pictures are believed, and all is done in one process without limits. Counted
are the seconds of the processor of all processes, the least of some rounds.
"""

import os
import re
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from syndicate import build, characters
from syndicate.cards import pictures
from syndicate.cards.text import raster
from syndicate.engine import crew
from syndicate.loading import frontmatter, html, yaml
from syndicate.loading.sources import Tree
from syndicate.publishing import guards
from syndicate.publishing.folder import Folder
from syndicate.report import Options

ROOT = Path(__file__).resolve().parents[2]
TIMES = 4
ROUNDS = 5


def main() -> int:
    """Build in turns; print the least of each, and what guards cost."""
    place, *more = sys.argv[1:] or ["/tmp/cost"]
    site = _made(Path(place))
    rounds = int(more[0]) if more else ROUNDS
    taken: dict[str, list[float]] = {"without": [], "with": []}
    for _ in range(rounds):
        for kind, seconds in taken.items():
            seconds.append(_seconds(site, Path(place), kind))
    least = {kind: min(seconds) for kind, seconds in taken.items()}
    for kind, seconds in taken.items():
        print(f"{kind:8} {least[kind]:7.3f} s  ({', '.join(f'{one:.2f}' for one in seconds)})")
    print(f"guards cost {(least['with'] / least['without'] - 1) * 100:.1f} % of a build with cards")
    return 0


def _made(place: Path) -> Path:
    """Make a site of the demonstration's articles, each under several names."""
    shutil.rmtree(place, ignore_errors=True)
    site = Path(shutil.copytree(ROOT / "content", place / "site"))
    for number in range(1, TIMES):
        for one in sorted((ROOT / "content" / "articles").glob("*.md")):
            text = one.read_text(encoding="utf-8")
            moved = re.sub(r"(?m)^(slug|permalink|translationKey):.*\n", "", text)
            (site / "articles" / f"{one.stem}-{number}.md").write_text(moved, encoding="utf-8")
    return site


def _seconds(site: Path, place: Path, kind: str) -> float:
    """Build in a process of its own, on one core; return the seconds of the processor of it and all it started."""
    for folder in (place / "out", site / ".syndicate"):
        shutil.rmtree(folder, ignore_errors=True)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, __file__, "--one", kind, str(site), str(place / "out")]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def _one(kind: str, site: str, output: str) -> None:
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    if kind == "without":
        crew.keep_memory()  # as copies do; what that saves is no cost of guards
        _take_out()
    engine = "inline" if kind == "without" else ""
    now = datetime(2027, 1, 1, tzinfo=UTC)
    built = build.build(Options(site=Path(site), output=Path(output), now=now, engine=engine))
    assert not [one for one in built.findings if one.severity == "error"], built.findings


def _take_out() -> None:
    """Put in the place of each guard what lets everything pass."""
    for function in (characters.strip_illegal, characters.prose, characters.visible, characters.inert):
        _everywhere(function, _same)
    _everywhere(characters.one_line, lambda text: re.sub("[\t\n\r ]+", " ", text).strip(" "))
    _everywhere(characters.illegal_in, _nothing)
    for module, names in {
        yaml: ("_count",),
        frontmatter: ("_bound", "_refuse_hidden"),
        html: ("refuse_depth", "refuse_breadth"),
        pictures: ("_bound",),
        raster: ("prove",),
        guards: ("refuse_foreign", "refuse_wipe"),
    }.items():
        for name in names:
            _everywhere(getattr(module, name), _none)
    for place, name, other in (
        (frontmatter, "_DOTTED", re.compile(r"(?!)")),
        (html, "flattened", _same),
        (pictures, "_without_extras", _same),
        (pictures, "_canvas", lambda _: (0, 0)),
        (pictures, "_guarded", _open),
        (Tree, "inside", lambda *_: True),
        (Folder, "_plain", lambda *_: True),
        (crew, "possible", lambda: False),
        (signal, "setitimer", _none),
    ):
        setattr(place, name, other)


def _everywhere(function: object, other: object) -> None:
    """Put another function in the place of one, wherever it was imported."""
    for module in [*sys.modules.values()]:
        if getattr(module, "__name__", "").startswith("syndicate"):
            for name, value in [*vars(module).items()]:
                if value is function:
                    setattr(module, name, other)


def _same(text: str, *_: object, **__: object) -> str:
    return text


def _nothing(*_: object, **__: object) -> tuple[str, ...]:
    return ()


def _none(*_: object, **__: object) -> None:
    return None


@contextmanager
def _open() -> Iterator[None]:
    yield


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        _one(*sys.argv[2:5])
    else:
        sys.exit(main())
