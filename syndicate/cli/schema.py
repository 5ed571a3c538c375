"""``syndicate schema``: print the JSON Schema of syndicate.toml."""

import json

import click

from syndicate.settings import schema


@click.command("schema")
def command() -> None:
    """Print the JSON Schema of syndicate.toml, for editors that complete and check."""
    click.echo(json.dumps(schema(), indent=2))
