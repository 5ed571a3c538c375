"""Weigh the gallery in Chromium: bytes, requests, shifts and paints of each kind of page; and each key of a search.

    PYTHONPATH=. python bench/gallery/weigh.py WORK [--count 10000] [--keys 300]

WORK is a folder to keep three sites in: a copy of ``content/``, a front page as full as it gets with all sizes of each
card, and so many articles with one card each, which take some minutes the first time. Prints two Markdown tables, and
exits with 1 if a promise is broken: under 150 kB before pictures, nothing asked of another host, layout shifts under
0.1, half of the keys answered within 50 ms.
"""

import argparse
import functools
import gzip
import json
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import unquote, urlsplit
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, Response, sync_playwright

from bench.feeds import material
from syndicate.gallery import PAGE

ROOT = Path(__file__).resolve().parents[2]
BYTES, SHIFT, KEY = 150_000, 0.1, 50
SIZES = {390: 844, 1440: 900}
_TEXT = {"document", "stylesheet", "script"}
_OWN = "https://estran.example.org/"
_SETTINGS = 'title = "{}"\nbase_url = "{}"\nlanguage = "en"\n'
_ONE_CARD = '[cards]\noutlets = ["og"]\n'
_WATCH = """(() => {
  const seen = window.weighed = { shift: 0, fcp: null, lcp: null };
  const watch = (type, note) =>
    new PerformanceObserver(list => list.getEntries().forEach(note)).observe({ type, buffered: true });
  watch("layout-shift", one => { if (!one.hadRecentInput) seen.shift += one.value; });
  watch("paint", one => { if (one.name === "first-contentful-paint") seen.fcp = one.startTime; });
  watch("largest-contentful-paint", one => { seen.lcp = one.startTime; });
})()"""
_ABOVE = """() => [...document.images].filter(one => {
  const box = one.getBoundingClientRect();
  return box.width && box.top < innerHeight && box.bottom > 0 && box.left < innerWidth && box.right > 0;
}).map(one => one.currentSrc)"""
_CLOCK = """() => {
  window.keys = [];
  addEventListener("keydown", ({ timeStamp }) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => window.keys.push(performance.now() - timeStamp);
    port2.postMessage(0);
  }), { capture: true });
}"""


@dataclass(frozen=True)
class Weight:
    """What a page cost at one width: bytes of text and packed, bytes of pictures in sight, requests, hosts, moments."""

    text: int
    packed: int
    pictures: int
    requests: int
    foreign: frozenset[str]
    shift: float
    first: float | None
    largest: float | None


