"""``syndicate list``: show what was understood of each article."""

import csv
import io
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from syndicate import build as building
from syndicate.characters import cell, visible
from syndicate.cli import Address, option
from syndicate.cli.columns import GAP, cut, fitted, padded
from syndicate.cli.console import for_programs, show, tally
from syndicate.findings import Finding
from syndicate.loading import Loaded, Understood
from syndicate.report import Options

_ROOMY = 110
"""Cells from which on there is room for times of the day and for sources."""
_COLOURS = {"failed": "red", "draft": "yellow", "future": "blue", "unpublished": "yellow", "page": "yellow"}


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: how it is headed, what it says of a row, how it is shown. ``end`` says where a text too long is cut."""

    head: str
    say: Callable[[Understood], str]
    colour: str = ""
    end: bool = True


@click.command("list")
@click.argument("site", type=click.Path(path_type=Path), default=".")
@option("--format", "shape", type=click.Choice(["text", "csv", "json"]), default="text", show_default=True, help="How.")
@option("--skipped", is_flag=True, help="Show only what is not published, and why.")
@option(
    "--base-url", type=Address(), default="", help="The public address of the site, instead of what it says itself."
)
@option("--drafts", is_flag=True, help="Count drafts as published.")
@option("--future", is_flag=True, help="Count articles dated in the future as published.")
@click.pass_context
def command(ctx: click.Context, /, site: Path, shape: str, *, skipped: bool, **chosen: bool | str) -> None:
    """Show for each article of SITE what was understood: path, address, date, language, title, lead image, state."""
    loaded = building.load(Options(site=site, now=datetime.now(UTC), **chosen))  # type: ignore[arg-type]  # as declared above
    rows = [row for row in loaded.sources if row.state != "published" or not skipped]
    if shape != "text":
        click.echo({"csv": _csv, "json": _json}[shape](rows), nl=False)
        return
    _print(rows, loaded.site.base_url)
    if not ctx.obj["quiet"]:
        _conclude(loaded, verbose=ctx.obj["verbose"])


# --- for people


def _print(rows: Sequence[Understood], base_url: str) -> None:
    """Print what is published, newest first, then what is not, and why."""
    published = sorted((row for row in rows if row.state == "published"), key=lambda row: row.path)
    published.sort(key=lambda row: datetime.fromisoformat(row.published), reverse=True)
    hidden = [row for row in rows if row.state != "published"]
    room = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for some, columns in ((published, _columns(published, base_url, room)), (hidden, _REASONS)):
        if some:
            click.echo("".join(f"{line}\n" for line in _table(some, columns, room)))


def _columns(rows: Sequence[Understood], base_url: str, room: int | None) -> tuple[_Column, ...]:
    roomy = room is None or room >= _ROOMY
    several = len({row.language for row in rows}) > 1

    def address(row: Understood) -> str:
        return "/" + row.permalink.removeprefix(base_url) if row.permalink.startswith(base_url) else row.permalink

    return (
        _Column("date", lambda row: _date(row.published, timed=roomy)),
        _Column("lang", lambda row: row.language if several else ""),
        _Column("address", address, "cyan", end=False),
        _Column("source", lambda row: row.path if roomy else "", end=False),
        _Column("image", lambda row: row.lead_image.rpartition("/")[2], "green", end=False),
        # Last, because texts from right to left and unusual characters may not be as wide as we think.
        _Column("title", lambda row: row.title),
    )


_REASONS = (
    _Column("state", lambda row: row.state),
    _Column("", lambda _: ""),
    _Column("source", lambda row: row.path, end=False),
    _Column("why", lambda row: row.why),
    _Column("title", lambda row: row.title),
)


def _table(rows: Sequence[Understood], columns: Sequence[_Column], room: int | None) -> Iterator[str]:
    texts = [[visible(column.say(row)) for column in columns] for row in rows]
    said = [any(column) for column in zip(*texts, strict=True)]
    head = [column.head.upper() if kept else "" for column, kept in zip(columns, said, strict=True)]
    widths = fitted([head, *texts], room, firm=2)
    yield click.style(_line(head, widths, columns), dim=True)
    for row, cells in zip(rows, texts, strict=True):
        yield _line(cells, widths, columns, row.state)


def _line(cells: Sequence[str], widths: Sequence[int], columns: Sequence[_Column], state: str = "") -> str:
    shown = []
    for said, room, column in zip(cells, widths, columns, strict=True):
        if room:
            text = padded(cut(said, room, end=column.end), room)
            colour = _COLOURS.get(state, "") if column.head == "state" else column.colour
            shown.append(click.style(text, fg=colour) if state and colour and said else text)
    return (" " * GAP).join(shown).rstrip()


def _date(said: str, *, timed: bool) -> str:
    day, _, time = said.partition("T")
    return f"{day} {time[:5]} {time[8:]}" if timed else day


def _conclude(loaded: Loaded, *, verbose: bool) -> None:
    states = Counter(row.state for row in loaded.sources if row.state != "published")
    counts = [tally(len(loaded.site.articles), "article"), *(f"{count} {state}" for state, count in states.items())]
    click.echo(
        f"{', '.join(counts)}; {visible(loaded.site.title)}, {loaded.site.base_url} ({loaded.generator})", err=True
    )
    show(loaded.findings if verbose else _of_the_site(loaded), quiet=False, verbose=verbose)


def _of_the_site(loaded: Loaded) -> list[Finding]:
    """What is wrong with more than one article: with the configuration, say, so that every address may be another."""
    rows = {row.path for row in loaded.sources}
    return [one for one in loaded.findings if one.path not in rows or one.code == "permalink-guessed"]


# --- for programs


def _row(row: Understood) -> dict[str, str]:
    return {key: str(value) for key, value in asdict(row).items()}


def _csv(rows: Sequence[Understood]) -> str:
    out = io.StringIO()
    names = list(Understood.__dataclass_fields__)
    writer = csv.DictWriter(out, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: cell(value) for key, value in _row(row).items()} for row in rows)
    return out.getvalue()


def _json(rows: Sequence[Understood]) -> str:
    return for_programs([_row(row) for row in rows], indent=1) + "\n"
