"""A site as a whole: bad input costs itself only, drafts stay hidden, the order is the same everywhere."""

import os

import pytest
from making import picture_bytes
from reading import files, loaded, only, plain

from syndicate import loading
from syndicate.addresses import PREVIEW
from syndicate.errors import SettingsError

GOOD = "---\ntitle: Good\ndate: 2024-03-08\n---\nText.\n"


def rows(result):
    return {row.path: row.state for row in result.sources}


def test_an_article_from_first_to_last(tmp_path):
    files(tmp_path, {"content/pic.png": picture_bytes(30, 20, "PNG")})
    text = (
        "---\ntitle: A &amp; b\ndate: 2024-03-08 15:13:00 +01:00\nupdated: 2024-04-01\ntags: [x]\ncategories: [News]\n"
        "author: Ada Lovelace\nlang: fr\n---\n# A & b\n\nFirst *words*.\n\n![p](pic.png)\n"
    )
    one, codes = only(tmp_path, plain(text))
    assert codes == []
    assert (one.title, one.permalink, one.id) == ("A & b", "https://example.org/a/", "https://example.org/a/")
    assert (one.published.isoformat(), one.updated.isoformat()) == (
        "2024-03-08T15:13:00+01:00",
        "2024-04-01T00:00:00+00:00",
    )
    assert (one.language, one.tags, one.section, one.authors[0].name) == ("fr", ("News", "x"), "News", "Ada Lovelace")
    assert one.summary == "First words."
    assert one.html.startswith("<p>First <em>words</em>.</p>")
    assert '<img src="https://example.org/a/pic.png" alt="p" width="30" height="20">' in one.html


