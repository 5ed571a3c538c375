"""Fields: values of the right kind from what people write, complaints with an address."""

import pytest

from syndicate.loading.dates import UTC, Zones
from syndicate.loading.fields import Fields, label, language_tag, plain_text
from syndicate.loading.frontmatter import parse
from syndicate.model import Author


def ask(header, **own):
    return Fields(parse(f"---\n{header}\n---\n", "a.md"), "a.md", own)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Content&nbsp;: &ldquo;x&rdquo;", "Content\u00a0: “x”"),
        ("for action <em>and</em> flexibility", "for action and flexibility"),
        ("The `<picture>` element & `&amp;`", "The <picture> element & &amp;"),
        ("1 < 2 <picture> AT&T &unknown; &copy", "1 < 2 <picture> AT&T &unknown; &copy"),
        ("a\u202eb\n c", "ab c"),
    ],
)
def test_a_title_is_plain_text(written, meant):
    assert label(written) == meant


@pytest.mark.parametrize(
    ("header", "title"), [("title: 2024", "2024"), ("title: no", "no"), ("title:", ""), ("title: [a]", "")]
)
def test_titles(header, title):
    assert ask(header).title() == title


def test_a_title_of_the_wrong_kind_is_reported_with_its_line():
    fields = ask("x: 1\ntitle: {a: b}")
    assert fields.title() == ""
    assert [str(remark) for remark in fields.findings] == ["a.md:3: field-invalid: title: expected text, got a mapping"]


def test_a_long_title_stays_whole():
    fields = ask(f"title: {'mot ' * 60}")
    assert len(fields.title()) == 239
    assert [remark.code for remark in fields.findings] == ["title-long"]


def test_summaries_are_plain_text_whatever_they_are_written_in():
    assert ask("description:\nchapeau-text: 'A **b** [c](d){:target=_blank} <i>e</i>'").summary() == "A b c e"
    assert ask("description: true").summary() == ""
    assert ask("s: {deck: x}", summary="s.deck").summary() == "x"
    assert plain_text("a > b & c") == "a > b & c"


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("author: Ada Lovelace and Grace Hopper", ["Ada Lovelace", "Grace Hopper"]),
        ("author: Josh Aas, ISRG Executive Director", ["Josh Aas, ISRG Executive Director"]),
        ("author: Research and Development", ["Research and Development"]),
        ("authors: [ada, Grace Hopper]", ["Ada Lovelace", "Grace Hopper"]),
        ("auteur: {name: Ada, url: 'javascript:x'}", ["Ada"]),
        ("author: [Ada, Ada]", ["Ada"]),
        ("author:", []),
    ],
)
def test_authors(header, names):
    found = ask(header).authors({"ada": Author(name="Ada Lovelace", url="https://example.org/ada")})
    assert [author.name for author in found] == names
    assert all(author.url in {"", "https://example.org/ada"} for author in found)


@pytest.mark.parametrize(
    ("header", "handles"),
    [
        ("author: {name: Ada, fediverse: '@ada@Example.social'}", ["@ada@example.social"]),
        ("author: {name: Ada, mastodon: 'https://example.social/@ada'}", ["@ada@example.social"]),
        ("author: {name: Ada, fediverse: 'https://example.social/users/ada/'}", ["@ada@example.social"]),
        ("author: [Ada, Grace]\nfediverse: ada@example.social", ["@ada@example.social", ""]),
        ("fediverse_creator: '@ada@example.social'", ["@ada@example.social"]),
        ("author: Ada\nfediverse: true", [""]),
        ("author: {name: Ada, mastodon: 'https://example.social/@ada/112'}", [""]),
        ("author: Ada\nfediverse: '@\"><script>@example.social'", [""]),
    ],
)
def test_accounts_of_authors_in_the_fediverse(header, handles):
    found = ask(header).authors({}, (Author(name="The editors"),))
    assert [author.handle for author in found] == handles


@pytest.mark.parametrize(
    ("header", "spaced", "tags"),
    [
        ("tags: [place des femmes, Égalité, égalité]", False, ("place des femmes", "Égalité")),
        ("tags: a b", True, ("a", "b")),
        ("tags: a b, c", True, ("a b", "c")),
        ("tags: a b", False, ("a b",)),
        ("tag: a b", True, ("a b",)),
        ("category: big news\ntags: [x]", True, ("big news", "x")),
        ("tags: [1.10, yes, '']", False, ("1.10", "yes")),
        ("tags: {a: b}", False, ()),
    ],
)
def test_tags(header, spaced, tags):
    assert ask(header).tags(spaced=spaced) == tags


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("zh_cn", "zh-CN"),
        ("fa_IR", "fa-IR"),
        ("en-us", "en-US"),
        ("sr-latn-rs", "sr-Latn-RS"),
        ("fr_FR.UTF-8", "fr-FR"),
        ("français", ""),
        (7, ""),
        ("", ""),
        ("es-419", "es-419"),
    ],
)
def test_languages_are_spelled_as_bcp_47_does(written, tag):
    assert language_tag(written) == tag


def test_dates_are_looked_for_where_they_are_dates():
    site = Zones(UTC, UTC)
    assert ask("published: true\ndate: 2024-03-08").published(site).isoformat() == "2024-03-08T00:00:00+00:00"
    assert ask("published: 2024-03-08").published(site).isoformat() == "2024-03-08T00:00:00+00:00"
    assert ask("date: {created: 2024-03-08, updated: 2024-03-09}").published(site).day == 8
    assert ask("date: {created: 2024-03-08, updated: 2024-03-09}").updated(site).day == 9
    assert ask("lastmod: 2024-03-09").updated(site).day == 9
    wrong = ask("title: x\ndate: demain")
    assert wrong.published(site) is None
    assert str(wrong.findings[0]) == "a.md:3: date-invalid: date: expected a date with an offset, got 'demain'"


def test_the_doubtful_is_a_draft():
    assert ask("draft: perhaps").truth("draft", doubtful=True) is True
    assert ask("draft: 'no'").truth("draft", doubtful=True) is False
    assert ask("x: 1").truth("draft", doubtful=True) is None


def test_only_an_absolute_address_is_elsewhere():
    assert ask("redirect_to: https://elsewhere.example/x").link() == "https://elsewhere.example/x"
    assert ask("redirect_to: /x").link() == ""
    assert ask("redirect_to: 'javascript:alert(1)'").link() == ""


@pytest.mark.parametrize(
    ("header", "says"),
    [("kicker: Out <b>now</b>", "Out now"), ("card: {kicker: A}\nkicker: B", "A"), ("kicker: [a]", "")],
)
def test_a_kicker_is_a_few_words(header, says):
    assert ask(header).kicker() == says
