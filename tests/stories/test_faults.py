"""Stories of bad nights: builds killed, many at once, disks that fill, outputs that nobody may write."""

import errno
import inspect
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from making import ROOT, run, tree, write_article, write_site

from bench.faults import readers
from bench.faults.kill import Bench
from syndicate import build as building
from syndicate import disk
from syndicate.cards.recipe import Drawing
from syndicate.loading import body
from syndicate.publishing.folder import Folder, OutputError
from syndicate.report import Options

KILLS = 12
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def site(tmp_path):
    root = write_site(tmp_path / "site")
    with (root / "syndicate.toml").open("a", encoding="utf-8") as settings:
        settings.write('[cards]\noutlets = ["og"]\n')
    for name in "abcd":
        write_article(root, f"{name}.md", f"Title {name}")
    return root


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks")
def test_a_killed_build_leaves_whole_files_and_the_next_one_heals(tmp_path):
    """Two hundred times in ``bench/faults/kill.py``; here a few, at other instants each."""
    bench, chance = Bench(tmp_path / "kill"), random.Random(7)
    assert bench.before.keys() != bench.after.keys()
    assert {bench.kill(chance) for _ in range(KILLS)} <= {"between", "untouched", "finished"}


@pytest.mark.parametrize("count", [2, 5, 20])
def test_many_builds_at_once_end_with_one_output(site, tmp_path, count):
    output = tmp_path / "out"
    command = [sys.executable, "-m", "syndicate", "build", str(site), "-o", str(output), "--engine", "inline"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    builds = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=env) for _ in range(count)]
    said = [one.communicate()[1] for one in builds]
    assert {one.returncode for one in builds} <= {0, 3}, said
    assert 0 in {one.returncode for one in builds}
    assert run("build", site, "-o", tmp_path / "alone").returncode == 0
    assert tree(output) == tree(tmp_path / "alone")
    assert not list(output.rglob(".*~"))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux copies processes safely")
def test_an_article_or_a_card_that_kills_who_makes_it_costs_itself_alone(site, tmp_path, monkeypatch):
    if threading.active_count() > 1:
        # What other tests left running keeps us from copies, and the signal would be ours: begin anew without it.
        itself = f"{__file__}::{inspect.currentframe().f_code.co_name}"
        subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", itself], cwd=ROOT, check=True, timeout=120
        )
        return
    render, draw = body.render, Drawing.render

    def deadly(header, title, *rest):
        if title == "Title b":
            os.kill(os.getpid(), signal.SIGSEGV)
        return render(header, title, *rest)

    def drawn(recipe, read):
        if "Title c" in repr(recipe):
            os.kill(os.getpid(), signal.SIGSEGV)
        return draw(recipe, read)

    monkeypatch.setattr(body, "render", deadly)
    monkeypatch.setattr(Drawing, "render", drawn)
    built = building.build(Options(site=site, output=tmp_path / "out", now=NOW))
    assert [(one.code, one.path) for one in built.findings if one.severity == "error"] == [
        ("source-defeats", "content/b.md"),
        ("render-failed", "content/c.md"),
    ]
    assert all("SIGSEGV" in one.message for one in built.findings if one.severity == "error")
    assert "Title a" in (tmp_path / "out" / "rss.xml").read_text()
    monkeypatch.undo()
    assert run("build", site, "-o", tmp_path / "out").returncode == 0
    assert run("build", site, "-o", tmp_path / "alone").returncode == 0
    assert tree(tmp_path / "out") == tree(tmp_path / "alone")


def publish(site, output):
    return building.build(Options(site=site, output=output, now=NOW, engine="inline"))


def test_a_disk_that_fills_at_any_write_leaves_what_stood(  # noqa: PLR0915 -- one story, told in order
    site, tmp_path, monkeypatch
):
    """The n-th write fails, for every n: what stood still stands, and with room again all is as if nothing was."""
    output, stash = tmp_path / "out", tmp_path / "stash"
    publish(site, output)
    before = tree(output)
    write_article(site, "b.md", "Another title")
    shutil.copytree(tmp_path, stash, symlinks=True, ignore=lambda *_: {"stash"})
    publish(site, output)
    after, whole, write = tree(output), 0, disk.draft
    for room in range(10_000):
        shutil.rmtree(output)
        shutil.rmtree(site)
        shutil.copytree(stash / "out", output)
        shutil.copytree(stash / "site", site)
        left = room

        def full(place, data, mode=0o666):
            nonlocal left
            left -= 1
            if left < 0:
                raise OSError(errno.ENOSPC, "No space left on device")
            write(place, data, mode)

        monkeypatch.setattr(disk, "draft", full)
        try:
            publish(site, output)
            whole = room
        except OutputError as error:
            assert "No space left on device" in str(error)  # noqa: PT017 -- one of many writes
            standing = tree(output)
            assert all(data in (before.get(path), after.get(path)) for path, data in standing.items())
            assert before.keys() & after.keys() <= standing.keys()
            assert not [path for path in output.rglob("*") if path.name.endswith("~")]
        monkeypatch.setattr(disk, "draft", write)
        publish(site, output)
        assert tree(output) == after
        if whole:
            break
    assert whole > len([path for path in after if after[path] != before.get(path)])


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("mount"), reason="mounts a small file system")
def test_a_real_disk_that_is_full(site, tmp_path):
    output = tmp_path / "small"
    output.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=640k", "tmpfs", output], check=False)
    if mounted.returncode:
        pytest.skip("may not mount here")
    try:
        assert run("build", site, "-o", output).returncode == 0
        before = tree(output)
        (output / "ballast").write_bytes(os.urandom(1 << 17))
        _fill(output / "ballast2")
        write_article(site, "b.md", "Another title")
        full = run("build", site, "-o", output)
        assert full.returncode == 2
        assert "No space left" in full.stderr.replace("no space", "No space")
        assert "Traceback" not in full.stderr
        standing = tree(output)
        assert {path: standing.get(path) for path in before} == before
        (output / "ballast").unlink()
        (output / "ballast2").unlink()
        assert run("build", site, "-o", output).returncode == 0
        assert run("build", site, "-o", tmp_path / "alone").returncode == 0
        assert "Another title" in (output / "rss.xml").read_text()
    finally:
        subprocess.run(["umount", output], check=True)


def _fill(place: Path) -> None:
    try:
        with place.open("wb", buffering=0) as file:
            while True:
                file.write(b"." * 1024)
    except OSError:
        return


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="cannot be written"):
        Folder(tmp_path / "file").put("a", b"x")


@pytest.mark.skipif(not (shutil.which("nginx") or Path("/usr/sbin/nginx").exists()), reason="nginx is not installed")
def test_readers_never_meet_a_torn_or_missing_file_while_a_site_is_published(tmp_path):
    """Two hundred publishes and a hundred thousand requests in ``bench/faults/readers.py``; here some."""
    counts, wrong = readers.watch(tmp_path, publishes=12, requests=2000, readers=2)
    assert wrong == []
    assert counts["requests"] >= 2000
    assert counts["304"]
    assert not counts["200 again"]
