"""A feed opened in a real browser without XSLT: every entry is there to be clicked, and nothing else is shown."""

import functools
import json
import shutil
import subprocess
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import axe
import pytest
from lxml import html
from making import article
from subscribing import written

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-sync "
    "--disable-component-update --disable-features=XSLT --window-size=900,2400 --virtual-time-budget=4000 --dump-dom"
).split()
# The page around the feed asks what the feed's own page cannot tell, having no script: which links a pointer would hit.
ASKING = """<!doctype html><meta charset=utf-8><style>iframe{border:0;width:900px;height:2300px}</style>
<iframe src="NAME"></iframe><pre></pre><script>
addEventListener("load", () => {
  const page = document.querySelector("iframe").contentDocument;
  const hit = link => {
    const box = link.getBoundingClientRect();
    return link.contains(page.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2));
  };
  document.querySelector("pre").textContent = JSON.stringify({
    links: [...page.querySelectorAll("li a")].filter(hit).map(link => [link.href, link.textContent]),
    shown: [...page.documentElement.querySelectorAll("item, entry, link, description, id")]
      .filter(element => element.getClientRects().length).map(element => element.localName),
  });
});
</script>"""


class _AsXml(SimpleHTTPRequestHandler):
    def guess_type(self, path):
        return "application/xml" if str(path).endswith(".xml") else super().guess_type(path)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    root = tmp_path_factory.mktemp("feeds")
    for path, data in written(*map(article, range(12)), language="fr").items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    for name in ("rss.xml", "atom.xml"):
        (root / f"{name}.html").write_text(ASKING.replace("NAME", name))
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_AsXml, directory=root))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_every_entry_can_be_clicked(served, tmp_path, name):
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={tmp_path}", f"{served}/{name}.html"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    seen = json.loads(html.document_fromstring(done.stdout).findtext(".//pre"))
    assert seen["links"] == [[f"https://example.org/a{n:04}/", f"Article number {n}"] for n in reversed(range(12))]
    assert seen["shown"] == []


@axe.needed
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["rss.xml", "atom.xml"])
def test_axe_finds_no_violation(served, visit, name, scheme):
    page = visit(f"{served}/{name}", color_scheme=scheme, refused=["404"])  # the server has no icon
    assert page.locator("li a").count() == 12
    assert axe.flaws(page) == []
