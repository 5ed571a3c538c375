"""What the real Jekyll gives its documents: address, moment and title, asked of it and compared. Needs ``jekyll``."""

import json
import os
import re
import shutil
import subprocess
from datetime import UTC, datetime
from urllib.parse import unquote

import pytest
from making import shared
from reading import files, loaded

from syndicate.loading.fields import label

RUBY = shutil.which("ruby") if shutil.which("jekyll") else None
pytestmark = pytest.mark.skipif(RUBY is None, reason="jekyll is not installed; its own answers cannot be asked for")

ASK = """
require 'json'
require 'jekyll'
Jekyll.logger.log_level = :error
Dir.children('.').sort.each do |name|
  # What was read in one time zone must not be remembered in another.
  Jekyll::Utils.instance_variable_set(:@parse_date_cache, nil)
  ENV['TZ'] = 'UTC'
  source = [File.join(name, 'src'), name].find { |one| Dir.exist?(one) }
  chosen = { 'config' => "#{name}/_config.yml", 'source' => source, 'future' => true, 'plugins' => [], 'theme' => nil,
             'disable_disk_cache' => true }
  site = Jekyll::Site.new(Jekyll.configuration(chosen))
  site.read
  docs = site.collections.values.select { |one| one.label == 'posts' || one.write? }.flat_map(&:docs)
  puts JSON.generate([name, docs.map { |d| [d.relative_path, d.url, d.date.iso8601, d.data['title'].to_s] }])
end
"""
FAR = datetime(2090, 1, 1, tzinfo=UTC)


