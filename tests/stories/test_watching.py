"""Watching as an author lives it: what is saved is published, what is wrong is said and waited out."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from making import ROOT, write_article, write_site

from syndicate.watching import concerns


@pytest.fixture
def site(tmp_path):
    place = write_site(tmp_path / "site")
    (place / "syndicate.toml").write_text((place / "syndicate.toml").read_text() + "[cards]\nenabled = false\n")
    write_article(place, "a.md", "First")
    return place


@contextmanager
def watching(site, *more):
    log = site.parent / "log"
    with log.open("w") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "syndicate", "watch", str(site), *more],
            stderr=said,
            stdout=said,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        try:
            eventually(lambda: "written" in log.read_text())
            yield process, log
        finally:
            process.kill()
            process.wait(10)


def eventually(what, seconds=30):
    for _ in range(seconds * 50):
        if what():
            return
        time.sleep(0.02)
    raise AssertionError("it never came")


def test_what_is_saved_is_published_and_what_is_wrong_is_waited_out(site):
    feed = site / "output" / "rss.xml"
    with watching(site) as (process, log):
        assert "<title>First</title>" in feed.read_text()
        write_article(site, "a.md", "Edited")
        eventually(lambda: "<title>Edited</title>" in feed.read_text())
        eventually(lambda: "(content/a.md)" in log.read_text())
        write_article(site, "b.md", "Wrong", "demain")
        eventually(lambda: "date-missing" in log.read_text())
        settings = (site / "syndicate.toml").read_text()
        (site / "syndicate.toml").write_text(settings + "[nonsense]\n")
        eventually(lambda: "unknown key" in log.read_text())
        (site / "syndicate.toml").write_text(settings)
        write_article(site, "b.md", "Right")
        eventually(lambda: "<title>Right</title>" in feed.read_text())
        (site / "content" / "b.md").unlink()
        eventually(lambda: "<title>Right</title>" not in feed.read_text())
        time.sleep(0.5)
        lines = log.read_text()
        time.sleep(0.7)
        assert log.read_text() == lines, "what a build writes starts no other"
        assert lines.count("date-missing") == 1, "a finding is shown once"
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
        assert log.read_text() == lines, "and the end is quiet"


def test_another_output_in_the_site_is_not_watched_either(site):
    (site / "syndicate.toml").write_text('output = "public"\n' + (site / "syndicate.toml").read_text())
    with watching(site) as (_, log):
        write_article(site, "a.md", "Edited")
        eventually(lambda: "<title>Edited</title>" in (site / "public" / "rss.xml").read_text())
        time.sleep(1)
        assert log.read_text().count("written") <= 3


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        ("content/a.md", True),
        ("syndicate.toml", True),
        ("output/rss.xml", False),
        (".git/index", False),
        (".syndicate/x", False),
        ("content/.a.md.swp", False),
        ("content/a.md~", False),
        ("node_modules/x/y.md", False),
        ("", False),
        ("../elsewhere.md", False),
    ],
)
def test_what_counts(path, counts):
    root = Path("/site")
    assert concerns(root, (root / "output",), Path(os.path.normpath(root / path))) is counts
