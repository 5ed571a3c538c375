"""How a site's cards look: theme, colours, logo and type, as the settings and the articles ask for them."""

from collections.abc import Iterable

from syndicate.addresses import canonical
from syndicate.cards import themes
from syndicate.cards.themes.reading import parse
from syndicate.errors import SettingsError
from syndicate.findings import Finding, finding, nearest
from syndicate.loading import images, typefaces
from syndicate.loading.article import Frame
from syndicate.loading.sources import SourceError, Tree
from syndicate.model import Article, Look, Picture, ThemeFile
from syndicate.settings import Settings


def look(settings: Settings, frame: Frame, articles: list[Article], remarks: list[Finding]) -> Look:
    """Return the look of the site's cards; what cannot be used of it is remarked."""
    cards = settings.cards
    own, found = typefaces.of_site(frame.tree, cards.fonts)
    remarks += found
    return Look(
        theme=cards.theme,
        tone=cards.tone,
        themes=_themes(cards.theme, articles, frame),
        outlets=cards.outlets,
        accent=cards.accent,
        ground=cards.ground,
        logo=_logo(cards.logo, frame, remarks) if cards.logo else None,
        typefaces=(*own, *typefaces.shipped()),
    )


def _themes(asked: str, articles: Iterable[Article], frame: Frame) -> tuple[ThemeFile, ...]:
    """Return the site's own themes that it and its articles name. Raises ``SettingsError`` with file, line and key."""
    if not asked.endswith(".toml") and asked not in {themes.AUTO, *themes.NAMES}:
        known = f"Take auto, {', '.join(themes.NAMES)}, or the path of a theme's TOML file in the site."
        raise SettingsError(f"cards.theme: there is no {asked!r}{nearest(asked, themes.NAMES)}", known)
    paths = dict.fromkeys([asked, *sorted({article.theme for article in articles})])
    found = tuple(_theme(path, frame.tree) for path in paths if path.endswith(".toml") and frame.tree.exists(path))
    if asked.endswith(".toml") and asked not in {one.path for one in found}:
        raise SettingsError(
            f"cards.theme: there is no file {asked!r} in the site", "`syndicate init --theme` makes one."
        )
    return found


def _theme(path: str, tree: Tree) -> ThemeFile:
    try:
        text = tree.text(path)
    except SourceError as error:
        raise SettingsError(str(error.finding), error.finding.help) from None
    parse(text, path)
    return ThemeFile(path=path, text=text)


def _logo(name: str, frame: Frame, remarks: list[Finding]) -> Picture | None:
    path = frame.tree.find(name, ("", *images.ROOTS))
    if path is None:
        remarks.append(finding("logo-unusable", name, "the logo is not in the site"))
        return None
    picture, _, message = images.measured(frame.tree, path, canonical(frame.base_url + name.lstrip("/")))
    if picture is None or picture.asset is None:
        remarks.append(finding("logo-unusable", path, message))
        return None
    return picture
