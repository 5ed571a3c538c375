"""Laws of the house: what holds for every site."""

import json
import pickle
import re
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from making import (
    NOW,
    article,
    everything,
    order,
    run,
    site,
    times,
    tree,
    with_picture,
    write_article,
    write_site,
)

from syndicate import engine, publishing
from syndicate.addresses import url
from syndicate.artifact import Asset
from syndicate.loading.sources import reader
from syndicate.publishing.folder import Folder


def publish(made, root, output, render=None, **fields):
    output.mkdir(exist_ok=True)
    return publishing.publish(
        order(made, **fields), Folder(output), render or engine.inline(reader(root)), lambda *_: None
    )


@pytest.fixture
def root(tmp_path):
    place = tmp_path / "site"
    place.mkdir()
    return place


@pytest.fixture
def output(tmp_path):
    return tmp_path / "output"


def test_publishing_twice_writes_nothing(root, output):
    made = site(*map(article, range(3)), with_picture(root, 7))
    first = publish(made, root, output)
    assert first.rendered == len(first.written) == len(tree(output))
    before = times(output)
    second = publish(made, root, output)
    assert (second.rendered, second.written, second.removed) == (0, (), ())
    assert second.unchanged == first.rendered
    assert times(output) == before


def test_workers_do_not_matter(root, tmp_path):
    made = site(*map(article, range(3)), with_picture(root, 7))
    made = replace(made, look=replace(made.look, outlets=("og", "square", "plain")))
    publish(made, root, tmp_path / "one")
    publish(made, root, tmp_path / "two", engine.processes(reader(root), 2))
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_clock_locale_zone_hash_seed_jobs_and_file_order_do_not_matter(tmp_path):
    trees = []
    environments = [
        {"TZ": "UTC", "LANG": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "Pacific/Kiritimati", "LANG": "tr_TR.UTF-8", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"},
        {"TZ": "America/St_Johns", "LANG": "ar_EG.UTF-8", "PYTHONHASHSEED": "3"},
    ]
    names = ["b", "a", "c"]
    for index, environment in enumerate(environments):
        place = write_site(tmp_path / f"site{index}")
        # The order in which files are made is the order in which many file systems list them.
        for name in names[index:] + names[:index]:
            write_article(place, f"{name}.md", f"Title {name}", "2024-03-08 15:13:00 +01:00", tags=f"[{name}, été]")
        options = ["--jobs", index, "--engine", ["inline", "processes", "inline"][index]]
        options += ["--clock", f"202{5 + index}-03-08T00:00:00+00:00"]
        done = run("build", place, "-o", tmp_path / f"out{index}", *options, env=environment)
        assert done.returncode == 0, done.stderr
        trees.append(tree(tmp_path / f"out{index}"))
    assert trees[0] == trees[1] == trees[2]
    assert "rss.xml" in trees[0]


_watched: list[tuple[str, object]] = []
_watching: list[bool] = []
_CODE = (".py", ".pyc", ".so", ".pyd")


def _hook(event, arguments):
    touches = event == "open" or event.startswith(
        ("socket.", "subprocess.", "os.system", "os.exec", "shutil.", "tempfile.")
    )
    # Importing code is not touching the world; everything else is.
    if _watching and touches and not (event == "open" and str(arguments[0]).endswith(_CODE)):
        _watched.append((event, arguments[0]))


sys.addaudithook(_hook)


def test_recipes_touch_nothing(root):
    artifacts = everything(site(article(1), with_picture(root, 7)), root)
    assets: dict[Asset, bytes] = {}
    read = reader(root)

    def remember(asset):
        return assets.setdefault(asset, read(asset))

    for one in artifacts:
        one.recipe.render(remember)
    _watched.clear()
    _watching.append(True)
    try:
        for one in artifacts:
            one.recipe.render(assets.__getitem__)
    finally:
        _watching.clear()
    assert _watched == []


def test_recipes_travel(root):
    for one in everything(site(article(1), with_picture(root, 7)), root):
        again = pickle.loads(pickle.dumps(one))
        assert again == one
        assert again.fingerprint("x") == one.fingerprint("x")


def test_a_recipe_holds_only_its_ingredients(root):
    first, second = article(1), with_picture(root, 7)
    before = {one.path: one.fingerprint("x") for one in everything(site(first, second), root)}
    after = {one.path: one.fingerprint("x") for one in everything(site(replace(first, title="Other"), second), root)}
    changed = {path for path, mark in after.items() if before.get(path) != mark}
    assert not {path for path in changed if path.startswith(("cards/a0007", "tags/a0007"))}
    assert {path for path in changed if path.startswith(("cards/a0001", "tags/a0001"))}
    assert {"rss.xml", "atom.xml", "feed.json"} <= changed


def test_a_new_edition_renders_all_and_touches_only_what_differs(root, output):
    first = publish(site(article(1), article(2)), root, output)
    before = {path: when for path, when in times(output).items() if path not in {".", ".ledger.json"}}
    again = publish(site(article(1), article(2)), root, output, edition="another")
    assert (again.rendered, again.written) == (first.rendered, ())
    assert {path: times(output)[path] for path in before} == before
    third = publish(site(article(1)), root, output, edition="a third", grace=timedelta())
    assert {path.split("/")[1].partition(".")[0] for path in third.removed} == {"a0002", "at", "thumbs"}


def test_objects_stand_before_what_points_at_them(root, output):
    seen = []

    def spy(artifacts):
        for one, outcome in engine.inline(reader(root))(artifacts):
            if one.points:
                standing = tree(output)
                assert any(path.startswith("cards/") for path in standing), (
                    "a pointer was rendered before its card stood"
                )
            seen.append(one.points)
            yield one, outcome

    publish(site(article(1), article(2)), root, output, spy)
    assert seen == sorted(seen)
    assert len(seen) > 4


def test_a_failure_keeps_the_old_file_and_stops_nobody(root, output):
    made = site(article(1), with_picture(root, 7))
    publish(made, root, output)
    old = {path: data for path, data in tree(output).items() if path.startswith("cards/a0007/")}
    broken = replace(made.articles[0], lead=replace(made.articles[0].lead, asset=Asset("p7.jpg", "0" * 64)))
    assert broken.permalink.endswith("a0007/")
    edited = site(article(1, title="New words"), broken)
    report = publish(edited, root, output)
    (remark,) = report.findings  # one for the card and the card in small
    assert remark.code == "render-failed"
    assert remark.message.startswith("cards/a0007/og-1200x630.{digest}.jpg (and 1 more) could not be rendered: ")
    assert report.findings[0].path == broken.source
    standing = tree(output)
    assert {path: data for path, data in standing.items() if path.startswith("cards/a0007/")} == old
    assert b"New words" in standing["rss.xml"]
    assert publish(edited, root, output).rendered == 2, "what failed is tried again"


def test_what_a_source_published_stays_while_it_cannot_be_read(root, output):
    publish(site(article(1), article(2)), root, output)
    report = publish(site(article(1)), root, output, failed=("content/a0002.md",))
    assert report.removed == ()
    assert {path for path in tree(output) if "a0002" in path}


def test_what_was_to_be_removed_when_the_machine_died_is_removed_by_the_next_publish(root, output, monkeypatch):
    publish(site(article(1), article(2)), root, output)
    with monkeypatch.context() as dying:
        dying.setattr(Folder, "remove", lambda *_: pytest.fail("killed"))
        with pytest.raises(pytest.fail.Exception):
            publish(site(article(1)), root, output)
    assert (output / "tags/a0002.html").exists()
    publish(site(article(1)), root, output)
    assert not (output / "tags/a0002.html").exists()
    assert not (output / ".doomed").exists()


def test_a_clock_that_ran_ahead_keeps_no_replaced_card_for_as_long(root, output):
    publish(site(article(1)), root, output)
    (old,) = output.glob("cards/a0001/og-*")
    publish(site(article(1, title="Other")), root, output, now=NOW + timedelta(days=9999))
    publish(site(article(1, title="Other")), root, output)
    assert old.exists()
    publish(site(article(1, title="Other")), root, output, now=NOW + timedelta(days=31))
    assert not old.exists()


def test_replaced_cards_stay_for_their_grace_time(root, output):
    publish(site(article(1)), root, output)
    (old,) = [path for path in tree(output) if path.startswith("cards/")]
    edited = site(article(1, title="Other words"))
    publish(edited, root, output)
    assert old in tree(output)
    assert old not in json.dumps(tree(output)["cards.json"].decode())
    publish(edited, root, output, now=NOW + timedelta(days=29))
    assert old in tree(output)
    late = publish(edited, root, output, now=NOW + timedelta(days=31))
    assert [path for path in late.removed if not path.startswith("gallery/thumbs/a0001.")] == [old]
    assert old not in tree(output)


def test_everything_agrees_on_every_url(root, output):
    made = site(article(1), with_picture(root, 7, permalink="https://example.org/é è/%C3%A0/", title="Accents"))
    made = replace(made, look=replace(made.look, outlets=("og", "story", "plain")))
    publish(made, root, output)
    standing = tree(output)
    cards = json.loads(standing["cards.json"])
    assert set(cards["articles"]) == {one.permalink for one in made.articles}
    for permalink, entry in cards["articles"].items():
        for card in entry["cards"]:
            assert len(standing[card["path"]]) == card["bytes"]
            assert card["url"] == url("https://example.org/", card["path"])
            assert (card["url"] in entry["head"]) == (card["outlet"] == "og" or card["outlet"].startswith("plain-"))
            assert card["digest"][:12] in card["path"]
        assert any(
            entry["head"].strip() in data.decode() for path, data in standing.items() if path.startswith("tags/")
        )
        assert permalink in standing["rss.xml"].decode()
    for source in re.findall(r'src="((?!https?:)[^"]+)"', standing["index.html"].decode()):
        from urllib.parse import unquote

        assert unquote(source.partition("?")[0]) in standing


def test_an_interrupted_publish_heals(root, output):
    made = site(*map(article, range(4)))

    def dies(artifacts):
        for done, pair in enumerate(engine.inline(reader(root))(artifacts)):
            if done == 2:
                raise KeyboardInterrupt
            yield pair

    with pytest.raises(KeyboardInterrupt):
        publish(made, root, output, dies)
    publish(made, root, output)
    clean = output.parent / "clean"
    publish(made, root, clean)
    assert tree(output) == tree(clean)
    assert not list(output.rglob("*~"))


def test_a_card_nobody_knows_after_a_crash_is_found_and_goes(root, output):
    publish(site(article(1)), root, output)
    stray = output / "cards/gone/og-1200x630.0123456789abcdef.jpg"
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"x")
    (output / ".unfinished").touch()
    publish(site(article(1)), root, output)
    assert stray.exists()
    publish(site(article(1)), root, output, now=NOW + timedelta(days=31))
    assert not stray.exists()
    assert not Path(output / "cards/gone").exists()
