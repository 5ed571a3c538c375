"""Values for the tests of the gallery: articles, cards that nobody drew, a strict reading of a page."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from html.parser import HTMLParser

from lxml import html

from syndicate import addresses, gallery
from syndicate.artifact import DIGEST
from syndicate.model import Article, Author, Card, Site

PARIS = timezone(timedelta(hours=1))
HOSTILE = (
    "<script>alert(1)</script>",
    '" onerror="alert(1)" x="',
    "' autofocus onfocus='alert(1)",
    "</title></style></textarea></script><!--",
    "{{ 7 * 7 }} {% raw %} {# #}",
    "&amp; &lt;b&gt; &#39;",
    "]]> --> <!",
    "javascript:alert(1)",
)


def article(number, title="", **fields):
    link = f"https://example.org/2024/a{number:03}/"
    plain = Article(
        source=f"content/a{number:03}.md",
        permalink=link,
        id=link,
        title=title or f"Article {number}",
        published=datetime(2024, 3, 8, 15, 13, tzinfo=PARIS) + timedelta(days=number),
        updated=datetime(2024, 3, 8, tzinfo=UTC),
        language="en",
        tags=("Tag", "été"),
        authors=(Author(name="Ada"),),
    )
    return replace(plain, **fields)


def card(one, **fields):
    path = addresses.card_path(one.permalink, "og", 1200, 630, "jpg").replace(DIGEST, "0123456789abcdef")
    plain = Card(
        article=one.permalink,
        outlet="og",
        width=1200,
        height=630,
        path=path,
        url=addresses.url("https://example.org/", path),
        media_type="image/jpeg",
        digest="0123456789abcdef" * 4,
        size=84_321,
        alt=f"The words “{one.title}” on a plain ground",
    )
    return replace(plain, **fields)


def site(*articles, **fields):
    newest = tuple(sorted(articles, key=lambda one: one.published, reverse=True))
    plain = Site(title="Example", base_url="https://example.org/sub/", language="en", articles=newest)
    return replace(plain, **fields)


def planned(made, cards=None):
    """The gallery of a site, by path; every article has a card unless told otherwise."""
    given = {one.permalink: (card(one),) for one in made.articles} if cards is None else cards
    return {one.path: one for one in (*gallery.kit(made), *gallery.plan(made, given))}


def rendered(made, cards=None):
    return {path: one.recipe.render(unread).data.decode() for path, one in planned(made, cards).items()}


def unread(asset):
    raise AssertionError(f"the gallery needs no file, but read {asset.path}")


def front(made, cards=None):
    """The front page as a tree, after a reading that forgives nothing, without what scripts copy."""
    page = strictly(rendered(made, cards)["index.html"])
    for blank in page.cssselect("template"):
        blank.drop_tree()
    return page


def strictly(text):
    reader = _Strict()
    reader.feed(text)
    reader.close()
    assert reader.open == []
    return html.document_fromstring(text)


class _Strict(HTMLParser):
    """Raises where a tag is not closed in its turn, an attribute stands twice or an id is not the only one."""

    void = frozenset({"meta", "link", "img", "input", "br"})

    def __init__(self):
        super().__init__()
        self.open = []
        self.ids = set()

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), (tag, attrs)
        name = dict(attrs).get("id")
        assert name is None or name not in self.ids, name
        self.ids.add(name)
        if tag not in self.void:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, (tag, self.getpos())
