"""``syndicate serve``: preview a site while it is written; with ``--hooks`` receive webhooks and build for them."""

import os
import signal
from importlib.util import find_spec
from pathlib import Path

import click

from syndicate.cli import INTERRUPTED, Output, option
from syndicate.errors import SettingsError

SECRETS = "SYNDICATE_WEBHOOK_SECRETS"
PREVIEW = ".syndicate/preview"
"""Where a preview is built, below the site: from one to the next only what changed is made."""


@click.command("serve")
@click.argument("site", type=click.Path(path_type=Path, exists=True, file_okay=False), default=".")
@option("--hooks", is_flag=True, help="Receive webhooks at /hooks/SENDER.")
@option("-o", "--output", type=Output(), help="Where to publish  [default: SITE/output]")
@option("--host", default="127.0.0.1", show_default=True, help="Where to listen; put a proxy with TLS before it.")
@option("--port", type=click.IntRange(0, 65535), default=8787, show_default=True, help="0 takes a free one.")
@option("--pull", is_flag=True, help="Run `git pull --ff-only` in SITE before each build.")
@option(
    "--secret-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=f"Secrets, one a line  [default: what {SECRETS} holds]",
)
@option(
    "--time-limit",
    type=click.FloatRange(1),
    default=1800,
    show_default=True,
    metavar="SECONDS",
    help="How long a build may take.",
)
@option("--write", is_flag=True, help="Let the editing view save to the articles.")
@click.pass_context
def command(  # noqa: PLR0913, PLR0917 -- one for each option
    ctx: click.Context,
    /,
    site: Path,
    output: Path | str | None,
    host: str,
    port: int,
    secret_file: Path | None,
    time_limit: float,
    *,
    hooks: bool,
    pull: bool,
    write: bool,
) -> None:
    """Preview SITE in the browser, drafts too, anew whenever a file in it changes; nothing is published.

    Each article has a view where its cards are edited; what it says is copied, or saved with --write.

    With --hooks: build SITE whenever GitHub, GitLab, Gitea, Forgejo, Ghost or a Standard Webhooks sender says that
    it changed.

    Answers at once and builds one at a time. Also builds once at its start. Needs `syndicate-cards[serve]`.
    """
    if find_spec("uvicorn") is None or find_spec("starlette") is None:
        raise SettingsError("serve: its libraries are missing", 'Run `pip install "syndicate-cards[serve]"`.')
    if not hooks:
        if output or pull or secret_file:
            raise click.UsageError("--output, --pull and --secret-file belong to --hooks")
        told = _preview(ctx, site, (host, port), time_limit, write=write)
        ctx.exit(INTERRUPTED if told == signal.SIGINT else 0)
    if write:
        raise click.UsageError("--write belongs to the preview, not to --hooks")
    from syndicate import serving  # noqa: PLC0415 -- only here where it is installed
    from syndicate.serving.builds import work  # noqa: PLC0415

    secrets = serving.secrets_in(secret_file.read_text("utf-8") if secret_file else os.environ.get(SECRETS, ""))
    options = ["-o", str(output)] if output else []
    job = work(site, options, secrets=(SECRETS,), seconds=time_limit, pull=pull, offline=bool(ctx.obj.get("offline")))
    told = serving.serve(serving.Hooks(site=site, work=job, secrets=secrets, host=host, port=port))
    ctx.exit(INTERRUPTED if told == signal.SIGINT else 0)


def _preview(ctx: click.Context, site: Path, door: tuple[str, int], seconds: float, *, write: bool) -> int:
    from syndicate.serving import preview  # noqa: PLC0415 -- only here where it is installed
    from syndicate.serving.builds import Work, work  # noqa: PLC0415
    from syndicate.watching import changes  # noqa: PLC0415

    output, published = site / PREVIEW, (site.resolve() / "output",)

    def job(address: str) -> Work:
        options = ["-o", str(output), "--base-url", address, "--drafts", "--allow-empty", "--allow-updates"]
        # Nobody subscribes to a preview; hubs and search engines hear nothing of it.
        return work(site, options, secrets=(SECRETS,), seconds=seconds, pull=False, offline=True)

    if not ctx.obj["quiet"]:
        click.echo("A preview, for this machine only; Ctrl-C ends it.", err=True)
    shown = preview.Preview(
        output=output,
        work=job,
        host=door[0],
        port=door[1],
        changes=lambda: changes(site, lambda: published),
        site=site,
        write=write,
    )
    return preview.serve(shown)
