"""A night of an operator: something wrong was published; it is taken back, held, mended, and published again."""

import json
import re

import pytest
from making import run, tree, write_article, write_site


@pytest.fixture
def site(tmp_path):
    root = write_site(tmp_path / "site")
    with (root / "syndicate.toml").open("a", encoding="utf-8") as settings:
        settings.write('[cards]\noutlets = ["og"]\n')
    for name in ("a", "b"):
        write_article(root, f"{name}.md", f"Title {name}")
    return root


def build(site, *more, code=0):
    done = run("build", site, "-o", site.parent / "out", *more)
    assert done.returncode == code, done.stderr
    return done.stderr


def command(name, site, *more, code=0):
    done = run(name, site, "-o", site.parent / "out", *more)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def seen(site):
    """What readers see, but for cards that only old posts show."""
    found = tree(site.parent / "out")
    text = b"".join(data for path, data in found.items() if not path.startswith(("cards/", "gallery/thumbs/")))
    return {
        path: data
        for path, data in found.items()
        if not path.startswith(("cards/", "gallery/thumbs/")) or path.encode() in text
    }


def test_the_whole_night(site):
    build(site)
    good = seen(site)
    write_article(site, "b.md", "A title that should never have been")
    (site / "content/a.md").unlink()
    build(site)
    bad = seen(site)
    assert good.keys() - bad.keys()

    assert "2 articles" in command("status", site)
    assert "generation 1 stands again" in command("rollback", site)
    assert seen(site) == good
    assert "held" in command("status", site, code=1)
    assert "held at generation 1" in build(site, code=4)
    assert seen(site) == good
    assert "0 faults" in command("check", site)

    write_article(site, "a.md", "Title a")
    write_article(site, "b.md", "Title b")
    assert "builds publish again" in command("rollback", site, "--release")
    build(site)
    healed = seen(site)
    assert healed.keys() == good.keys()
    # What readers were told since is not untold: the article that came back has a later time, and its id.
    assert re.findall(rb"<id>(.*?)</id>", healed["atom.xml"]) == re.findall(rb"<id>(.*?)</id>", good["atom.xml"])


def test_going_back_can_itself_be_taken_back(site):
    build(site)
    write_article(site, "b.md", "Other")
    build(site)
    other = seen(site)
    command("rollback", site)
    command("rollback", site, "--to", 2)
    assert seen(site) == other


def test_only_so_many_are_kept_and_each_can_be_gone_back_to(site):
    states = []
    for number in range(6):
        write_article(site, "b.md", f"Title {number}")
        build(site)
        states.append(seen(site))
    kept = json.loads(command("status", site, "--json"))["generations"]
    assert [one["number"] for one in kept] == [3, 4, 5]
    stored = list((site / ".syndicate/generations").rglob("objects/*"))
    command("rollback", site, "--to", 3)
    assert seen(site) == states[2]
    assert len(stored) < 6 * len([path for path in states[0] if not path.startswith("cards/")])
    assert "Kept are:" in command("rollback", site, "--to", 1, code=4)


def test_nothing_to_go_back_to_is_said(site):
    assert "nothing is published" in command("status", site, code=1)
    build(site)
    assert "no generation" in command("rollback", site, code=4)
    assert "were not held" in command("rollback", site, "--release")


def test_a_generation_that_lost_a_file_changes_nothing(site):
    build(site)
    write_article(site, "b.md", "Other")
    build(site)
    before = tree(site.parent / "out")
    next((site / ".syndicate/generations").rglob("objects/*")).unlink()
    assert "no longer there" in command("rollback", site, code=4)
    assert tree(site.parent / "out") == before


def test_builds_without_a_change_make_no_generation(site):
    build(site)
    build(site)
    build(site, "--clock", "2031-01-01T00:00:00Z")
    assert json.loads(command("status", site, "--json"))["generations"] == []


def test_what_was_altered_or_removed_is_found_and_mended(site):
    build(site)
    whole = tree(site.parent / "out")
    card = next((site.parent / "out/cards/a").iterdir())
    card.unlink()
    (site.parent / "out/rss.xml").write_bytes(b"<rss/>")
    said = command("check", site, code=1)
    assert "file-altered" in said
    assert "file-missing" in said
    assert "reference-broken" not in said
    assert [one["code"] for one in json.loads(command("check", site, "--format", "json", code=1))["findings"]]
    command("check", site, "--repair")
    assert tree(site.parent / "out") == whole
    assert "0 faults" in command("check", site)


def test_a_file_that_names_another_one_that_is_not_there_is_found(site, tmp_path):
    from syndicate.artifact import File, digest_of
    from syndicate.publishing.folder import Folder
    from syndicate.publishing.inspection import verify
    from syndicate.publishing.ledger import Entry, Ledger

    data = b'<opml><outline xmlUrl="https://example.org/feeds/tags/x/rss.xml"/>cards/a/og.0123456789abcdef.png</opml>'
    (tmp_path / "feeds.opml").write_bytes(data)
    entry = Entry(File("feeds.opml", "text/x-opml", digest_of(data), len(data), {}), "", {})
    faults = verify(Ledger({"feeds.opml": entry}), Folder(tmp_path))
    assert [remark.message.split()[1].rstrip(",") for remark in faults.findings] == [
        "cards/a/og.0123456789abcdef.png",
        "feeds/tags/x/rss.xml",
    ]
    assert faults.artifacts == {"feeds.opml"}
