"""What a person reads on standard error: findings, counts, a progress bar on a terminal."""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import click

from syndicate.characters import inert, visible
from syndicate.findings import Finding, Severity
from syndicate.secrecy import veiled

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}


def show(findings: Sequence[Finding], *, quiet: bool, verbose: bool) -> None:
    """Print findings, the gravest last, where the eye is when the build ends; notes only when asked for."""
    order = (Severity.NOTE, Severity.WARNING, Severity.ERROR)
    hidden = {Severity.NOTE, Severity.WARNING} if quiet else set() if verbose else {Severity.NOTE}
    for severity in order:
        if severity not in hidden:
            for remark in findings:
                if remark.severity is severity:
                    _show(remark)
    if findings and not quiet:
        _count(findings, hidden)


def annotate(findings: Sequence[Finding], site: str) -> None:
    """Print findings as GitHub's workflow commands, which it shows beside the lines of a change.

    Foreign text can neither end a command nor begin another: that is what the escapes are for.
    """
    for remark in findings:
        word = "notice" if remark.severity is Severity.NOTE else remark.severity.value
        place = f"{site}/{remark.path}" if site not in {"", "."} else remark.path
        line = f",line={remark.line}" if remark.line else ""
        where = f"file={_property(place)}{line},title={_property(remark.code)}"
        click.echo(f"::{word} {where}::{_escaped(f'{remark.message} (help: {remark.help})')}", err=True)


def _escaped(text: str) -> str:
    return visible(veiled(text)).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def for_programs(value: object, indent: int | None = None) -> str:
    """Write what a command found as JSON, which may also come to a terminal or a log."""
    return inert(veiled(json.dumps(value, ensure_ascii=False, indent=indent)))


def tally(count: int, noun: str) -> str:
    """``1 article``, ``2 articles``."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


@contextmanager
def progress(*, shown: bool) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error while files are rendered, if that is a terminal; yields what to tell it."""
    if not (shown and sys.stderr.isatty()):
        yield lambda _done, _of: None
        return
    from rich.console import Console  # noqa: PLC0415 -- 110 ms that only a terminal needs
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("rendering", total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def _show(remark: Finding) -> None:
    where = f"{remark.path}:{remark.line}" if remark.line else remark.path
    click.echo(f"{visible(where)}: ", nl=False, err=True)
    click.secho(remark.code, fg=_COLOURS[remark.severity], bold=True, nl=False, err=True)
    click.echo(f" {visible(veiled(remark.message))}", err=True)
    click.secho(f"  help: {visible(veiled(remark.help))}", dim=True, err=True)


def _count(findings: Sequence[Finding], hidden: set[Severity]) -> None:
    counts = Counter(remark.severity for remark in findings)
    said = ", ".join(tally(counts[severity], severity.value) for severity in Severity if counts[severity])
    more = " (-v shows the notes)" if counts[Severity.NOTE] and Severity.NOTE in hidden else ""
    click.echo(f"{said}{more}", err=True)
