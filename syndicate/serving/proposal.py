"""What a person proposes for an article's cards, checked, and the article as it would be with it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from syndicate import cards
from syndicate.artifact import Artifact
from syndicate.cards import themes
from syndicate.characters import one_line, whole
from syndicate.findings import nearest
from syndicate.loading.amending import NAMES, Said
from syndicate.loading.fields import label, plain_text
from syndicate.model import Article, Look, Site

LONGEST = {"title": 1000, "theme": 200, "kicker": 48, "description": 2000}
"""Characters that each may have; of kickers, cards show no more."""
_PAIR = 2


class Improper(Exception):  # noqa: N818 -- what a proposal is that is none
    """Something that cannot be proposed; the message begins with the field's name."""


def proposed(document: object, article: Article, look: Look) -> dict[str, Said]:
    """Return a checked proposal. Raises ``Improper``."""
    if not isinstance(document, dict):
        raise Improper("expected an object of what is to change")
    unknown = next((str(name) for name in document if name not in NAMES), "")
    if unknown:
        raise Improper(f"{unknown[:60]!r} cannot be changed here")
    return {name: _checked(name, value, article, look) for name, value in document.items()}


def changed(said: Mapping[str, Said], article: Article, written: Mapping[str, str]) -> dict[str, Said]:
    """Return only what differs from what is written in the article's header."""
    now: dict[str, Said | None] = {"title": article.title, "kicker": "", "description": "", **written}
    now["theme"] = written.get("theme") or themes.AUTO
    now["focal"] = article.lead.focus if article.lead else None
    return {name: value for name, value in said.items() if value != now[name]}


def applied(article: Article, said: Mapping[str, Said]) -> Article:
    """Return the article as loading would understand it with a proposal written."""
    for name, value in said.items():
        article = _with(article, name, value)
    return article


def planned(article: Article, site: Site) -> dict[str, Artifact]:
    """Return an article's cards by the name of their outlet."""
    alone = replace(site, articles=(article,))
    return {getattr(one.recipe, "outlet").name: one for one in cards.plan(alone)}  # noqa: B009 -- what a card's recipe has


def offered(article: Article, look: Look) -> Iterable[str]:
    """Return the names of the themes that can be chosen, and the one that the article names, whatever it is."""
    own = (one.path for one in look.themes)
    return dict.fromkeys((themes.AUTO, *themes.NAMES, *own, *([article.theme] if article.theme else [])))


def telling(look: Look) -> tuple[str, ...]:
    """Return the names of the themes whose cards show the description; ``auto`` where the site's own does."""
    names = (*themes.NAMES, *(one.path for one in look.themes))
    known = ((name, themes.named(name, look)) for name in names)
    found = tuple(name for name, one in known if one and any("summary" in text for _, text in one.texts))
    return (themes.AUTO, *found) if look.theme in found else found


def _checked(name: str, value: object, article: Article, look: Look) -> Said:
    if name == "focal":
        return _focal(value, article)
    if not isinstance(value, str):
        raise Improper(f"{name}: expected text")
    text = one_line(whole(value))
    if len(text) > LONGEST[name]:
        raise Improper(f"{name}: has {len(text):,} characters; {LONGEST[name]:,} are the most")
    if name == "title" and not label(text):
        raise Improper("title: is empty")
    if name == "theme" and text not in {"", *themes.NAMES, themes.AUTO} and not themes.named(text, look):
        raise Improper(f"theme: there is no {text!r}{nearest(text, themes.NAMES)}")
    return text


def _focal(value: object, article: Article) -> tuple[float, float]:
    if article.lead is None or article.lead.asset is None:
        raise Improper("focal: the article has no picture")
    parts = value if isinstance(value, list) else []
    right = all(isinstance(one, int | float) and not isinstance(one, bool) and 0 <= one <= 1 for one in parts)
    if len(parts) != _PAIR or not right:
        raise Improper("focal: expected two shares between 0 and 1")
    return round(float(parts[0]), 4), round(float(parts[1]), 4)


def _with(article: Article, name: str, value: Said) -> Article:
    if isinstance(value, tuple):
        return replace(article, lead=replace(article.lead, focus=value)) if article.lead else article
    match name:
        case "title":
            return replace(article, title=label(value) or article.title)
        case "theme":
            return replace(article, theme=value)
        case "kicker":
            return replace(article, kicker=label(value))
        case _:
            return replace(article, summary=plain_text(value) or article.summary)
