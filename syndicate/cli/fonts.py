"""``syndicate fonts``: list the typefaces at hand, check a site's words against them, add a set to a site."""

from datetime import UTC, datetime
from pathlib import Path

import click

from syndicate import build as building
from syndicate import cards, disk
from syndicate.characters import visible
from syndicate.cli import option
from syndicate.cli.console import show, tally
from syndicate.errors import SettingsError
from syndicate.loading import fontsets
from syndicate.model import Site, Typeface
from syndicate.report import Options
from syndicate.settings import parse

_SITE = click.argument("site", type=click.Path(path_type=Path, exists=True, file_okay=False), default=".")
_SETTINGS = "syndicate.toml"


@click.group("fonts")
def command() -> None:
    """List the typefaces that cards are set in, check a site's words against them, add a set to a site."""


@command.command("list")
@_SITE
def list_(site: Path) -> None:
    """Show the typefaces of SITE as they are tried, with how many characters each has, and the sets to add."""
    faces = _load(site).look.typefaces
    for face in faces:
        click.echo(visible(_described(face)))
    together = len(frozenset().union(*(face.covers for face in faces)))
    click.echo(f"{tally(len(faces), 'typeface')}, {together:,} characters")
    for name, one in fontsets.SETS.items():
        where = fontsets.find(name)
        state = "`syndicate fonts add " + name + "` adds it" if where else f"not on this machine ({one.source})"
        click.echo(f"set {name}: {one.purpose}; {state}")


@command.command("check")
@_SITE
@click.pass_context
def check(ctx: click.Context, /, site: Path) -> None:
    """Look for characters of titles, kickers and the name of SITE that no typeface has.

    Exits with 1 if there are any.
    """
    made = _load(site)
    remarks = tuple(remark for remark in cards.review(made) if remark.code == "glyph-missing")
    show(remarks, quiet=ctx.obj["quiet"], verbose=ctx.obj["verbose"])
    if not remarks:
        click.echo(f"{tally(len(made.articles), 'article')}: every character has a glyph")
    ctx.exit(int(bool(remarks)))


@command.command("add")
@click.argument("name", type=click.Choice(sorted(fontsets.SETS)))
@_SITE
@option("--write", is_flag=True, help="Name the font in syndicate.toml, too; otherwise the line is printed.")
def add(name: str, site: Path, *, write: bool) -> None:
    """Put the set NAME, from this machine's fonts, into SITE's fonts folder. Nothing is fetched."""
    wanted = fontsets.SETS[name]
    found = fontsets.find(name)
    if found is None:
        raise SettingsError(f"{name}: not found on this machine", f"Install it first: {wanted.source}.")
    place = site / fontsets.FOLDER / wanted.file
    said = place.relative_to(site).as_posix()
    try:
        disk.make_folder(place.parent)
        disk.put(place, fontsets.made(found))
        if write:
            _name(site / _SETTINGS, said)
    except OSError as error:
        raise SettingsError(f"{error.filename}: cannot be written: {error.strerror}") from None
    click.echo(f"{place}: from {found}", err=True)
    if not write:
        click.echo(f'In {_SETTINGS}, under [cards]:\nfonts = ["{said}"]')


def _load(site: Path) -> Site:
    return building.load(Options(site=site, now=datetime.now(UTC))).site


def _described(face: Typeface) -> str:
    kind = ", colour" if face.colour else ", variable" if face.variable else ""
    return f"{face.name:<32} {len(face.covers):>6,} characters  {face.asset.path}{kind}"


def _name(settings: Path, font: str) -> None:
    """Add a font to the settings, touching nothing else in them. Raises ``SettingsError`` where that needs a person."""
    text = settings.read_text(encoding="utf-8") if settings.exists() else ""
    fonts = parse(text, str(settings)).cards.fonts
    if font in fonts:
        return
    line = f'fonts = ["{font}"]\n'
    head, found, tail = text.partition("[cards]\n")
    changed = (
        f"{head}{found}{line}{tail}"
        if found
        else f"{text}{'' if text.endswith(chr(10)) or not text else chr(10)}\n[cards]\n{line}"
    )
    if fonts or parse(changed, str(settings)).cards.fonts != (font,):
        raise SettingsError(f"{settings}: names fonts already", f'Add "{font}" to `fonts` under [cards] yourself.')
    disk.put(settings, changed.encode())
