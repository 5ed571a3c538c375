"""``syndicate check``: say what readers would notice of a change, before it is made."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from syndicate import build as building
from syndicate import checking
from syndicate.characters import visible
from syndicate.checking.parity import OldFeed, Parity
from syndicate.cli import Output, option
from syndicate.cli.console import show, tally
from syndicate.findings import Severity
from syndicate.report import Options

JSON_VERSION = 1
FEW = 12
"""Feeds that are listed without being asked for."""


@click.command("check")
@click.argument("site", type=click.Path(path_type=Path), default=".")
@option(
    "--against",
    type=click.Path(path_type=Path),
    required=True,
    metavar="OLD",
    help="A feed of the site as it is today (RSS, Atom or JSON), or a folder that holds some.",
)
@option("-o", "--output", type=Output(), help="Where it is published  [default: SITE/output]")
@option("--base-url", default="", metavar="URL", help="The public address of the site, instead of what it says itself.")
@option("--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How.")
@click.pass_context
def command(ctx: click.Context, /, against: Path, shape: str, **chosen: Any) -> None:  # noqa: ANN401 -- the build's
    """Say which ids, addresses, dates and titles readers of the feeds in OLD would see change.

    Compared is what would be published now, with the ids and dates that OUTPUT already gave to its articles.
    Exits with 1 if a reader would see an article again as new: an id changes, or a feed moves.
    """
    made = building.as_published(Options(now=datetime.now(UTC), **chosen))
    feeds, parity = checking.against(against, made)
    if shape == "json":
        click.echo(json.dumps(summary(feeds, parity), ensure_ascii=False, indent=1))
    else:
        show(parity.findings, quiet=ctx.obj["quiet"], verbose=ctx.obj["verbose"])
        _conclude(feeds, parity, listed=ctx.obj["verbose"])
    ctx.exit(int(any(remark.severity is Severity.ERROR for remark in parity.findings)))


def summary(feeds: tuple[OldFeed, ...], parity: Parity) -> dict[str, object]:
    """Return the comparison as one JSON object."""
    shown = [
        {"path": feed.path, "dialect": feed.dialect, "address": feed.address, "entries": len(feed.items)}
        for feed in feeds
    ]
    return {
        "version": JSON_VERSION,
        "feeds": shown,
        "entries": parity.entries,
        "matched": parity.matched,
        "same": parity.same,
        "findings": [{**asdict(remark), "severity": remark.severity.value} for remark in parity.findings],
    }


def _conclude(feeds: tuple[OldFeed, ...], parity: Parity, *, listed: bool) -> None:
    for feed in feeds if listed or len(feeds) <= FEW else ():
        where = f" at {feed.address}" if feed.address else ""
        click.echo(visible(f"{feed.path}: {feed.dialect}{where}, {tally(len(feed.items), 'item')}"), err=True)
    gone = parity.entries - parity.matched
    click.echo(
        f"{tally(len(feeds), 'feed')}: {parity.same} unchanged, {parity.matched - parity.same} changed, {gone} gone"
    )
