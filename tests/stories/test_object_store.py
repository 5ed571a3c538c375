"""A story of an object store: published once, then exactly what changed, in the right order, and never torn."""

import json
import re

import pytest
from making import run, write_article, write_site
from storing import store

URL = "s3://estran/site"


@pytest.fixture(scope="module")
def server():
    with store() as door:
        yield door


@pytest.fixture
def site(server, tmp_path):
    server.left = None
    for page in server.client.get_paginator("list_objects_v2").paginate(Bucket="estran"):
        for one in page.get("Contents", ()):
            server.client.delete_object(Bucket="estran", Key=one["Key"])
    root = write_site(tmp_path / "site")
    for name in ("a", "b", "c"):
        write_article(root, f"{name}.md", f"Title {name}")
    server.requests.clear()
    return root


def published(server):
    """Every object that readers see, and its bytes."""
    found = {}
    for one in server.client.list_objects_v2(Bucket="estran", Prefix="site/")["Contents"]:
        held = server.client.get_object(Bucket="estran", Key=one["Key"])
        found[one["Key"].removeprefix("site/")] = held["Body"].read()
    server.requests.clear()
    return {path: data for path, data in found.items() if not path.startswith(".")}


def build(root, *more, code=0):
    done = run("build", root, "-o", URL, "--json", *more)
    assert done.returncode == code, done.stderr
    assert "canary" not in done.stdout + done.stderr
    return json.loads(done.stdout) if done.stdout else done.stderr


def test_a_second_publish_sends_nothing_and_an_edit_exactly_its_files_in_order(server, site, tmp_path):
    first = build(site)
    sent = server.written()
    assert first["written"] == len([path for path in sent if not path.rpartition("/")[2].startswith(".")])
    ends = [path.removeprefix("site/") for path in sent]
    assert ends[0] == ".lock"
    assert ends[-1] == ".ledger.json"
    assert max(map(ends.index, [one for one in ends if one.startswith("cards/")])) < ends.index("rss.xml")

    assert build(site)["written"] == 0
    assert server.written() == ["site/.lock"]

    write_article(site, "b.md", "Another title")
    assert build(site)["written"] > 0
    ends = [path.removeprefix("site/") for path in server.written() if ".generations/" not in path]
    told = [one for one in ends if not one.startswith(".")]
    assert {"rss.xml", "atom.xml", "feed.json", "tags/b.html", "cards.json"} <= set(told)
    assert not [one for one in told if re.search(r"/(a|c)[./]", one)]
    assert ends[-1] == ".ledger.json"

    run("build", site, "-o", tmp_path / "folder")
    written = {path.relative_to(tmp_path / "folder").as_posix() for path in (tmp_path / "folder").rglob("*.*")}
    assert {one for one in written if not one.startswith(".")} <= published(server).keys()


def test_a_line_cut_half_way_leaves_what_stood_readable_and_the_next_build_heals(server, site):
    build(site)
    before = published(server)
    write_article(site, "b.md", "Another title")
    server.left = 4
    assert "the store does not answer" in build(site, code=2)
    server.left = None
    between = published(server)
    named = re.findall(rb"cards/[^\"'<>&\s)]+\.(?:png|jpg)", b"".join(between.values()))
    assert named
    assert {one.decode() for one in named} <= between.keys()
    assert {path: data for path, data in between.items() if path in before} == before
    server.client.delete_object(Bucket="estran", Key="site/.lock")  # as its lease would run out
    build(site)
    healed = published(server)
    assert b"Another title" in healed["rss.xml"]


def test_what_is_replaced_goes_after_its_grace_time(server, site):
    build(site, "--clock", "2026-01-01T00:00:00Z")
    old = next(path for path in published(server) if path.startswith("cards/b/"))
    write_article(site, "b.md", "Another title")
    build(site, "--clock", "2026-01-02T00:00:00Z")
    assert old in published(server)
    build(site, "--clock", "2026-03-02T00:00:00Z")
    assert old not in published(server)


def test_somebody_elses_files_are_not_published_over(server, site):
    server.client.put_object(Bucket="estran", Key="site/wp-content/x.php", Body=b"x")
    assert "wp-content" in build(site, code=4)
    assert server.written() == ["site/wp-content/x.php"]


def test_a_build_that_is_not_alone_tells_the_other(server, site):
    from syndicate.publishing.bucket import Bucket

    other = Bucket(URL)
    other.hold()
    assert "told to run once more" in build(site, code=3)
    assert other.asked_again()
