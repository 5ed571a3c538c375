"""Share cards that make someone want to read: one an article and outlet, planned here, drawn by ``press``.

Planning opens no picture and no font: sizes and coverage are facts of the site. Whether a card is a photograph or type
alone is decided here, because its file's ending says so.
"""

import zlib
from collections.abc import Iterable, Iterator, Mapping

from syndicate.addresses import card_path, gallery_thumb, url
from syndicate.artifact import Artifact, File, Standing
from syndicate.cards import outlets, themes, words
from syndicate.cards.commission import Lead
from syndicate.cards.outlets import Outlet
from syndicate.cards.recipe import Crop, Drawing, Thumb
from syndicate.cards.text import fonts
from syndicate.cards.text.fonts import Font
from syndicate.cards.themes import slots
from syndicate.cards.themes.reading import Theme, parse
from syndicate.cards.words import Words
from syndicate.findings import Finding, finding, nearest
from syndicate.model import Article, Card, Picture, Site

_NAMED = 8
"""How many characters one remark names."""
_LOGO = (400, 100)
"""Pixels that a logo is needed with."""
_MEDIA_TYPES = {"jpg": "image/jpeg", "png": "image/png"}


def plan(site: Site) -> Iterable[Artifact]:
    """Yield the share cards of every article, those of one after the other: they share its picture."""
    if not site.cards:
        return
    for article in site.articles:
        yield from _cards(article, site)


def objects(site: Site) -> Iterator[Artifact]:
    """Yield the share cards, and after the first of each article that one in small, for the gallery."""
    for article in site.articles if site.cards else ():
        for number, card in enumerate(_cards(article, site)):
            yield card
            if site.gallery and not number and isinstance(card.recipe, Drawing):
                yield Artifact(gallery_thumb(article.permalink), "image/webp", Thumb(card.recipe), article.source)


def _cards(article: Article, site: Site) -> Iterator[Artifact]:
    yield from _typeset(article, site)
    yield from _plain(article, site)


def review(site: Site) -> Iterator[Finding]:
    """Yield what can be said of the cards before any is drawn: characters that no typeface at hand has."""
    if not site.cards:
        return
    yield from _about_themes(site)
    named = fonts.missing(site.title, site.look.typefaces)
    if named and site.articles:
        yield _undrawn(site.articles[0], "the site's name", named)
    for article in site.articles:
        lost = fonts.missing(article.title + words.kicker(article), site.look.typefaces)
        if lost:
            yield _undrawn(article, "the card", lost)


def _about_themes(site: Site) -> Iterator[Finding]:
    """What is wrong with the site's own themes, and with the names that articles give."""
    families = {face.name for face in site.look.typefaces}
    for own in site.look.themes:
        theme = parse(own.text, own.path)
        for key, template in theme.texts:
            if unsafe := slots.unsafe(template):
                yield finding("theme-unsafe", own.path, f"{key}.text holds {unsafe}, which cards do not run")
        if theme.typeface and theme.typeface not in families:
            yield finding("theme-font-missing", own.path, f"typeface: {theme.typeface!r} is not at hand")
    for article in site.articles:
        known = article.theme in {"", themes.AUTO} or themes.named(article.theme, site.look)
        if not known and not article.theme.endswith(themes.FILE):  # of files, loading has said what there is to say
            near = nearest(article.theme, themes.NAMES)
            yield finding("theme-unknown", article.source, f"theme: there is no {article.theme!r}{near}")


def published(site: Site, standing: Standing) -> Mapping[str, tuple[Card, ...]]:
    """Return the cards that stand in the output, by permalink."""
    if not site.cards:
        return {}
    found = ((article, tuple(_standing(article, site, standing))) for article in site.articles)
    return {article.permalink: cards for article, cards in found if cards}


def thumbs(site: Site, standing: Standing) -> Mapping[str, str]:
    """Return where the first cards stand in small, by permalink."""
    if not site.cards:
        return {}
    found = ((article.permalink, standing.get(gallery_thumb(article.permalink))) for article in site.articles)
    return {permalink: file.path for permalink, file in found if file is not None}


