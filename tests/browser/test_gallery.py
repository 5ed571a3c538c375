"""The gallery in a real browser, from a folder and from a server; skipped where no Chromium is installed."""

import functools
import io
import shutil
import subprocess
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from lxml import html
from PIL import Image
from showing import HOSTILE, article, card, rendered, site

from syndicate.gallery import PAGE

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --enable-logging=stderr --virtual-time-budget=4000 --dump-dom"
).split()


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """One page, with a hostile title, a card that failed and a Persian article on it."""
    articles = [article(number, text) for number, text in enumerate(HOSTILE)]
    articles += [article(20, "C++ چیست؟", language="fa"), article(21, "Déjà vu", tags=("x" * 300,))]
    return publish(tmp_path_factory.mktemp("small"), site(*articles, title=HOSTILE[0]), bare=20)


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """Three pages; the needle stands on the last, among the oldest articles."""
    articles = [article(0, "A needle"), article(1, "Words alone"), *map(article, range(2, PAGE * 3 + 4))]
    return publish(tmp_path_factory.mktemp("large"), site(*articles), bare=1)


def publish(folder, made, bare):
    """Write a gallery into a folder with a space in its name; the article of one number goes without a card."""
    root = folder / "out put"
    cards = {
        one.permalink: (
            card(one),
            card(one, outlet="story", width=1080, height=1920, path=f"cards/{one.source}/story.jpg"),
        )
        for one in made.articles
        if not one.permalink.endswith(f"a{bare:03}/")
    }
    for path, text in rendered(made, cards).items():
        write(root / path, text.encode())
    data = io.BytesIO()
    Image.new("RGB", (1200, 630), "#345").save(data, "JPEG")
    for one in (one for several in cards.values() for one in several):
        write(root / one.path, data.getvalue())
    return root


def write(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


@pytest.fixture
def look(tmp_path):
    """Open an address; return the page as the script left it, after making sure that nothing was complained of."""

    def open_page(address):
        done = subprocess.run(
            [CHROMIUM, *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", address],
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        assert [line for line in done.stderr.splitlines() if "CONSOLE" in line] == []
        return html.document_fromstring(done.stdout)

    return open_page


def visible(page, at):
    return [one for one in page.cssselect(at) if one.get("hidden") is None]


def titles(page, at):
    return [one.text_content() for one in visible(page, f"{at} > li:not([hidden])") for one in one.cssselect("h3")]


def test_it_works_from_a_folder_without_a_complaint(small, look):
    page = look((small / "index.html").as_uri())
    assert page.get("class") == "js"
    assert titles(page, "#list") == ["Déjà vu", "C++ چیست؟", *reversed(HOSTILE)]
    assert len(page.cssselect("script")) == 1
    assert page.cssselect(".tags button")


@pytest.mark.parametrize("asked, found", [("deja%20VU", "Déjà vu"), ("%DA%86%DB%8C%D8%B3%D8%AA", "C++ چیست؟")])
def test_the_filter_finds_without_accents_or_case_and_stands_in_the_address(small, look, asked, found):
    page = look(f"{(small / 'index.html').as_uri()}#q={asked}")
    assert titles(page, "#list") == [found]
    assert page.cssselect("#count")[0].text == f"1 of {len(HOSTILE) + 2}"
    assert not visible(page, "#nothing")


@pytest.mark.parametrize("asked", ["nowhere", "%3Cimg%20src%3Dx%3E"])
def test_nothing_found_is_said_with_a_way_back(small, look, asked):
    page = look(f"{(small / 'index.html').as_uri()}#q={asked}")
    assert titles(page, "#list") == []
    assert visible(page, "#nothing #clear")


def test_an_address_somebody_broke_shows_everything(small, look):
    page = look(f"{(small / 'index.html').as_uri()}#q=100%")
    assert len(titles(page, "#list")) == len(HOSTILE) + 2


@pytest.mark.parametrize("path", ["index.html", "gallery/page-2.html"])
def test_the_search_finds_what_stands_on_another_page_and_shows_it_the_same(large, look, path):
    page = look(f"{(large / path).as_uri()}#q=needle")
    assert page.cssselect("#list")[0].get("hidden") is not None
    assert titles(page, "#found") == ["A needle"]
    there = look((large / "gallery/page-1.html").as_uri())
    above = "" if path == "index.html" else "../"
    assert shape(page.cssselect("#found li")[0]) == shape(there.cssselect("#list > li")[-1], above)


def test_the_search_shows_an_article_without_a_card_the_same(large, look):
    page = look(f"{(large / 'gallery/page-1.html').as_uri()}#q=words%20alone")
    (found,) = page.cssselect("#found > li")
    assert shape(found) == shape(page.cssselect("#list > li")[-2])
    assert found.cssselect("img") == []


def shape(item, above="../"):
    """Every element with its attributes and words, addresses as seen from a page that is ``above``."""
    return [
        (one.tag, sorted((name, value.replace("../", above)) for name, value in one.items()), (one.text or "").strip())
        for one in item.iter()
    ]


@pytest.fixture
def served(small, large, tmp_path_factory):
    """Both galleries under one address, as a site serves them below a path."""
    root = tmp_path_factory.mktemp("served")
    shutil.copytree(small, root / "small")
    shutil.copytree(large, root / "large")
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=root))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield root, f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


_FRAMES = """<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script>
for (const path of ["small/index.html", "large/gallery/page-2.html"]) for (const width of [320, 390, 768, 1440]) {
  const frame = Object.assign(document.createElement("iframe"), { src: path, width, height: 800 });
  frame.onload = () => {
    const page = frame.contentDocument;
    const broken = [...page.images].filter((one) => one.complete && !one.naturalWidth).length;
    const said = `${path} ${width} ${page.documentElement.scrollWidth <= width} ${broken} ${page.images.length > 0}`;
    document.body.append(Object.assign(document.createElement("output"), { textContent: said }));
  };
  document.documentElement.append(frame);
}
</script>"""


def test_it_fits_every_screen_and_shows_every_picture(served, look):
    root, address = served
    (root / "frames.html").write_text(_FRAMES, encoding="utf-8")
    said = sorted(one.text for one in look(f"{address}frames.html").cssselect("output"))
    paths = ("large/gallery/page-2.html", "small/index.html")
    assert said == sorted(f"{path} {width} true 0 true" for path in paths for width in (320, 390, 768, 1440))
