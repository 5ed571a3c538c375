"""Read published feeds with the parsers and readers people use, and see that all of them show the same entries.

    python bench/readers/compare.py OUTPUT [--npm FOLDER]

OUTPUT is what ``syndicate build`` published. Its feeds are served on this machine alone, read by every reader that
is installed, and compared with feed.json: the same ids, titles, addresses and moments, in the same number. Readers that
are absent are skipped, saying so:

    feedparser, reader    pip install feedparser reader sgmllib3k
    newsboat              apt-get install newsboat (it runs without a screen)
    rss-parser, feedsmith, @rowanmanning/feed-parser
                          installed by npm into a temporary folder, or taken from ``--npm FOLDER``

Exits with 1 where any reader shows anything else.
"""

import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).parent
NPM = ("rss-parser", "feedsmith", "@rowanmanning/feed-parser")
SECONDS = "%Y-%m-%dT%H:%M:%S"
DIALECTS = ("rss.xml", "atom.xml", "feed.json")


@dataclass(frozen=True, slots=True, order=True)
class Seen:
    """An entry as a reader shows it. What it does not keep is empty, and then not compared."""

    id: str
    url: str
    title: str
    published: str


Reads = Callable[[str], list[Seen] | None]
"""Read the feed at an address; ``None`` for a dialect that the reader does not know."""


def main() -> int:
    """Compare, print a table, and say how it went."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("output", type=Path)
    options.add_argument("--npm", type=Path, help="a folder with node_modules, instead of installing them")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch, served(chosen.output) as origin:
        readers, absent = at_hand(Path(scratch), chosen.npm)
        failures = [
            line for folder in folders(chosen.output) for line in judged(chosen.output, folder, origin, readers)
        ]
    for line in absent:
        print(f"skipped   {line}")
    for line in failures:
        print(f"DIFFERS   {line}")
    print(f"{len(readers)} readers, {len(failures)} differences")
    return bool(failures)


def folders(output: Path) -> list[str]:
    """The site's own feeds, and those of its first tag."""
    tags = sorted(path.parent.relative_to(output).as_posix() + "/" for path in output.glob("feeds/tags/*/feed.json"))
    return ["", *tags[:1]]


def judged(output: Path, folder: str, origin: str, readers: dict[str, Reads]) -> Iterator[str]:
    """Read a folder's three feeds with every reader, print a line for each, and yield what differs."""
    wanted = truth((output / folder / "feed.json").read_bytes())
    for name, reads in readers.items():
        shown = []
        for dialect in DIALECTS:
            found = reads(origin + folder.replace("%", "%25") + dialect)
            if found is None:
                shown.append(f"{dialect}: -")
                continue
            different = list(differences(wanted, found))
            shown.append(f"{dialect}: {len(found)}{'!' if different else ''}")
            yield from (f"{name} {folder}{dialect}: {line}" for line in different)
        print(f"{name:<28}{folder or '(site)':<32}{'  '.join(shown)}")


def truth(data: bytes) -> list[Seen]:
    """What feed.json says."""
    return [
        Seen(item["id"], item["url"], flat(item["title"]), moment(item["date_published"]))
        for item in json.loads(data)["items"]
    ]


def differences(wanted: list[Seen], found: list[Seen]) -> Iterator[str]:
    """Yield what a reader shows otherwise; order is the reader's own business."""
    if len(wanted) != len(found):
        yield f"{len(found)} entries instead of {len(wanted)}"
    by_id = {one.id or one.url: one for one in found}
    for want in wanted:
        have = by_id.get(want.id) or by_id.get(want.url)
        if have is None:
            yield f"{want.id} is missing"
            continue
        for field in ("id", "url", "title", "published"):
            said, expected = getattr(have, field), getattr(want, field)
            if said and said != expected:
                yield f"{want.id}: {field} {said!r} instead of {expected!r}"


def flat(title: str) -> str:
    """A title with its spaces folded, which some readers do."""
    return " ".join(title.split())


