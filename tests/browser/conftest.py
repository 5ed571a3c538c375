"""A real Chromium, driven by Playwright: pages are opened, watched for complaints and foreign requests, and closed."""

import functools
import shutil
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.fixture(scope="session")
def chromium():
    if CHROMIUM is None:
        pytest.skip("no Chromium is installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium):
    """Open an address in a fresh profile. Afterwards: nothing was complained of, nothing asked of another host."""
    opened = []

    def open_page(address, *, refused=(), **profile):
        context = chromium.new_context(**profile)
        page, complaints, asked = context.new_page(), [], []
        page.on("console", lambda said: complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        opened.append((context, address, complaints, asked, refused))
        return page

    yield open_page
    for context, address, complaints, asked, refused in opened:
        context.close()
        assert [one for one in complaints if not any(word in one for word in refused)] == []
        home = urlsplit(address)[:2]
        assert {urlsplit(url)[:2] for url in asked if not url.startswith(("data:", "blob:"))} == {home}


@pytest.fixture(scope="session")
def serve():
    """Serve folders on loopback, as a static host does."""
    running = []

    def start(root):
        server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=root))
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        running.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server, thread in running:
        server.shutdown()
        thread.join()
        server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass
