"""An object store keeps the promises that a folder keeps."""

import json

import pytest
from storing import store

from syndicate.errors import Busy, SettingsError
from syndicate.publishing import bucket
from syndicate.publishing.bucket import Bucket
from syndicate.publishing.folder import OutputError

LEDGER = ".ledger.json"


@pytest.fixture(scope="module")
def server():
    with store() as door:
        yield door


@pytest.fixture
def url(server, request):
    server.left = None
    server.requests.clear()
    return f"s3://estran/{request.node.name}"


def put(one, **files):
    for name, text in files.items():
        one.put(name.replace("_", "."), text.encode(), "text/plain")
    one.commit()


def test_what_is_promised_stands_after_commit_and_not_before(url):
    one = Bucket(url)
    assert one.put("rss.xml", b"news", "application/rss+xml")
    assert Bucket(url).bytes_of("rss.xml") is None
    one.commit()
    assert Bucket(url).bytes_of("rss.xml") == b"news"
    assert Bucket(url).sizes(["rss.xml", "gone"]) == {"rss.xml": 4}


def test_equal_bytes_are_not_sent_again(url, server):
    put(Bucket(url), rss_xml="news")
    server.requests.clear()
    assert not Bucket(url).put("rss.xml", b"news", "text/plain")
    assert server.written() == []


def test_types_and_caching_are_said(url, server):
    one = Bucket(url)
    one.put("cards/a/og-1200x630.0123456789abcdef.jpg", b"x", "image/jpeg")
    one.put("atom.xml", b"y", "application/atom+xml")
    one.commit()
    head = {
        name: server.client.head_object(Bucket="estran", Key=f"{url.partition('estran/')[2]}/{name}")
        for name in ("cards/a/og-1200x630.0123456789abcdef.jpg", "atom.xml")
    }
    assert [one["ContentType"] for one in head.values()] == ["image/jpeg", "application/atom+xml"]
    assert [one["CacheControl"] for one in head.values()] == [
        "public, max-age=31536000, immutable",
        "public, max-age=300",
    ]


def test_a_publish_that_did_not_end_is_known(url):
    one = Bucket(url)
    put(one, a="1")
    assert Bucket(url).interrupted()
    one.finish()
    assert not Bucket(url).interrupted()


def test_what_is_removed_is_gone_and_what_is_not_there_is_said(url):
    one = Bucket(url)
    put(one, a="1", b="2")
    assert one.remove("a")
    assert not one.remove("a")
    assert [path for path in Bucket(url).walk() if not path.startswith(".")] == ["b"]


def test_a_ledger_that_somebody_else_wrote_meanwhile_is_never_replaced(url):
    first, second = Bucket(url), Bucket(url)
    assert (first.bytes_of(LEDGER), second.bytes_of(LEDGER)) == (None, None)
    put(first, **{LEDGER: "{1}"})
    with pytest.raises(Busy):
        put(second, **{LEDGER: "{2}"})
    put(first, **{LEDGER: "{3}"})
    assert Bucket(url).bytes_of(LEDGER) == b"{3}"


def test_one_build_at_a_time_and_the_other_is_remembered(url):
    first, second = Bucket(url), Bucket(url)
    first.hold()
    with pytest.raises(Busy):
        second.hold()
    assert first.asked_again()
    assert not first.asked_again()
    first.release()
    second.hold()


def test_the_lease_of_a_dead_build_runs_out(url, monkeypatch):
    first, second = Bucket(url), Bucket(url)
    now = 1_000_000.0
    monkeypatch.setattr(bucket.time, "time", lambda: now)
    first.hold()
    now += bucket.LEASE_SECONDS + 1
    second.hold()
    with pytest.raises(Busy):
        first.renew()


def test_a_lease_that_says_nothing_is_no_lease(url):
    put(Bucket(url), **{".lock": "[]"})
    Bucket(url).hold()
    assert json.loads(Bucket(url).bytes_of(".lock"))["until"] > 0


def test_a_store_that_does_not_answer_is_said_without_secrets(server):
    with pytest.raises(OutputError) as caught:
        Bucket("s3://nobody-has-this/x").sizes(["a"])
    assert "s3://nobody-has-this/x" in str(caught.value)
    assert "canary" not in str(caught.value) + caught.value.help
    with pytest.raises(SettingsError):
        Bucket("s3://")


def test_secrets_of_the_environment_are_masked_in_any_message(monkeypatch):
    monkeypatch.setenv("AWS_SESSION_TOKEN", "canary-token")
    assert bucket._reason(ValueError("refused: canary-token is over\nmore")) == "refused: *** is over"
