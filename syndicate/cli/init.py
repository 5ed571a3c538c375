"""``syndicate init``: write a syndicate.toml from what the site already says."""

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from syndicate import build as building
from syndicate.cli import option
from syndicate.errors import SettingsError
from syndicate.findings import nearest
from syndicate.model import Site
from syndicate.report import Options

_NAME = "syndicate.toml"


@click.command("init")
@click.argument("site", type=click.Path(path_type=Path, exists=True, file_okay=False), default=".")
@option("--theme", metavar="NAME", help="Write a built-in theme of the cards into SITE/themes instead, to edit.")
def command(site: Path, theme: str | None) -> None:
    """Write SITE/syndicate.toml from what the site already says; an existing one is never touched."""
    if theme is None:
        _write(site / _NAME, _toml(building.load(Options(site=site, now=datetime.now(UTC))).site))
    else:
        (site / "themes").mkdir(exist_ok=True)
        _write(site / "themes" / f"{theme}.toml", _theme(theme))


def _theme(name: str) -> str:
    from syndicate.cards.themes import NAMES, TEXTS  # noqa: PLC0415 -- few ask for one

    if name not in TEXTS:
        raise SettingsError(f"--theme: there is no {name!r}{nearest(name, NAMES)}", f"Take one of {', '.join(NAMES)}.")
    return TEXTS[name]


def _write(place: Path, text: str) -> None:
    try:
        with place.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise SettingsError(f"{place}: exists already", "Edit it, or move it away first.") from None
    except OSError as error:
        raise SettingsError(f"{place}: cannot be written: {error.strerror}") from None
    click.echo(str(place))


def _toml(site: Site) -> str:
    said = {
        "title": site.title,
        "description": site.description,
        "base_url": site.base_url,
        "language": site.language,
        "author": site.authors[0].name if site.authors else "",
    }
    # A JSON string is a TOML string: the same quotes and escapes.
    lines = [f"{'' if value else '# '}{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in said.items()]
    return "\n".join(
        [
            "# How syndicate publishes this site; `syndicate schema` lists every key.",
            *lines,
            "",
            "[feeds]",
            f"limit = {site.feed_limit}",
            'content = "full"',
            "",
            "[cards]",
            '# accent = "#0b5fff"',
            '# logo = "images/logo.png"',
            "",
        ]
    )
