"""``syndicate build``: publish feeds, cards, tags and the gallery of a site."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import click

from syndicate import certificate
from syndicate.artifact import File
from syndicate.characters import visible
from syndicate.cli import Address, Output, Share, option
from syndicate.cli.console import annotate, for_programs, progress, show, tally
from syndicate.findings import Severity
from syndicate.report import Built, Options, Seen

JSON_VERSION = 1
_FACTS = "theme why type lines breaks runs typefaces picture crop contrast scrim colours quality".split()
"""The order in which a card is explained: as it is made."""


@click.command("build")
@click.argument("site", type=click.Path(path_type=Path), default=".")
@option(
    "-o", "--output", type=Output(), help="Where to publish: a folder, s3://, gs:// or az://  [default: SITE/output]"
)
@option(
    "--base-url", type=Address(), default="", help="The public address of the site, instead of what it says itself."
)
@option(
    "--built",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIST",
    help="The site as its generator built it: bodies are taken from its pages.",
)
@option("--drafts", is_flag=True, help="Publish drafts, too.")
@option("--future", is_flag=True, help="Publish articles dated in the future, too.")
@option(
    "--engine", type=click.Choice(["inline", "processes", "dask"]), help="Where to render  [default: as the work asks]"
)
@option(
    "--jobs", type=click.IntRange(0), default=0, metavar="N", help="Workers; 0 takes one a core.", show_default=True
)
@option("--scheduler", type=Address(), default="", metavar="ADDRESS", help="Of a Dask cluster, as tcp://host:8786.")
@option("--shard", type=Share(), help="Make only the I-th of N shares of the cards; see merge.")
@option("--dry-run", is_flag=True, help="Print what would be done, and do nothing.")
@option("--explain", is_flag=True, help="Say why each file is rendered, and why cards look as they do.")
@option("--strict", is_flag=True, help="Exit with 1 for warnings, too.")
@option("--clock", metavar="TIME", help="Take this moment for now, as 2024-03-08T15:13:00+01:00.")
@option("--allow-empty", is_flag=True, help="Publish even if most articles would vanish.")
@option("--allow-updates", is_flag=True, help="Publish even if readers would see most entries once more.")
@option(
    "--format",
    "shape",
    type=click.Choice(["text", "github"]),
    default="text",
    show_default=True,
    help="How findings are shown: to people, or as annotations of a change on GitHub.",
)
@option("--json", "as_json", is_flag=True, help="Print one JSON object on standard output.")
@click.pass_context
def command(  # noqa: PLR0913 -- what only the command line needs
    ctx: click.Context,
    /,
    clock: str | None,
    engine: str | None,
    shape: str,
    *,
    explain: bool,
    strict: bool,
    as_json: bool,
    **chosen: Any,  # noqa: ANN401 -- the options that the build itself takes
) -> None:
    """Publish feeds, share cards, head tags and the gallery of SITE (the current folder by default).

    Only what changed is rendered and only files whose bytes differ are touched.
    """
    started = perf_counter()
    options = Options(now=_moment(clock), engine=engine or "", offline=ctx.obj["offline"], **chosen)
    with progress(shown=not (as_json or ctx.obj["no_progress"] or ctx.obj["quiet"])) as advance:
        # What is to be explained must be looked at, even where nothing is to be done.
        built = (None if explain else certificate.holds(options)) or _build(options, advance)
    seconds = perf_counter() - started
    if explain:
        _explain(built)
    if shape == "github":
        annotate(built.findings, options.site.as_posix())
    else:
        show(built.findings, quiet=ctx.obj["quiet"], verbose=ctx.obj["verbose"])
    if as_json:
        click.echo(for_programs(summary(built, seconds)))
    elif options.dry_run:
        _dry_run(built)
    elif not ctx.obj["quiet"]:
        _conclude(built, seconds)
    ctx.exit(_exit_code(built, strict=strict))


def _build(options: Options, advance: Callable[[int, int], None]) -> Built:
    from syndicate import build as building  # noqa: PLC0415 -- half a second that nothing to do need not pay

    return building.build(options, advance)


def summary(built: Built, seconds: float) -> dict[str, object]:
    """The contract's JSON object."""
    report = built.report
    return {
        "version": JSON_VERSION,
        "articles": built.articles,
        "skipped": built.skipped,
        "rendered": report.rendered,
        "written": len(report.written),
        "unchanged": report.unchanged,
        "removed": len(report.removed),
        "seconds": round(seconds, 3),
        "findings": [
            {
                "code": remark.code,
                "severity": remark.severity.value,
                "path": remark.path,
                "line": remark.line,
                "message": remark.message,
                "help": remark.help,
            }
            for remark in built.findings
        ],
    }


def seen(what: Seen) -> str:
    """What subscribers see, in words; empty where that is nothing."""
    counts = ((what.new, "new"), (what.again, "old again as new"), (what.updated, "changed"))
    return ", ".join(f"{len(links)} {word}" for links, word in counts if links)


def _moment(clock: str | None) -> datetime:
    if clock is None:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(clock)
    except ValueError:
        raise click.BadParameter(
            f"{clock!r} is not a time like 2024-03-08T15:13:00+01:00", param_hint="--clock"
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _exit_code(built: Built, *, strict: bool) -> int:
    grave = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return int(any(remark.severity in grave for remark in built.findings))


def _explain(built: Built) -> None:
    for change in built.report.stale:
        click.secho(f"{change.artifact.path}: {change.reason}", bold=True, err=True)
        click.echo("\n".join(f"  {line}" for line in change.artifact.manifest.splitlines()), err=True)
    for file in built.report.standing.values():
        if file.facts:
            _tell(file)


def _tell(file: File) -> None:
    """Say why a card looks as it does."""
    click.secho(f"{file.path}: {file.size:,} bytes", bold=True, err=True)
    order = {name: number for number, name in enumerate(_FACTS)}
    for name in sorted(file.facts, key=lambda one: (order.get(one, len(order)), one)):
        click.echo(f"  {name}: {visible(str(file.facts[name]))}", err=True)


def _dry_run(built: Built) -> None:
    for change in built.report.stale:
        click.echo(f"render {change.artifact.path} ({change.reason})")
    for path in built.report.removed:
        click.echo(f"remove {path}")
    for word, links in (("new", built.seen.new), ("new again", built.seen.again), ("changed", built.seen.updated)):
        for link in links:
            click.echo(f"show {link} as {word}")
    for host, url in built.foreseen:
        click.echo(f"announce {url} to {host}")


def _conclude(built: Built, seconds: float) -> None:
    report = built.report
    counts = [
        tally(built.articles, "article"),
        f"{len(report.written)} written",
        f"{report.unchanged} unchanged",
        f"{len(report.removed)} removed",
    ]
    click.echo(f"{', '.join(counts)} in {seconds:.1f} s", err=True)
    if said := seen(built.seen):
        click.echo(f"in the feeds: {said}", err=True)
    click.secho(f"{built.output}/index.html", fg="cyan", err=True)
