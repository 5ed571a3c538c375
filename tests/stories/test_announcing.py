"""Announcing as sites live it: a hub hears exactly what changed, after it stands; one that is down costs a warning."""

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs

import pytest
from listening import hub
from making import run, write_article, write_site

SECRET = "canary-7f3a9b"


@pytest.fixture
def site(tmp_path):
    place = write_site(tmp_path / "site")
    write_article(place, "a.md", "First", tags="[x]")
    write_article(place, "b.md", "Second", "2024-03-09 08:00:00 +01:00", tags="[y]")
    return place


def configure(site, url, **more):
    said = {
        "hub": True,
        "indexnow": url,
        "indexnow_key": "abcdef12",
        "webhook": url,
        "webhook_secret_env": "PURGE",
        "allow_private": True,
        **more,
    }
    text = (site / "syndicate.toml").read_text()
    lines = "".join(f"{key} = {json.dumps(value)}\n" for key, value in said.items())
    (site / "syndicate.toml").write_text(
        f"{text}[cards]\nenabled = false\n[feeds]\nhub = {json.dumps(url)}\n[announce]\n{lines}"
    )


def topics(heard):
    return {
        url.removeprefix("https://example.org/")
        for _, _, body in heard
        for url in parse_qs(body.decode()).get("hub.url", [])
    }


def build(site, out, *more, **env):
    return run("build", site, "-o", out, *more, env={"PURGE": SECRET, **env})


def test_a_hub_hears_exactly_what_changed_after_it_stands(site, tmp_path):
    out = tmp_path / "out"
    with hub() as there:
        standing = []
        there.witness = lambda: standing.append((out / ".ledger.json").exists() and (out / "rss.xml").exists())
        configure(site, there.url)
        first = build(site, out)
        assert (first.returncode, first.stderr.count("announcement")) == (0, 0)
        assert {"rss.xml", "atom.xml", "feed.json", "feeds/tags/x/rss.xml", "feeds/tags/y/atom.xml"} <= topics(
            there.heard
        )
        assert not any("archive" in topic for topic in topics(there.heard))
        assert (out / "abcdef12.txt").read_text() == "abcdef12"
        assert all(standing)
        there.heard.clear()
        build(site, out)
        assert there.heard == [], "nothing changed, nobody is told"
        write_article(site, "a.md", "First, edited", tags="[x]")
        foreseen = build(site, out, "--dry-run").stdout
        assert there.heard == []
        assert "announce https://example.org/feeds/tags/x/rss.xml to 127.0.0.1" in foreseen
        assert "announce https://example.org/a/ to 127.0.0.1" in foreseen
        assert "tags/y" not in foreseen
        build(site, out)
        told = topics(there.heard)
        assert {"rss.xml", "feeds/tags/x/rss.xml"} <= told
        assert not any(topic.startswith("feeds/tags/y") for topic in told)
        (search,) = [json.loads(body) for _, _, body in there.heard if b"urlList" in body]
        assert search["urlList"] == ["https://example.org/a/"]
        (purge,) = [(headers, json.loads(body)) for _, headers, body in there.heard if "webhook-signature" in headers]
        assert "https://example.org/rss.xml" in purge[1]["data"]["files"]
        assert SECRET not in repr(there.heard)


def test_a_hub_that_is_down_never_fails_a_build_and_hears_it_later(site, tmp_path):
    out = tmp_path / "out"
    with hub(status=503) as there:
        configure(site, there.url, indexnow_key="", webhook="")
        done = build(site, out, "--json")
        summary = json.loads(done.stdout)
        assert done.returncode == 0
        assert [remark["code"] for remark in summary["findings"]] == ["announcement-waits"]
        assert len(there.heard) == 1
        build(site, out)
        assert len(there.heard) == 1, "it is left alone for a minute"
        there.status = 202
        waits = run("announce", site, "-o", out, "--dry-run").stdout
        assert "announce https://example.org/rss.xml to 127.0.0.1" in waits
        later = datetime.now(UTC) + timedelta(minutes=2)
        assert build(site, out, "--clock", later.isoformat()).stderr.count("announcement") == 0
        assert topics(there.heard[1:]) == topics(there.heard[:1])


def test_offline_sends_nothing_and_announce_sends_it_after_the_deploy(site, tmp_path):
    out = tmp_path / "out"
    with hub() as there:
        configure(site, there.url)
        assert run("--offline", "build", site, "-o", out).returncode == 0
        assert run("build", site, "-o", out, "--drafts").returncode == 0
        assert there.heard == []
        unsigned = run("announce", site, "-o", out)
        assert (unsigned.returncode, unsigned.stderr.count("announcement-unsigned")) == (1, 1)
        sent = run("announce", site, "-o", out, env={"PURGE": SECRET})
        assert sent.returncode == 0
        assert len(there.heard) == 3
        assert SECRET not in unsigned.stderr + sent.stderr
        assert "nobody is left to be told" in sent.stderr


def test_a_private_hub_is_refused_unless_the_settings_allow_it(site, tmp_path):
    with hub() as there:
        configure(site, there.url, allow_private=False, indexnow_key="", webhook="")
        done = build(site, tmp_path / "out")
        assert (done.returncode, there.heard) == (0, [])
        assert "not on the public Internet" in done.stderr


def test_the_secret_stands_nowhere(site, tmp_path):
    with hub(status=500) as there:
        configure(site, there.url)
        done = build(site, tmp_path / "out", "--explain", "--json")
    everything = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(SECRET.encode() in data for data in everything)
    assert SECRET not in done.stdout + done.stderr
