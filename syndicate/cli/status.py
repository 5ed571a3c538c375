"""``syndicate status``: how an output stands."""

from datetime import UTC, datetime
from pathlib import Path

import click

from syndicate import upkeep
from syndicate.characters import visible
from syndicate.cli import Output, option
from syndicate.cli.console import for_programs, tally
from syndicate.report import Options
from syndicate.upkeep import Status

JSON_VERSION = 1
_WIDTH = 14


@click.command("status")
@click.argument("site", type=click.Path(path_type=Path), default=".")
@option("-o", "--output", type=Output(), help="Which output  [default: SITE/output]")
@option("--json", "as_json", is_flag=True, help="Print one JSON object on standard output.")
def command(site: Path, output: Path | str | None, *, as_json: bool) -> None:
    """Say what of SITE is published, what can be gone back to, and whether anything is in the way of a build.

    Exits with 1 if a build was interrupted, is held, or has never been.
    """
    found = upkeep.status(Options(site=site, output=output, now=datetime.now(UTC)))
    if as_json:
        click.echo(for_programs(summary(found)))
    else:
        _show(found)
    click.get_current_context().exit(int(found.held or found.interrupted or not found.published))


def summary(found: Status) -> dict[str, object]:
    """Return the status as one JSON object."""
    return {
        "version": JSON_VERSION,
        "output": str(found.output),
        "published": found.published,
        "articles": found.articles,
        "files": {kind: {"count": count, "bytes": size} for kind, (count, size) in found.kinds.items()},
        "retained": found.retained,
        "held": found.held,
        "interrupted": found.interrupted,
        "waiting": found.waiting,
        "generations": [
            {"number": one.number, "until": one.until.isoformat(), "articles": one.articles}
            for one in found.generations
        ],
    }


def _show(found: Status) -> None:
    click.secho(visible(str(found.output)), bold=True)
    if not found.published:
        click.echo("nothing is published here yet")
        return
    _row("articles", f"{found.articles:,}")
    for kind, (count, size) in found.kinds.items():
        _row(kind, f"{tally(count, 'file')}, {size / 1e6:,.1f} MB")
    _row("kept", f"{tally(found.retained, 'card')} that posts may still show")
    for one in found.generations:
        until = one.until.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")
        _row(f"generation {one.number}", f"stood until {until} with {tally(one.articles, 'article')}")
    if found.held:
        click.secho("held: somebody went back; `syndicate rollback --release` lets builds publish again", fg="yellow")
    if found.interrupted:
        click.secho("interrupted: the last build did not end; the next one heals what it left", fg="yellow")
    if found.waiting:
        click.echo("one more build was asked for while one ran")


def _row(head: str, text: str) -> None:
    click.echo(f"  {visible(head):{_WIDTH}} {text}")
