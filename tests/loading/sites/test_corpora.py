"""Real sites: each published article's address is what the rule of its site (SOURCE.md) says, told here once more."""

import re
import tomllib
from datetime import UTC
from pathlib import PurePosixPath
from urllib.parse import unquote

import pytest
from making import NOW, shared

from syndicate import loading
from syndicate.settings import Settings

BASES = {"fullstackpython": "https://www.fullstackpython.com/", "18f": "https://18f.gsa.gov/"}


def _name(path):
    return re.sub(r"^\d{4}-\d{1,2}-\d{1,2}-", "", PurePosixPath(path).stem)


def _header(root, one):
    return (root / one.source).read_text(encoding="utf-8-sig")


def eighteen_f(root, one):
    own = re.search(r"^permalink: *(.+)$", _header(root, one), re.MULTILINE)
    return own[1] if own else f"/{one.published.astimezone(UTC):%Y/%m/%d}/{_name(one.source)}/"


def fullstackpython(root, one):
    return f"/blog/{re.search(r'^slug: *(.+)$', _header(root, one), re.MULTILINE)[1].strip()}.html"


def mehdix(root, one):
    own = re.search(r"^permalink: *(.+)$", _header(root, one), re.MULTILINE)
    return own[1].strip() if own else f"/{_name(one.source)}.html"


def mkdocs_material(root, one):
    text = _header(root, one)
    day = re.search(r"(?:created|date): *(\d{4})-(\d{2})-(\d{2})", text)
    slug = re.search(r"^slug: *(.+)$", text, re.MULTILINE)
    title = re.search(r"^title: *(.+)$|^# (.+)$", text, re.MULTILINE)
    words = slug[1] if slug else re.sub(r"[^\w\- ]", "", (title[1] or title[2]).strip().lower()).replace(" ", "-")
    return f"/mkdocs-material/blog/{'/'.join(day.groups())}/{words}/"


def numerique(root, one):
    folder = {"_actualites": "actualites", "_communiques": "espace-presse", "_evenements": "agenda"}
    first = one.source.split("/")[0]
    own = re.search(r"^permalink: *[\"']?([^\"'\n]+)", _header(root, one), re.MULTILINE)
    # Jekyll drops a date from the name of a document, and its posts have the address that they always have.
    slug = re.sub(r"[^\w.~!$&'()+,;=@]+", "-", _name(one.source)).strip("-")
    return own[1] if own else f"/{folder[first]}/{slug}/" if first in folder else None


def ruby_lang(root, one):
    language = one.source.split("/")[0]
    day = re.match(r"\d{4}-\d{2}-\d{2}", PurePosixPath(one.source).name)[0].replace("-", "/")
    return f"/{language}/news/{day}/{_name(one.source)}/"


def rust_blog(root, one):
    return f"/{tomllib.loads(_header(root, one).split('+++')[1])['path']}/"


def scientific_python(root, one):
    path = PurePosixPath(one.source)
    name = path.parent.name if path.stem == "index" else path.stem
    folder = path.parent.parent if path.stem == "index" else path.parent
    # A folder is a section where it has an _index; the first one always is, and the rule leaves it out.
    above = [
        one for one in (*reversed(folder.parents), folder) if len(one.parts) > 2 and (root / one / "_index.md").exists()
    ]
    return "/" + "/".join([*(one.name for one in above), name]).lower() + "/"


RULES = {
    "18f": (eighteen_f, Settings(permalink="/:year/:month/:day/:slug/"), 50),
    "fullstackpython": (fullstackpython, Settings(generator="pelican", permalink="blog/{slug}.html"), 34),
    "mehdix-ir": (mehdix, Settings(), 50),
    "mkdocs-material": (mkdocs_material, Settings(), 13),
    "numerique-gouv-fr": (numerique, Settings(), 30),
    "ruby-lang": (ruby_lang, Settings(), 60),
    "rust-blog": (rust_blog, Settings(), 49),
    "scientific-python": (scientific_python, Settings(), 40),
}


@pytest.mark.parametrize("name", RULES)
def test_addresses_follow_the_rule_of_the_site(name):
    rule, settings, least = RULES[name]
    root = shared("corpora", name)
    site = loading.load(root, settings, NOW, base_url=BASES.get(name, "")).site
    host = re.match(r"https?://[^/]+", site.base_url)[0]
    ours = {one.source: unquote(one.permalink.removeprefix(host)) for one in site.articles}
    told = {one.source: path for one in site.articles if (path := rule(root, one)) is not None}
    assert {source: ours[source] for source in told} == told
    assert len(told) >= least
    assert len(set(ours.values())) == len(ours)
