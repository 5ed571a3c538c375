"""Share cards that make someone want to read: one an article, planned here, drawn by ``press``.

Planning opens no picture and no font: sizes and coverage are facts of the site. Whether a card is a photograph or type
alone is decided here, because its file's ending says so.
"""

import zlib
from collections.abc import Iterable, Iterator, Mapping

from syndicate.addresses import card_path, url
from syndicate.artifact import Artifact, File, Standing
from syndicate.cards import themes, words
from syndicate.cards.commission import Lead
from syndicate.cards.recipe import Drawing
from syndicate.cards.text import fonts
from syndicate.findings import Finding, finding
from syndicate.model import Article, Card, Picture, Site

OUTLET, WIDTH, HEIGHT = "og", 1200, 630
"""One card for all: Facebook, X, LinkedIn, Slack, Discord, Mastodon and the rest show 1.91:1."""
_NAMED = 8
"""How many characters one remark names."""
_MEDIA_TYPES = {"jpg": "image/jpeg", "png": "image/png"}


def plan(site: Site) -> Iterable[Artifact]:
    """Yield the share card of every article."""
    if not site.cards:
        return
    for article in site.articles:
        form = _form(article, site)
        yield Artifact(_path(article, form), _MEDIA_TYPES[form], _drawing(article, site, form), article.source)


def review(site: Site) -> Iterator[Finding]:
    """Yield what can be said of the cards before any is drawn: characters that no typeface at hand has."""
    if not site.cards:
        return
    named = fonts.missing(site.title, site.look.typefaces)
    if named and site.articles:
        yield _undrawn(site.articles[0], "the site's name", named)
    for article in site.articles:
        lost = fonts.missing(article.title + words.kicker(article), site.look.typefaces)
        if lost:
            yield _undrawn(article, "the card", lost)


def published(site: Site, standing: Standing) -> Mapping[str, tuple[Card, ...]]:
    """Return the cards that stand in the output, by permalink."""
    if not site.cards:
        return {}
    found = ((article, standing.get(_path(article, _form(article, site)))) for article in site.articles)
    return {article.permalink: (_card(article, site, file),) for article, file in found if file}


def _undrawn(article: Article, where: str, lost: tuple[str, ...]) -> Finding:
    shown = ", ".join(f"{code} ({chr(int(code.removeprefix('U+'), 16))})" for code in lost[:_NAMED])
    more = f" and {len(lost) - _NAMED} more" if len(lost) > _NAMED else ""
    return finding("glyph-missing", article.source, f"{where} is without {shown}{more}: no typeface has it")


def _drawing(article: Article, site: Site, form: str) -> Drawing:
    look, said = site.look, words.of(article, site)
    theme = _theme(article, site)
    return Drawing(
        source=article.source,
        words=said,
        theme=theme,
        form=form,
        width=WIDTH,
        height=HEIGHT,
        accent=look.accent,
        ground=look.ground,
        seed=zlib.crc32(article.permalink.encode()),
        fonts=fonts.needed(said.texts, article.language, look.typefaces),
        lead=_lead(article.lead) if theme != themes.EDITORIAL else None,
        logo=_lead(look.logo),
    )


def _theme(article: Article, site: Site) -> str:
    return themes.choose(site.look.theme, article.lead, WIDTH, HEIGHT)


def _form(article: Article, site: Site) -> str:
    return "png" if _theme(article, site) == themes.EDITORIAL else "jpg"


def _path(article: Article, form: str) -> str:
    return card_path(article.permalink, OUTLET, WIDTH, HEIGHT, form)


def _lead(picture: Picture | None) -> Lead | None:
    return Lead(picture.asset, picture.focus) if picture and picture.asset else None


def _card(article: Article, site: Site, file: File) -> Card:
    return Card(
        article=article.permalink,
        outlet=OUTLET,
        width=WIDTH,
        height=HEIGHT,
        path=file.path,
        url=url(site.base_url, file.path),
        media_type=file.media_type,
        digest=file.digest,
        size=file.size,
        alt=words.alternative(article),
        facts=tuple(sorted((name, str(value)) for name, value in file.facts.items())),
    )
