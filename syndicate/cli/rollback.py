"""``syndicate rollback``: let an earlier state of the output stand again, and hold it there."""

from datetime import UTC, datetime
from pathlib import Path

import click

from syndicate import upkeep
from syndicate.characters import visible
from syndicate.cli import Output, option
from syndicate.cli.console import tally
from syndicate.report import Options


@click.command("rollback")
@click.argument("site", type=click.Path(path_type=Path), default=".")
@option("-o", "--output", type=Output(), help="What to take back  [default: SITE/output]")
@option("--to", "number", type=click.IntRange(1), help="A generation, as status lists them  [default: the last]")
@option("--release", is_flag=True, help="Let builds publish again.")
@click.pass_context
def command(ctx: click.Context, /, site: Path, output: Path | str | None, number: int | None, *, release: bool) -> None:
    """Take back what the last publish of SITE changed, feeds, tags and gallery alike, and hold the output there.

    While it is held, builds refuse to publish (exit code 4), whatever hook calls them. When the cause is mended:
    `syndicate rollback --release`, then build.
    """
    now = datetime.now(UTC)
    options = Options(site=site, output=output, now=now)
    if release:
        held = upkeep.release(options)
        click.echo("builds publish again" if held else "builds were not held", err=True)
        return
    found, paths = upkeep.roll_back(options, number, now)
    if ctx.obj["verbose"]:
        for path in paths:
            click.echo(visible(path))
    click.echo(f"generation {found} stands again: {tally(len(paths), 'file')} changed; builds are held", err=True)
