"""``syndicate explain CODE``: say what a finding's code means and what to do."""

import click

from syndicate.findings import CATALOGUE, nearest


@click.command("explain")
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Say what CODE means and what to do; without CODE, list them all."""
    if code is None:
        width = max(map(len, CATALOGUE))
        for known, kind in CATALOGUE.items():
            click.echo(f"{known:<{width}}  {kind.severity.value:<7}  {kind.meaning.partition('. ')[0].rstrip('.')}.")
        return
    if code not in CATALOGUE:
        raise click.UsageError(f"unknown code {code!r}{nearest(code, CATALOGUE)}")
    kind = CATALOGUE[code]
    click.secho(code, bold=True, nl=False)
    click.echo(f" ({kind.severity.value})\n\n{kind.meaning}\n\nWhat to do: {kind.cure}")
