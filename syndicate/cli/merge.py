"""``syndicate merge``: publish what the shares of several machines rendered, and render what they did not."""

import click

from syndicate.cli.build import command as build

command = click.Command(
    "merge",
    params=[parameter for parameter in build.params if parameter.name != "shard"],
    callback=build.callback,
    help="""Publish SITE with the cards that other machines rendered into the same output or store.

    Each of N machines makes its share with `syndicate build --shard I/N`; what none of them made is rendered here.""",
)
