"""``syndicate watch``: publish again whenever something in the site changes."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import click

from syndicate import build as building
from syndicate.characters import visible
from syndicate.cli import INTERRUPTED, Address, Output, option
from syndicate.cli.console import show
from syndicate.errors import SyndicateError
from syndicate.findings import Finding
from syndicate.report import Built, Options
from syndicate.secrecy import veiled
from syndicate.watching import changes

FEW = 3
"""Changed files that are named."""


@click.command("watch")
@click.argument("site", type=click.Path(path_type=Path, exists=True, file_okay=False), default=".")
@option("-o", "--output", type=Output(), help="Where to publish  [default: SITE/output]")
@option(
    "--base-url", type=Address(), default="", help="The public address of the site, instead of what it says itself."
)
@option("--drafts", is_flag=True, help="Publish drafts, too.")
@option("--future", is_flag=True, help="Publish articles dated in the future, too.")
@option("--announce", is_flag=True, help="Announce what changed, as `syndicate build` does.")
@click.pass_context
def command(ctx: click.Context, /, site: Path, *, announce: bool, **chosen: Any) -> None:  # noqa: ANN401 -- the build's
    """Publish SITE, and again whenever a file in it changes, until interrupted. One line says what each build did.

    Errors are shown and waited out. Nobody is told of anything unless `--announce` is said.
    """
    watch = _Watch(ctx, site, offline=bool(ctx.obj["offline"]) or not announce, chosen=chosen)
    try:
        for changed in changes(site, lambda: watch.outputs):
            watch.build(changed)
    except KeyboardInterrupt:
        ctx.exit(INTERRUPTED)


class _Watch:
    """What is known from one build to the next: where it published, and what it remarked."""

    def __init__(self, ctx: click.Context, site: Path, *, offline: bool, chosen: dict[str, Any]) -> None:
        self.quiet, self.verbose = bool(ctx.obj["quiet"]), bool(ctx.obj["verbose"])
        self.site, self.offline, self.chosen = site, offline, chosen
        self.outputs = _folders(chosen.get("output") or site / "output")
        self.known: frozenset[Finding] = frozenset()

    def build(self, changed: tuple[str, ...]) -> None:
        """Build once, and say so in one line; findings are shown when they are new."""
        began = perf_counter()
        options = Options(site=self.site, now=datetime.now(UTC), offline=self.offline, **self.chosen)
        try:
            built = building.build(options)
        except SyndicateError as error:
            self._say(changed, visible(veiled(f"{error} ({error.help})" if error.help else str(error))), "red")
            return
        self.outputs = _folders(built.output)
        show(tuple(self._news(built.findings)), quiet=self.quiet, verbose=self.verbose)
        self._say(changed, _done(built, perf_counter() - began), "red" if built.failed else "green")

    def _news(self, findings: Iterable[Finding]) -> list[Finding]:
        new = [remark for remark in findings if remark not in self.known]
        self.known = frozenset(findings)
        return new

    def _say(self, changed: tuple[str, ...], what: str, colour: str) -> None:
        if self.quiet:
            return
        moment = datetime.now().astimezone().strftime("%H:%M:%S")
        more = f" and {len(changed) - FEW} more" if len(changed) > FEW else ""
        why = visible(", ".join(changed[:FEW])) + more if changed else "all"
        click.echo(f"{moment} ", nl=False, err=True)
        click.secho(what, fg=colour, nl=False, err=True)
        click.echo(f" ({why})", err=True)


def _folders(output: Path | str) -> tuple[Path, ...]:
    """Return the output if it is a folder: an object store is not watched."""
    return (output.resolve(),) if isinstance(output, Path) else ()


def _done(built: Built, seconds: float) -> str:
    report = built.report
    errors = f"{built.skipped} not published, " if built.failed and built.skipped else ""
    return f"{errors}{len(report.written)} written, {len(report.removed)} removed in {seconds:.2f} s"
