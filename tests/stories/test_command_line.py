"""The command line as people and scripts meet it: what it prints where, and with which exit code it ends."""

import json
import os
import re
import subprocess
import sys

import pytest
from making import ROOT, picture_bytes, run, times, tree, write_article, write_site


@pytest.fixture
def site(tmp_path):
    place = write_site(tmp_path / "site")
    write_article(place, "a.md", "First", tags="[x]")
    write_article(place, "b.md", "Second", "2024-03-09 08:00:00 +01:00")
    return place


def test_build_edit_build_again(site, tmp_path):
    output = tmp_path / "out"
    first = run("build", site, "-o", output)
    assert (first.returncode, first.stdout) == (0, "")
    assert "2 articles" in first.stderr
    assert {"rss.xml", "atom.xml", "feed.json", "index.html", "cards.json", "tags/a.html", "tags/b.html"} <= set(
        tree(output)
    )
    before = times(output)
    again = json.loads(run("build", site, "-o", output, "--json").stdout)
    assert (again["written"], again["rendered"], again["removed"]) == (0, 0, 0)
    assert {path for path, when in times(output).items() if before[path] != when} <= {".lock"}
    write_article(site, "a.md", "First, edited", tags="[x]")
    edited = run("build", site, "-o", output, "--dry-run")
    assert "render cards/a/" in edited.stdout
    assert "cards/b/" not in edited.stdout
    assert "changed: title" in edited.stdout or "changed: " in edited.stdout
    assert {path for path, when in times(output).items() if before[path] != when} <= {".lock"}, "a dry run does nothing"
    run("build", site, "-o", output)
    standing = tree(output)
    assert b"First, edited" in standing["rss.xml"]
    assert times(output)["tags/b.html"] == before["tags/b.html"]


def test_json_is_the_only_thing_on_standard_output(site, tmp_path):
    write_article(site, "bad.md", "x", "demain")
    done = run("build", site, "-o", tmp_path / "out", "--json")
    summary = json.loads(done.stdout)
    assert done.returncode == 1
    assert (summary["articles"], summary["skipped"]) == (2, 1)
    assert set(summary) == {
        "version",
        "articles",
        "skipped",
        "rendered",
        "written",
        "unchanged",
        "removed",
        "seconds",
        "findings",
    }
    (remark,) = summary["findings"]
    assert remark == {
        "code": "date-missing", "severity": "error", "path": "content/bad.md", "line": 3,
        "message": "date: expected a date with an offset, got 'demain'", "help": "Write it like 2024-03-08 15:13:00 +01:00.",
    }  # fmt: skip
    assert "content/bad.md:3: date-missing" in done.stderr


def test_what_was_published_stays_when_its_source_breaks(site, tmp_path):
    output = tmp_path / "out"
    run("build", site, "-o", output)
    cards = {path for path in tree(output) if path.startswith(("cards/a/", "tags/a"))}
    (site / "content" / "a.md").write_text("---\ntitle: [\n")
    done = run("build", site, "-o", output)
    assert done.returncode == 1
    assert cards <= set(tree(output))


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["build", "nowhere"], 2, "nowhere: no such folder"),
        (["build", "site", "--clock", "noon"], 2, "not a time like"),
        (["build", "site", "-o", "site"], 4, "refusing to publish over the site"),
        (["build", "site", "-o", "theirs"], 4, "refusing to publish among files"),
        (["build", "site", "--engine", "steam"], 2, "steam"),
        (["biuld"], 2, "biuld"),
        (["serve", "site", "--pull"], 2, "--hooks"),
        (["serve", "--hooks", "site"], 2, "no webhook secret is known"),
        (["explain", "date-mising"], 2, "did you mean 'date-missing'"),
    ],
)
def test_what_cannot_be_done(site, tmp_path, arguments, code, said):
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "index.html").write_text("theirs")
    done = run(*arguments, cwd=tmp_path)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert (tmp_path / "theirs" / "index.html").read_text() == "theirs"


def test_a_wrong_setting_names_line_key_and_cure(site):
    (site / "syndicate.toml").write_text('title = "x"\n[cards]\nlogos = "y"\n')
    done = run("build", site)
    assert done.returncode == 2
    assert "syndicate.toml:3: cards.logos: unknown key, did you mean 'logo'?" in done.stderr


def test_an_empty_folder_publishes_a_friendly_nothing_and_never_wipes(tmp_path, site):
    (tmp_path / "empty").mkdir()
    first = run("build", tmp_path / "empty", "-o", tmp_path / "new")
    assert first.returncode == 0
    assert "site-empty" in first.stderr
    run("build", site, "-o", tmp_path / "out")
    before = tree(tmp_path / "out")
    for article in (site / "content").iterdir():
        article.unlink()
    refused = run("build", site, "-o", tmp_path / "out")
    assert refused.returncode == 4
    assert "2 of 2 published articles are gone" in refused.stderr
    assert tree(tmp_path / "out") == before
    assert run("build", site, "-o", tmp_path / "out", "--allow-empty").returncode == 0


def test_an_output_that_may_not_be_written(site, tmp_path):
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    (tmp_path / "locked").mkdir(mode=0o555)
    done = run("build", site, "-o", tmp_path / "locked" / "out")
    assert done.returncode == 2
    assert "Permission denied" in done.stderr


def test_strict_makes_warnings_count(site, tmp_path):
    write_article(site, "c.md", "Third", "2024-04-09", image="/gone.jpg")
    assert run("build", site, "-o", tmp_path / "out").returncode == 0
    assert run("build", site, "-o", tmp_path / "out", "--strict").returncode == 1


