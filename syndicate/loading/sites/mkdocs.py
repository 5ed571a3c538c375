"""MkDocs with the blog plugin of Material: posts below ``docs/blog/posts``, addresses from date and title."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from syndicate.loading.sites.layout import (
    Facts,
    Layout,
    Said,
    Source,
    authors_of,
    bare_name,
    configuration,
    markdown_below,
    slugged,
    text,
)
from syndicate.loading.sources import Tree
from syndicate.settings import Settings

MARKERS = ("mkdocs.yml", "mkdocs.yaml")


def recognises(tree: Tree) -> bool:
    """Whether the site has MkDocs' configuration."""
    return any(tree.exists(name) for name in MARKERS)


def layout(tree: Tree, settings: Settings) -> Layout:
    """Read the configuration and find every post of the blog, with its authors' file and its folder's defaults."""
    config, _, findings = configuration(tree, MARKERS)
    docs = text(config.get("docs_dir")) or "docs"
    options = _blog(config)
    blog = text(options.get("blog_dir")) or "blog"
    home = f"{docs}/{blog}".rstrip("/.")
    meta, _, _ = configuration(tree, (f"{home}/posts/.meta.yml", f"{home}/.meta.yml"))
    people, _, _ = configuration(tree, (f"{home}/.authors.yml",))
    folder = settings.content or (f"{home}/posts" if tree.is_folder(f"{home}/posts") else docs)
    theme = config.get("theme")
    return Layout(
        generator="mkdocs",
        sources=tuple(
            Source(path=path, name=bare_name(path), defaults=meta, page=True)
            for path in markdown_below(tree, folder, settings, (".md",))
        ),
        permalink=partial(_permalink, blog, text(options.get("post_url_format")) or "{date}/{slug}"),
        said=Said(
            title=text(config.get("site_name")),
            description=text(config.get("site_description")),
            base_url=text(config.get("site_url")),
            language=text(theme.get("language")) if isinstance(theme, dict) else "",
            author=text(config.get("site_author")),
        ),
        image_roots=(docs,),
        authors=authors_of(people),
        configuration=config,
        findings=findings,
    )


def _blog(config: Mapping[str, Any]) -> Mapping[str, Any]:
    plugins = config.get("plugins")
    entries = plugins if isinstance(plugins, list) else [plugins]
    for entry in entries:
        for name, options in entry.items() if isinstance(entry, dict) else ():
            if name in {"blog", "material/blog"} and isinstance(options, dict):
                return options
    return {}


def _permalink(blog: str, pattern: str, facts: Facts) -> str:
    when = facts.published
    words = {
        "{date}": f"{when.year:04}/{when.month:02}/{when.day:02}",
        "{slug}": facts.slug or slugged(facts.title),
        "{file}": facts.source.name,
        "{categories}": slugged(str((facts.header.get("categories") or [""])[0])),
    }
    for token, word in words.items():
        pattern = pattern.replace(token, word)
    return f"/{blog.strip('./')}/{pattern}/".replace("//", "/")
