"""Draw some of the bench's cards in this process, as a worker of a build does: ours.py KIND WORK FIRST LAST.

KIND is "photograph" or "type"; "sizes:FOLDER" draws all sizes of each article with a picture from that folder;
"processes:2" lets that many workers draw photograph cards.
"""

import json
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from syndicate import cards, engine
from syndicate.artifact import Artifact, Asset, digest_of
from syndicate.loading.sources import reader
from syndicate.loading.typefaces import shipped
from syndicate.model import Article, Look, Picture, Site

_JPEG = b"\xff\xd8"
_SIZES = {"pictures": (1600, 1200), "large": (4000, 3000)}
_OUTLETS = ("og", "square", "portrait", "pin", "story", "wide", "plain")
_AGAIN = 8
"""How often workers draw each card, so that their start (half a second) does not count for much."""


def main(kind: str, folder: str, first: str, last: str) -> None:
    """Print what was measured, as JSON."""
    work, numbers = Path(folder), range(int(first), int(last))
    name, _, rest = kind.partition(":")
    measured = {"sizes": sizes, "processes": processes, "dask": clustered}.get(name)
    print(json.dumps(measured(work, rest, numbers) if measured else single(work, kind, numbers)))


def single(work: Path, kind: str, numbers: Sequence[int]) -> dict[str, object]:
    """Return CPU milliseconds a card and the bytes of each."""
    # The first one pays for modules, fonts and caches.
    planned = plan(work, [0, *numbers], "pictures" if kind == "photograph" else "", ("og",))
    read = reader(work)
    planned[0].recipe.render(read)
    before = spent()
    made = [one.recipe.render(read).data for one in planned[1:]]
    after = spent()
    out = work / "out" / "syndicate"
    out.mkdir(parents=True, exist_ok=True)
    for number, data in zip(numbers, made, strict=True):
        ending = "jpg" if data.startswith(_JPEG) else "png"
        (out / f"{kind}-{number}.{ending}").write_bytes(data)
    return {"ms": (after - before) * 1000 / len(made), "bytes": [len(data) for data in made]}


def sizes(work: Path, pictures: str, numbers: Sequence[int]) -> dict[str, object]:
    """Return pixels and median CPU milliseconds for each outlet, drawn in the order of a build, and the most memory."""
    read = reader(work)
    found: dict[str, list[float]] = defaultdict(list)
    for again in (False, True):  # the first time pays for modules, fonts and caches
        for one in plan(work, numbers, pictures, _OUTLETS):
            before = spent()
            one.recipe.render(read)
            if again:
                found[one.path.rsplit("/", 1)[1].partition(".")[0]].append((spent() - before) * 1000)
    outlets = {name: (area(name), median(times)) for name, times in found.items()}
    return {"outlets": outlets, "memory": most_memory()}


def most_memory() -> int:
    """Return the most bytes this process ever held; ``ru_maxrss`` would count its parent's, too."""
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def processes(work: Path, jobs: str, numbers: Sequence[int]) -> dict[str, object]:
    """Return the seconds in which so many workers draw the cards, and are started."""
    planned = plan(work, numbers, "pictures", ("og",)) * _AGAIN
    begun = time.perf_counter()
    for _ in engine.processes(reader(work), int(jobs))(planned):
        pass
    return {"seconds": time.perf_counter() - begun, "cards": len(planned)}


def clustered(work: Path, workers: str, numbers: Sequence[int]) -> dict[str, object]:
    """Return the seconds in which a standing cluster of so many single-threaded workers draws the cards."""
    from distributed import LocalCluster  # noqa: PLC0415 -- an extra

    planned = plan(work, numbers, "pictures", ("og",)) * _AGAIN
    with LocalCluster(int(workers), threads_per_worker=1, dashboard_address=None, silence_logs="CRITICAL") as cluster:
        begun = time.perf_counter()
        for _ in engine.dask(reader(work), cluster.scheduler_address)(planned):
            pass
        return {"seconds": time.perf_counter() - begun, "cards": len(planned)}


def plan(work: Path, numbers: Sequence[int], pictures: str, outlets: tuple[str, ...]) -> list[Artifact]:
    """Return the cards of a site of such articles, in the order of the numbers."""
    job = json.loads((work / "titles.json").read_text(encoding="utf-8"))
    site = Site(
        title=job["site"],
        base_url="https://example.org/",
        language="en",
        look=Look(typefaces=shipped(), outlets=outlets),
        articles=tuple(article(number, job, work, pictures) for number in numbers),
    )
    return list(cards.plan(site))


def area(name: str) -> int:
    """Return the pixels of a card by its file's name, which ends in its size."""
    across, _, down = name.rsplit("-", 1)[1].partition("x")
    return int(across) * int(down)


def article(number: int, job: dict[str, list[str]], work: Path, pictures: str) -> Article:
    """Return an article, with a lead image where there is a folder of them."""
    when = datetime(2024, 1, 1, tzinfo=UTC)
    link = f"https://example.org/{number}/"
    lead = None
    if pictures:
        path = f"{pictures}/{number}.jpg"
        across, down = _SIZES[pictures]
        asset = Asset(path, digest_of((work / path).read_bytes()))
        lead = Picture(url=f"https://example.org/{path}", asset=asset, width=across, height=down)
    return Article(
        source=f"{number}.md",
        permalink=link,
        id=link,
        title=job["titles"][number],
        published=when,
        updated=when,
        language="en",
        section=str(job["kicker"]),
        lead=lead,
    )


def spent() -> float:
    """CPU seconds of this process so far, all threads."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main(*sys.argv[1:])
