"""What subscribers see of a publish, told as a site lives it: usual days say so in a line, surprises are refused."""

from dataclasses import replace
from datetime import timedelta

import pytest
from making import NOW, article, run, site, tree, write_article, write_site

from syndicate import build as building
from syndicate.errors import Refusal
from syndicate.publishing import audience, memory
from syndicate.publishing.memory import Memory
from syndicate.report import Options, Seen

LEAST = audience.LEAST


def write(place, count, **more):
    for number in range(count):
        when = f"2024-03-{1 + number // 2:02} {8 + number % 2:02}:00:00 +01:00"
        write_article(place, f"a{number:02}.md", f"Number {number}", when, **more)


@pytest.fixture
def place(tmp_path):
    root = write_site(tmp_path / "site")
    with (root / "syndicate.toml").open("a") as file:
        file.write("[cards]\nenabled = false\n[gallery]\nenabled = false\n[feeds]\nlimit = 100\n")
    write(root, 30)
    return root


class Life:
    """A site from one build to the next, an hour apart."""

    def __init__(self, place, output):
        self.options = Options(site=place, now=NOW, output=output, engine="inline")
        self.build()

    def build(self, **more):
        self.options = replace(self.options, now=self.options.now + timedelta(hours=1))
        return building.build(replace(self.options, **more)).seen


@pytest.fixture
def life(place, tmp_path):
    return Life(place, tmp_path / "out")


def test_usual_days_are_told_in_a_line_and_a_first_one_not_at_all(place, tmp_path):
    out = tmp_path / "out"
    assert "in the feeds" not in run("build", place, "-o", out).stderr
    assert "in the feeds" not in run("build", place, "-o", out).stderr
    write_article(place, "new.md", "New", "2024-05-01 12:00:00 +01:00")
    write_article(place, "a29.md", "Number 29, edited", "2024-03-15 09:00:00 +01:00")
    foreseen = run("build", place, "-o", out, "--dry-run").stdout
    assert "show https://example.org/new/ as new\n" in foreseen
    assert "show https://example.org/a29/ as changed\n" in foreseen
    assert "in the feeds: 1 new, 1 changed\n" in run("build", place, "-o", out).stderr


def test_a_script_that_touches_every_article_is_refused_until_it_is_confirmed(place, tmp_path):
    out = tmp_path / "out"
    assert run("build", place, "-o", out).returncode == 0
    before = tree(out)
    write(place, 30, body="Every article says this from now on.\n")
    refused = run("build", place, "-o", out, "--json")
    assert (refused.returncode, refused.stdout) == (4, "")
    assert "of 30 entries in the feeds, readers would see 0 old ones as new and 30 as changed" in refused.stderr
    assert "--allow-updates" in refused.stderr
    assert tree(out) == before
    foreseen = run("build", place, "-o", out, "--dry-run", "--allow-updates")
    assert foreseen.stdout.count(" as changed\n") == 30
    assert tree(out) == before
    assert run("build", place, "-o", out, env={"SYNDICATE_ALLOW_UPDATES": "1"}).returncode == 0
    assert tree(out)["feed.json"] != before["feed.json"]
    assert run("build", place, "-o", out).returncode == 0, "what was confirmed is not asked about again"


def test_an_import_of_old_articles_is_refused_for_readers_would_take_them_for_new(place, life):
    for number in range(40):
        write_article(place, f"old{number}.md", f"Old {number}", f"2023-02-{1 + number % 28:02} 08:00:00 +01:00")
    with pytest.raises(Refusal, match="40 old ones as new and 0 as changed") as caught:
        life.build()
    assert caught.value.exit_code == 4
    assert len(life.build(allow_updates=True).again) == 40
    assert life.build() == Seen()


def shorter(place):
    text = (place / "syndicate.toml").read_text()
    (place / "syndicate.toml").write_text(text.replace("limit = 100", "limit = 20"))


