"""Sets of type found among the machine's fonts."""

import pytest
from making import ROOT, run, write_article, write_site

from syndicate.loading import fontsets
from syndicate.loading.sources import Tree
from syndicate.loading.typefaces import of_site

SHIPPED = ROOT / "fonts" / "noto-sans-jp.otf"
"""Stands in for a machine's font."""


@pytest.fixture
def machine(tmp_path):
    place = tmp_path / "share/fonts/opentype/noto"
    place.mkdir(parents=True)
    (place / "NotoSansCJK-Bold.ttc").write_bytes(SHIPPED.read_bytes())
    return {"XDG_DATA_DIRS": str(tmp_path / "share"), "HOME": str(tmp_path)}


@pytest.fixture
def site(tmp_path):
    place = write_site(tmp_path / "site")
    write_article(place, "a.md", "数据 data")
    return place


def test_a_set_is_found_where_the_machine_keeps_its_fonts(machine, monkeypatch, tmp_path):
    for name, value in machine.items():
        monkeypatch.setenv(name, value)
    found = fontsets.find("cjk")
    assert found == tmp_path / "share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "elsewhere"))
    assert fontsets.find("cjk") is None


def test_a_set_does_not_take_the_alphabet_over(machine, tmp_path):
    (tmp_path / "site/fonts").mkdir(parents=True)
    (tmp_path / "site/fonts/a.otf").write_bytes(fontsets.made(SHIPPED))
    ((face,), remarks) = of_site(Tree(tmp_path / "site"), ["fonts/a.otf"])
    assert remarks == ()
    assert face.name == "Noto Sans CJK JP"
    assert {ord("あ"), ord("直"), ord(" ")} <= face.covers
    assert not {ord("a"), ord("é"), ord("я"), ord("1")} & face.covers


def test_add_prints_the_line_or_writes_it(machine, site):
    done = run("fonts", "add", "cjk", site, env=machine)
    assert (done.returncode, 'fonts = ["fonts/noto-sans-cjk.otf"]' in done.stdout) == (0, True), done.stderr
    assert (site / "fonts/noto-sans-cjk.otf").exists()
    before = (site / "syndicate.toml").read_text()
    assert run("fonts", "add", "cjk", site, "--write", env=machine).returncode == 0
    after = (site / "syndicate.toml").read_text()
    assert after.startswith(before)
    assert '[cards]\nfonts = ["fonts/noto-sans-cjk.otf"]' in after
    assert run("fonts", "add", "cjk", site, "--write", env=machine).returncode == 0
    assert (site / "syndicate.toml").read_text() == after
    listed = run("fonts", "list", site, env=machine).stdout.splitlines()
    assert listed[0].split("  ")[0] == "Noto Sans CJK JP"
    assert any(line.startswith("Inter ") and line.endswith("variable") for line in listed)


def test_settings_that_name_fonts_are_left_to_a_person(machine, site):
    (site / "syndicate.toml").write_text('title = "T"\n[cards]\nfonts = ["mine.ttf"]\n')
    done = run("fonts", "add", "cjk", site, "--write", env=machine)
    assert done.returncode == 2
    assert "yourself" in done.stderr


def test_a_machine_without_the_set_says_where_it_comes_from(site, tmp_path):
    done = run("fonts", "add", "cjk", site, env={"XDG_DATA_DIRS": str(tmp_path), "HOME": str(tmp_path)})
    assert done.returncode == 2
    assert "fonts-noto-cjk" in done.stderr


def test_check_names_article_character_and_cure(site):
    fine = run("fonts", "check", site)
    assert (fine.returncode, fine.stdout) == (0, "1 article: every character has a glyph\n")
    write_article(site, "b.md", "A \U00013000 sign")
    done = run("fonts", "check", site)
    assert done.returncode == 1
    assert "content/b.md" in done.stderr
    assert "U+13000" in done.stderr
    assert "syndicate.toml" in done.stderr
