"""Values and folders for tests: a site of articles, a tree of bytes."""

import io
import random
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from syndicate import plan
from syndicate.artifact import Asset, digest_of
from syndicate.loading.sources import reader
from syndicate.loading.typefaces import shipped
from syndicate.model import Article, Author, Look, Picture, Site
from syndicate.publishing import Order

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def shared(*parts: str) -> Path:
    """A path in the test data beside the repository; skips the test, saying so, where it is absent."""
    place = SHARED.joinpath(*parts)
    if not place.exists():
        pytest.skip(f"test data absent: shared/{'/'.join(parts)}")
    return place


def article(number: int, **fields: object) -> Article:
    when = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=number)
    link = f"https://example.org/a{number:04}/"
    plain = Article(
        source=f"content/a{number:04}.md",
        permalink=link,
        id=link,
        title=f"Article number {number}",
        published=when,
        updated=when,
        language="en",
        summary="What it is about.",
        html="<p>What it says.</p>",
        tags=("Tag", "été"),
        authors=(Author(name="Ada"),),
    )
    return replace(plain, **fields)


def site(*articles: Article, **fields: object) -> Site:
    newest = tuple(sorted(articles, key=lambda one: one.published, reverse=True))
    plain = Site(
        title="Example",
        base_url="https://example.org/",
        language="en",
        description="An example.",
        articles=newest,
        look=Look(typefaces=shipped()),
    )
    return replace(plain, **fields)


def picture_bytes(width: int = 1600, height: int = 1000, form: str = "JPEG", seed: int = 1, mode: str = "RGB") -> bytes:
    """A picture with light, shade and a little noise: enough to be taken for a photograph."""
    from PIL import Image, ImageFilter

    chance = random.Random(seed)
    small = Image.new("RGB", (32, 20))
    small.putdata([tuple(chance.randrange(30, 226) for _ in range(3)) for _ in range(640)])
    image = small.resize((width, height), Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(3)).convert(mode)
    out = io.BytesIO()
    image.save(out, form)
    return out.getvalue()


def with_picture(root: Path, number: int, **fields: object) -> Article:
    """An article whose lead image is written into ``root``."""
    data = picture_bytes(seed=number)
    (root / f"p{number}.jpg").write_bytes(data)
    lead = Picture(
        url=f"https://example.org/p{number}.jpg",
        alt="A view",
        asset=Asset(f"p{number}.jpg", digest_of(data)),
        width=1600,
        height=1000,
        size=len(data),
    )
    return article(number, lead=lead, **fields)


def order(made: Site, **fields: object) -> Order:
    plain = Order(
        waves=plan.waves(made),
        articles={one.permalink: one.source for one in made.articles},
        failed=(),
        edition="test",
        now=NOW,
        grace=timedelta(days=30),
    )
    return replace(plain, **fields)


def everything(made: Site, root: Path) -> list[object]:
    """Every artifact of a site, cards rendered so that what points at them can be planned."""
    from syndicate.artifact import DIGEST, File

    objects, pointers = plan.waves(made)
    standing = {}
    for one in objects({}):
        rendered = one.recipe.render(reader(root))
        digest = digest_of(rendered.data)
        path = one.path.replace(DIGEST, digest[:16])
        standing[one.path] = File(path, one.media_type, digest, len(rendered.data), rendered.facts or {})
    return [*objects({}), *pointers(standing)]


def tree(folder: Path) -> dict[str, bytes]:
    """Every published file; what the publisher keeps for itself is left out."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def times(folder: Path) -> dict[str, int]:
    return {path.relative_to(folder).as_posix(): path.lstat().st_mtime_ns for path in [folder, *folder.rglob("*")]}


def write_article(
    root: Path, name: str, title: str = "A title", date: str = "2024-03-08 15:13:00 +01:00", **more: str
) -> Path:
    """A plain Markdown article in ``root/content``."""
    body = more.pop("body", "A first paragraph.\n\nAnd a second one.\n")
    fields = {"title": title, "date": date, **more}
    place = root / "content" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    header = "".join(f"{key}: {value}\n" for key, value in fields.items())
    place.write_text(f"---\n{header}---\n\n{body}", encoding="utf-8")
    return place


def write_site(root: Path, **settings: str) -> Path:
    said = {"title": "Example", "base_url": "https://example.org/", "language": "en", **settings}
    root.mkdir(parents=True, exist_ok=True)
    (root / "syndicate.toml").write_text(
        "".join(f'{key} = "{value}"\n' for key, value in said.items()), encoding="utf-8"
    )
    return root


def run(
    *arguments: object, env: dict[str, str] | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own."""
    import os

    return subprocess.run(
        [sys.executable, "-W", "error::DeprecationWarning", "-m", "syndicate", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
    )
