"""The command line: parse, call, print, exit. No logic lives here.

People read standard error; standard output carries results only. Each command is a module of its own that is imported
when it is called, so that ``--help`` answers at once.
"""

import gc
import io
import os
import re
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any

import click

COMMANDS = {
    "build": "Publish feeds, cards, tags and the gallery of a site.",
    "merge": "Publish what several machines rendered with build --shard.",
    "watch": "Publish again whenever something in a site changes.",
    "status": "Say what is published, and what can be gone back to.",
    "rollback": "Let an earlier state of the output stand again.",
    "announce": "Tell hubs and search engines what still waits to be told.",
    "hook": "Have git publish after a push or a pull, or check before a commit.",
    "serve": "Preview a site while it is written, or receive webhooks.",
    "inject": "Write head tags and feed links into the pages of a built site.",
    "check": "Judge what is published, or what readers of old feeds would see.",
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
        _anywhere(command)
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


_ANYWHERE: dict[tuple[str, ...], dict[str, Any]] = {
    ("-C", "--directory"): {
        "type": click.Path(exists=True, file_okay=False),
        "help": "Work as if started in this folder.",
    },
    ("-q", "--quiet"): {"is_flag": True, "help": "Say nothing but errors."},
    ("-v", "--verbose"): {"is_flag": True, "help": "Show notes, too."},
    ("--color",): {
        "type": click.Choice(["auto", "always", "never"]),
        "help": "When to use colours; NO_COLOR and FORCE_COLOR are honoured.  [default: auto]",
    },
    ("--no-progress",): {"is_flag": True, "help": "Show no progress bar."},
    ("--offline",): {"is_flag": True, "help": "Never use the network; what is to be announced waits."},
}
"""Options of the program itself, which may stand before a command's name or after it."""


def _everywhere(program: click.Command) -> click.Command:
    for names, settings in _ANYWHERE.items():
        # First of all: what other options name is looked for in the folder that this one chooses.
        option(*names, is_eager=True, expose_value=False, callback=_chosen, **settings)(program)
    return program


def _anywhere(command: click.Command) -> None:
    """Let a command, and those below it, take the program's own options, too."""
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            _anywhere(inner)
    known = {name for parameter in command.params for name in parameter.opts}
    command.params += [
        click.Option(names, is_eager=True, expose_value=False, callback=_chosen, hidden=True, **settings)
        for names, settings in _ANYWHERE.items()
        if not known.intersection(names)
    ]
    command.epilog = "The options of `syndicate` itself (`syndicate --help`) may stand here, too."


def _chosen(ctx: click.Context, parameter: click.Parameter, value: Any) -> None:  # noqa: ANN401 -- click's signature
    """Take note of one of the program's own options; what is not said here may have been said before the command."""
    said: dict[str, Any] = ctx.ensure_object(dict)
    name = str(parameter.name)
    if value:
        said[name] = value
        if name == "directory":
            os.chdir(value)
    said.setdefault(name, value)
    ctx.color = _wants_colour(said.get("color") or "auto")


class Address(click.ParamType):  # type: ignore[type-arg]
    """An address that is published, called, or shown to who looks at what runs: it holds no user and no password."""

    name = "URL"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ANN401
        """Refuse one that does, without showing it."""
        from syndicate.secrecy import names_user  # noqa: PLC0415 -- after click, so that help stays quick

        if names_user(str(value)):
            self.fail("an address holds no user and no password here", param, ctx)
        return str(value)


class Output(Address):
    """A folder, or the address of an object store, which a path would tear apart."""

    name = "OUTPUT"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path | str:  # type: ignore[override]  # noqa: ANN401
        """Tell one from the other."""
        store = re.match(r"(s3|gs|az)://", str(value))
        return super().convert(value, param, ctx) if store else Path(value)


class Share(click.ParamType):  # type: ignore[type-arg]
    """Which share of how many, as ``2/5``."""

    name = "I/N"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:  # noqa: ANN401
        """Read both numbers."""
        found = re.fullmatch(r"(\d{1,4})/(\d{1,4})", str(value))
        number, of = (int(found[1]), int(found[2])) if found else (0, 0)
        if not 1 <= number <= of:
            self.fail(f"{value!r} is no share: write it like 2/5", param, ctx)
        return number, of


@_everywhere
@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Print the version."
)
def cli() -> None:
    """Turn a folder of articles into feeds that readers trust and share cards worth clicking."""


_OBJECTS = 20_000
"""New objects after which Python looks for cycles: values have none, and to look costs a twentieth of a build."""


def main() -> None:
    """Run the command line; the exit code is the contract's."""
    from syndicate.errors import SyndicateError  # noqa: PLC0415 -- after click, so that help stays quick

    _speak_utf8()
    gc.set_threshold(_OBJECTS)
    sys.excepthook = _uncaught
    try:
        sys.exit(cli.main(standalone_mode=False, prog_name="syndicate") or 0)
    except SyndicateError as error:
        _say("error", str(error), error.help)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        _show(error)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        _say("interrupted", "what stood before still stands")
        sys.exit(INTERRUPTED)


def _speak_utf8() -> None:
    """Begin anew where the surroundings would have files named in another encoding: addresses are in UTF-8."""
    if sys.getfilesystemencoding().lower() != "utf-8" and not sys.flags.utf8_mode:
        os.environ["PYTHONUTF8"] = "1"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 -- ourselves


def _wants_colour(choice: str) -> bool | None:
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return True if os.environ.get("FORCE_COLOR") else None


def _show(error: click.ClickException) -> None:
    from syndicate.secrecy import veiled  # noqa: PLC0415 -- after click, so that help stays quick

    said = io.StringIO()
    error.show(said)
    click.echo(veiled(said.getvalue()), nl=False, err=True)


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Show a mistake of ours as Python does, without a secret that its message may hold."""
    import traceback  # noqa: PLC0415 -- for mistakes only

    from syndicate.secrecy import veiled  # noqa: PLC0415 -- after click, so that help stays quick

    sys.stderr.write(veiled("".join(traceback.format_exception(kind, error, trace))))


def _say(word: str, message: str, cure: str = "") -> None:
    from syndicate.characters import visible  # noqa: PLC0415 -- after click, so that help stays quick
    from syndicate.secrecy import veiled  # noqa: PLC0415

    click.secho(f"{word}: ", fg="red", bold=True, nl=False, err=True, color=_wants_colour("auto"))
    click.echo(visible(veiled(message)), err=True)
    if cure:
        click.echo(f"  help: {visible(veiled(cure))}", err=True)
