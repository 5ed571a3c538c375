"""The command line: parse, call, print, exit. No logic lives here.

People read standard error; standard output carries results only. Each command is a module of its own that is imported
when it is called, so that ``--help`` answers at once.
"""

import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

import click

COMMANDS = {
    "build": "Publish feeds, cards, tags and the gallery of a site.",
    "check": "Say what readers of the old feeds would see change.",
    "list": "Show what was understood of each article.",
    "fonts": "List the typefaces, check a site's words against them, add a set.",
    "init": "Write a syndicate.toml from what the site already says.",
    "schema": "Print the JSON Schema of syndicate.toml.",
    "explain": "Say what a finding's code means and what to do.",
}
INTERRUPTED = 130


class _Commands(click.Group):
    """The commands, imported one by one as they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 -- click's signature
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"syndicate.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        # The one-line helps are at hand here, so that help imports no command.
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def option(*names: str, **settings: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:  # noqa: ANN401 -- click's
    """A click option that is also the environment variable ``SYNDICATE_NAME``."""
    name = next(part for part in names if part.startswith("--")).split("/")[0].strip("- ")
    return click.option(*names, envvar=f"SYNDICATE_{name.upper().replace('-', '_')}", **settings)


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 -- click's signature
    if wanted and not ctx.resilient_parsing:
        from importlib.metadata import version  # noqa: PLC0415 -- only asked for here

        click.echo(f"syndicate {version('syndicate-cards')}")
        ctx.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@option("-C", "--directory", type=click.Path(exists=True, file_okay=False), help="Work as if started in this folder.")
@option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@option("-v", "--verbose", is_flag=True, help="Show notes, too.")
@option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="When to use colours; NO_COLOR and FORCE_COLOR are honoured.",
)
@option("--no-progress", is_flag=True, help="Show no progress bar.")
@option("--offline", is_flag=True, help="Never use the network (no command of this version does).")
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Print the version."
)
@click.pass_context
def cli(ctx: click.Context, /, directory: str | None, color: str, **switches: bool) -> None:
    """Turn a folder of articles into feeds that readers trust and share cards worth clicking."""
    if directory:
        os.chdir(directory)
    ctx.obj = switches
    ctx.color = _wants_colour(color)


def main() -> None:
    """Run the command line; the exit code is the contract's."""
    from syndicate.errors import SyndicateError  # noqa: PLC0415 -- after click, so that help stays quick

    try:
        sys.exit(cli.main(standalone_mode=False, prog_name="syndicate") or 0)
    except SyndicateError as error:
        _say("error", str(error), error.help)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        _say("interrupted", "what stood before still stands")
        sys.exit(INTERRUPTED)


def _wants_colour(choice: str) -> bool | None:
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return True if os.environ.get("FORCE_COLOR") else None


def _say(word: str, message: str, cure: str = "") -> None:
    from syndicate.characters import visible  # noqa: PLC0415 -- after click, so that help stays quick

    click.secho(f"{word}: ", fg="red", bold=True, nl=False, err=True, color=_wants_colour("auto"))
    click.echo(visible(message), err=True)
    if cure:
        click.echo(f"  help: {visible(cure)}", err=True)
