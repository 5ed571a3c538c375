"""Zola: TOML front matter, ``path`` and ``slug``, sections as folders."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from syndicate.loading.sites.layout import Facts, Layout, Said, Source, bare_name, configuration, markdown_below, text
from syndicate.loading.sources import Tree
from syndicate.settings import Settings

MARKERS = ("config.toml", "zola.toml")


def recognises(tree: Tree) -> bool:
    """Whether the configuration is Zola's: it says ``base_url``, where Hugo says ``baseURL``."""
    config, _, _ = configuration(tree, MARKERS)
    return "base_url" in config


def layout(tree: Tree, settings: Settings) -> Layout:
    """Read the configuration and find every page that is no section."""
    config, _, findings = configuration(tree, MARKERS)
    return Layout(
        generator="zola",
        sources=tuple(_sources(tree, settings.content or "content", settings)),
        permalink=_permalink,
        said=Said(
            title=text(config.get("title")),
            description=text(config.get("description")),
            base_url=text(config.get("base_url")),
            language=text(config.get("default_language")),
            author=text(config.get("author")),
        ),
        template="zola",
        bundled=True,
        image_roots=("static",),
        configuration=config,
        findings=findings,
    )


def _sources(tree: Tree, folder: str, settings: Settings) -> Iterator[Source]:
    for path in markdown_below(tree, folder, settings, (".md",)):
        pure = PurePosixPath(path)
        if pure.stem == "_index":
            continue
        inner = pure.relative_to(folder)
        section = (inner.parent.parent if pure.stem == "index" else inner.parent).as_posix().strip(".")
        yield Source(path=path, name=bare_name(path), section=section, page=True)


def _permalink(facts: Facts) -> str:
    own = text(facts.header.get("path"))
    if own:
        return f"/{own.strip('/')}/"
    return f"/{facts.source.section}/{facts.slug or facts.source.name}/".replace("//", "/")