def _standing(article: Article, site: Site, standing: Standing) -> Iterator[Card]:
    for outlet, path in _paths(article, site):
        file = standing.get(path)
        if file is not None and "unusable" not in file.facts:
            yield _card(article, outlet, site, file)


def _paths(article: Article, site: Site) -> Iterator[tuple[Outlet, str]]:
    for outlet in outlets.chosen(site.look.outlets):
        yield outlet, _path(article, outlet, _form(themes.choose(article, site.look, outlet).theme))
    for outlet in outlets.crops(site.look.outlets, article.lead):
        yield outlet, _path(article, outlet, "jpg")


def _typeset(article: Article, site: Site) -> Iterator[Artifact]:
    look = site.look
    lead, logo = _lead(article, site), _picture(look.logo, _LOGO)
    said: dict[Theme, tuple[Words, tuple[Font, ...]]] = {}
    for outlet in outlets.chosen(look.outlets):
        choice = themes.choose(article, look, outlet)
        if choice.theme not in said:
            said[choice.theme] = _said(article, site, choice.theme)
        texts, used = said[choice.theme]
        form = _form(choice.theme)
        recipe = Drawing(
            source=article.source,
            words=texts,
            theme=choice.theme,
            why=choice.why,
            form=form,
            outlet=outlet,
            accent=look.accent,
            ground=look.ground,
            tone=look.tone,
            seed=zlib.crc32(article.permalink.encode()),
            fonts=used,
            lead=lead if form == "jpg" else None,
            logo=logo,
            whole=article.lead is not None and outlets.is_card(article.lead),
        )
        yield Artifact(_path(article, outlet, form), _MEDIA_TYPES[form], recipe, article.source)


def _said(article: Article, site: Site, theme: Theme) -> tuple[Words, tuple[Font, ...]]:
    """The texts of a card, and the fonts that they need."""
    texts = words.of(article, site, theme)
    return texts, fonts.needed(texts.texts, article.language, site.look.typefaces, theme.typeface)


def _plain(article: Article, site: Site) -> Iterator[Artifact]:
    lead = _lead(article, site)
    if lead is None:
        return
    for outlet in outlets.crops(site.look.outlets, article.lead):
        recipe = Crop(source=article.source, outlet=outlet, lead=lead)
        yield Artifact(_path(article, outlet, "jpg"), _MEDIA_TYPES["jpg"], recipe, article.source)


def _lead(article: Article, site: Site) -> Lead | None:
    """The lead image, with as many pixels as the largest of the article's cards needs."""
    if article.lead is None:
        return None
    made = (*outlets.chosen(site.look.outlets), *outlets.crops(site.look.outlets, article.lead))
    if not made:
        return None
    return _picture(article.lead, (max(one.width for one in made), max(one.height for one in made)))


def _picture(picture: Picture | None, size: tuple[int, int]) -> Lead | None:
    return Lead(picture.asset, *size, picture.focus) if picture and picture.asset else None


def _undrawn(article: Article, where: str, lost: tuple[str, ...]) -> Finding:
    shown = ", ".join(f"{code} ({chr(int(code.removeprefix('U+'), 16))})" for code in lost[:_NAMED])
    more = f" and {len(lost) - _NAMED} more" if len(lost) > _NAMED else ""
    return finding("glyph-missing", article.source, f"{where} is without {shown}{more}: no typeface has it")


def _form(theme: Theme) -> str:
    return "png" if theme.arrangement == "type" else "jpg"


def _path(article: Article, outlet: Outlet, form: str) -> str:
    return card_path(article.permalink, outlet.name, outlet.width, outlet.height, form)


def _card(article: Article, outlet: Outlet, site: Site, file: File) -> Card:
    return Card(
        article=article.permalink,
        outlet=outlet.name,
        width=outlet.width,
        height=outlet.height,
        path=file.path,
        url=url(site.base_url, file.path),
        media_type=file.media_type,
        digest=file.digest,
        size=file.size,
        alt=words.described(article) if outlet in outlets.CROPS else words.alternative(article),
        facts=tuple(sorted((name, str(value)) for name, value in file.facts.items())),
    )
