"""How a site's cards look: theme, colours, logo and type, as the settings and the articles ask for them."""

import re
from collections.abc import Iterable
from contextlib import suppress
from functools import partial

from syndicate.addresses import canonical
from syndicate.cards import themes
from syndicate.cards.themes.reading import parse
from syndicate.engine import Failure, crew
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
        themes=_themes(cards.theme, articles, frame.tree, remarks),
        outlets=cards.outlets,
        accent=cards.accent,
        ground=cards.ground,
        logo=_logo(cards.logo, frame, remarks) if cards.logo else None,
        typefaces=(*own, *typefaces.shipped()),
    )


def _themes(asked: str, articles: Iterable[Article], tree: Tree, remarks: list[Finding]) -> tuple[ThemeFile, ...]:
    """Return the site's own themes that it and its articles name; one that cannot be used is remarked, once.

    Raises ``SettingsError`` for a name in the settings that is none of ours.
    """
    if not _is_file(asked) and asked not in {themes.AUTO, *themes.NAMES}:
        known = f"Take auto, {', '.join(themes.NAMES)}, or the path of a theme's TOML file in the site."
        raise SettingsError(f"cards.theme: there is no {asked!r}{nearest(asked, themes.NAMES)}", known)
    naming = {asked: ("syndicate.toml", "cards.theme")} if _is_file(asked) else {}
    for article in sorted(articles, key=lambda one: one.source):
        if _is_file(article.theme):
            naming.setdefault(article.theme, (article.source, "theme"))
    found = (_theme(path, where, tree, remarks) for path, where in naming.items())
    return tuple(one for one in found if one)


def _theme(path: str, where: tuple[str, str], tree: Tree, remarks: list[Finding]) -> ThemeFile | None:
    """Read a theme; ``where`` is the file that names it, and the key."""
    if not tree.exists(path):
        remarks.append(finding("theme-missing", where[0], f"{where[1]}: there is no file {path!r} in the site"))
        return None
    try:
        text = tree.text(path)
        parse(text, path)
    except SourceError as error:
        remarks.append(finding("theme-broken", path, error.finding.message, cure=error.finding.help))
        return None
    except SettingsError as error:
        remarks.append(_broken(path, error))
        return None
    return ThemeFile(path=path, text=text)


def _broken(path: str, error: SettingsError) -> Finding:
    """Say what is wrong with a theme, and where: the error's message begins with its path and line."""
    _, line, message = re.split(r":(\d*):? ", error.message.replace(path, "", 1), maxsplit=1)
    return finding("theme-broken", path, message, line=int(line or 0), cure=error.help)


def _is_file(theme: str) -> bool:
    return theme.endswith(themes.FILE)


def _logo(name: str, frame: Frame, remarks: list[Finding]) -> Picture | None:
    path = frame.tree.find(name, ("", *images.ROOTS))
    if path is None:
        remarks.append(finding("logo-unusable", name, "the logo is not in the site"))
        return None
    url = canonical(frame.base_url + name.lstrip("/"))
    with suppress(SourceError):
        frame.tree.asset(path)  # what a copy reads, nobody here would know of
    found = crew.apart(partial(images.measured, frame.tree, path, url))
    if isinstance(found, Failure):
        remarks.append(finding("logo-unusable", path, found.cause))
        return None
    picture, _, message = found
    if picture is None or picture.asset is None:
        remarks.append(finding("logo-unusable", path, message))
        return None
    return picture
