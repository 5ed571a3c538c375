"""Read a site's content into values: the only package that reads sources.

Headers are read first, then the bodies of what is published, because a body may ask where another source is published.
What is wrong with a source is a finding about it; it never stops the others.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path, PurePosixPath

from syndicate import settings as said
from syndicate.errors import SettingsError
from syndicate.findings import Finding, finding, nearest
from syndicate.loading import expressions, templates, translations
from syndicate.loading.article import Draft, Frame, State, finish, identity, read
from syndicate.loading.site import assembled, framed
from syndicate.loading.sites import laid_out
from syndicate.loading.sites.layout import Layout
from syndicate.loading.sources import SourceError, Tree
from syndicate.loading.translations import Kin
from syndicate.model import Article, Site
from syndicate.settings import Settings

_SKIPPED = {
    "draft": "draft-skipped",
    "future": "future-skipped",
    "unpublished": "unpublished-skipped",
    "page": "undated-skipped",
}


@dataclass(frozen=True, slots=True)
class Understood:
    """What was understood of one source: a row of ``syndicate list``."""

    path: str
    permalink: str
    published: str
    language: str
    title: str
    lead_image: str
    state: State
    why: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """A site, what was understood of each of its sources, every remark, and the sources that could not be read.

    ``until`` is the moment at which the clock alone will change something: an article's hour comes, or is over;
    ``generator`` is the one whose layout the site has.
    """

    site: Site
    sources: tuple[Understood, ...]
    findings: tuple[Finding, ...]
    failed: tuple[str, ...]
    until: datetime | None = None
    generator: str = ""

    @property
    def skipped(self) -> int:
        """How many sources are not published."""
        return sum(row.state != "published" for row in self.sources)


def root_of(site: Path) -> Path:
    """Return the site's folder. Raises ``SettingsError`` where there is none."""
    if not site.exists():
        beside = [entry.name for entry in site.parent.iterdir()] if site.parent.is_dir() else []
        raise SettingsError(f"{site}: no such folder{nearest(site.name, beside)}", "Name the folder of the site.")
    if not site.is_dir():
        raise SettingsError(f"{site}: is not a folder", "Name the folder that holds the articles.")
    return site.resolve()


def settings_of(root: Path, tree: Tree | None = None) -> Settings:
    """Return ``syndicate.toml``, else ``[tool.syndicate]`` in ``pyproject.toml``. Raises ``SettingsError``."""
    tree = tree or Tree(root)
    for name, table in (("syndicate.toml", ()), ("pyproject.toml", ("tool", "syndicate"))):
        if tree.exists(name):
            try:
                text = tree.text(name)
            except SourceError as error:
                raise SettingsError(str(error.finding), error.finding.help) from None
            found = said.parse(text, name, table)
            _refuse_wrong(found, text, name, (*table, "fields"))
            return found
    return Settings()


def _refuse_wrong(found: Settings, text: str, path: str, table: tuple[str, ...]) -> None:
    for key, expression in found.own.items():
        try:
            expressions.check(expression)
        except expressions.ExpressionError as error:
            where = said.address(text, path, table, key)
            cure = "Write a key of the front matter, or a JMESPath expression such as media[0].file."
            raise SettingsError(f"{where}: {'.'.join((*table, key))}: {expression!r}: {error}", cure) from None


def load(  # noqa: PLR0913 -- what a build may be told of a site
    root: Path,
    settings: Settings,
    now: datetime,
    *,
    drafts: bool = False,
    future: bool = False,
    base_url: str = "",
    tree: Tree | None = None,
) -> Loaded:
    """Read a site. ``now`` decides what is still to come; the result is the same on every machine.

    ``tree`` is the one the settings were read from, where somebody wants to know what was looked at.
    """
    tree = tree or Tree(root)
    _refuse_missing(tree, settings)
    layout = laid_out(tree, settings)
    remarks = list(layout.findings)
    frame = replace(framed(tree, layout, settings, base_url, now, remarks), drafts=drafts, future=future)
    begun = _distinct(read(source, frame) for source in layout.sources)
    kin = [Kin(one.permalink, one.source.path, one.language, one.kin) for one in begun if one.state == "published"]
    until = min((moment for one in begun for moment in one.moments if moment > now), default=None)
    remarks += _guesses(begun, layout)
    articles, states, found = _finished(begun, frame)
    published = {article.permalink for article in articles}
    articles, doubts = translations.linked(articles, [one for one in kin if one.permalink in published])
    remarks += doubts
    site = assembled(settings, frame, articles, remarks)
    if not states:
        remarks.append(finding("site-empty", settings.content or ".", "no article was found"))
    failed = tuple(path for path, row in states.items() if row.state == "failed")
    return Loaded(site, tuple(states.values()), (*remarks, *found), failed, until, layout.generator)


