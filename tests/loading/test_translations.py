"""Translations: linked where somebody says so, or where the names agree; never by accident, always both ways."""

from datetime import UTC, datetime
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import shared
from reading import files, loaded

from syndicate import loading
from syndicate.loading.translations import Kin, families, neutral

SETTINGS = 'title = "T"\nbase_url = "https://example.org/"\nlanguage = "en"\n'


def linked(root, articles, **options):
    """Each article's translations, by its source."""
    contents = {"syndicate.toml": SETTINGS}
    for path, header in articles.items():
        contents[f"content/{path}"] = f"---\ntitle: {path}\ndate: 2024-03-08\n{header}\n---\nBody\n"
    made = loaded(root, contents, **options)
    by_link = {article.permalink: article.source.removeprefix("content/") for article in made.site.articles}
    return {
        by_link[one.permalink]: {other.language: by_link[other.permalink] for other in one.translations}
        for one in made.site.articles
        if one.translations
    }, [remark for remark in made.findings if remark.code == "translation-ambiguous"]


BOTH = {"fr/a.md": {"en": "en/a.md"}, "en/a.md": {"fr": "fr/a.md"}}


@pytest.mark.parametrize(
    ("articles", "links"),
    [
        ({"fr/a.md": "lang: fr", "en/a.md": ""}, BOTH),
        ({"a.md": "", "a.fr.md": "lang: fr"}, {"a.md": {"fr": "a.fr.md"}, "a.fr.md": {"en": "a.md"}}),
        ({"a.md": "", "pt/a.md": "lang: pt-BR"}, {"a.md": {"pt-BR": "pt/a.md"}, "pt/a.md": {"en": "a.md"}}),
        ({"a.md": "", "zh_cn/a.md": "lang: zh_cn"}, {"a.md": {"zh-CN": "zh_cn/a.md"}, "zh_cn/a.md": {"en": "a.md"}}),
        ({"a.md": "translationKey: x", "b.md": "translationKey: x\nlang: fr"}, {"a.md": {"fr": "b.md"}, "b.md": {"en": "a.md"}}),
        ({"a.md": "ref: 7", "b.md": "ref: 7\nlang: fr"}, {"a.md": {"fr": "b.md"}, "b.md": {"en": "a.md"}}),
        ({"a.md": "lang-ref: x", "b.md": "lang_ref: x\nlang: fr"}, {"a.md": {"fr": "b.md"}, "b.md": {"en": "a.md"}}),
        ({"a.md": "translations: {fr: b.md}", "b.md": "lang: fr"}, {"a.md": {"fr": "b.md"}, "b.md": {"en": "a.md"}}),
        ({"a.md": "translations: [/b/]", "b.md": "lang: fr"}, {"a.md": {"fr": "b.md"}, "b.md": {"en": "a.md"}}),
        (
            {"a.md": "translations: [{lang: fr, url: 'https://example.org/b/'}]", "b.md": "lang: fr"},
            {"a.md": {"fr": "b.md"}, "b.md": {"en": "a.md"}},
        ),
        # What is said on purpose counts more than a place.
        ({"fr/a.md": "lang: fr\ntranslationKey: x", "en/a.md": "", "en/b.md": "translationKey: x"},
         {"fr/a.md": {"en": "en/b.md"}, "en/b.md": {"fr": "fr/a.md"}}),
        # A folder that merely looks like a language is none.
        ({"it/a.md": "", "a.md": "lang: fr"}, {}),
        ({"a.md": "translationKey: x", "b.md": "translationKey: y\nlang: fr"}, {}),
        ({"a.md": "translations: [/nowhere/]"}, {}),
    ],
    ids=range(14),
)  # fmt: skip
def test_who_belongs_to_whom(tmp_path, articles, links):
    assert linked(tmp_path, articles) == (links, [])


def test_three_languages_know_each_other(tmp_path):
    links, _ = linked(tmp_path, {f"{tag}/a.md": f"lang: {tag}" for tag in ("de", "en", "fr")})
    assert links["de/a.md"] == {"en": "en/a.md", "fr": "fr/a.md"}
    assert list(links["fr/a.md"]) == ["de", "en"]
    assert len(links) == 3


