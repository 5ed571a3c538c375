"""Bodies that hurt: none takes the square of its length, kills a parser, loses its text or grows beyond what is read."""

import pickle
import sys

import pytest
from bombs import BOMBS
from lxml import etree
from making import article, site
from reading import loaded, plain

from syndicate import feeds
from syndicate.engine.crew import Job, spread
from syndicate.engine.seam import Failure
from syndicate.loading import html as markup
from syndicate.loading import markdown
from syndicate.loading.html import DEPTH, RESULT, BodyError, flattened, sanitise
from syndicate.loading.html import plain as words

PAGE = "https://example.org/a/"
HEAD = "---\ntitle: A\ndate: 2024-03-08\n---\n"
LARGE = 900_000
SECONDS = 30.0
"""What is linear takes one; the square of ``LARGE`` would take hours, so no machine is slow enough to be wrong here."""


def alone(work):
    """Do something in a copy that may take so long and so much, and no more; return what it made or why it did not."""
    job = Job(((0,),), lambda _: pickle.dumps(work()), seconds=SECONDS)
    made = dict(spread(job, 1))[0]
    return made if isinstance(made, Failure) else pickle.loads(made)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux copies processes safely")
@pytest.mark.parametrize("name", BOMBS)
def test_no_body_takes_the_square_of_its_length(tmp_path, name):
    def work():
        result = loaded(tmp_path, plain(HEAD + BOMBS[name](LARGE).encode()[:LARGE].decode(errors="ignore")))
        return [len(one.html) for one in result.site.articles], [remark.code for remark in result.findings]

    made = alone(work)
    assert not isinstance(made, Failure), made
    sizes, codes = made
    assert len(sizes) == 1 or "body-refused" in codes
    assert all(size <= RESULT for size in sizes)
    assert set(codes) <= {"body-refused", "body-flattened", "characters-removed", "markup-leaked"}


def test_there_are_more_of_them_than_were_measured():
    assert len(BOMBS) >= 34


@pytest.mark.parametrize("opening", ["> ", "- ", "1. ", "* ", ">"])
def test_text_in_deep_nesting_is_not_lost(tmp_path, opening):
    """markdown-it-py drops it, silently, from the twentieth level on."""
    for depth in (20, 60, 101, 500):
        (one,) = loaded(tmp_path, plain(f"{HEAD}{opening * depth}deep words\n\nafter\n")).site.articles
        assert words(one.html).endswith("deep words after"), (opening, depth)


@pytest.mark.parametrize("tag", ["div", "blockquote", "span", "b", "template", "table", "select", "svg", "math"])
def test_sixty_thousand_elements_in_each_other_cost_nobody_anything(tag):
    nested = f"<{tag}>" * 60_000 + "x"
    with pytest.raises(BodyError):
        sanitise(nested, PAGE)
    assert flattened(nested).count(f"<{tag}") == DEPTH
    assert len(sanitise(flattened(nested), PAGE)) < DEPTH * 60


def test_what_the_sanitiser_would_look_at_over_and_over_is_refused():
    """nh3 looks for each ampersand through the whole rest of its text: 300,000 take it two seconds."""
    for many in ("&amp;", "&nbsp;", "\u00a0"):
        with pytest.raises(BodyError, match="ampersands"):
            sanitise(f"<p>{many * 300_000}</p>", PAGE)
    table = "<table>" + "<tr><td>a &amp;&amp; b\u00a0</td></tr>" * 40_000 + "</table>"
    assert sanitise(table, PAGE).count("&amp;&amp;") == 40_000


def test_a_body_has_at_most_a_mebibyte():
    assert markdown.BODY_BYTES == 1 << 20
    with pytest.raises(BodyError):
        markdown.render("é" * (1 << 19) + "x")


def test_a_body_that_becomes_too_long_to_be_read_back_is_refused(tmp_path):
    """libxml2 reads no text of more than ten million bytes: every reader that has it would lose the feed."""
    with pytest.raises(BodyError, match="once its markup is written out"):
        sanitise("x" * (RESULT + 1), PAGE)
    many = "".join(f"x[^{n}]\n\n[^{n}]: y\n\n" for n in range(60_000))[: markdown.BODY_BYTES - 1]
    result = loaded(tmp_path, plain(HEAD + many))
    assert [remark.code for remark in result.findings] in ([], ["body-refused"])
    assert all(len(one.html) <= RESULT for one in result.site.articles)


def test_the_longest_body_of_all_is_read_back():
    one = article(1, html=f"<p>{'x' * (RESULT - 7)}</p>")
    made = {each.path: each.recipe for each in feeds.plan(site(one)) if each.path in {"rss.xml", "atom.xml"}}
    for recipe in made.values():
        root = etree.fromstring(recipe.render(lambda asset: b"").data)
        assert max(len(element.text or "") for element in root.iter()) >= RESULT
    assert len(made) == 2


def test_the_deepest_body_of_all_is_read_back():
    html = sanitise("<div>" * DEPTH + "x" + "</div>" * DEPTH, PAGE)
    made = {each.path: each.recipe for each in feeds.plan(site(article(1, html=html)))}
    for path in ("rss.xml", "atom.xml"):
        root = etree.fromstring(made[path].render(lambda asset: b"").data)
        assert max(len(list(element.iterancestors())) for element in root.iter()) < 256


def test_an_address_as_long_as_a_novel_is_none(tmp_path):
    """Each address of a body may take the page's own before it: a megabyte would become ten thousand."""
    long = HEAD.replace("date:", f"permalink: /{'a/' * 30_000}\ndate:") + "[a](b)\n" * 100_000
    (remark,) = loaded(tmp_path, plain(long)).findings
    assert (remark.code, remark.line) == ("permalink-invalid", 3)
    assert len(remark.message) < 300
    with pytest.raises(BodyError, match="too many addresses"):
        sanitise("<a href=x>y</a>" * 60_000, "https://example.org/" + "a" * 1_900)


def test_what_may_pass_is_listed_here_and_nowhere_else():
    """The sanitiser's own lists allow twenty-five schemes."""
    assert set(markup._SCHEMES) == set("http https mailto tel xmpp sms geo magnet data".split())
    for scheme in ("javascript", "vbscript", "file", "ftp", "irc", "ssh", "webcal", "view-source", "blob", "x"):
        assert "href" not in sanitise(f"<a href='{scheme}:alert(1)'>x</a>", PAGE), scheme
    allowed = {name for names in markup._ATTRIBUTES.values() for name in names}
    assert not {name for name in allowed if name.startswith("on")} | ({"style", "class", "id", "srcdoc"} & allowed)
