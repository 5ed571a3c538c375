"""A site's life told twice: once with everything remembered, once with nothing; what is published must be the same."""

import os
import random
import shutil
import sqlite3
import time
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from making import NOW, picture_bytes, tree

from syndicate import build as building
from syndicate import certificate
from syndicate.loading import gathering
from syndicate.report import Options

CONFIG = "url: https://example.org\ntitle: T\ntimezone: Europe/Paris\nauthor: Ada\n"
_NO_CARDS, _NO_PAGES = "[cards]\nenabled = false\n", "[tags]\nenabled = false\n[gallery]\nenabled = false\n"
SETTINGS = (
    _NO_CARDS,
    f"{_NO_CARDS}[feeds]\nlimit = 5\ncontent = 'summary'\n",
    f"{_NO_CARDS}{_NO_PAGES}[feeds]\nlimit = 6\nkinds = []\narchive = false\n",
    f"title = 'Other'\n{_NO_CARDS}",
)


class Twins:
    """One site, built for two outputs: the first with its index, the second without any, always."""

    def __init__(self, place, chance):
        self.root, self.chance, self.now, self.turn = place / "site", chance, NOW, 0
        self.remembering, self.forgetting = (self.options(place / name) for name in ("a", "b"))
        (self.root / "_posts").mkdir(parents=True)
        (self.root / "images").mkdir()
        (self.root / "_config.yml").write_text(CONFIG)
        (self.root / "syndicate.toml").write_text(SETTINGS[0])

    def options(self, output):
        return Options(site=self.root, now=NOW, output=output, engine="inline", allow_empty=True)

    def posts(self):
        return sorted((self.root / "_posts").iterdir())

    def write(self, name, day=None):
        n = self.chance.randrange(10**6)
        when = (self.now - timedelta(days=day if day is not None else n % 40)).isoformat()
        others = [one.stem for one in self.posts() if one.name != name] or ["none"]
        image = f"image: /images/p{n % 3}.png\n" if n % 2 else ""
        over = f"expiryDate: {(self.now + timedelta(days=n % 5)).isoformat()}\n" if n % 7 == 0 else ""
        hidden = "published: false\n" if n % 11 == 0 else "draft: true\n" if n % 13 == 0 else ""
        link = f"See [it]({{% post_url {self.chance.choice(others)} %}}).\n\n" if n % 3 == 0 else ""
        own = f"permalink: /same/{n % 2}/\n" if n % 17 == 0 else ""
        body = f"{'Words of its own. ' * (n % 12)}\n\n![Seen](/images/p{(n + 1) % 3}.png)\n\n{link}Number {n}.\n"
        header = f"title: Title {n}\ndate: {when}\ntags: [t{n % 3}, été]\n{image}{over}{hidden}{own}"
        (self.root / "_posts" / name).write_text(f"---\n{header}---\n\n{body}")

    def change(self):
        """Let something happen; say what."""
        self.turn += 1
        changes = (self.add, self.add, self.add, self.edit, self.edit, self.delete, self.rename, self.picture)
        others = (self.unpicture, self.touch, self.settings, self.config, self.pass_, self.disguise, self.destroy)
        what = self.chance.choice((*changes, *others))
        posts = self.posts()
        if posts or what == self.add:
            what(self.chance.choice(posts) if posts else None)
        return what.__name__

    def add(self, _):
        self.write(f"2024-01-{1 + self.turn % 28:02}-post-{self.turn}.md", self.chance.randrange(-3, 50))

    def edit(self, one):
        self.write(one.name)

    def delete(self, one):
        one.unlink()

    def rename(self, one):
        one.rename(one.with_name(f"2024-02-01-renamed-{self.turn}.md"))

    def picture(self, _):
        (self.root / f"images/p{self.chance.randrange(3)}.png").write_bytes(picture_bytes(20 + self.turn, 10, "PNG"))

    def unpicture(self, _):
        (self.root / f"images/p{self.chance.randrange(3)}.png").unlink(missing_ok=True)

    def touch(self, _):
        for post in self.posts():
            os.utime(post, (self.turn, self.turn))

    def settings(self, _):
        (self.root / "syndicate.toml").write_text(self.chance.choice(SETTINGS))

    def config(self, _):
        pattern = self.chance.choice(["/:title/", "/:year/:title/", "date"])
        (self.root / "_config.yml").write_text(f"{CONFIG}permalink: {pattern}\n")

    def pass_(self, _):
        self.now += timedelta(days=self.chance.randrange(1, 4))

    def disguise(self, one):
        """Edit, and let size and time be as they were."""
        status, text = one.stat(), one.read_text()
        one.write_text(text.replace("Number", "Nomber"))
        os.utime(one, ns=(status.st_atime_ns, status.st_mtime_ns))

    def destroy(self, one):
        one.write_text("---\ntitle: [\n---\n\nBroken.\n")

    def check(self, what):
        self.remembering = replace(self.remembering, now=self.now)
        self.forgetting = replace(self.forgetting, now=self.now)
        told = certificate.holds(self.remembering) or building.build(self.remembering)
        for ending in ("db", "json"):
            certificate.place_of(self.forgetting, ending).unlink(missing_ok=True)
        fresh = building.build(self.forgetting)
        assert told.findings == fresh.findings, what
        assert (told.articles, told.skipped) == (fresh.articles, fresh.skipped), what
        assert tree(self.remembering.output) == tree(self.forgetting.output), what
        ledgers = [(one.output / ".ledger.json").read_bytes() for one in (self.remembering, self.forgetting)]
        assert ledgers[0] == ledgers[1], what


