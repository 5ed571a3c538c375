"""``syndicate hook``: have git publish by itself."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from syndicate import githooks
from syndicate.cli import option
from syndicate.errors import SettingsError
from syndicate.githooks import KINDS, Hook, running
from syndicate.secrecy import names_user

_KIND = click.argument("kind", type=click.Choice(list(KINDS)))
_REPOSITORY = click.argument("repository", type=click.Path(path_type=Path, exists=True, file_okay=False), default=".")
_SITE = option("--site", type=click.Path(path_type=Path), help="The site's folder  [default: what is checked out]")
_TREE = option(
    "--tree", type=click.Path(path_type=Path), help="Where to check out what is pushed to a bare repository."
)
_BRANCH = option("--branch", default="", help="The branch that is published  [default: the repository's own]")
_OPTIONS = click.argument("options", nargs=-1, type=click.UNPROCESSED, metavar="[-- BUILD_OPTION]...")


@click.group("hook")
def command() -> None:
    """Have git publish after a push or a pull, or check before a commit."""


@command.command("install")
@_KIND
@_REPOSITORY
@_OPTIONS
@_SITE
@_TREE
@_BRANCH
@option("--force", is_flag=True, help="Where another hook stands, run it first, then ours.")
@click.pass_context
def install(ctx: click.Context, /, force: bool, **said: Any) -> None:  # noqa: ANN401, FBT001 -- click's
    """Write the hook KIND into REPOSITORY.

    What follows `--` are options of `syndicate build`; paths among them are relative to the site.

    post-receive: publish what is pushed to a bare repository. post-merge: publish after a pull. pre-commit: refuse a
    commit where an article would not be published.
    """
    place = githooks.install(_hook(**said), force=force)
    if not ctx.obj["quiet"]:
        click.echo(f"wrote {place}", err=True)


@command.command("uninstall")
@_KIND
@_REPOSITORY
@click.pass_context
def uninstall(ctx: click.Context, /, kind: str, repository: Path) -> None:
    """Take the hook KIND away from REPOSITORY, and put back what stood there before."""
    place = githooks.uninstall(repository, kind)
    if not ctx.obj["quiet"]:
        click.echo(f"removed {place}", err=True)


@command.command("run", hidden=True)
@_KIND
@_REPOSITORY
@_OPTIONS
@_SITE
@_TREE
@_BRANCH
@click.pass_context
def run(ctx: click.Context, /, **said: Any) -> None:  # noqa: ANN401 -- click's
    """Do what the hook KIND is for; git calls this."""
    hook = _hook(**said)
    if hook.kind == "pre-commit":
        ctx.exit(running.check(hook))
    if hook.kind == "post-receive" and not running.concerns(hook, sys.stdin):
        return
    click.echo(f"syndicate: publishing; see {running.detach(hook)}", err=True)


@command.command("publish", hidden=True)
@_KIND
@_REPOSITORY
@_OPTIONS
@_SITE
@_TREE
@_BRANCH
@click.pass_context
def publish(ctx: click.Context, /, **said: Any) -> None:  # noqa: ANN401 -- click's
    """Publish here and now; what `run` leaves behind calls this."""
    ctx.exit(running.publish(_hook(**said)))


def _hook(
    *, kind: str, repository: Path, options: tuple[str, ...], site: Path | None, tree: Path | None, branch: str
) -> Hook:
    if any(map(names_user, options)):
        cure = "Hooks are files that others may read: let the environment hold what is secret."
        raise SettingsError("an address among the build's options holds a user or a password", cure)
    own = Hook(kind=kind, repository=repository.resolve(), site=(tree or repository).resolve(), branch=branch)
    own = replace(own, tree=tree.resolve() if tree else None, options=options)
    return replace(own, site=own.site / site) if site else own