def main() -> None:
    """Run it from the command line."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("work", type=Path)
    asked.add_argument("--count", type=int, default=10_000)
    asked.add_argument("--keys", type=int, default=300)
    said = asked.parse_args()
    work = said.work.resolve()
    demonstration, full, many = _demonstration(work), _generated(work, PAGE * 2 - 1, ""), _generated(work, said.count)
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
        pages = _pages(chromium, (demonstration, full, many), said.count)
        with _served(many / "output") as address:
            loaded, first, keys = _typed(chromium, address, said.keys)
        chromium.close()
    broken = [*_print_pages(pages), *_print_keys(said.count, loaded, first, keys)]
    for one in broken:
        print(f"broken: {one}", file=sys.stderr)
    sys.exit(1 if broken else 0)


def _chromium() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def _demonstration(work: Path) -> Path:
    root = work / "demonstration"
    shutil.copytree(ROOT / "content", root, dirs_exist_ok=True)
    return _built(root)


def _generated(work: Path, count: int, settings: str = _ONE_CARD) -> Path:
    root = work / f"articles-{count}"
    if not root.exists():
        material.write(root, count)
    (root / "syndicate.toml").write_text(_SETTINGS.format(material.TITLE, material.HOME) + settings, encoding="utf-8")
    return _built(root)


def _built(root: Path) -> Path:
    print(f"building {root}", file=sys.stderr)
    subprocess.run([sys.executable, "-m", "syndicate", "-q", "build", root], check=True, cwd=ROOT)
    return root


@contextmanager
def _served(root: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=root))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    def guess_type(self, path: object) -> str:
        return "application/xml" if str(path).endswith(".xml") else super().guess_type(str(path))

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def _previewed(root: Path) -> Iterator[str]:
    """Run ``syndicate serve`` on a free port until its first build is done, and end it as Ctrl-C does."""
    journal = root.parent / "journal"
    with journal.open("w") as said:
        command = [sys.executable, "-m", "syndicate", "serve", root, "--port", "0"]
        process = subprocess.Popen(command, stderr=said, cwd=ROOT)
    try:
        yield _built_by(_listening(journal))
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def _listening(journal: Path) -> str:
    for _ in range(600):
        lines = [json.loads(line) for line in journal.read_text().splitlines() if line.endswith("}")]
        if found := [str(one["address"]) for one in lines if one["event"] == "listening"]:
            return found[0].removesuffix(".live/")
        time.sleep(0.1)
    raise TimeoutError("syndicate serve never listened")


def _built_by(address: str) -> str:
    with urlopen(f"{address}.live/events", timeout=60) as events:
        for line in events:
            if line.startswith(b"data: ") and json.loads(line.removeprefix(b"data: "))["number"]:
                return address
    raise TimeoutError("syndicate serve never built")


def _pages(chromium: Browser, sites: tuple[Path, ...], count: int) -> dict[str, dict[int, Weight]]:
    demonstration, full, many = sites
    found = {}
    with _served(demonstration / "output") as address:
        found["`content/`: front page"] = _weighed(chromium, address)
        found["`content/`: an article's sheet"] = _weighed(chromium, f"{address}gallery/at/la-lumiere-du-port.html")
        found["`content/`: RSS in the browser"] = _weighed(chromium, f"{address}rss.xml", demonstration)
    with _previewed(demonstration) as address:
        found["`content/`: `serve`'s edit view"] = _weighed(chromium, f"{address}edit/la-lumiere-du-port")
    with _served(full / "output") as address:
        found[f"{PAGE * 2 - 1} articles, all sizes: front page"] = _weighed(chromium, address)
    with _served(many / "output") as address:
        found[f"{count:,}: front page"] = _weighed(chromium, address)
        found[f"{count:,}: another page"] = _weighed(chromium, f"{address}gallery/page-1.html")
        found[f"{count:,}: an article's sheet"] = _weighed(chromium, address + _sheet(many))
    return found


def _sheet(root: Path) -> str:
    output = root / "output"
    return str(next((output / "gallery/at").rglob("*.html")).relative_to(output))


def _weighed(chromium: Browser, address: str, root: Path | None = None) -> dict[int, Weight]:
    return {width: _weigh(chromium, address, width, root) for width in SIZES}


def _weigh(chromium: Browser, address: str, width: int, root: Path | None) -> Weight:
    """Open a page in a fresh profile and scroll to its end. What it asks of its own address is in ``root``."""
    context = chromium.new_context(viewport={"width": width, "height": SIZES[width]})
    context.add_init_script(_WATCH)
    if root:
        context.route(f"{_OWN}**", lambda route: route.fulfill(path=_own(root, route.request.url)))
    page, answers, asked = context.new_page(), list[Response](), list[str]()
    page.on("response", lambda one: answers.append(one))  # noqa: PLW0108 -- Playwright marks what it is given
    page.on("request", lambda one: asked.append(one.url))
    page.goto(address)
    page.wait_for_timeout(500)
    if wrong := [f"{one.status} {one.url}" for one in answers if not one.ok]:
        raise ValueError(f"{address}: {', '.join(wrong)}")
    requests = len(_over_the_net(asked))
    texts = [one.body() for one in answers if one.request.resource_type in _TEXT]
    pictures = _in_sight(page, answers)
    _scroll(page)
    seen = page.evaluate("window.weighed ?? { shift: 0, fcp: null, lcp: null }")
    hosts = frozenset(urlsplit(one).netloc for one in _over_the_net(asked)) - {
        urlsplit(one).netloc for one in (address, _OWN)
    }
    context.close()
    packed = sum(len(gzip.compress(one, 6)) for one in texts)
    return Weight(sum(map(len, texts)), packed, pictures, requests, hosts, seen["shift"], seen["fcp"], seen["lcp"])


def _own(root: Path, address: str) -> Path:
    path = unquote(urlsplit(address).path[1:])
    return next(one for one in (root / "output" / path, root / path) if one.is_file())


def _over_the_net(asked: list[str]) -> list[str]:
    return [one for one in asked if not one.startswith(("data:", "blob:"))]


def _in_sight(page: Page, answers: list[Response]) -> int:
    """Return the bytes of the pictures that can be seen before anything is scrolled."""
    shown = set(page.evaluate(_ABOVE))
    return sum(len(one.body()) for one in answers if one.url in shown)


def _scroll(page: Page) -> None:
    """Turn the wheel until the end is reached, as long as a page may become meanwhile."""
    end = "scrollY + innerHeight >= (document.documentElement?.scrollHeight ?? 0) - 2"
    for _ in range(200):
        page.mouse.wheel(0, 600)
        page.wait_for_timeout(40)
        if page.evaluate(end):
            break
    page.wait_for_timeout(500)


def _typed(chromium: Browser, address: str, count: int) -> tuple[tuple[int, int], float, list[float]]:
    """Type words into the search, a key at a time. Return the bytes it loads, and the milliseconds keys take."""
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    page.goto(address)
    page.wait_for_timeout(500)
    shards = list[Response]()
    page.on("response", lambda one: shards.append(one))  # noqa: PLW0108 -- as above
    started = time.perf_counter()
    page.locator("#filter").click()
    page.keyboard.press("h")
    page.locator("#found > li").first.wait_for()
    first = (time.perf_counter() - started) * 1000
    page.keyboard.type("arbour")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1000)
    loaded = [one.body() for one in shards if one.request.resource_type == "script"]
    page.evaluate(_CLOCK)
    for number, key in enumerate(_keys(count)):
        page.keyboard.press(key)
        page.wait_for_function("keys => window.keys.length >= keys", arg=number + 1)
        page.wait_for_timeout(60)
    spent = page.evaluate("window.keys")
    page.close()
    return (sum(map(len, loaded)), sum(len(gzip.compress(one, 6)) for one in loaded)), first, spent


def _keys(count: int) -> Iterator[str]:
    """Spell words of titles, tags and texts, now and then two or one that nobody wrote, clearing each again."""
    chance, keys = random.Random(1), list[str]()
    while len(keys) < count:
        one, other = chance.sample(material.WORDS, 2)
        typed = chance.choice((one, one, f"{one} {other}", other[::-1], chance.choice(material.TAGS).lower()))
        keys += [*("Space" if letter == " " else letter for letter in typed), "Escape"]
    return iter(keys[:count])


def _print_pages(pages: dict[str, dict[int, Weight]]) -> Iterator[str]:
    print(
        "\n| page | kB before pictures | gzip | kB of pictures in sight | requests | foreign | CLS | FCP ms | LCP ms |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    for name, widths in pages.items():
        narrow, wide = (widths[width] for width in SIZES)
        cells = [
            f"{wide.text / 1000:.0f}",
            f"{wide.packed / 1000:.0f}",
            f"{narrow.pictures / 1000:.0f}, {wide.pictures / 1000:.0f}",
            f"{narrow.requests}, {wide.requests}",
            str(len(narrow.foreign | wide.foreign)),
            f"{narrow.shift:.3f}, {wide.shift:.3f}",
            f"{_told(narrow.first)}, {_told(wide.first)}",
            f"{_told(narrow.largest)}, {_told(wide.largest)}",
        ]
        print(f"| {name} | {' | '.join(cells)} |")
        yield from (f"{name} at {width} px: {what}" for width, one in widths.items() for what in _broken(one))


def _told(moment: float | None) -> str:
    return "–" if moment is None else f"{moment:.0f}"


def _broken(one: Weight) -> Iterator[str]:
    if one.text >= BYTES:
        yield f"{one.text} bytes before pictures"
    if one.foreign:
        yield f"asks {', '.join(sorted(one.foreign))}"
    if one.shift >= SHIFT:
        yield f"shifts by {one.shift:.3f}"


def _print_keys(count: int, loaded: tuple[int, int], first: float, keys: list[float]) -> Iterator[str]:
    late = sum(one > KEY for one in keys)
    whole, packed = (size / 1e6 for size in loaded)
    print("\n| search | keys | median ms | p95 ms | worst ms | over 50 ms | first answer ms | loads MB | gzip |")
    print("|---|---|---|---|---|---|---|---|---|")
    half, most = median(keys), quantiles(keys, n=20)[-1]
    row = f"{len(keys)} | {half:.0f} | {most:.0f} | {max(keys):.0f} | {late} | {first:.0f} | {whole:.1f} | {packed:.2f}"
    print(f"| {count:,} articles | {row} |")
    if half >= KEY:
        yield f"half of the keys take more than {half:.0f} ms"


if __name__ == "__main__":
    main()
