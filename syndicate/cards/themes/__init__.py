"""Themes as data: what a card looks like, the built-in ones, and which of them an article gets.

A theme is a TOML file. Where it asks for a picture that the article has not, or that would be blown up or cut to a
sliver, a soberer one steps in: ``beside`` shows a picture as it is, ``editorial`` needs none.
"""

from dataclasses import dataclass
from importlib.resources import files

from syndicate.cards import outlets
from syndicate.cards.outlets import Outlet
from syndicate.cards.themes.reading import Theme, parse
from syndicate.model import Article, Look, Picture

PHOTOGRAPH, BESIDE, EDITORIAL, BLOCK, QUOTE, EVENT = "photograph", "beside", "editorial", "block", "quote", "event"
NAMES = (PHOTOGRAPH, BESIDE, EDITORIAL, BLOCK, QUOTE, EVENT)
AUTO = "auto"
FILE = ".toml"
"""How the path of a site's own theme ends, and no name of ours does."""
_KEPT = 45
"""Percent of a picture that a crop must at least leave."""
_TINY = 120
"""A picture with a side shorter than this is an icon: nothing to look at on a card."""
_HERE = files("syndicate.cards.themes")
# Read once, when the room is opened: a recipe may not open files.
TEXTS = {name: _HERE.joinpath(f"{name}.toml").read_text("utf-8") for name in NAMES}
THEMES = {name: parse(text, f"syndicate:themes/{name}.toml") for name, text in TEXTS.items()}


@dataclass(frozen=True, slots=True)
class Choice:
    """A theme, and why it was taken."""

    theme: Theme
    why: str


def named(name: str, look: Look) -> Theme | None:
    """Return a theme by its name, or by its file's path in the site; ``None`` for one that nobody knows."""
    own = next((one for one in look.themes if one.path == name), None)
    return parse(own.text, own.path) if own else THEMES.get(name)


def choose(article: Article, look: Look, outlet: Outlet) -> Choice:
    """Return the theme for an article's card at an outlet: its own word, the site's, else what it has decides."""
    for said, who in ((article.theme, "the article"), (look.theme, "the site")):
        theme = named(said, look) if said and said != AUTO else None
        if theme:
            return _possible(theme, f"{who} asks for it", article.lead, outlet)
        if said.endswith(FILE):
            return Choice(THEMES[EDITORIAL], f"the theme that {who} asks for cannot be used")
    if article.event:
        return Choice(THEMES[EVENT], "the article announces an event")
    return _possible(THEMES[PHOTOGRAPH], "the picture fills the card", article.lead, outlet)


def _possible(theme: Theme, why: str, lead: Picture | None, outlet: Outlet) -> Choice:
    """Return the theme, or the next soberer one that the picture allows."""
    if theme.arrangement == "type":
        return Choice(theme, why)
    if lead is None or lead.asset is None:
        return Choice(THEMES[EDITORIAL], "there is no picture")
    if min(lead.width, lead.height) < _TINY:
        return Choice(THEMES[EDITORIAL], "the picture is no larger than an icon")
    against = _against(lead, outlet) if theme.arrangement == "full" else ""
    return Choice(THEMES[BESIDE], against) if against else Choice(theme, why)


def _against(lead: Picture, outlet: Outlet) -> str:
    """Say why a picture may not fill a card; nothing where it may."""
    if outlets.is_card(lead):
        return "the picture seems to be a card already"
    if not outlets.covers(lead, outlet):
        return "the picture is too small to fill the card"
    return "" if outlets.kept(lead, outlet) >= _KEPT else "the picture's proportions allow no crop"
