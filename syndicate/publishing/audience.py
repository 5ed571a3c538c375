"""What subscribers would see of a publish: which entries as new, which again as new, which as changed. Pure.

Readers show an entry as new whose id they have not met, and many show one again whose ``updated`` has moved. A slip in
a template, a script or an import does that to every entry at once; so a publish is compared with what is remembered
before it is made. Only what feeds show counts: nobody sees what an article far behind them is called.
"""

from syndicate.errors import Refusal
from syndicate.feeds import archive
from syndicate.feeds.kinds import shelves
from syndicate.model import Article, Site
from syndicate.publishing.memory import Memory
from syndicate.report import Seen

LEAST = 20
"""Fewer entries than this, one page of most readers, may change at once without being asked about."""


def seen(site: Site, before: Memory) -> Seen:
    """Compare a settled site with what was remembered before it; who publishes for the first time surprises nobody."""
    if not before.living:
        return Seen()
    other = {article.permalink for article in site.articles if _is_other(article, before)}
    shown = _shown(site, before) if other else ()
    unknown = [article for article in shown if article.id not in before.articles]
    newest = max(known.updated for known in before.living.values())
    return Seen(
        shown=len(shown),
        new=tuple(article.permalink for article in unknown if article.published > newest),
        again=tuple(article.permalink for article in unknown if article.published <= newest),
        updated=tuple(
            article.permalink for article in shown if article.permalink in other and article.id in before.articles
        ),
    )


def refuse_updates(found: Seen, share: float, *, allowed: bool) -> None:
    """Raise ``Refusal`` when subscribers would see more than a share of what feeds show once more."""
    told = [*found.again, *found.updated]
    if allowed or len(told) < LEAST or len(told) <= found.shown * share:
        return
    raise Refusal(
        f"refusing to publish: of {found.shown} entries in the feeds, readers would see {len(found.again)} old ones"
        f" as new and {len(found.updated)} as changed, such as {told[0]}",
        "If that is meant, build with --allow-updates (or set update_share); with --dry-run, too, it names them all."
        " Else look for what changed the ids, dates or words of so many articles.",
    )


def _is_other(article: Article, before: Memory) -> bool:
    known = before.articles.get(article.id)
    return known is None or known.updated != article.updated


def _shown(site: Site, before: Memory) -> tuple[Article, ...]:
    """Return the articles that stand in a feed, but for closed and open archives, which nobody subscribes to."""
    named = {article.permalink for article in _head(site)}
    # What was recovered from the site's own feed says nothing of the others.
    if any(known.mark for known in before.living.values()):
        named |= {one.permalink for shelf in shelves(site) for one in shelf.articles[: site.feed_limit]}
    return tuple(article for article in site.articles if article.permalink in named)


def _head(site: Site) -> tuple[Article, ...]:
    return archive.divide(site).head if site.archive else site.articles[: site.feed_limit]
