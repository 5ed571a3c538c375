"""``syndicate announce``: tell hubs, search engines and the webhook what still waits to be told."""

from datetime import UTC, datetime
from pathlib import Path

import click

from syndicate import announcing
from syndicate import build as building
from syndicate.characters import visible
from syndicate.cli import Address, Output, option
from syndicate.cli.console import show, tally
from syndicate.report import Options


@click.command("announce")
@click.argument("site", type=click.Path(path_type=Path), default=".")
@option("-o", "--output", type=Output(), help="Where it was published  [default: SITE/output]")
@option("--base-url", type=Address(), default="", help="The public address it was published for.")
@option("--dry-run", is_flag=True, help="Print what waits, and send nothing.")
@click.pass_context
def command(ctx: click.Context, /, site: Path, output: Path | str | None, base_url: str, *, dry_run: bool) -> None:
    """Send what builds of SITE could not send yet, or were told not to (`--offline`): after a deploy, say.

    Exits with 1 if something still waits because somebody could not be reached.
    """
    desk = building.desk(Options(site=site, output=output, base_url=base_url, now=datetime.now(UTC)))
    if dry_run or ctx.obj["offline"]:
        for channel, waiting in announcing.waiting(desk):
            for one in waiting:
                click.echo(visible(f"announce {one.change.url} to {channel.host}"))
        return
    findings = announcing.deliver(desk, datetime.now(UTC))
    show(findings, quiet=ctx.obj["quiet"], verbose=ctx.obj["verbose"])
    left = sum(len(waiting) for _, waiting in announcing.waiting(desk))
    if not ctx.obj["quiet"]:
        click.echo("nobody is left to be told" if not left else f"{tally(left, 'announcement')} wait", err=True)
    ctx.exit(int(bool(findings)))