def moment(text: str) -> str:
    """A moment in UTC, to the second."""
    return datetime.fromisoformat(text).astimezone(UTC).strftime(SECONDS) if text else ""


class Quiet(SimpleHTTPRequestHandler):
    """A web server that does not log."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on the loopback address; yields the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


def at_hand(scratch: Path, npm: Path | None) -> tuple[dict[str, Reads], list[str]]:
    """Name the readers that are installed, and those that are not."""
    found: dict[str, Reads] = {}
    absent = []
    for name, reads in (("feedparser", with_feedparser), ("reader", with_reader)):
        if find_spec(name):
            found[name] = reads
        else:
            absent.append(f"{name}: pip install {name}")
    if shutil.which("newsboat"):
        found["newsboat"] = partial(with_newsboat, scratch)
    else:
        absent.append("newsboat: apt-get install newsboat")
    modules = npm or installed(scratch)
    for name in NPM:
        if modules and (modules / "node_modules" / name).is_dir():
            found[name] = partial(with_node, modules, name)
        else:
            absent.append(f"{name}: needs node and npm, and a registry to install it from")
    return found, absent


def installed(scratch: Path) -> Path | None:
    """Install the npm parsers into the scratch folder, if there is an npm."""
    npm = shutil.which("npm")
    if not npm or not shutil.which("node"):
        return None
    command = [npm, "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(scratch), *NPM]
    done = subprocess.run(command, capture_output=True, check=False, timeout=300)
    return scratch if done.returncode == 0 else None


def with_feedparser(address: str) -> list[Seen] | None:
    """Read with feedparser, which must find nothing odd."""
    import feedparser  # noqa: PLC0415 -- it may be absent

    if address.endswith(".json"):
        return None
    read = feedparser.parse(address)
    assert not read.bozo, f"{address}: {read.bozo_exception}"
    return [
        Seen(one.id, one.link, flat(one.title), datetime(*one.published_parsed[:6], tzinfo=UTC).strftime(SECONDS))
        for one in read.entries
    ]


def with_reader(address: str) -> list[Seen]:
    """Read with the ``reader`` library, which keeps entries in a database and shows what it kept."""
    import reader  # noqa: PLC0415 -- it may be absent

    with reader.make_reader(":memory:") as library:
        library.add_feed(address)
        library.update_feed(address)
        return [
            Seen(one.id, one.link or "", flat(one.title or ""), one.published.strftime(SECONDS))
            for one in library.get_entries()
        ]


def with_newsboat(scratch: Path, address: str) -> list[Seen] | None:
    """Read with newsboat, without a screen, and look into its cache."""
    if address.endswith(".json"):
        return None
    place = Path(tempfile.mkdtemp(dir=scratch))
    (place / "urls").write_text(f"{address}\n", encoding="utf-8")
    (place / "config").write_text("cleanup-on-quit no\nmax-items 0\n", encoding="utf-8")
    files = ["-C", str(place / "config"), "-u", str(place / "urls"), "-c", str(place / "cache.db")]
    subprocess.run(
        ["newsboat", *files, "-x", "reload"], check=True, capture_output=True, timeout=120,
        env={**os.environ, "HOME": str(place), "LANG": "C.UTF-8"},
    )  # fmt: skip
    with sqlite3.connect(place / "cache.db") as cache:
        rows = cache.execute("select guid, url, title, pubDate from rss_item").fetchall()
    return [
        Seen(guid, url, flat(title), datetime.fromtimestamp(when, UTC).strftime(SECONDS))
        for guid, url, title, when in rows
    ]


def with_node(modules: Path, name: str, address: str) -> list[Seen] | None:
    """Read with a parser for Node."""
    if address.endswith(".json") and name != "feedsmith":
        return None
    done = subprocess.run(
        ["node", str(HERE / "read.mjs"), str(modules.resolve()), name, address],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{name} {address}: {done.stderr.strip()}")
    return [
        Seen(one["id"], one["url"], flat(one["title"]), moment(one["published"].replace("Z", "+00:00")))
        for one in json.loads(done.stdout)
    ]


if __name__ == "__main__":
    sys.exit(main())
