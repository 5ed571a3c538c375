"""The bench that compares readers tells the same from the different; what is not installed is skipped, and said so."""

import shutil
import subprocess
import sys

import pytest
from making import ROOT, run, write_article, write_site

COMPARE = ROOT / "bench/readers/compare.py"


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    tmp_path = tmp_path_factory.mktemp("readers")
    root = write_site(tmp_path / "site")
    for number in range(3):
        write_article(root, f"a{number}.md", f"R&D {number}", tags="[été & hiver]")
    assert run("build", root, "-o", tmp_path / "out").returncode == 0
    return tmp_path / "out"


def compared(output, tmp_path):
    command = [sys.executable, "-W", "ignore", str(COMPARE), str(output), "--npm", str(tmp_path)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_readers_show_the_same(output, tmp_path):
    done = compared(output, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert sum(line.startswith("feedparser") and "rss.xml: 3  atom.xml: 3" in line for line in lines) == 2
    assert any(line.startswith("skipped   rss-parser") for line in lines)
    assert lines[-1].endswith(" 0 differences")


def test_a_difference_is_seen(output, tmp_path):
    other = shutil.copytree(output, tmp_path / "other")
    text = (other / "rss.xml").read_text(encoding="utf-8")
    (other / "rss.xml").write_text(text.replace("&#x26;D 1<", "&#x26;D other<"), encoding="utf-8")
    done = compared(other, tmp_path)
    assert done.returncode == 1
    assert "DIFFERS   feedparser rss.xml: https://example.org/a1/: title 'R&D other' instead of" in done.stdout
