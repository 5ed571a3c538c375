"""A certificate says that there is nothing to do only where a build would say so, too."""

import json
import os
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from making import NOW, picture_bytes, run, tree, write_article, write_site

from syndicate import build as building
from syndicate import certificate
from syndicate.report import Options


@pytest.fixture
def options(tmp_path):
    root = write_site(tmp_path / "site")
    (root / "static").mkdir()
    (root / "static" / "p.png").write_bytes(picture_bytes(40, 30, "PNG"))
    write_article(root, "one.md", "One", image="/p.png")
    write_article(root, "two.md", "Two", date="2026-12-24 08:00:00 +01:00")
    write_article(root, "three.md", "Three", expiryDate="2027-03-01")
    age(root)
    return Options(site=root, now=NOW, output=tmp_path / "output", engine="inline")


def age(root):
    """Let the files be old enough to be trusted by their times: no test may wait for a coarse clock."""
    time.sleep(0.15)
    for place in root.rglob("*"):
        assert not certificate.is_fresh(place.stat(), time.time_ns())


def content(options, name="one.md"):
    return options.site / "content" / name


def test_the_result_is_that_of_the_build(options):
    assert certificate.holds(options) is None
    built = building.build(options)
    again = building.build(options)
    held = certificate.holds(options)
    assert (held.articles, held.skipped, held.findings) == (again.articles, again.skipped, again.findings)
    assert held.report == replace(again.report, standing={}, retained={})
    assert held.output.resolve() == built.output.resolve()


def _edit(options):
    content(options).write_text(content(options).read_text() + "More.\n")


def _same_size(options):
    before = content(options).stat()
    content(options).write_text(content(options).read_text().replace("first", "other"))
    os.utime(content(options), ns=(before.st_atime_ns, before.st_mtime_ns))


def _add(options):
    write_article(options.site, "four.md", "Four")


def _remove(options):
    content(options).unlink()


def _rename(options):
    content(options).rename(content(options, "uno.md"))


def _picture(options):
    (options.site / "static" / "p.png").write_bytes(picture_bytes(50, 30, "PNG"))


def _nearer_picture(options):
    (options.site / "p.png").write_bytes(picture_bytes(50, 30, "PNG"))


def _settings(options):
    place = options.site / "syndicate.toml"
    place.write_text(place.read_text().replace("Example", "Another"))


def _another_generator(options):
    (options.site / "_config.yml").write_text("title: Jekyll\n")


def _published_altered(options):
    (options.output / "rss.xml").write_bytes(b"x")


def _published_removed(options):
    (options.output / "atom.xml").unlink()


def _ledger_lost(options):
    (options.output / ".ledger.json").unlink()


def _unfinished(options):
    (options.output / ".unfinished").touch()


def _asked_again(options):
    (options.output / ".again").touch()


@pytest.mark.parametrize(
    "change",
    [
        _edit, _same_size, _add, _remove, _rename, _picture, _nearer_picture, _settings, _another_generator,
        _published_altered, _published_removed, _ledger_lost, _unfinished, _asked_again,
    ],
)  # fmt: skip
def test_whatever_changes_is_looked_at(options, change):
    building.build(options)
    assert certificate.holds(options)
    change(options)
    assert certificate.holds(options) is None


@pytest.mark.parametrize(
    "other",
    [{"drafts": True}, {"future": True}, {"base_url": "https://else.example/"}, {"output": None}],
    ids=lambda one: next(iter(one)),
)
def test_who_asks_for_something_else_is_not_told_the_old_result(options, other):
    building.build(options)
    assert certificate.holds(replace(options, **other)) is None


def test_the_clock_changes_what_is_published(options):
    building.build(options)
    for now, still in [
        (NOW - timedelta(days=1), False),
        (NOW + timedelta(days=1), True),
        (NOW + timedelta(days=60), False),
    ]:
        assert bool(certificate.holds(replace(options, now=now))) is still, now
    late = replace(options, now=NOW + timedelta(days=60))
    assert building.build(late).articles == 3
    assert certificate.holds(late)
    assert certificate.holds(replace(options, now=NOW + timedelta(days=200))) is None, "an article is over"


def test_a_tombstone_is_taken_down_in_time(options):
    building.build(options)
    content(options).unlink()
    building.build(options)
    age(options.site)
    building.build(options)
    assert certificate.holds(replace(options, now=NOW + timedelta(days=29)))
    assert certificate.holds(replace(options, now=NOW + timedelta(days=30))) is None


def test_what_failed_is_tried_again(options, monkeypatch):
    from syndicate.feeds import Rss

    def fail(*_):
        raise ValueError("no")

    with monkeypatch.context() as broken:
        broken.setattr(Rss, "render", fail)
        assert building.build(options).failed
    assert certificate.holds(options) is None


def test_a_file_too_new_is_compared_by_its_bytes(options):
    _edit(options)
    building.build(options)
    assert certificate.holds(options), "its bytes are known"
    said = json.loads(certificate.place_of(options).read_bytes())
    assert set(said["fresh"]) <= {"content/one.md"}


@pytest.mark.parametrize("junk", [b"", b"{", b"[]", b'{"version": 1}', b"null", b"[" * 100_000])
def test_a_certificate_that_cannot_be_read_is_none(options, junk):
    building.build(options)
    certificate.place_of(options).write_bytes(junk)
    assert certificate.holds(options) is None


def test_a_site_that_cannot_be_written_is_built_all_the_same(options):
    (options.site / ".syndicate").write_text("a file stands in the way")
    assert not building.build(options).failed
    assert certificate.holds(options) is None


def test_nothing_is_written_through_a_link(options, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (options.site / ".syndicate").symlink_to(tmp_path / "elsewhere")
    assert not building.build(options).failed
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_nothing_heavy_is_imported_to_say_that_nothing_is_to_be_done(options):
    told = ["-v", "build", options.site, "-o", options.output, "--json", "--clock", NOW.isoformat()]
    first = run(*told)
    run(*told)
    before = tree(options.output)
    code = (
        "import sys; from syndicate.cli import main\nsys.argv = ['syndicate', *sys.argv[1:]]\n"
        "try: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    )
    import subprocess
    import sys

    done = subprocess.run([sys.executable, "-c", code, *map(str, told)], capture_output=True, text=True, check=False)
    heavy = {"msgspec", "yaml", "comrak", "nh3", "PIL", "lxml", "feedgen", "jinja2", "sqlite3", "filelock"}
    assert heavy & set(done.stderr.split()) == set()
    told_first, told_now = json.loads(first.stdout), json.loads(done.stdout)
    assert (told_now["findings"], told_now["articles"]) == (told_first["findings"], told_first["articles"])
    assert (told_now["rendered"], told_now["written"], done.returncode) == (0, 0, first.returncode)
    assert tree(options.output) == before


def test_certificates_stay_out_of_version_control(options):
    building.build(options)
    assert (options.site / ".syndicate" / ".gitignore").read_text() == "*\n"
    assert Path(certificate.place_of(options)).is_file()
