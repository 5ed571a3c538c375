"""What the site publishes. Add an output by adding a name to ``OBJECTS`` or ``POINTERS``.

Planning has two steps, because a card's address holds the digest of its bytes: first the objects, which stand on their
own; then, when these have been rendered, what points at them. Both are pure.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain

from syndicate import feeds
from syndicate.artifact import Artifact, Standing, Wave
from syndicate.errors import SyndicateError
from syndicate.findings import Finding
from syndicate.model import Site
from syndicate.settings import Settings


def waves(site: Site) -> tuple[Wave, ...]:
    """The whole plan, in the order in which it must be published."""
    return (partial(_objects, site), partial(_pointers, site))


def review(site: Site) -> tuple[Finding, ...]:
    """What can be said of the outputs before any is rendered."""
    if not site.cards:
        return ()
    from syndicate import cards  # noqa: PLC0415 -- here and below: a build of feeds alone need not wait for the rest

    return tuple(cards.review(site))


def shown(settings: Settings) -> int | None:
    """How many of the newest articles anything published shows; ``None`` where older ones are shown, too."""
    feeds = settings.feeds
    older = feeds.archive or feeds.kinds or settings.cards.enabled or settings.tags.enabled or settings.gallery.enabled
    return None if older else feeds.limit


def _drawn(site: Site) -> Iterable[Artifact]:
    if not site.cards:
        return ()
    from syndicate import cards  # noqa: PLC0415

    return cards.objects(site)


def _kit(site: Site) -> Iterable[Artifact]:
    if not site.gallery:
        return ()
    from syndicate import gallery  # noqa: PLC0415

    return gallery.kit(site)


def _proof(site: Site) -> Iterable[Artifact]:
    if not site.key:
        return ()
    from syndicate.tags import proof  # noqa: PLC0415

    return proof.plan(site)


def _alone(site: Site, _: Standing) -> Iterable[Artifact]:
    """Plan what names no card."""
    return chain(feeds.plan(site), _proof(site))


def _shown(site: Site, standing: Standing) -> Iterator[Artifact]:
    """Plan the head tags, and the gallery, which shows what platforms make of these."""
    if not (site.tags or site.gallery):
        return
    from syndicate import cards, tags  # noqa: PLC0415

    made = cards.published(site, standing)
    heads = tuple(tags.plan(site, made))
    yield from heads
    if not site.gallery:
        return
    from syndicate import gallery  # noqa: PLC0415

    published = {artifact.path: artifact.recipe for artifact in heads}
    yield from gallery.plan(site, made, published, cards.thumbs(site, standing))


OBJECTS: tuple[Callable[[Site], Iterable[Artifact]], ...] = (_drawn, _kit)
POINTERS: tuple[Callable[[Site, Standing], Iterable[Artifact]], ...] = (_alone, _shown)


def _objects(site: Site, _: Standing) -> tuple[Artifact, ...]:
    return _distinct(artifact for planner in OBJECTS for artifact in planner(site))


def _pointers(site: Site, standing: Standing) -> tuple[Artifact, ...]:
    return _distinct(artifact for planner in POINTERS for artifact in planner(site, standing))


def _distinct(artifacts: Iterable[Artifact]) -> tuple[Artifact, ...]:
    planned = tuple(artifacts)
    taken: set[str] = set()
    for artifact in planned:
        if artifact.path in taken:
            raise SyndicateError(f"two artifacts want {artifact.path}", "This is a mistake of ours; please report it.")
        taken.add(artifact.path)
    return planned
