"""``syndicate list``: what a person sees of a site, and what a program or a spreadsheet gets."""

import csv
import io
import json
import re

import pytest
from making import run, write_article, write_site

from syndicate.cli import list as listing
from syndicate.cli.columns import width
from syndicate.loading import Understood

WRONG = "date: expected a date with an offset, got 'demain'"


@pytest.fixture
def site(tmp_path):
    root = write_site(tmp_path)
    write_article(root, "a.md", '"=SUM(1)"', "2024-03-08 15:13:00 +01:00")
    write_article(root, "b.md", "日本語の題", "2025-03-08", lang="ja")
    write_article(root, "c.md", "A draft", draft="true")
    write_article(root, "d.md", "Later", "2999-01-01")
    write_article(root, "e.md", "Wrong", "demain")
    return root


def test_people_see_what_is_published_newest_first_and_then_what_is_not_and_why(site):
    done = run("list", site)
    assert done.stdout == (
        "DATE                     LANG  ADDRESS  SOURCE        TITLE\n"
        "2025-03-08 00:00 +00:00  ja    /b/      content/b.md  日本語の題\n"
        "2024-03-08 15:13 +01:00  en    /a/      content/a.md  =SUM(1)\n"
        "\n"
        f"STATE   SOURCE        {'WHY':<{len(WRONG)}}  TITLE\n"
        f"draft   content/c.md  {'draft':<{len(WRONG)}}  A draft\n"
        f"future  content/d.md  {'2999-01-01T00:00:00+00:00':<{len(WRONG)}}  Later\n"
        f"failed  content/e.md  {WRONG}\n"
        "\n"
    )
    assert done.stderr == "2 articles, 1 draft, 1 future, 1 failed; Example, https://example.org/ (plain)\n"
    assert run("-q", "list", site).stderr == ""


def test_only_what_is_skipped(site):
    assert [row["path"] for row in json.loads(run("list", site, "--skipped", "--format", "json").stdout)] == [
        f"content/{name}.md" for name in "cde"
    ]
    assert "=SUM" not in run("list", site, "--skipped").stdout


def test_programs_get_every_field(site):
    rows = json.loads(run("list", site, "--format", "json").stdout)
    assert list(rows[0]) == ["path", "permalink", "published", "language", "title", "lead_image", "state", "why"]
    assert rows[1]["title"] == "日本語の題"
    assert [row["state"] for row in rows] == ["published", "published", "draft", "future", "failed"]


def test_a_spreadsheet_runs_nothing(site):
    rows = list(csv.DictReader(io.StringIO(run("list", site, "--format", "csv").stdout)))
    assert [row["title"] for row in rows] == ["'=SUM(1)", "日本語の題", "A draft", "Later", ""]


def row(**fields):
    plain = {"path": "content/a.md", "permalink": "https://e.org/a/", "published": "2024-03-08T15:13:00+01:00"}
    rest = {"language": "en", "title": "A", "lead_image": "", "state": "published", "why": ""}
    return Understood(**{**plain, **rest, **fields})


@pytest.mark.parametrize("room", [60, 80, 109, 110, 200])
def test_no_line_is_wider_than_the_screen(room):
    rows = [
        row(title="長い題" * 40, permalink=f"https://e.org/{'x' * 90}/", lead_image=f"img/{'y' * 50}.jpg"),
        row(title="A\x1b[31m title\n" * 9, path=f"content/{'z' * 80}.md", language="zh-Hant"),
    ]
    lines = list(listing._table(rows, listing._columns(rows, "https://e.org/", room), room))
    assert max(width(re.sub("\x1b\\[[0-9;]*m", "", line)) for line in lines) <= room
    assert "\x1b[31m title" not in "".join(lines)
    assert "\n" not in "".join(lines)


def test_colours_only_where_they_are_wanted(site):
    assert "\x1b[" not in run("list", site).stdout
    assert "\x1b[36m/a/" in run("--color", "always", "list", site).stdout


def test_what_makes_every_address_doubtful_is_said_beside_them(tmp_path):
    root = write_site(tmp_path)
    write_article(root, "a.md", "A", "demain")
    (root / "syndicate.toml").write_text("")
    (root / "mkdocs.yml").write_text("plugins: [blog\n")
    done = run("list", root)
    assert re.search(r"^mkdocs.yml:\d+: configuration-unread ", done.stderr, re.MULTILINE)
    assert "date-missing" not in done.stderr  # its row says it