def test_an_import_far_behind_the_feeds_is_seen_by_nobody(place, life):
    shorter(place)
    life.build()
    for number in range(40):
        write_article(place, f"old{number}.md", f"Old {number}", f"2023-02-{1 + number % 28:02} 08:00:00 +01:00")
    assert life.build() == Seen(shown=20)


def test_many_really_new_articles_are_news(place, life):
    for number in range(40):
        write_article(place, f"new{number}.md", f"New {number}", "2026-11-01 12:30:00 +00:00")
    assert len(life.build().new) == 40


@pytest.mark.parametrize("count", [LEAST - 1, LEAST])
def test_less_than_a_page_may_always_change(tmp_path, count):
    root = write_site(tmp_path / "site")
    (root / "syndicate.toml").write_text((root / "syndicate.toml").read_text() + "[cards]\nenabled = false\n")
    write(root, count)
    life = Life(root, tmp_path / "out")
    write(root, count, body="Every article says this.\n")
    if count < LEAST:
        assert len(life.build().updated) == count
    else:
        with pytest.raises(Refusal):
            life.build()


def test_up_to_the_share_that_a_site_sets_nothing_is_asked():
    some = Seen(shown=60, updated=("https://example.org/",) * 30)
    audience.refuse_updates(some, 0.5, allowed=False)
    with pytest.raises(Refusal):
        audience.refuse_updates(some, 0.49, allowed=False)
    audience.refuse_updates(some, 0.0, allowed=True)
    audience.refuse_updates(replace(some, shown=30), 1.0, allowed=False)


def settings(place, _):
    text = (place / "syndicate.toml").read_text()
    (place / "syndicate.toml").write_text(
        text.replace('title = "Example"', 'title = "Another"') + 'content = "summary"\nserving = ["nginx"]\n'
    )


def address(place, _):
    text = (place / "syndicate.toml").read_text()
    (place / "syndicate.toml").write_text(text.replace("https://example.org/", "https://elsewhere.example/blog/"))


def edition(_, monkeypatch):
    monkeypatch.setattr(building, "edition", lambda: "another edition of syndicate")


def names(place, _):
    for one in (place / "content").iterdir():
        one.rename(one.with_name(f"renamed-{one.name}"))


def tags(place, _):
    write(place, 30, tags="[fresh, news]")


def no_ledger(place, _):
    (place.parent / "out" / ".ledger.json").unlink()


def no_ledger_nor_archive(place, _):
    """Then the site's own feed is all that is remembered, and other feeds show older articles."""
    shorter(place)
    write(place, 10, tags="[rare]")
    Life(place, place.parent / "out")
    no_ledger(place, _)
    for one in (place.parent / "out" / "feeds" / "archive").rglob("feed.json"):
        one.unlink()


def no_memory(place, _):
    for one in (place / ".syndicate").glob("*.json"):
        one.unlink()


@pytest.mark.parametrize("what", [settings, address, edition, names, tags, no_ledger, no_ledger_nor_archive, no_memory])
def test_what_changes_neither_ids_nor_words_is_never_taken_for_an_accident(place, life, monkeypatch, what):
    what(place, monkeypatch)
    seen = life.build()
    assert (seen.new, seen.again, seen.updated) == ((), (), ())


def test_of_a_share_of_the_cards_nobody_sees_anything(place, life):
    write(place, 30, body="Every article says this from now on.\n")
    assert life.build(shard=(1, 2)) == Seen()


def test_a_settled_site_is_compared_with_what_was_remembered():
    known = site(*(article(number) for number in range(30)), archive=False, kinds=())
    first = memory.settle(known, Memory(), NOW)
    assert audience.seen(first.site, Memory()) == Seen()
    ids = tuple(replace(one, id=f"urn:uuid:{one.title}") for one in known.articles)
    moved = tuple(replace(one, permalink=f"{one.permalink}x/", source=f"x/{one.source}", html=one.title) for one in ids)
    later = memory.settle(replace(known, articles=moved), first.memory, NOW)
    seen = audience.seen(later.site, first.memory)
    assert (seen.shown, len(seen.again), seen.updated) == (20, 20, ()), "nothing of them is known any more"
