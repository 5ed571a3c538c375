"""``syndicate check``: say what is wrong with what is published, or what readers would notice of a change."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from syndicate import build as building
from syndicate import checking, upkeep
from syndicate.characters import visible
from syndicate.checking.parity import OldFeed, Parity
from syndicate.cli import Address, Output, option
from syndicate.cli.console import annotate, for_programs, show, tally
from syndicate.errors import SettingsError
from syndicate.findings import Finding, Severity, ordered
from syndicate.report import Options

JSON_VERSION = 1
FEW = 12
"""Feeds that are listed without being asked for."""


@click.command("check")
@click.argument("site", type=click.Path(path_type=Path), default=".")
@option(
    "--against",
    type=click.Path(path_type=Path),
    metavar="OLD",
    help="Compare with a feed of the site as it is today (RSS, Atom or JSON), or a folder that holds some.",
)
@option("--repair", is_flag=True, help="Make anew what is missing or altered.")
@option("-o", "--output", type=Output(), help="Where it is published  [default: SITE/output]")
@option(
    "--base-url", type=Address(), default="", help="The public address of the site, instead of what it says itself."
)
@option(
    "--format", "shape", type=click.Choice(["text", "json", "github"]), default="text", show_default=True, help="How."
)
@click.pass_context
def command(
    ctx: click.Context,
    /,
    against: Path | None,
    shape: str,
    *,
    repair: bool,
    **chosen: Any,  # noqa: ANN401 -- the build's
) -> None:
    """Say whether OUTPUT is whole, and why a platform or a feed reader would stumble over it.

    Every file has to be as it was published, and every file that another one names at its place; tags, cards and feeds
    are judged by the rules of those who read them. SITE may also be an output, or any folder of built pages.

    With --against: which ids, addresses, dates and titles readers of the feeds in OLD would see change. Compared is
    what would be published now, with the ids and dates that OUTPUT already gave to its articles.

    Exits with 1 if there is an error, or a reader would see an article again as new.
    """
    options = Options(now=datetime.now(UTC), **chosen)
    if against is None:
        _verify(ctx, options, shape, repair=repair)
    else:
        _compare(ctx, options, against, shape)


def _verify(ctx: click.Context, options: Options, shape: str, *, repair: bool) -> None:
    meant = upkeep.found(options)
    if repair and meant is not options:
        raise SettingsError(f"{options.site}: is an output; what it was made of is elsewhere", "Name the site, and -o.")
    faults = upkeep.verify(meant)
    files, judged = upkeep.judge(meant)
    findings = ordered([*faults.findings, *judged])
    _tell(ctx, meant, shape, max(files, faults.files), findings)
    if not (repair and faults.findings):
        ctx.exit(int(any(remark.severity is Severity.ERROR for remark in findings)))
    built = upkeep.repair(options, faults)
    click.echo(f"{tally(len(built.report.written), 'file')} made anew", err=True)
    ctx.exit(int(built.failed))


def _tell(ctx: click.Context, options: Options, shape: str, files: int, findings: Sequence[Finding]) -> None:
    if shape == "json":
        found = {"version": JSON_VERSION, "files": files, "findings": _told(findings)}
        text = for_programs(found, indent=1)
        # Half a character, as names on a disk may hold, is left as JSON escapes it.
        click.echo(text.encode("utf-8", "backslashreplace").decode())
        return
    if shape == "github":
        annotate(findings, str(options.output or options.site))
    else:
        show(findings, quiet=ctx.obj["quiet"], verbose=ctx.obj["verbose"])
    faults = sum(remark.severity is not Severity.NOTE for remark in findings)
    click.echo(f"{tally(files, 'file')}: {tally(faults, 'fault')}")


def _compare(ctx: click.Context, options: Options, against: Path, shape: str) -> None:
    made = building.as_published(options)
    feeds, parity = checking.against(against, made)
    if shape == "json":
        click.echo(for_programs(summary(feeds, parity), indent=1))
    elif shape == "github":
        annotate(parity.findings, "")
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
        "findings": _told(parity.findings),
    }


def _told(findings: Sequence[Finding]) -> list[dict[str, object]]:
    return [{**asdict(remark), "severity": remark.severity.value} for remark in findings]


def _conclude(feeds: tuple[OldFeed, ...], parity: Parity, *, listed: bool) -> None:
    for feed in feeds if listed or len(feeds) <= FEW else ():
        where = f" at {feed.address}" if feed.address else ""
        click.echo(visible(f"{feed.path}: {feed.dialect}{where}, {tally(len(feed.items), 'item')}"), err=True)
    gone = parity.entries - parity.matched
    click.echo(
        f"{tally(len(feeds), 'feed')}: {parity.same} unchanged, {parity.matched - parity.same} changed, {gone} gone"
    )
