"""Bodies as the site itself shows them: the article of a built page, made safe, its pictures among the built files."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import urlsplit

from syndicate.characters import strip_illegal
from syndicate.findings import Finding, finding
from syndicate.loading import html as markup
from syndicate.loading import images, pages
from syndicate.loading.body import shortened
from syndicate.loading.sources import SourceError, Tree
from syndicate.model import Article, Picture, Site
from syndicate.pages import body as element
from syndicate.pages.head import UnfitError, head
from syndicate.pages.splice import bare

_LARGE = 600, 300
"""Pixels from which on a picture of a body may lead."""
_BODY_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Shown:
    """The body that a page shows: safe HTML, and what its beginning offers as a summary."""

    html: str
    opening: str


def site(loaded: Site, built: Tree) -> tuple[Site, tuple[Finding, ...]]:
    """Return a site whose articles have the bodies that their built pages show, where these show any."""
    seen: list[Finding] = []
    articles = tuple(_article(one, loaded.base_url, built, seen) for one in loaded.articles)
    return replace(loaded, articles=articles), tuple(seen)


def body(tree: Tree, path: str, permalink: str, base_url: str, seen: list[Finding]) -> Shown | None:
    """Return the body of a page; ``None`` with a finding where no element of it holds one."""
    try:
        data = bare(pages.page_bytes(tree, path) or b"")
        found = head(data)
        raw = element.article(data, found.encoding) if found else None
        if raw is None or len(raw) > _BODY_BYTES:
            message = "no element holds the article" if raw is None else "its article is larger than any real one"
            seen.append(finding("built-body-missing", path, message))
            return None
        clean = markup.sanitise(markup.flattened(strip_illegal(raw)), permalink)
        sized = markup.with_sizes(clean, partial(_size, tree, base_url))
        return Shown(sized, shortened(markup.first_paragraph(clean)))
    except SourceError as error:
        seen.append(finding("page-skipped", path, f"the page {error.finding.message}"))
    except (UnfitError, markup.BodyError) as error:
        seen.append(finding("page-skipped", path, f"the page {error}"))
    return None


def pictures(html: str) -> Mapping[str, str]:
    """Return the pictures of a body, each with its text alternative."""
    return dict(reversed(markup.pictures(html)))


def picture(tree: Tree, url: str, base_url: str) -> tuple[Picture | None, str, str]:
    """Return a picture by its address: with its file where the built site has it, else with a code and a message."""
    inside = urlsplit(url).netloc == urlsplit(base_url).netloc
    below = urlsplit(base_url).path
    path = urlsplit(url).path
    found = tree.find(path.removeprefix(below), ("",)) or tree.find(path, ("",)) if inside else None
    if found:
        return images.measured(tree, found, url)
    if inside:
        return None, "lead-image-missing", f"{path} is not among the built files"
    return Picture(url=url, media_type=images.guessed(url)), "lead-image-external", f"{url} is on another host"


def _size(tree: Tree, base_url: str, url: str) -> tuple[int, int] | None:
    found = picture(tree, url, base_url)[0]
    return (found.width, found.height) if found and found.width and found.height else None


def first_large(tree: Tree, shown: Mapping[str, str], base_url: str) -> Picture | None:
    """Return the first picture of a body that is large enough to lead."""
    for url, alt in shown.items():
        found = picture(tree, url, base_url)[0] if not url.startswith("data:") else None
        if found and found.asset and found.width >= _LARGE[0] and found.height >= _LARGE[1]:
            return replace(found, alt=alt)
    return None


def _article(article: Article, base_url: str, built: Tree, seen: list[Finding]) -> Article:
    path = pages.file_at(built, base_url, article.permalink)
    if path is None:
        message = f"no built page for {article.permalink}"
        seen.append(finding("built-body-missing", article.source, message))
        return article
    shown = body(built, path, article.permalink, base_url, seen)
    return replace(article, html=shown.html) if shown else article
