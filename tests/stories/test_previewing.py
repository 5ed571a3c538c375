"""A preview while one writes: built, shown on this machine only, built again at each change."""

import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pytest
from making import ROOT, tree, write_article, write_site


class Served:
    def __init__(self, process, port):
        self.process, self.port = process, port

    def ask(self, path, method="GET", **headers):
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        line.request(method, path, headers={"Host": f"127.0.0.1:{self.port}", **named})
        answer = line.getresponse()
        body = answer.read() if not path.endswith("events") else answer.readline() + answer.readline()
        line.close()
        return answer, body

    def build(self):
        """The number of the last build."""
        _, body = self.ask("/.live/events")
        return json.loads(body.partition(b"data: ")[2])

    def after(self, number):
        for _ in range(600):
            if (build := self.build())["number"] > number:
                return build
            time.sleep(0.1)
        raise AssertionError("it was never built")


@pytest.fixture
def site(tmp_path):
    root = write_site(tmp_path / "site")
    (root / "syndicate.toml").write_text((root / "syndicate.toml").read_text() + "[cards]\nenabled = false\n")
    write_article(root, "a.md", "First")
    return root


@pytest.fixture
def served(site, tmp_path):
    journal = tmp_path / "journal"
    with journal.open("w") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "syndicate", "serve", str(site), "--port", "0"],
            stderr=said,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
    try:
        for _ in range(600):
            lines = [json.loads(line) for line in journal.read_text().splitlines() if line.endswith("}")]
            if found := [one for one in lines if one["event"] == "listening"]:
                break
            time.sleep(0.05)
        yield Served(process, int(found[0]["address"].split(":")[2].partition("/")[0]))
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130


def test_what_is_written_is_shown(site, served):
    before = tree(site)
    first = served.after(0)
    assert first["ok"], first
    page, body = served.ask("/index.html")
    assert page.status == 200
    assert b"First" in body
    feed, body = served.ask("/rss.xml")
    assert feed.headers["Content-Type"] == "application/xml"
    assert f"http://127.0.0.1:{served.port}/rss.xml".encode() in body
    assert served.ask("/rss.xml", If_None_Match=feed.headers["ETag"])[0].status == 304
    assert served.ask("/rss.xml", "HEAD")[1] == b""
    assert served.ask("/rss.xml", Range="bytes=0-4")[1] == b"<?xml"
    write_article(site, "a.md", "Second")
    assert served.after(first["number"])["ok"]
    assert b"Second" in served.ask("/rss.xml")[1]
    shutil.rmtree(site / ".syndicate")
    assert tree(site).keys() == {path for path in before if not path.startswith(".syndicate")}


def test_only_this_machine_is_let_in_and_only_to_read(site, served):
    served.after(0)
    assert served.ask("/rss.xml", Host="evil.example")[0].status == 421
    assert served.ask("/rss.xml", "POST")[0].status == 405
    assert served.ask("/.ledger.json")[0].status == 404
    assert served.ask("/../../syndicate.toml")[0].status == 404
    (site / ".syndicate/preview/link.html").symlink_to("/etc/passwd")
    assert served.ask("/link.html")[0].status == 404
    live, _ = served.ask("/.live/")
    assert "default-src 'none'" in live.headers["Content-Security-Policy"]
    assert live.headers["X-Content-Type-Options"] == "nosniff"
    assert served.ask("/")[0].headers["Location"] == "/.live/"
