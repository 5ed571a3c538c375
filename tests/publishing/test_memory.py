"""Memory: an article keeps its id through what may happen to it, and its date of change until its words are other."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import NOW, article, site

from syndicate.model import Picture
from syndicate.publishing.memory import Memory, settle

LATER = NOW + timedelta(days=1)
LONG = "<p>" + "Many words that tell which article this is. " * 10 + "</p>"


def remembered(*articles, **fields):
    return settle(site(*articles, **fields), Memory(), NOW).memory


def after(before, *articles, now=LATER, **fields):
    """The ids and the dates of change of today's articles, by permalink."""
    settled = settle(site(*articles), before, now, **fields).site
    return {one.permalink: (one.id, one.updated) for one in settled.articles}


def moved(one, base="https://other.example/blog/"):
    """An article of a site that has another domain, scheme and folder now."""
    old = "https://example.org/"
    return replace(one, permalink=base + one.permalink.removeprefix(old), id=base + one.permalink.removeprefix(old),
                   html=one.html.replace(old, base))  # fmt: skip


ONE = article(1, html=LONG)
CHANGES = {
    "nothing": {},
    "slug": {"permalink": "https://example.org/new/", "id": "https://example.org/new/"},
    "date": {"published": ONE.published + timedelta(days=400)},
    "source": {"source": "content/renamed.md"},
    "slug and source": {"permalink": "https://example.org/new/", "id": "https://example.org/new/", "source": "x.md"},
    "domain": {"permalink": "http://other.example/a0001/", "id": "http://other.example/a0001/"},
    "white space and markup": {"html": LONG.replace("<p>", "<div>\n <p>").replace("</p>", "</p></div>")},
    "tags, authors, section": {"tags": ("x",), "authors": (), "section": "s"},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_is_no_edit_keeps_id_and_date(change):
    now = replace(ONE, **change)
    assert after(remembered(ONE, article(2)), now, article(2))[now.permalink] == (ONE.id, ONE.updated)


EDITS = {
    "title": {"title": "Other"},
    "summary": {"summary": "Other."},
    "words": {"html": LONG.replace("Many", "Few")},
    "picture": {"lead": Picture(url="https://example.org/p.jpg")},
    "picture in the text": {"html": LONG + '<img src="https://example.org/a0001/p.jpg">'},
    "link": {"html": LONG + '<a href="https://elsewhere.example/x">'},
}


@pytest.mark.parametrize("change", EDITS.values(), ids=EDITS)
def test_an_edit_keeps_the_id_and_moves_the_date_once(change):
    before = remembered(ONE, article(2))
    now = replace(ONE, **change)
    assert after(before, now, article(2)) == {
        ONE.id: (ONE.id, LATER),
        article(2).id: (article(2).id, article(2).updated),
    }
    again = settle(site(now, article(2)), before, LATER).memory
    assert after(again, now, article(2), now=LATER + timedelta(days=1))[ONE.id] == (ONE.id, LATER)


def test_a_new_title_in_file_name_and_slug_is_still_the_article():
    renamed = replace(ONE, title="Other", source="content/other.md", permalink="https://example.org/other/")
    assert after(remembered(ONE), renamed)[renamed.permalink] == (ONE.id, LATER)


def test_a_whole_site_moves_to_another_domain_without_a_change():
    def linking(n):
        body = f'<a href="https://example.org/a{n:04}/#fn1">1</a><img src="https://example.org/a{n:04}/p.jpg?v=1">'
        return article(n, html=LONG + body, lead=Picture(url=f"https://example.org/p{n}.jpg"))

    articles = [linking(n) for n in range(30)]
    there = [replace(moved(one), lead=Picture(url=one.lead.url.replace("example.org", "other.example")))
             for one in articles]  # fmt: skip
    settled = settle(site(*there, base_url="https://other.example/blog/"), remembered(*articles), LATER)
    assert {one.permalink: (one.id, one.updated) for one in settled.site.articles} == {
        new.permalink: (old.id, old.updated) for new, old in zip(there, articles, strict=True)
    }
    assert settled.site.history.tombstones == ()
    assert settled.site.history.home == "https://example.org/", "feeds keep their ids, too"


def test_articles_that_exchange_their_addresses_keep_their_ids():
    one, two = article(1, html=LONG), article(2, html=LONG.replace("Many", "Few"))
    swapped = [replace(one, permalink=two.permalink), replace(two, permalink=one.permalink)]
    assert {link: name for link, (name, _) in after(remembered(one, two), *swapped).items()} == {
        two.permalink: one.id, one.permalink: two.id,
    }  # fmt: skip


def test_a_new_article_at_an_address_that_another_left_gets_an_id_of_its_own():
    left = replace(article(1), permalink="https://example.org/new/", id="https://example.org/new/")
    memory = settle(site(left), remembered(article(1)), LATER).memory
    newcomer = article(1, source="content/newcomer.md", title="Newcomer")
    ids = {link: name for link, (name, _) in after(memory, left, newcomer).items()}
    assert ids == {left.permalink: "https://example.org/a0001/", newcomer.permalink: "https://example.org/a0001/#2"}


def test_of_equal_articles_none_is_taken_for_another():
    twins = [article(n, title="Same", summary="Same.", html=LONG) for n in (1, 2)]
    others = [replace(one, source=f"{n}.md", permalink=f"https://example.org/{n}/", id=f"https://example.org/{n}/")
              for n, one in enumerate(twins)]  # fmt: skip
    assert {name for name, _ in after(remembered(*twins), *others).values()} == {one.permalink for one in others}


def test_what_the_source_claims_is_the_id_and_a_copy_does_not_take_it():
    claimed = article(1, id="urn:uuid:64421da5-100c-4911-821d-299b92534131")
    copy = article(2, id=claimed.id)
    first = settle(site(claimed, copy), Memory(), NOW)
    assert [one.id for one in first.site.articles] == [copy.permalink, claimed.id]
    assert [(remark.code, remark.path) for remark in first.findings] == [("id-taken", copy.source)]
    again = settle(site(claimed, copy), first.memory, LATER)
    assert (again.site.articles, again.findings) == (first.site.articles, first.findings)
    elsewhere = replace(claimed, source="x.md", permalink="https://example.org/x/", title="X", html="<p>X</p>")
    assert after(first.memory, elsewhere, copy)[elsewhere.permalink] == (claimed.id, LATER)


def test_the_source_has_the_last_word_on_the_date():
    dated = replace(ONE, dated=True, updated=NOW - timedelta(days=3))
    assert after(remembered(ONE), dated)[ONE.permalink] == (ONE.id, NOW - timedelta(days=3))
    edited = replace(dated, title="Other")
    assert after(remembered(dated), edited)[ONE.permalink] == (ONE.id, NOW - timedelta(days=3))


def test_the_clock_does_not_matter_where_nothing_changed():
    made = site(*map(article, range(60)))
    first = settle(made, Memory(), NOW)
    assert settle(made, Memory(), NOW + timedelta(days=999)) == first
    assert settle(made, first.memory, NOW - timedelta(days=999)) == first


def test_a_deletion_is_told_for_its_time_and_moves_the_date_of_the_feed_for_ever():
    memory = remembered(article(1), article(2))
    first = settle(site(article(2)), memory, LATER)
    (stone,) = first.site.history.tombstones
    assert (stone.id, stone.when, first.site.history.deleted) == (article(1).id, LATER, LATER)
    assert settle(site(article(2)), first.memory, LATER + timedelta(days=29)).site.history.tombstones == (stone,)
    late = settle(site(article(2)), first.memory, LATER + timedelta(days=30)).site.history
    assert (late.tombstones, late.deleted) == ((), LATER)
    silent = settle(site(article(2)), memory, LATER, tombstone_days=0).site.history
    assert (silent.tombstones, silent.deleted) == ((), LATER)
    assert settle(site(article(1), article(2)), first.memory, LATER).site.history.tombstones == ()


def test_what_could_not_be_read_today_is_not_deleted():
    settled = settle(site(article(2)), remembered(article(1), article(2)), LATER, failed=(article(1).source,))
    assert settled.site.history.tombstones == ()
    assert after(settled.memory, replace(article(1), source="x.md"), article(2))[article(1).id][0] == article(1).id


def test_deleted_articles_are_forgotten_in_time_unless_an_archive_holds_them():
    memory = remembered(*map(article, range(60)))
    kept = [article(n) for n in range(60) if n not in {0, 59}]
    gone = settle(site(*kept), memory, LATER).memory
    later = settle(site(*kept), gone, LATER + timedelta(days=400)).memory
    assert set(gone.articles) - set(later.articles) == {article(59).id}
    back = settle(site(*kept, article(0)), later, LATER + timedelta(days=401))
    assert article(0).permalink in back.site.history.volumes[0], "it stands there already"


def test_what_was_built_for_nowhere_is_not_remembered():
    local = [moved(article(n), "http://localhost/") for n in range(60)]
    assert settle(site(*local, base_url="http://localhost/"), Memory(), NOW).memory == Memory()


fates = st.lists(st.sampled_from(["keep", "slug", "source", "date", "edit", "delete"]), min_size=8, max_size=8)


@settings(max_examples=60, deadline=None)
@given(st.lists(fates, min_size=1, max_size=6), st.booleans())
def test_no_life_of_a_site_changes_an_id_or_dates_what_was_not_edited(years, moves):
    living = {n: article(n, html=LONG.replace("Many", f"{n} many")) for n in range(8)}
    born = {n: one.id for n, one in living.items()}
    dates = {n: one.updated for n, one in living.items()}
    memory = remembered(*living.values())
    for turn, lives in enumerate(years):
        now = NOW + timedelta(days=turn + 1)
        for n, fate in enumerate(lives):
            if n not in living:
                continue
            match fate:
                case "slug":
                    living[n] = replace(living[n], permalink=f"https://example.org/{turn}-{n}/")
                case "source":
                    living[n] = replace(living[n], source=f"{turn}-{n}.md")
                case "date":
                    living[n] = replace(living[n], published=now)
                case "edit":
                    living[n], dates[n] = replace(living[n], title=f"{n} {turn}"), now
                case "delete":
                    del living[n]
        today = {n: moved(one) if moves and turn % 2 else one for n, one in living.items()}
        # An id that the source does not claim is its address.
        today = {n: replace(one, id=one.permalink) for n, one in today.items()}
        settled = settle(site(*today.values()), memory, now)
        memory = settled.memory
        found = {one.permalink: (one.id, one.updated) for one in settled.site.articles}
        assert found == {one.permalink: (born[n], dates[n]) for n, one in today.items()}
