"""What the site publishes. Add an output by adding a name to ``OBJECTS`` or ``POINTERS``.

Planning has two steps, because a card's address holds the digest of its bytes: first the objects, which stand on their
own; then, when these have been rendered, what points at them. Both are pure.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain

from syndicate import cards, feeds, tags
from syndicate.artifact import Artifact, Standing, Wave
from syndicate.errors import SyndicateError
from syndicate.findings import Finding
from syndicate.model import Card, Site
from syndicate.settings import Settings
from syndicate.tags import proof

Cards = Mapping[str, tuple[Card, ...]]

OBJECTS: tuple[Callable[[Site], Iterable[Artifact]], ...] = (cards.objects,)
POINTERS: tuple[Callable[[Site, Cards], Iterable[Artifact]], ...] = (feeds.plan, proof.plan)


def waves(site: Site) -> tuple[Wave, ...]:
    """The whole plan, in the order in which it must be published."""
    return (partial(_objects, site), partial(_pointers, site))


def review(site: Site) -> tuple[Finding, ...]:
    """What can be said of the outputs before any is rendered."""
    return tuple(cards.review(site))


def shown(settings: Settings) -> int | None:
    """How many of the newest articles anything published shows; ``None`` where older ones are shown, too."""
    feeds = settings.feeds
    older = feeds.archive or feeds.kinds or settings.cards.enabled or settings.tags.enabled or settings.gallery.enabled
    return None if older else feeds.limit


def _objects(site: Site, _: Standing) -> tuple[Artifact, ...]:
    planned = (artifact for planner in OBJECTS for artifact in planner(site))
    return _distinct(chain(planned, _kit(site)))


def _kit(site: Site) -> Iterable[Artifact]:
    if not site.gallery:
        return ()
    from syndicate import gallery  # noqa: PLC0415 -- as below

    return gallery.kit(site)


def _pointers(site: Site, standing: Standing) -> tuple[Artifact, ...]:
    made = cards.published(site, standing)
    planned = (artifact for planner in POINTERS for artifact in planner(site, made))
    return _distinct(chain(planned, _shown(site, made, standing)))


def _shown(site: Site, made: Cards, standing: Standing) -> Iterator[Artifact]:
    """Plan the head tags, and the gallery, which shows what platforms make of these."""
    heads = tuple(tags.plan(site, made))
    yield from heads
    if not site.gallery:
        return
    from syndicate import gallery  # noqa: PLC0415 -- a build of feeds alone need not wait for it

    published = {artifact.path: artifact.recipe for artifact in heads}
    yield from gallery.plan(site, made, published, cards.thumbs(site, standing))


def _distinct(artifacts: Iterable[Artifact]) -> tuple[Artifact, ...]:
    planned = tuple(artifacts)
    taken: set[str] = set()
    for artifact in planned:
        if artifact.path in taken:
            raise SyndicateError(f"two artifacts want {artifact.path}", "This is a mistake of ours; please report it.")
        taken.add(artifact.path)
    return planned
