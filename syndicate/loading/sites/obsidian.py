"""Obsidian: the dated notes of a vault, addressed as Obsidian Publish does, or as Quartz does where that builds it.

After help.obsidian.md (properties, Publish) and quartz.jzhao.xyz. A vault holds what nobody should read: as soon as one
note says ``publish: true``, only those that say so are articles.
"""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath
from urllib.parse import quote

from syndicate.loading.javascript import mapping
from syndicate.loading.sites import scripts
from syndicate.loading.sites.layout import Facts, Guess, Layout, Said, Source, configuration, markdown_below, text
from syndicate.loading.sources import SourceError, Tree
from syndicate.settings import Settings

QUARTZ = ("quartz.config.ts", "quartz.config.js")
_VAULT = ".obsidian"
_ASKED = re.compile(r"\A\s*---[ \t]*\n(?:(?!---).*\n)*?publish[ \t]*:[ \t]*[\"']?(?:true|yes)\b", re.IGNORECASE)
_HEAD = 8_000
_SAFE = "/~!$'()*+,;=:@-._"
_TEMPLATES = frozenset({"templates", "template", "_templates"})


def recognises(tree: Tree) -> bool:
    """Whether the site is a vault, or Quartz's."""
    return tree.is_folder(_VAULT) or any(tree.exists(name) for name in QUARTZ)


def layout(tree: Tree, settings: Settings) -> Layout:
    """Find the notes of the vault that are meant for readers."""
    script, findings = scripts.read(tree, QUARTZ)
    said = mapping(mapping(script.configuration or script.constants.get("config")).get("configuration"))
    quartz = any(tree.exists(name) for name in QUARTZ)
    folder = settings.content.strip("/") or ("content" if quartz else "")
    app, _, _ = configuration(tree, (f"{_VAULT}/app.json",))
    base = text(said.get("baseUrl"))
    return Layout(
        generator="obsidian",
        sources=tuple(_sources(tree, folder, settings)),
        permalink=partial(_permalink, folder, quartz),
        said=Said(
            title=text(said.get("pageTitle")),
            base_url=f"https://{base}" if base and "://" not in base else base,
            language=text(said.get("locale")),
        ),
        template="obsidian",
        headed=False,
        image_roots=(folder, text(app.get("attachmentFolderPath")).removeprefix("./").strip("/"), "attachments"),
        configuration=said,
        findings=findings,
    )


def _sources(tree: Tree, folder: str, settings: Settings) -> Iterator[Source]:
    paths = [path for path in markdown_below(tree, folder, settings, (".md",)) if not _is_template(path)]
    asked = frozenset(path for path in paths if _asks(tree, path))
    for path in paths:
        pure = PurePosixPath(path)
        inner = pure.relative_to(folder) if folder else pure
        yield Source(
            path=path,
            name=inner.stem,
            title=inner.stem,
            section=inner.parent.as_posix().strip("."),
            page=True,
            defaults={"publish": "false"} if asked and path not in asked else {},
        )


def _is_template(path: str) -> bool:
    return any(part.lower() in _TEMPLATES for part in PurePosixPath(path).parts[:-1])


def _asks(tree: Tree, path: str) -> bool:
    try:
        return _ASKED.match(tree.text(path)[:_HEAD]) is not None
    except SourceError:
        return False


def _permalink(folder: str, quartz: bool, facts: Facts) -> str:  # noqa: FBT001 -- bound once, above
    own = text(facts.header.get("permalink"))
    # A whole address is where the note was clipped from, or where else it stands.
    if own and "://" not in own:
        return f"/{own.strip('/')}"
    path = PurePosixPath(facts.source.path).with_suffix("")
    place = (path.relative_to(folder) if folder else path).as_posix()
    if quartz:
        return f"/{_quartz(place)}"
    return Guess(f"/{quote(place, safe=_SAFE + ' ').replace(' ', '+')}")


def _quartz(place: str) -> str:
    slug = re.sub(r"\s", "-", place).replace("&", "-and-").replace("%", "-percent").replace("?", "").replace("#", "")
    return quote(re.sub(r"(^|/)index$", r"\1", slug), safe=_SAFE)
