"""What hubs, search engines and receivers are sent: their documents' own words and vectors."""

import json
from urllib.parse import parse_qs

from making import NOW

from syndicate.announcing import messages
from syndicate.announcing.messages import Change

BASE = "https://example.org/blog/"


def test_a_hub_is_told_every_topic_in_one_form():
    post = messages.websub("https://hub.example/", [Change(f"{BASE}rss.xml", "feed"), Change(f"{BASE}é&.xml", "feed")])
    assert dict(post.headers)["Content-Type"] == "application/x-www-form-urlencoded"
    assert parse_qs(post.body.decode()) == {"hub.mode": ["publish"], "hub.url": [f"{BASE}rss.xml", f"{BASE}é&.xml"]}


def test_search_engines_are_told_as_indexnow_documents_it():
    post = messages.indexnow("https://engine.example/indexnow", BASE, "abcdef12", [Change(f"{BASE}a/", "article")])
    assert json.loads(post.body) == {
        "host": "example.org",
        "key": "abcdef12",
        "keyLocation": f"{BASE}abcdef12.txt",
        "urlList": [f"{BASE}a/"],
    }
    assert messages.belongs(BASE, f"{BASE}a/")
    assert not messages.belongs(BASE, "https://example.org/elsewhere/")
    assert not messages.belongs(BASE, "https://example.com/blog/a/")


def test_the_signature_is_that_of_the_specifications_own_example():
    secret, name, moment = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330"
    mark = messages.signature(secret, name, moment, b'{"test": 2432232314}')
    assert mark == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_webhook_says_what_changed_under_one_id_however_often_it_is_sent():
    changes = [
        Change(f"{BASE}rss.xml", "feed"), Change(f"{BASE}a/", "article"), Change(f"{BASE}b/", "article", gone=True),
        Change(f"{BASE}rss.xml", "file"), Change(f"{BASE}tags/b.html", "file", gone=True),
    ]  # fmt: skip
    first, second = (messages.webhook("https://me.example/", "s3cret", changes, NOW) for _ in range(2))
    assert first == second
    assert b"s3cret" not in first.body + repr(first.headers).encode()
    assert json.loads(first.body)["data"] == {
        "feeds": [f"{BASE}rss.xml"], "articles": [f"{BASE}a/"], "deleted": [f"{BASE}b/"],
        "files": [f"{BASE}rss.xml"], "removed": [f"{BASE}tags/b.html"],
    }  # fmt: skip
    assert (
        dict(first.headers)["webhook-id"]
        != dict(messages.webhook("https://me.example/", "s", changes[:1], NOW).headers)["webhook-id"]
    )


def test_a_secret_is_a_key_in_base64_or_words():
    assert messages.key_of("whsec_AAEC") == b"\x00\x01\x02"
    assert messages.key_of("whsec_no base64") == b"whsec_no base64"
    assert messages.key_of("pässword") == "pässword".encode()