def _guesses(drafts: Iterable[Draft], layout: Layout) -> list[Finding]:
    """One remark for all addresses that only the site's templates could tell."""
    guessed = [draft for draft in drafts if draft.guessed and draft.state == "published"]
    if not guessed:
        return []
    others = f", and those of {len(guessed) - 1} more" if len(guessed) > 1 else ""
    message = f"the address {guessed[0].permalink}{others} is a guess: {layout.generator}'s templates form it"
    return [finding("permalink-guessed", guessed[0].source.path, message)]


def _refuse_missing(tree: Tree, settings: Settings) -> None:
    if settings.content and not tree.is_folder(settings.content):
        raise SettingsError(f"content: there is no folder {settings.content!r} in the site", "Correct `content`.")


def _distinct(drafts: Iterable[Draft]) -> list[Draft]:
    """Let the first of two articles with one address keep it; sources come in the order of their paths."""
    kept: list[Draft] = []
    taken: dict[str, str] = {}
    for draft in sorted(drafts, key=lambda one: one.source.path):
        if draft.state != "published":
            kept.append(draft)
            continue
        holder = taken.setdefault(identity(draft.permalink), draft.source.path)
        if holder != draft.source.path:
            message = f"{draft.permalink} is already the address of {holder}"
            remark = finding("permalink-collision", draft.source.path, message)
            draft = replace(draft, state="failed", why=message, findings=(*draft.findings, remark))  # noqa: PLW2901
        kept.append(draft)
    return kept


def _finished(drafts: list[Draft], frame: Frame) -> tuple[list[Article], dict[str, Understood], list[Finding]]:
    """Render what is published. Empties ``drafts``."""
    context = templates.Context(
        dialect=frame.layout.template,
        base_url=frame.base_url,
        resolve=_resolver(drafts, frame.layout),
        site=frame.layout.configuration,
        include=partial(_included, frame.tree),
    )
    articles: list[Article] = []
    rows: dict[str, Understood] = {}
    remarks: list[Finding] = []
    # A draft holds its source's text: each is let go as soon as it is an article, or ten thousand would stand twice.
    drafts.reverse()
    while drafts:
        draft = drafts.pop()
        article, found = finish(draft, frame, context) if draft.state == "published" else (None, draft.findings)
        state: State = "failed" if draft.state == "published" and article is None else draft.state
        remarks += [*found, *_note(draft)]
        rows[draft.source.path] = _row(draft, article, state)
        articles += [article] if article else []
    return articles, rows, remarks


def _note(draft: Draft) -> list[Finding]:
    code = _SKIPPED.get(draft.state)
    message = f"{draft.title or draft.source.path!r} is not published{f' ({draft.why})' if draft.why else ''}"
    return [finding(code, draft.source.path, message, line=_line(draft))] if code else []


def _line(draft: Draft) -> int:
    """Return the line that keeps an article from being published; the first where nothing in particular does."""
    key = "date" if draft.state == "future" else draft.why.partition(":")[0]
    return (draft.fields.header.line(key) if draft.fields else 0) or 1


def _row(draft: Draft, article: Article | None, state: State) -> Understood:
    lead = article.lead if article else None
    where = lead.asset.path if lead and lead.asset else lead.url if lead else ""
    published = draft.published.isoformat() if draft.published else ""
    why = draft.why or ("its body was refused" if state != draft.state else "")
    return Understood(draft.source.path, draft.permalink, published, draft.language, draft.title, where, state, why)


_INCLUDE_BYTES = 64 << 10


def _included(tree: Tree, name: str) -> str:
    """Return the text of a Jekyll site's include, or nothing where there is none that can be read."""
    path = f"_includes/{name}"
    try:
        return tree.text(path, _INCLUDE_BYTES) if ".." not in name and tree.exists(path) else ""
    except SourceError:
        return ""


def _resolver(drafts: list[Draft], layout: Layout) -> templates.Resolve:
    by_name: dict[str, str] = {}
    for draft in drafts:
        pure = PurePosixPath(draft.source.path)
        for name in (
            pure.as_posix(),
            pure.with_suffix("").as_posix(),
            pure.stem,
            pure.parent.name if pure.stem == "index" else "",
        ):
            if name and draft.permalink:
                by_name.setdefault(name, draft.permalink)

    def resolve(reference: str) -> str:
        bare, _, fragment = reference.strip().strip("\"'").partition("#")
        name = bare.strip("/").removesuffix("/index.md")
        url = next((by_name[one] for one in _spellings(name, layout) if one in by_name), "")
        return f"{url}#{fragment}" if url and fragment else url

    return resolve


def _spellings(name: str, layout: Layout) -> tuple[str, ...]:
    stem = PurePosixPath(name).with_suffix("").as_posix() if name.endswith((".md", ".markdown", ".html")) else name
    below = tuple(f"{root}/{name}" for root in (*layout.image_roots, "content", "content/posts", "_posts"))
    return (name, stem, *below, PurePosixPath(stem).name)