BAD = {
    "unclosed.md": (b"---\ntitle: A\ndraft: true\n\nBody\n", "front-matter-unclosed", 1),
    "yaml.md": (b"---\ntitle: A\nb: [1\nc: 2\n---\nBody\n", "front-matter-invalid", 3),
    "latin1.md": ("---\ntitle: caf\xe9\n---\n".encode("latin-1"), "source-not-utf-8", 2),
    "utf16.md": ("---\ntitle: A\n---\n".encode("utf-16"), "source-not-utf-8", 1),
    "date.md": (b"---\ntitle: A\ndate: demain\n---\nBody\n", "date-missing", 3),
    "ambiguous.md": (b"---\ntitle: A\ndate: 03/04/2024\n---\nBody\n", "date-missing", 3),
    "undated.md": (b"---\ntitle: A\n---\nBody\n", "date-missing", 1),
    "bare.md": (b"Only words.\n", "front-matter-missing", 1),
    "climbs.md": (b"---\ntitle: A\ndate: 2024-03-08\npermalink: /../../etc/\n---\nBody\n", "permalink-invalid", 4),
    "elsewhere.md": (
        b"---\ntitle: A\ndate: 2024-03-08\npermalink: https://evil.example/\n---\n",
        "permalink-invalid",
        4,
    ),
    "brackets.md": (b"---\na: " + b"[" * 30_000 + b"\n---\n", "front-matter-hostile", 2),
    "large.md": (b"---\ntitle: A\n---\n" + b"x" * (3 << 20), "source-too-large", 0),
    "long.md": (b"---\ntitle: A\ndate: 2024-03-08\n---\n" + b"x " * 600_000, "body-refused", 5),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_article_is_one_finding_and_stops_nobody(tmp_path, name):
    data, code, line = BAD[name]
    result = loaded(tmp_path, {**plain(GOOD), f"content/{name}": data})
    assert [(remark.code, remark.path, remark.line) for remark in result.findings] == [(code, f"content/{name}", line)]
    assert [one.title for one in result.site.articles] == ["Good"]
    assert result.failed == (f"content/{name}",)
    assert result.skipped == 1


def test_pipes_links_and_devices_are_one_finding_each(tmp_path):
    outside = tmp_path / "outside.md"
    outside.write_text(GOOD)
    site = files(tmp_path / "site", plain(GOOD))
    os.mkfifo(site / "content" / "pipe.md")
    (site / "content" / "link.md").symlink_to(outside)
    (site / "content" / "dangling.md").symlink_to(site / "nowhere.md")
    (site / "content" / "device.md").symlink_to("/dev/zero")
    (site / "content" / "loop.md").symlink_to("loop.md")
    os.close(os.open(os.fsencode(site / "content") + b"/bad\xff.md", os.O_CREAT))
    result = loaded(site)
    assert {(remark.code, remark.path) for remark in result.findings} == {
        ("source-not-a-file", "content/pipe.md"),
        ("source-outside", "content/link.md"),
        ("source-unreadable", "content/dangling.md"),
        ("source-outside", "content/device.md"),
        ("source-outside", "content/loop.md"),
        ("source-unreadable", "content/bad\\udcff.md"),
    }
    assert [one.title for one in result.site.articles] == ["Good"]


DRAFTS = {
    "yaml": "---\ntitle: A\ndate: 2024-03-08\ndraft: true\n---\nSecret\n",
    "bom": "\ufeff---\ntitle: A\ndate: 2024-03-08\ndraft: true\n---\nSecret\n",
    "crlf": "---\r\ntitle: A\r\ndate: 2024-03-08\r\ndraft: true\r\n---\r\nSecret\r\n",
    "toml": "+++\ntitle = 'A'\ndate = 2024-03-08\ndraft = true\n+++\nSecret\n",
    "json": '{"title": "A", "date": "2024-03-08", "draft": true}\nSecret\n',
    "state": "---\ntitle: A\ndate: 2024-03-08\nstate: draft\n---\nSecret\n",
    "pairs": "Title: A\nDate: 2024-03-08\nStatus: draft\n\nSecret\n",
    "doubtful": "---\ntitle: A\ndate: 2024-03-08\ndraft: perhaps\n---\nSecret\n",
    "unclosed": "---\ntitle: A\ndate: 2024-03-08\ndraft: true\n\nSecret\n",
    "bom and toml": "\ufeff+++\ntitle = 'A'\ndate = 2024-03-08\ndraft = true\n\nSecret\n",
    "blank lines": "\n\n---\ntitle: A\ndate: 2024-03-08\ndraft: true\n---\nSecret\n",
    "upper case": "---\nTitle: A\nDate: 2024-03-08\nDraft: TRUE\n---\nSecret\n",
    "published": "---\ntitle: A\ndate: 2024-03-08\npublished: false\n---\nSecret\n",
    "published: 0": "---\ntitle: A\ndate: 2024-03-08\npublished: 0\n---\nSecret\n",
    "publish": "---\ntitle: A\ndate: 2024-03-08\npublish: false\n---\nSecret\n",
    "private": "---\ntitle: A\ndate: 2024-03-08\nstatus: private\n---\nSecret\n",
    "is draft": "---\ntitle: A\ndate: 2024-03-08\nisDraft: true\n---\nSecret\n",
    "unlisted": "---\ntitle: A\ndate: 2024-03-08\nunlisted: true\n---\nSecret\n",
    "expired": "---\ntitle: A\ndate: 2024-03-08\nexpiryDate: 2025-01-01\n---\nSecret\n",
    "other pairs": "Subtitle: x\nTitle: A\nDate: 2024-03-08\nDraft: yes\n\nSecret\n",
}


@pytest.mark.parametrize("kind", DRAFTS)
def test_a_draft_is_never_published(tmp_path, kind):
    result = loaded(tmp_path, plain(DRAFTS[kind]))
    assert result.site.articles == ()
    assert len(result.findings) >= 1


HEADERS = {
    "four dashes": "----\ntitle: A\ndraft: true\n----\nSecret\n",
    "long dashes": "———\ntitle: A\ndraft: true\n———\nSecret\n",
    "an unseen space": "\u200b---\ntitle: A\ndraft: true\n---\nSecret\n",
    "two marks": "\ufeff\ufeff---\ntitle: A\ndraft: true\n---\nSecret\n",
    "a comment": "<!-- lint -->\n---\ntitle: A\ndraft: true\n---\nSecret\n",
    "in a comment": "<!--\ntitle: A\ndraft: true\n-->\nSecret\n",
    "a named language": "---toml\ntitle='A'\ndraft=true\n---\nSecret\n",
    "semicolons": ';;;\n{"title": "A", "draft": true}\n;;;\nSecret\n',
    "loose braces": "{title: A, draft: true}\nSecret\n",
    "single quotes": "{'title':'A','draft':true}\nSecret\n",
    "a directive": "%YAML 1.1\n---\ntitle: A\ndraft: true\n---\nSecret\n",
    "other line ends": "---\x85title: A\x85draft: true\x85---\x85Secret",
    "org": "#+title: A\n#+draft: true\n\nSecret\n",
}


@pytest.mark.parametrize("kind", HEADERS)
def test_what_people_take_for_a_header_is_never_a_body(tmp_path, kind):
    result = loaded(tmp_path, {**plain(GOOD), "content/2024-03-08-secret.md": HEADERS[kind]})
    assert [one.title for one in result.site.articles] == ["Good"]
    assert [remark.path for remark in result.findings] == ["content/2024-03-08-secret.md"]


@pytest.mark.parametrize(
    "body", ["***\n\nText\n", "```yaml\ntitle: A\n```\n", "# Date: a fruit\n", "> Title: x\n", "[x]: /y\n\nText\n"]
)
def test_what_only_begins_like_one_is_a_body(tmp_path, body):
    assert len(loaded(tmp_path, {**plain(GOOD), "content/2024-03-08-b.md": body}).site.articles) == 2


def test_a_fault_of_ours_costs_one_article(tmp_path, monkeypatch):
    from syndicate.loading import article

    monkeypatch.setattr(article.body, "heading", lambda header: 1 / (header.body != "x"))
    result = loaded(tmp_path, {**plain(GOOD), "content/b.md": "---\ndate: 2024-03-08\n---\nx"})
    assert [(remark.code, remark.path) for remark in result.findings] == [("source-defeats", "content/b.md")]
    assert [one.title for one in result.site.articles] == ["Good"]


@pytest.mark.parametrize("other", ["/a/?b", "/a/#b", "/a", "/A/"])
def test_addresses_whose_files_would_meet(tmp_path, other):
    contents = {**plain(GOOD), "content/b.md": GOOD.replace("date:", f"permalink: '{other}'\ndate:")}
    assert [remark.code for remark in loaded(tmp_path, contents).findings] == ["permalink-collision"]


def test_a_name_on_the_disk_is_not_yet_an_address(tmp_path):
    result = loaded(tmp_path, {**plain(GOOD), "content/50%20?#1.md": GOOD})
    assert "https://example.org/50%2520%3F%231/" in [one.permalink for one in result.site.articles]


def test_drafts_and_the_future_when_asked_for(tmp_path):
    site = {**plain(DRAFTS["yaml"]), "content/b.md": "---\ntitle: B\ndate: 2030-01-01\n---\nx"}
    assert rows(loaded(tmp_path, site)) == {"content/a.md": "draft", "content/b.md": "future"}
    assert {row.state for row in loaded(tmp_path, drafts=True, future=True).sources} == {"published"}


def test_one_address_is_given_once(tmp_path):
    contents = {**plain(GOOD), "content/b.md": GOOD.replace("date:", "permalink: /A/\ndate:")}
    result = loaded(tmp_path, contents)
    assert rows(result) == {"content/a.md": "published", "content/b.md": "failed"}
    assert [(remark.code, remark.path) for remark in result.findings] == [("permalink-collision", "content/b.md")]


def test_illegal_characters_are_removed_and_named(tmp_path):
    one, codes = only(tmp_path, plain("---\ntitle: A\ndate: 2024-03-08\n---\nx\n\na\x08b\x0c\n"))
    assert codes == ["characters-removed"]
    assert "ab" in one.html


@pytest.mark.parametrize(
    ("text", "title", "codes"),
    [
        ("---\ntitle: ''\ndate: 2024-03-08\n---\n# From *the* body\n\nx", "From the body", []),
        ("---\ndate: 2024-03-08\n---\nUnder\n=====\n\nx", "Under", []),
        ("---\ndate: 2024-03-08\n---\nx", "A", ["title-missing"]),
        ("---\ntitle: Über\u0000 x\ndate: 2024-03-08\n---\nx", None, ["front-matter-invalid"]),
    ],
)
def test_where_a_title_comes_from(tmp_path, text, title, codes):
    result = loaded(tmp_path, plain(text))
    assert [one.title for one in result.site.articles] == ([title] if title else [])
    assert [remark.code for remark in result.findings] == codes


def test_newest_first_and_the_same_order_for_equal_dates(tmp_path):
    contents = {"syndicate.toml": 'base_url = "https://example.org/"\n'}
    for name, day in (("c", 8), ("a", 8), ("b", 9)):
        contents[f"content/{name}.md"] = f"---\ntitle: {name}\ndate: 2024-03-{day:02}\n---\nx"
    assert [one.title for one in loaded(tmp_path, contents).site.articles] == ["b", "a", "c"]


def test_settings_win_over_what_the_generator_says(tmp_path):
    contents = {
        "_config.yml": "title: Theirs\nurl: https://theirs.example\nlang: fr\ntimezone: Europe/Paris\n",
        "syndicate.toml": 'title = "Ours"\nauthor = ["Ada", "Grace"]\n',
        "_posts/2024-03-08-a.md": "---\ntitle: A\n---\nx",
    }
    site = loaded(tmp_path, contents).site
    assert (site.title, site.base_url, site.language) == ("Ours", "https://theirs.example/", "fr")
    assert [author.name for author in site.articles[0].authors] == ["Ada", "Grace"]
    assert site.articles[0].published.isoformat() == "2024-03-08T00:00:00+01:00"


def test_a_site_that_says_nothing_is_previewed(tmp_path):
    result = loaded(tmp_path, {"a.md": GOOD})
    assert result.site.base_url == PREVIEW
    assert [remark.code for remark in result.findings] == ["base-url-missing"]


def test_settings_that_cannot_be_used_are_told(tmp_path):
    contents = {**plain(GOOD, time_zone="Mars/Olympus", language="klingonish")}
    result = loaded(tmp_path, contents)
    assert [remark.message.partition(":")[0] for remark in result.findings] == ["language", "time_zone"]
    assert result.site.language == "en"


def test_an_empty_site(tmp_path):
    assert [remark.code for remark in loaded(tmp_path, {}).findings][-1] == "site-empty"


@pytest.mark.parametrize(
    ("name", "said"), [("sites", "no such folder, did you mean 'site'"), ("file", "is not a folder")]
)
def test_a_site_that_is_not_there(tmp_path, name, said):
    (tmp_path / "site").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(SettingsError, match=said):
        loading.root_of(tmp_path / name)


@pytest.mark.parametrize("name", ["posts", "../..", "/etc"])
def test_a_content_folder_that_is_not_in_the_site(tmp_path, name):
    with pytest.raises(SettingsError, match=f"there is no folder '{name}'"):
        loaded(tmp_path, {"syndicate.toml": f'content = "{name}"\n'})


@pytest.mark.parametrize("address", ["https://[::1/", "https://", "http:///x", "example.org"])
def test_an_address_that_is_none_is_not_taken(tmp_path, address):
    result = loaded(tmp_path, plain(GOOD), base_url=address)
    assert [remark.code for remark in result.findings] == ["base-url-missing"]


def test_settings_may_stand_in_pyproject(tmp_path):
    files(tmp_path, {"pyproject.toml": '[tool.syndicate]\ntitle = "T"\n'})
    assert loading.settings_of(tmp_path).title == "T"


@pytest.mark.parametrize("logo", ["gone.png", "fake.png"])
def test_a_logo_that_cannot_be_used(tmp_path, logo):
    files(tmp_path, {**plain(GOOD), "fake.png": b"x"})
    with (tmp_path / "syndicate.toml").open("a") as settings:
        settings.write(f'[cards]\nlogo = "{logo}"\n')
    result = loaded(tmp_path)
    assert [remark.code for remark in result.findings] == ["logo-unusable"]
    assert result.site.look.logo is None


def test_feeds_that_moved_are_paths_of_the_server(tmp_path):
    files(tmp_path, plain(GOOD, base_url="https://example.org/blog/"))
    with (tmp_path / "syndicate.toml").open("a") as settings:
        settings.write(
            '[feeds.moved]\n"/old feed.xml" = "rss.xml"\n"https://example.org/é/feed/" = "/feeds/tags/é/rss.xml"\n'
        )
    assert loaded(tmp_path).site.moved == (
        ("/%C3%A9/feed/", "https://example.org/blog/feeds/tags/%C3%A9/rss.xml"),
        ("/old%20feed.xml", "https://example.org/blog/rss.xml"),
    )


def test_what_is_kept_back_is_told_with_its_line(tmp_path):
    contents = plain("---\ntitle: A\ndraft: true\ndate: 2024-03-08\n---\nx")
    contents["content/b.md"] = "---\ntitle: B\ndate: 2030-01-01\n---\nx"
    contents["content/c.md"] = "---\ntitle: C\ndate: 2024-01-01\npublished: false\n---\nx"
    told = {(remark.path, remark.code, remark.line) for remark in loaded(tmp_path, contents).findings}
    assert told == {
        ("content/a.md", "draft-skipped", 3),
        ("content/b.md", "future-skipped", 3),
        ("content/c.md", "unpublished-skipped", 4),
    }


@pytest.mark.parametrize(
    "body",
    ["<div>" * 10_000 + "heart" + "</div>" * 10_000, "<blockquote>" * 10_000 + "heart", "> " * 10_000 + "heart"],
    ids=["closed", "unclosed", "markdown"],
)
def test_endless_nesting_is_flattened_and_told(tmp_path, body):
    one, codes = only(tmp_path, plain(f"---\ntitle: A\ndate: 2024-03-08\n---\n{body}\n\nafter\n"))
    assert codes == ["body-flattened"]
    assert "heart" in one.html
    assert one.html.count("<div>") + one.html.count("<blockquote>") <= 250
