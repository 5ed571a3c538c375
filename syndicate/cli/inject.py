"""``syndicate inject``: write head tags and feed links into the pages of a site that was built already."""

from dataclasses import asdict
from dataclasses import replace as replaced
from datetime import UTC, datetime
from pathlib import Path

import click

from syndicate import build as building
from syndicate import injecting, loading
from syndicate.characters import visible
from syndicate.cli import Address, Output, option
from syndicate.cli.build import summary
from syndicate.cli.console import for_programs, progress, show, tally
from syndicate.findings import Severity, ordered
from syndicate.injecting import Injected
from syndicate.loading.sites import laid_out, recognised
from syndicate.loading.sources import Tree
from syndicate.publishing.places import Where
from syndicate.report import Built, Options

JSON_VERSION = 1


@click.command("inject")
@click.argument("dist", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("site", type=click.Path(path_type=Path, exists=True, file_okay=False), required=False)
@option("-o", "--output", type=Output(), help="Where to publish feeds and cards  [default: DIST]")
@option(
    "--base-url", type=Address(), default="", help="The public address of the site, instead of what it says itself."
)
@option("--pages", is_flag=True, help="Take the articles from the pages themselves, even where there are sources.")
@option("--replace", is_flag=True, help="Let our tags take the place of the pages' own; --undo brings these back.")
@option("--undo", is_flag=True, help="Take out of every page what was written into it, and do nothing else.")
@option(
    "--check",
    is_flag=True,
    help="Only say which pages lack their tags or have old ones; exits with 1 for any. Say --replace as you injected.",
)
@option("--allow-empty", is_flag=True, help="Go on even if most articles would vanish.")
@option("--allow-updates", is_flag=True, help="Go on even if readers would see most entries once more.")
@option("--dry-run", is_flag=True, help="Print what would be done, and do nothing.")
@option("--json", "as_json", is_flag=True, help="Print one JSON object on standard output.")
@click.pass_context
def command(  # noqa: PLR0913 -- each is an option of its own
    ctx: click.Context,
    /,
    dist: Path,
    site: Path | None,
    output: Where | None,
    base_url: str,
    *,
    pages: bool,
    replace: bool,
    undo: bool,
    check: bool,
    allow_empty: bool,
    allow_updates: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Give a site that any generator built its cards, feeds and head tags.

    DIST is the folder of the built pages (public, _site, dist). SITE is the folder of the articles they were built
    from: the current folder, if DIST lies in it and a known generator (or a syndicate.toml) does, too. Where there is
    none, or no article in it, everything is read from the pages themselves, so that `syndicate inject DIST` is enough
    for any site.

    Feeds and cards are published into DIST, beside the pages, and each page gets its tags at the end of its head,
    between two comments; no other byte changes. Run it after each build: what is current is not touched.
    """
    if undo and (check or replace):
        raise click.UsageError("--undo takes neither --check nor --replace")
    output = output or dist
    if undo:
        built, done = None, injecting.undo(dist, output, write=not dry_run)
    elif check:
        built, done = None, injecting.outdated(injecting.compare(dist, output, replace=replace))
    else:
        options = _options(dist, site, output, pages=pages, base_url=base_url)
        options = replaced(options, dry_run=dry_run, allow_empty=allow_empty, allow_updates=allow_updates)
        options = replaced(options, offline=ctx.obj["offline"])
        with progress(shown=not (as_json or ctx.obj["no_progress"] or ctx.obj["quiet"])) as advance:
            built = building.build(options, advance)
        done = (injecting.compare if dry_run else injecting.inject)(dist, output, replace=replace)
    findings = ordered([*(built.findings if built else ()), *done.findings])
    show(findings, quiet=ctx.obj["quiet"], verbose=ctx.obj["verbose"])
    if as_json:
        click.echo(for_programs(_said(built, done)))
    elif dry_run:
        _foretold(built, done, undo=undo)
    elif not ctx.obj["quiet"]:
        _conclude(built, done, undo=undo, check=check)
    ctx.exit(int((check and bool(done.changed)) or any(one.severity is Severity.ERROR for one in findings)))


def _options(dist: Path, site: Path | None, output: Where, *, pages: bool, base_url: str) -> Options:
    here, place = Path.cwd(), dist.resolve()
    now = datetime.now(UTC)
    if site is None and place != here and place.is_relative_to(here) and _is_site(here):
        site = Path()
    bare = pages or site is None or not _has_sources(site, now)
    return Options(
        site=site or dist,
        now=now,
        output=output,
        base_url=base_url,
        built=dist if bare else None,
        pages=bare,
        shared=isinstance(output, Path) and output.resolve() == place,
    )


def _is_site(folder: Path) -> bool:
    """Whether a folder shows that it is a site's: nobody wants to read any text in a home folder as an article."""
    tree = Tree(folder)
    return tree.exists("syndicate.toml") or recognised(tree) != "plain"


def _has_sources(site: Path, now: datetime) -> bool:
    """Whether there is an article: in a plain folder, any text may lie that is none."""
    tree = Tree(loading.root_of(site))
    layout = laid_out(tree, loading.settings_of(tree.root, tree))
    if layout.generator != "plain":
        return bool(layout.sources)
    return bool(layout.sources and building.load(Options(site=site, now=now)).site.articles)


def _said(built: Built | None, done: Injected) -> dict[str, object]:
    said = {
        "version": JSON_VERSION,
        "pages": done.pages,
        "articles": len(done.shown),
        "changed": list(done.changed),
        "findings": [{**asdict(remark), "severity": remark.severity.value} for remark in done.findings],
    }
    return {**said, "build": summary(built, 0)} if built else said


def _foretold(built: Built | None, done: Injected, *, undo: bool) -> None:
    for change in built.report.stale if built else ():
        click.echo(visible(f"render {change.artifact.path} ({change.reason})"))
    for path in done.changed:
        click.echo(visible(f"{'undo' if undo else 'inject'} {path}"))


def _conclude(built: Built | None, done: Injected, *, undo: bool, check: bool) -> None:
    if built:
        report = built.report
        counts = f"{len(report.written)} files written, {report.unchanged} unchanged, {len(report.removed)} removed"
        click.echo(f"{tally(built.articles, 'article')}: {counts}", err=True)
    word = "restored" if undo else "to be injected" if check else "changed"
    shown = "" if undo else f", {tally(len(done.shown), 'article')} among them"
    click.echo(f"{tally(done.pages, 'page')}{shown}: {len(done.changed)} {word}", err=True)
    kept = sum(remark.code == "page-tags-kept" for remark in done.findings)
    if kept and not undo:
        click.echo(
            f"{tally(kept, 'page')} with tags of their own, which were kept; --replace puts ours there", err=True
        )
