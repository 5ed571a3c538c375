"""What the real Jekyll gives its documents: address, moment and title, asked of it and compared. Needs ``jekyll``."""

import json
import os
import re
import shutil
import subprocess
from datetime import UTC, datetime
from random import Random
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
             'disable_disk_cache' => true, 'show_drafts' => true, 'limit_posts' => 0 }
  site = Jekyll::Site.new(Jekyll.configuration(chosen))
  site.read
  docs = site.collections.values.select { |one| one.label == 'posts' || one.write? }.flat_map(&:docs)
  puts JSON.generate([name, docs.map { |d| [d.relative_path, d.url, d.date.iso8601, d.data['title'].to_s, d.data['draft'] == true] }])
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
    return {name: {path: _theirs(*said) for path, *said in docs} for name, docs in answers}


def _theirs(url, when, title, draft):
    return unquote(url), datetime.fromisoformat(when).astimezone(UTC), title, "draft" if draft else "published"


def of_ours(site):
    result = loaded(site, now=FAR)
    base = result.site.base_url.rstrip("/")
    return {
        # Jekyll's own paths begin in its source, or where all collections are.
        row.path.removeprefix("all/").removeprefix("src/"): (
            unquote(row.permalink.removeprefix(base)),
            datetime.fromisoformat(row.published).replace(microsecond=0).astimezone(UTC),
            row.title,
            row.state,
        )
        for row in result.sources
        if row.published and row.state != "unpublished"
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
        assert ours == {path: (*said[:2], label(said[2]), said[3]) for path, said in theirs.items() if path in ours}
        assert len(theirs) > 30


NAMES_OF_FILES = [
    "plain",
    "A b",
    "Über-ein",
    "x.y",
    "two--dashes",
    "日本",
    "e\u0301te",
    "with_under",
    "q&a",
    "(p)",
    "10%",
    "dots..",
    "a'b",
]
STYLES = ["date", "pretty", "ordinal", "weekdate", "none", "/:categories/:title", "/x/:slug.html", "/:year/:i_day-:title/", "/:path", "/:name:output_ext"]  # fmt: skip


def random_post(random, number):
    lines = [f"title: {json.dumps(random.choice(['T', 'Ü: x', 'A & B', '<b>x</b>']) + f' {number}')}"] * (
        random.random() < 0.8
    )
    for line, chance in (
        ("category: Some One", 0.2), ("categories: [X y, 'Été', x Y]", 0.2), ("categories: a b a", 0.1), ("tags: a", 0.2),
        (f"slug: {json.dumps(f'{random.choice(NAMES_OF_FILES)} {number}')}", 0.2), (f"permalink: /p/:title-{number}/", 0.1),
        (f"permalink: {random.choice(STYLES)}", 0.05), ("published: false", 0.05), ("draft: true", 0.1),
        ("date: 2019-12-31 23:59:59 -0800", 0.1), ("date: 2020-01-01", 0.1), ("date: 2021-06-07 8:09:10", 0.1),
        ("date: '2021-06-07 8:09:10'", 0.1), ("layout: null", 0.1),
    ):  # fmt: skip
        if random.random() < chance and not any(one.partition(":")[0] == line.partition(":")[0] for one in lines):
            lines.append(line)
    return post(*lines)


def random_site(seed):
    random = Random(seed)
    contents = {}
    for number in range(50):
        day = f"20{random.randint(10, 31)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
        folder = random.choice(["", "", "Blog/", "Blog/Fr x/", "_hidden/", "keep/"])
        inside = random.choice(["", "", "sub/", "Sub x/y/"])
        name = f"{random.choice(NAMES_OF_FILES)} {number}"
        ending = random.choice(["md", "md", "markdown", "html"])
        place, dated = random.choice(
            [("_posts", True)] * 4 + [("_drafts", True), ("_books", False), ("_books", True), ("_pages", False)]
        )
        path = f"{folder if place in {'_posts', '_drafts'} else ''}{place}/{inside}{f'{day}-' if dated else ''}{name}.{ending}"
        contents[path] = random_post(random, number)
        if not dated and "date:" not in contents[path]:
            contents[path] = contents[path].replace("---\n", "---\ndate: 2022-02-02 02:02:02 +0200\n", 1)
    scopes = [
        {"scope": {"path": random.choice(["", "_posts", "_posts/sub", "Blog", "Blog/*", "_books/Sub*", "/Blog/"]),
                   **({"type": random.choice(["posts", "books", "post"])} if random.random() < 0.5 else {})},
         "values": random.choice([{"permalink": f"/d{number}/:title"}, {"categories": [f"C{number}"]}, {"category": "one"}, {"draft": True}, {"published": False}, {"title": "Default"}])}
        for number in range(random.randint(0, 4))
    ]  # fmt: skip
    config = {
        "url": "https://example.org",
        "timezone": random.choice(["UTC", "Europe/Paris", "Asia/Kolkata", "America/St_Johns"]),
        "permalink": random.choice(STYLES),
        "collections": {
            "books": {"output": True, **({"permalink": random.choice(STYLES[5:])} if random.random() < 0.5 else {})},
            "pages": {"output": random.random() < 0.5},
            **({"posts": {"permalink": random.choice(STYLES)}} if random.random() < 0.2 else {}),
        },
        "defaults": scopes,
        "exclude": random.choice([[], ["Blog/Fr x"], ["keep/", "*.html"], ["**/sub"], ["_posts/2"]]),
        "include": random.choice([[], ["_hidden"], ["keep"]]),
    }
    return {"_config.yml": json.dumps(config, ensure_ascii=False), **contents}


@pytest.fixture(scope="module")
def unthought(tmp_path_factory):
    folder = tmp_path_factory.mktemp("unthought")
    for seed in range(20):
        files(folder / str(seed), random_site(seed))
    return folder, of_jekyll(folder)


@pytest.mark.parametrize("seed", range(20))
def test_sites_that_nobody_thought_of(unthought, seed):
    folder, answers = unthought
    ours = of_ours(folder / str(seed))
    theirs = {path: (*said[:2], label(said[2]), said[3]) for path, said in answers[str(seed)].items()}
    for path, mine in ours.items():
        # Jekyll lets the later of two with one address overwrite the other.
        if mine[3] == "failed" and [one[0] for one in ours.values()].count(mine[0]) > 1:
            ours[path] = (*mine[:3], theirs[path][3])
    assert ours == theirs
