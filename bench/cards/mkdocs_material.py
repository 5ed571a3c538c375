"""Let MkDocs Material's social plugin draw the bench's cards: mkdocs_material.py KIND WORK FIRST LAST.

It runs in an environment of its own. A site is built without cards, then with them: the difference is what cards cost.
"""

import json
import os
import resource
import shutil
import sys
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config

SCRIM, GROUND = "#000000b8", "#123a5a"


def main(kind: str, folder: str, first: str, last: str) -> None:
    """Print CPU milliseconds a card and the bytes of each."""
    work = Path(folder)
    job = json.loads((work / "titles.json").read_text(encoding="utf-8"))
    place = work / "mkdocs-material" / kind
    site(place, [0], job, work, kind)
    built(place, cards=True)  # what is paid once: modules, fonts, caches
    numbers = list(range(int(first), int(last)))
    site(place, numbers, job, work, kind)
    bare = built(place, cards=False)
    spent = built(place, cards=True) - bare
    found = {number: place / f"site/{number}.png" for number in numbers}
    out = work / "out" / "mkdocs-material"
    out.mkdir(parents=True, exist_ok=True)
    for number, card in found.items():
        shutil.copy(card, out / f"{kind}-{number}.png")
    sizes = [card.stat().st_size for card in found.values()]
    print(json.dumps({"ms": spent * 1000 / len(numbers), "bytes": sizes}))


def site(place: Path, numbers: list[int], job: dict[str, object], work: Path, kind: str) -> None:
    """Write pages, each with its picture behind the title, and the typeface where the plugin would download one."""
    shutil.rmtree(place, ignore_errors=True)
    (place / "docs").mkdir(parents=True)
    for style in ("Regular", "Bold"):
        face = place / f"cache/fonts/Roboto/{style}.ttf"
        face.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(work / "type.ttf", face)
    for number in numbers:
        options = {"background_color": GROUND}
        if kind == "photograph":
            options = {"background_image": str(work / f"pictures/{number}.jpg"), "background_color": SCRIM}
        header = {"title": job["titles"][number], "social": {"cards_layout_options": options}}
        (place / f"docs/{number}.md").write_text(f"---\n{json.dumps(header)}\n---\n", encoding="utf-8")
    (place / "mkdocs.yml").write_text("", encoding="utf-8")


def built(place: Path, *, cards: bool) -> float:
    """Build the site; return the CPU seconds it took."""
    plugin = {"cache": False, "cache_dir": str(place / "cache"), "concurrency": 1, "cards": cards, "cards_dir": ""}
    config = load_config(
        config_file=str(place / "mkdocs.yml"),
        site_name="The Paper Boat",
        site_url="https://example.org/",
        docs_dir=str(place / "docs"),
        site_dir=str(place / "site"),
        theme={"name": "material", "font": False},
        plugins=[{"social": plugin}],
    )
    before = os.times()
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    config.plugins.on_shutdown()
    after = resource.getrusage(resource.RUSAGE_SELF)
    return after.ru_utime + after.ru_stime - before.user - before.system


if __name__ == "__main__":
    main(*sys.argv[1:])
