"""Shares of a build: whatever machines made, the build after them publishes the very same bytes."""

import pytest
from making import article, order, run, site, tree, write_article, write_site

from syndicate import engine, publishing
from syndicate.loading.sources import reader
from syndicate.publishing.folder import Folder
from syndicate.publishing.shards import Shard, missing

MADE = site(*map(article, range(8)))


@pytest.fixture
def render(tmp_path):
    return engine.inline(reader(tmp_path))


def share(number, of, output, render):
    return publishing.publish_share(Shard(number, of), order(MADE), Folder(output), render, lambda *_: None)


def publish(output, render, made=MADE):
    output.mkdir(exist_ok=True)
    return publishing.publish(order(made), Folder(output), render, lambda *_: None)


def test_shares_are_all_of_it_and_none_twice():
    planned = order(MADE).waves[0]({})
    parts = [Shard(number, 3).of_all(planned) for number in (1, 2, 3)]
    assert sorted(one.path for part in parts for one in part) == sorted(one.path for one in planned)


def test_what_shares_made_is_not_made_again_and_comes_out_the_same(tmp_path, render):
    publish(tmp_path / "alone", render)
    reports = [share(number, 3, tmp_path / "shared", render) for number in (1, 2, 3)]
    last = publish(tmp_path / "shared", render)
    drawn = [change.artifact.path for report in reports for change in report.stale]
    assert len([path for path in drawn if path.startswith("cards/")]) == len(MADE.articles)
    assert not [change for change in last.stale if change.artifact.path.startswith("cards/")]
    assert tree(tmp_path / "shared") == tree(tmp_path / "alone")
    assert not (tmp_path / "shared" / ".shards").exists()
    assert publish(tmp_path / "shared", render).rendered == 0


def test_a_share_that_is_missing_or_garbage_or_old_costs_time_only(tmp_path, render):
    publish(tmp_path / "alone", render)
    share(1, 3, tmp_path / "shared", render)
    older = site(*(article(number, title="An older title") for number in range(8)))
    publishing.publish_share(Shard(2, 3), order(older), Folder(tmp_path / "shared"), render, lambda *_: None)
    (tmp_path / "shared/.shards/x.json").write_bytes(b"{")
    report = publish(tmp_path / "shared", render)
    assert [remark.code for remark in report.findings if remark.code == "share-missing"] == ["share-missing"]
    fresh = {path: data for path, data in tree(tmp_path / "shared").items() if path in tree(tmp_path / "alone")}
    assert fresh == tree(tmp_path / "alone")


def test_what_is_missing_is_named():
    assert [remark.message for remark in missing([".shards/1-of-3.json", ".shards/nothing"])] == ["no share 2, 3 of 3"]
    assert not list(missing([".shards/1-of-2.json", ".shards/2-of-2.json"]))


def test_the_story_from_the_command_line(tmp_path):
    root = write_site(tmp_path / "site")
    for number in range(4):
        write_article(root, f"a{number}.md", f"Title {number}")
    output = tmp_path / "output"
    for number in (1, 2):
        assert run("build", root, "-o", output, "--shard", f"{number}/2").returncode == 0
    assert not (output / "rss.xml").exists()
    assert run("merge", root, "-o", output).returncode == 0
    assert run("build", root, "-o", tmp_path / "alone").returncode == 0
    assert tree(output) == tree(tmp_path / "alone")
    assert "write it like 2/5" in run("build", root, "--shard", "3/2").stderr