def test_options_are_environment_variables_too(site, tmp_path):
    done = run(
        "build", site, env={"SYNDICATE_OUTPUT": str(tmp_path / "out"), "SYNDICATE_BASE_URL": "https://other.example/"}
    )
    assert done.returncode == 0
    assert b"https://other.example/a/" in tree(tmp_path / "out")["rss.xml"]


def test_colours_are_for_those_who_want_them(site, tmp_path):
    write_article(site, "bad.md", "x", "demain")
    plain = run("build", site, "-o", tmp_path / "out", env={"NO_COLOR": "1", "FORCE_COLOR": ""})
    colourful = run("--color", "always", "build", site, "-o", tmp_path / "out")
    assert "\x1b[" not in plain.stderr
    assert "\x1b[31m" in colourful.stderr


def test_titles_cannot_speak_to_the_terminal(site, tmp_path):
    (site / "content" / "evil.md").write_bytes(b'---\ntitle: "a\\e[31m\\n::error::x"\ndate: 2030-01-01\n---\nx')
    done = run("-v", "build", site, "-o", tmp_path / "out", env={"NO_COLOR": "1"})
    assert "\x1b" not in done.stderr
    assert "\n::error" not in done.stderr


def test_list_as_text_csv_and_json(site):
    assert "content/a.md" in run("list", site).stdout
    rows = json.loads(run("list", site, "--format", "json").stdout)
    assert [(row["path"], row["permalink"], row["state"]) for row in rows] == [
        ("content/a.md", "https://example.org/a/", "published"),
        ("content/b.md", "https://example.org/b/", "published"),
    ]
    assert run("list", site, "--format", "csv").stdout.splitlines()[0].startswith("path,permalink,published")


def test_init_writes_what_the_site_says_and_touches_nothing_that_is_there(tmp_path):
    (tmp_path / "_config.yml").write_text('title: A "site"\nurl: https://example.org\nlang: fr\n')
    done = run("init", tmp_path)
    assert done.returncode == 0
    assert 'title = "A \\"site\\""' in (tmp_path / "syndicate.toml").read_text()
    assert run("list", tmp_path).returncode == 0
    assert run("init", tmp_path).returncode == 2


def test_explain_and_schema_and_version():
    assert "What to do" in run("explain", "date-missing").stdout
    assert "front-matter-unclosed" in run("explain").stdout
    assert json.loads(run("schema").stdout)["$schema"].startswith("https://json-schema.org/")
    assert re.fullmatch(r"syndicate \d+\.\d+\.\d+\n", run("--version").stdout)


def _webp_bomb() -> bytes:
    """38 bytes that decode to 177 megapixels."""
    body = b"\x2f" + (16_382 | 10_802 << 14).to_bytes(4, "little") + bytes.fromhex("0007d0ffff0f") + bytes(7)
    return b"RIFF" + (12 + len(body)).to_bytes(4, "little") + b"WEBPVP8L" + len(body).to_bytes(4, "little") + body


HOSTILE = {
    "corrupt": (b"\xff\xd8\xff\xe0 not a jpeg", "lead-image-unusable"),
    "bomb": (_webp_bomb(), "lead-image-too-large"),
    "empty": (b"", "lead-image-unusable"),
    "text": (b"<html>not a picture</html>", "lead-image-unusable"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_picture_costs_one_finding(site, tmp_path, kind):
    data, code = HOSTILE[kind]
    (site / "lead.png").write_bytes(data)
    write_article(site, "c.md", "Third", "2024-04-09", image="/lead.png", image_alt="A view")
    summary = json.loads(run("build", site, "-o", tmp_path / "out", "--json").stdout)
    assert summary["articles"] == 3
    assert [(r["code"], r["path"], r["line"]) for r in summary["findings"]] == [(code, "content/c.md", 4)]
    assert any(path.startswith("cards/c/") for path in tree(tmp_path / "out"))


@pytest.mark.parametrize("mode", ["CMYK", "I;16", "P", "LA", "1"])
def test_pictures_of_every_mode_make_a_card(site, tmp_path, mode):
    form = {"CMYK": "JPEG"}.get(mode, "PNG")
    data = picture_bytes(1600, 900, form, mode="I;16" if mode == "I;16" else mode)
    (site / "lead.png").write_bytes(data)
    write_article(site, "c.md", "Third", "2024-04-09", image="/lead.png", image_alt="A view")
    summary = json.loads(run("build", site, "-o", tmp_path / "out", "--json").stdout)
    assert summary["findings"] == []
    assert any(path.startswith("cards/c/") for path in tree(tmp_path / "out"))


def test_the_readmes_commands_do_what_it_says(tmp_path):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (command,) = re.findall(r"&& \.venv/bin/syndicate (build content -o output)$", readme, re.MULTILINE)
    done = subprocess.run(
        [sys.executable, "-m", "syndicate", *command.replace("content", str(ROOT / "content")).split()],
        cwd=tmp_path, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    standing = set(tree(tmp_path / "output"))
    assert {"rss.xml", "atom.xml", "feed.json", "index.html", "cards.json"} <= standing
    articles = json.loads((tmp_path / "output/cards.json").read_text())["articles"]
    assert len(articles) >= 12
    assert all(entry["cards"] for entry in articles.values())
    assert sum(path.startswith("tags/") for path in standing) == len(articles)