def of_jekyll(sites):
    """Of each site in a folder: path to address, moment and title of every document that the real one has."""
    environment = {**os.environ, "LANG": "C.UTF-8"}
    done = subprocess.run(
        [RUBY, "-e", ASK], cwd=sites, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    answers = map(json.loads, done.stdout.splitlines())
    return {
        name: {
            path: (unquote(url), datetime.fromisoformat(when).astimezone(UTC), title) for path, url, when, title in docs
        }
        for name, docs in answers
    }


def of_ours(site):
    result = loaded(site, now=FAR)
    base = result.site.base_url.rstrip("/")
    return {
        # Jekyll's own paths begin in its source, or where all collections are.
        one.source.removeprefix("all/").removeprefix("src/"): (
            unquote(one.permalink.removeprefix(base)),
            one.published.replace(microsecond=0).astimezone(UTC),
            one.title,
        )
        for one in result.site.articles
    }


def post(*lines, body="x"):
    return "\n".join(["---", *lines, "---", body, ""])


T = "title: T"
NAMES = {
    f"{folder}_posts/{name}": post(f"title: T {number}", *header)
    for number, (folder, name, header) in enumerate(
        [
            ("", "2024-03-08-plain.md", ()),
            ("", "2024-3-8-short-date.md", ()),
            ("", "24-3-9-two-digits.md", ()),
            ("", "2024-03-08-Über-ein_Wort.md", ()),
            ("", "2024-03-08-A.b.c.markdown", ()),
            ("", "2024-03-08-dots...md", ()),
            ("", "2024-03-08-a b  c.md", ()),
            ("", "2024-03-08-100%.md", ()),
            ("", "2024-03-08-what+now,(then)&'s;=@.md", ()),
            ("", "2024-03-08-日本語 の題.md", ()),
            ("", "2024-03-08-e\u0301te\u0301.md", ()),
            ("", "2024-03-08--lead-.md", ()),
            ("", "2024-03-08-page.html", ()),
            ("", "2024-12-30-week-one.md", ()),
            ("", "2021-01-03-week-53.md", ()),
            ("", "2024-07-01-timed.md", ("date: 2024-07-02 23:30:00",)),
            ("", "2024-07-01-quoted.md", ('date: "2024-07-02 23:30:00"',)),
            ("", "2024-07-01-minutes.md", ("date: 2024-07-02 23:30",)),
            ("", "2024-07-01-offset.md", ("date: 2024-07-02 23:30:00 -0500",)),
            ("", "2024-07-01-short-offset.md", ("date: 2024-7-2 3:30:05 +01:00",)),
            ("", "2024-07-01-zulu.md", ("date: 2024-07-02T23:30:00Z",)),
            ("", "2024-07-01-naive-t.md", ("date: 2024-07-02T23:30:00",)),
            ("", "2024-07-01-fraction.md", ("date: 2024-07-02 23:30:00.75 +02:00",)),
            ("", "2024-07-01-day.md", ("date: 2024-07-02",)),
            ("", "2024-07-01-prose.md", ("date: July 2, 2024 23:30",)),
            ("", "2024-07-01-slashes.md", ("date: 2024/07/02 10:00:00",)),
            ("", "2024-07-01-summer.md", ("date: 2024-03-31 02:30",)),
            ("", "2024-03-08-slug.md", ("slug: Other One",)),
            ("", "2024-03-08-own.md", ("permalink: /own/:year/:title:output_ext",)),
            ("", "2024-03-08-bare.md", ("permalink: /bare/:slug_:day",)),
            ("", "2024-03-08-style.md", ("permalink: pretty",)),
            ("", "2024-03-08-climb.md", ("permalink: /up/..a/./b",)),
            ("", "sub/2024-03-08-sub.md", ()),
            ("", "2024-03-08-category.md", ("category: One Word",)),
            ("", "2024-03-08-categories.md", ("categories: Two Words",)),
            ("", "2024-03-08-both.md", ("category: A b", "categories: [C, a b]")),
            ("", "2024-03-08-accents.md", ("categories: [Été, 日本, C++]",)),
            ("", "2024-03-08-number.md", ("categories: [2024, x]",)),
            ("Fr/News/", "2024-03-08-deep.md", ("categories: [news, more]",)),
            ("_not/", "2024-03-08-special.md", ()),
            ("", "_2024-03-08-underscore.md", ()),
            ("", "_in/2024-03-08-special.md", ()),
            ("", "2024-03-08-backup.md~", ()),
            ("", "undated.md", ()),
            ("", "2024-03-08-hidden.md", ("published: false",)),
            ("old/", "2024-03-08-excluded.md", ()),
            ("older/", "2024-03-08-excluded-too.md", ()),
            ("x/y.tmp/", "2024-03-08-globbed.md", ()),
        ]
    )
}
BOOK = {
    f"_books/{name}": post("title: B", "date: 2024-03-08 10:00:00 +0100", *header)
    for name, header in {
        "a.md": (),
        "sub/Über b.md": (),
        "2018-04-24-dated.md": (),
        "sub/2018-4-2-Dated.too.md": (),
        "slug.md": ("slug: Own Slug",),
        "own.md": ("permalink: /own-:name/:collection/:path",),
        "cat.md": ("categories: A b",),
        "page.html": (),
        "_special.md": (),
    }.items()
}
NAMED = {
    "_posts/2024-03-08-no-title-at-all.md": post("tags: a"),
    "_books/2018-04-24-from_the-name.md": post("tags: a"),
    "_books/2018-13-24-no-date.md": post(T, "date: 2024-03-08"),
}
START = "url: https://example.org\nexclude: [old, '*/y.tmp']\ncollections: {books: {output: true}}\n"
EVERY = (
    "/:categories/:slugified_categories/:year/:short_year/:month/:i_month/:short_month/:long_month/:day/:i_day/:y_day/"
    ":w_year/:week/:w_day/:short_day/:long_day/:hour/:minute/:second/:title/:slug/:name/:collection:output_ext"
)


CONFIGURATIONS = [
    "timezone: Europe/Paris",
    "timezone: America/New_York\npermalink: pretty",
    "permalink: ordinal",
    "permalink: weekdate",
    "permalink: none",
    "permalink: ':title'",
    "permalink: /blog/:title.html",
    f"timezone: Asia/Kolkata\npermalink: {EVERY}",
    "permalink: /p/:path/:name/",
    "collections: {books: {output: true, permalink: '/b/:title/'}, posts: {permalink: '/q/:title:output_ext'}}",
    f"collections: {{books: {{output: true, permalink: '{EVERY}'}}}}",
    "include: [_not, _special.md]\nexclude: ['*.html', _posts/2024-07-01-s, /Fr/]",
    "collections_dir: all\ncollections: {books: {output: true}}",
    "source: src\ntimezone: UTC\nexclude: []",
    """
defaults:
- {scope: {path: '_posts/2024-07'}, values: {permalink: '/july/:title'}}
- {scope: {path: '', type: books}, values: {permalink: '/books/:slug/', categories: [x]}}
- {scope: {path: '', type: post}, values: {categories: [y]}}
- {scope: {path: 'Fr/*/_posts'}, values: {permalink: '/globbed/:title'}}
- {scope: {path: '_books/sub'}, values: {permalink: '/closest/:title'}}
- {scope: {path: '/old'}, values: {permalink: '/never'}}
""",
    "permalink: date\ncollections: [books]",
]


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sites")
    for number, config in enumerate(CONFIGURATIONS):
        start = "".join(line for line in START.splitlines(True) if line.partition(":")[0] not in config)
        below = next((place for place in ("all", "src") if f": {place}\n" in config), "")
        contents = {f"{below}/{path}" if below else path: text for path, text in {**NAMES, **BOOK, **NAMED}.items()}
        files(folder / str(number), {"_config.yml": f"{start}{config}\n", **contents})
    return folder


@pytest.fixture(scope="module")
def answers(sites):
    return of_jekyll(sites)


@pytest.mark.parametrize("number", range(len(CONFIGURATIONS)))
def test_addresses_moments_and_titles(sites, answers, number):
    assert of_ours(sites / str(number)) == answers[str(number)]


def test_real_sites(tmp_path):
    for name in ("mehdix-ir", "numerique-gouv-fr", "ruby-lang"):
        shutil.copytree(shared("corpora", name), tmp_path / name)
        config = tmp_path / name / "_config.yml"
        # This Jekyll refuses what older ones took for a symbol of Ruby's.
        config.write_text(re.sub(r"^permalink: (:.*)$", r"permalink: '\1'", config.read_text(), flags=re.MULTILINE))
    for name, theirs in of_jekyll(tmp_path).items():
        ours = of_ours(tmp_path / name)
        assert ours == {path: (*said[:2], label(said[2])) for path, said in theirs.items() if path in ours}
        assert len(theirs) > 30