@pytest.mark.parametrize("seed", range(4))
def test_what_is_remembered_changes_no_byte(tmp_path, seed, monkeypatch):
    if seed % 2:
        monkeypatch.setattr(gathering.crew, "possible", lambda: False)  # read here, not in a copy of this process
    twins = Twins(tmp_path, random.Random(seed))
    for n in range(12):
        twins.write(f"2024-03-{n + 1:02}-first-{n}.md")
    twins.check("first")
    for _ in range(20):
        twins.check([twins.change() for _ in range(twins.chance.randrange(1, 3))])


@pytest.fixture
def twins(tmp_path):
    made = Twins(tmp_path, random.Random(1))
    for n in range(12):
        made.write(f"2024-03-{n + 1:02}-first-{n}.md")
    time.sleep(0.15)
    made.check("first")
    return made


def _folder(place):
    place.unlink()
    place.mkdir()


def _link(place):
    place.rename(place.with_suffix(".moved"))
    place.symlink_to(place.with_suffix(".moved"))


SPOILED = {
    "lost": lambda place: place.unlink(),
    "empty": lambda place: place.write_bytes(b""),
    "no database": lambda place: place.write_bytes(b"x" * 8000),
    "torn": lambda place: place.write_bytes(place.read_bytes()[:4096] + b"\xff" * 40_000),
    "half": lambda place: place.write_bytes(place.read_bytes()[:6000]),
    "another scheme": lambda place: change(place, "UPDATE meta SET value = 'other'"),
    "rows of junk": lambda place: change(place, "UPDATE sources SET draft = x'00', article = x'5b5d'"),
    "other tables": lambda place: change(place, "DROP TABLE sources; CREATE TABLE sources (a, b)"),
    "a folder": _folder,
    "a link": _link,
}


def change(place, script):
    database = sqlite3.connect(place)
    database.executescript(script)
    database.close()


@pytest.mark.parametrize("how", SPOILED)
def test_an_index_that_cannot_be_used_does_no_harm(twins, how):
    SPOILED[how](certificate.place_of(twins.remembering, "db"))
    twins.write("2024-03-05-first-4.md")
    twins.check(how)
    twins.write("2024-03-07-first-6.md")
    twins.check(how)


def test_an_index_that_is_locked_does_no_harm(twins):
    holder = sqlite3.connect(certificate.place_of(twins.remembering, "db"), isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    twins.write("2024-03-05-first-4.md")
    twins.check("locked")
    holder.execute("ROLLBACK")
    holder.close()


def test_bodies_that_are_missing_or_forged_are_not_published(twins):
    place = certificate.place_of(twins.remembering, "db")
    change(place, "UPDATE bodies SET html = '<script>forged</script>'")
    before = tree(twins.remembering.output)
    (twins.root / "syndicate.toml").write_text(SETTINGS[3])
    change(place, "UPDATE meta SET value = value")
    built = building.build(twins.remembering)
    assert all(b"forged" not in data for data in tree(twins.remembering.output).values())
    assert not built.failed or tree(twins.remembering.output).keys() == before.keys()


def reads(twins, monkeypatch):
    """Build, and say which sources were parsed, and which bodies rendered."""
    from syndicate.loading import body, frontmatter

    parsed, rendered = [], []
    parse, render = frontmatter.parse, body.render
    with monkeypatch.context() as watched:
        watched.setattr(gathering.crew, "possible", lambda: False)  # what copies do is not seen here
        watched.setattr(frontmatter, "parse", lambda text, path: parsed.append(path) or parse(text, path))
        watched.setattr(
            body,
            "render",
            lambda header, title, place, *rest: rendered.append(place.path) or render(header, title, place, *rest),
        )
        building.build(twins.remembering)
    return sorted(set(parsed)), sorted(set(rendered))


def test_one_edited_article_is_read_alone(twins, monkeypatch):
    assert reads(twins, monkeypatch) == ([], [])
    one = twins.root / "_posts/2024-03-03-first-2.md"
    one.write_text("---\ntitle: Plain\ndate: 2024-03-03\n---\n\nEdited.\n")
    path = "_posts/2024-03-03-first-2.md"
    assert reads(twins, monkeypatch) == ([path], [path])


def test_times_that_were_reset_cost_hashing_only(twins, monkeypatch):
    for post in twins.posts():
        os.utime(post, (1, 1))
        shutil.copy2(post, post.with_suffix(".new"))
        post.with_suffix(".new").replace(post)
    assert reads(twins, monkeypatch) == ([], [])


def test_a_picture_that_changed_is_measured_again_for_those_who_show_it(twins, monkeypatch):
    shown = [
        one for one in twins.posts() if "/images/p1.png" in one.read_text() and "published:" not in one.read_text()
    ]
    (twins.root / "images/p1.png").write_bytes(picture_bytes(33, 22, "PNG"))
    _, rendered = reads(twins, monkeypatch)
    assert rendered
    assert set(rendered) <= {f"_posts/{one.name}" for one in shown}


def test_settings_that_change_what_is_understood_make_all_anew(twins, monkeypatch):
    (twins.root / "_config.yml").write_text(CONFIG.replace("Paris", "London"))
    parsed, _ = reads(twins, monkeypatch)
    assert len(parsed) == len(twins.posts())


def test_where_only_the_newest_are_shown_only_these_are_rendered(twins, monkeypatch):
    (twins.root / "syndicate.toml").write_text(SETTINGS[2])
    certificate.place_of(twins.remembering, "db").unlink()
    parsed, rendered = reads(twins, monkeypatch)
    assert len(parsed) == len(twins.posts())
    assert len(rendered) == 6


def test_the_clock_is_asked_again(twins):
    twins.write("2024-03-30-later.md", -2)
    twins.check("before its hour")
    for _ in range(4):
        twins.now += timedelta(days=1)
        twins.check(f"at {twins.now}")
    assert isinstance(twins.now, datetime)
