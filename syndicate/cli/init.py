"""``syndicate init``: write a syndicate.toml from what the site already says."""

from datetime import UTC, datetime
from pathlib import Path

import click

from syndicate import disk, loading
from syndicate.characters import visible
from syndicate.cli import option
from syndicate.cli.console import tally
from syndicate.errors import SettingsError
from syndicate.findings import nearest
from syndicate.loading import starting
from syndicate.loading.starting import Start

_FEW = 3


@click.command("init")
@click.argument("site", type=click.Path(path_type=Path, exists=True, file_okay=False), default=".")
@option("--theme", metavar="NAME", help="Write a built-in theme of the cards into SITE/themes instead, to edit.")
@click.pass_context
def command(ctx: click.Context, /, site: Path, theme: str | None) -> None:
    """Write SITE/syndicate.toml from what the site already says; an existing one is never touched.

    Feeds that the site has from another tool keep their addresses and the ids their readers know.
    """
    if theme is None:
        made = starting.start(loading.root_of(site), datetime.now(UTC))
        _write(site / starting.NAME, made.text)
        if not ctx.obj["quiet"]:
            _conclude(made)
    else:
        disk.make_folder(site / "themes")
        _write(site / "themes" / f"{theme}.toml", _theme(theme))


def _theme(name: str) -> str:
    from syndicate.cards.themes import NAMES, TEXTS  # noqa: PLC0415 -- few ask for one

    if name not in TEXTS:
        raise SettingsError(f"--theme: there is no {name!r}{nearest(name, NAMES)}", f"Take one of {', '.join(NAMES)}.")
    return TEXTS[name]


def _write(place: Path, text: str) -> None:
    try:
        with disk.held(disk.create(place)) as file:
            disk.write(file, text.encode())
    except FileExistsError:
        raise SettingsError(f"{place}: exists already", "Edit it, or move it away first.") from None
    except OSError as error:
        raise SettingsError(f"{place}: cannot be written: {error.strerror}") from None
    click.echo(str(place))


def _conclude(made: Start) -> None:
    old = made.former
    click.echo(f"understood {tally(made.articles, 'article')} ({made.generator})", err=True)
    if old.feeds:
        shown = ", ".join(visible(path) for path, _ in old.feeds[:_FEW])
        more = f" and {len(old.feeds) - _FEW} more" if len(old.feeds) > _FEW else ""
        click.echo(f"feeds of {old.tool} stay at {shown}{more}", err=True)
        click.echo("prove it with: syndicate check --against OLD, the feed or the built site as it is today", err=True)
    click.echo("then: syndicate build", err=True)
