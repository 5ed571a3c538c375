"""Draw some of the bench's cards in this process, as a worker of a build does: ours.py KIND WORK FIRST LAST."""

import json
import resource
import sys
from datetime import UTC, datetime
from pathlib import Path

from syndicate import cards
from syndicate.artifact import Asset, digest_of
from syndicate.loading.sources import reader
from syndicate.loading.typefaces import shipped
from syndicate.model import Article, Look, Picture, Site

_JPEG = b"\xff\xd8"


def main(kind: str, folder: str, first: str, last: str) -> None:
    """Print CPU milliseconds a card and the bytes of each."""
    work = Path(folder)
    job = json.loads((work / "titles.json").read_text(encoding="utf-8"))
    numbers = [0, *range(int(first), int(last))]  # the first one pays for modules, fonts and caches
    articles = tuple(article(number, job, work if kind == "photograph" else None) for number in numbers)
    site = Site(
        title=job["site"],
        base_url="https://example.org/",
        language="en",
        look=Look(typefaces=shipped()),
        articles=articles,
    )
    recipes = [one.recipe for one in cards.plan(site) if "/og-1200x630." in one.path]
    read = reader(work)
    recipes[0].render(read)
    before = spent()
    made = [recipe.render(read).data for recipe in recipes[1:]]
    after = spent()
    out = work / "out" / "syndicate"
    out.mkdir(parents=True, exist_ok=True)
    for number, data in zip(numbers[1:], made, strict=True):
        ending = "jpg" if data.startswith(_JPEG) else "png"
        (out / f"{kind}-{number}.{ending}").write_bytes(data)
    print(json.dumps({"ms": (after - before) * 1000 / len(made), "bytes": [len(data) for data in made]}))


def article(number: int, job: dict[str, list[str]], work: Path | None) -> Article:
    """Return an article, with a lead image where there is a folder of them."""
    when = datetime(2024, 1, 1, tzinfo=UTC)
    link = f"https://example.org/{number}/"
    lead = None
    if work:
        path = f"pictures/{number}.jpg"
        asset = Asset(path, digest_of((work / path).read_bytes()))
        lead = Picture(url=f"https://example.org/{path}", asset=asset, width=1600, height=1200)
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
