"""``syndicate list``: show what was understood of each article."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from syndicate import build as building
from syndicate.build import Options
from syndicate.characters import visible
from syndicate.cli import option
from syndicate.loading import Understood

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@click.command("list")
@click.argument("site", type=click.Path(path_type=Path), default=".")
@option("--format", "shape", type=click.Choice(["text", "csv", "json"]), default="text", show_default=True, help="How.")
@option("--base-url", default="", metavar="URL", help="The public address of the site, instead of what it says itself.")
@option("--drafts", is_flag=True, help="Count drafts as published.")
@option("--future", is_flag=True, help="Count articles dated in the future as published.")
def command(site: Path, shape: str, base_url: str, *, drafts: bool, future: bool) -> None:
    """Show for each article of SITE what was understood: path, address, date, language, title, lead image, state."""
    options = Options(site=site, now=datetime.now(UTC), base_url=base_url, drafts=drafts, future=future)
    rows = building.load(options).sources
    printers = {"text": _text, "csv": _csv, "json": _json}
    click.echo(printers[shape](rows), nl=False)


def _row(row: Understood) -> dict[str, str]:
    return {key: "" if value is None else str(value) for key, value in asdict(row).items()}


def _text(rows: Sequence[Understood]) -> str:
    lines = []
    for row in map(_row, rows):
        shown = {key: visible(value) for key, value in row.items()}
        lines.append(f"{shown.pop('path')}")
        lines += [f"  {key:<10} {value}" for key, value in shown.items() if value]
    return "".join(f"{line}\n" for line in lines)


def _csv(rows: Sequence[Understood]) -> str:
    out = io.StringIO()
    names = list(Understood.__dataclass_fields__)
    writer = csv.DictWriter(out, names, lineterminator="\n")
    writer.writeheader()
    # A cell that begins like a formula is run by spreadsheets; an apostrophe makes it text again.
    writer.writerows({k: f"'{v}" if v.startswith(_FORMULA) else v for k, v in _row(row).items()} for row in rows)
    return out.getvalue()


def _json(rows: Sequence[Understood]) -> str:
    return json.dumps([_row(row) for row in rows], ensure_ascii=False, indent=1) + "\n"