@pytest.mark.parametrize("hidden", ["draft: true", "date: 2030-01-01", "permalink: '../x'"])
def test_only_what_is_published_is_linked(tmp_path, hidden):
    articles = {f"{tag}/a.md": f"lang: {tag}" for tag in ("de", "en", "fr")}
    links, _ = linked(tmp_path, {**articles, "fr/a.md": f"lang: fr\n{hidden}"})
    assert links == {"de/a.md": {"en": "en/a.md"}, "en/a.md": {"de": "de/a.md"}}


def test_a_body_that_is_refused_links_to_nobody(tmp_path):
    linked(tmp_path, {"en/a.md": "", "fr/a.md": "lang: fr"})
    (tmp_path / "content/fr/a.md").write_text("---\ntitle: A\ndate: 2024-03-08\nlang: fr\n---\n" + "<b>" * 700_000)
    made = loaded(tmp_path)
    assert [(one.source, one.translations) for one in made.site.articles] == [("content/en/a.md", ())]


def test_two_in_one_language_are_linked_with_nobody_and_remarked(tmp_path):
    links, remarks = linked(
        tmp_path,
        {
            name: f"translationKey: x\nlang: {tag}"
            for name, tag in (("a.md", "en"), ("b.md", "fr"), ("c.md", "fr"), ("d.md", "de"))
        },
    )
    assert links == {"a.md": {"de": "d.md"}, "d.md": {"en": "a.md"}}
    assert [(remark.path, remark.message) for remark in remarks] == [
        ("content/c.md", "content/b.md is in fr, too, and is said to be the same article")
    ]


def test_a_generators_own_key_counts_more_than_a_place():
    first = Kin("https://e.org/1/", "en/a.md", "en", ("told x",))
    second = Kin("https://e.org/2/", "fr/b.md", "fr", ("told x",))
    assert families([second, first]) == ((first, second),)


@pytest.mark.parametrize(
    ("path", "language", "without"),
    [
        ("content/fr/a.md", "fr", "content/a.md"),
        ("content/posts/a.fr.md", "fr", "content/posts/a.md"),
        ("a_pt-br.md", "pt-BR", "a.md"),
        ("fr/news/_posts/2024-01-01-x.md", "fr", "news/_posts/2024-01-01-x.md"),
        ("fr.md", "fr", "fr.md"),
        ("content/fr/a.md", "en", "content/fr/a.md"),
        ("content/FR/a.md", "fr", "content/a.md"),
    ],
)
def test_a_place_without_its_language(path, language, without):
    assert neutral(path, language) == without


@given(st.lists(st.lists(st.sampled_from("abcdef"), max_size=3), min_size=1, max_size=5))
def test_families_do_not_depend_on_the_order(shared_keys):
    kin = [Kin(f"https://e.org/{n}", f"{n}.md", "en", tuple(keys)) for n, keys in enumerate(shared_keys)]
    assert len({families(order) for order in permutations(kin)}) == 1


def test_a_real_site_of_many_languages():
    root = shared("corpora", "ruby-lang")
    made = loading.load(root, loading.settings_of(root), datetime(2026, 11, 1, tzinfo=UTC)).site
    by_link = {one.permalink: one for one in made.articles}
    translated = [one for one in made.articles if one.translations]
    assert len(translated) == 32
    for one in translated:
        for other in one.translations:
            back = by_link[other.permalink]
            assert back.language == other.language
            assert one.permalink in {link.permalink for link in back.translations}
            assert back.source.rpartition("/")[2] == one.source.rpartition("/")[2]


def test_language_feeds_and_heads_follow(tmp_path):
    from syndicate import feeds, tags

    linked(tmp_path, {"en/a.md": "", "fr/a.md": "lang: fr"})
    made = loaded(files(tmp_path, {})).site
    assert {"feeds/languages/en/atom.xml", "feeds/languages/fr/atom.xml"} <= {one.path for one in feeds.plan(made)}
    heads = {one.path: one.recipe.render(None).data.decode() for one in tags.plan(made, {})}
    for path in ("tags/fr/a.html", "tags/en/a.html"):
        assert '<link rel="alternate" hreflang="fr" href="https://example.org/fr/a/">' in heads[path]
        assert '<link rel="alternate" hreflang="x-default" href="https://example.org/en/a/">' in heads[path]
