"""A site's life: fifty publishes, and what its readers notice of them."""

import random
import re
from datetime import UTC, datetime, timedelta

import pytest
from making import article, order, site, tree, write_article

from syndicate import build as building
from syndicate import publishing
from syndicate.engine import attempt, inline
from syndicate.publishing.folder import Folder
from syndicate.publishing.memory import Memory, settle
from syndicate.publishing.recovery import recovered
from syndicate.report import Options

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
EVER = datetime(2024, 1, 1, 12, tzinfo=UTC)
NAMES = ("rss.xml", "atom.xml", "feed.json")
WORDS = "Every article has so many words of its own that nobody takes it for another one, and this is number {}. "


def living(output):
    """What the ledger remembers of the articles of today, by their ids."""
    return publishing.open_ledger(Folder(output)).memory.living


class Life:
    """A site on disk, what its author did to it, and what its feeds must say of that."""

    def __init__(self, place):
        self.root, self.output, self.chance = place / "site", place / "output", random.Random(3)
        self.root.mkdir()
        self.base, self.turn = "https://example.org/", 0
        self.slugs, self.titles, self.dates, self.names = {}, {}, {}, {}
        self.ids, self.updated, self.closed = {}, {}, {}

    @property
    def now(self):
        return START + timedelta(days=self.turn)

    def write(self, n):
        body = WORDS.format(n) * 5 + f"\n\nSee [this page]({self.base}a/) again.[^1]\n\n[^1]: A note.\n"
        write_article(
            self.root, self.names[n], self.titles[n], self.dates[n].isoformat(), body=body, slug=self.slugs[n]
        )

    def new(self, n, when):
        self.slugs[n], self.titles[n], self.dates[n], self.names[n] = f"a{n}", f"Title {n}", when, f"a{n}.md"
        self.ids[n], self.updated[n] = f"{self.base}a{n}/", when
        self.write(n)

    def delete(self, n):
        (self.root / "content" / self.names[n]).unlink()
        for facts in (self.slugs, self.titles, self.dates, self.names, self.ids, self.updated):
            del facts[n]

    def happen(self, deed, n):
        match deed:
            case "new":
                self.new(1000 + self.turn, self.now - timedelta(hours=1))
            case "late":
                self.new(1000 + self.turn, EVER - timedelta(days=self.turn))
            case "edited":
                self.titles[n] += " again"
                self.updated[n] = self.now
            case "moved":
                self.slugs[n] = f"moved{self.turn}-{n}"
            case "renamed":
                (self.root / "content" / self.names[n]).unlink()
                self.names[n] = f"renamed{self.turn}-{n}.md"
            case "re-dated":
                self.dates[n] = self.now - timedelta(hours=2)
            case "deleted":
                return self.delete(n)
            case "domain":
                self.base = f"http{'s' * (self.turn % 20 == 8)}://www{self.turn}.example/"
                return [self.write(one) for one in self.slugs]
        return self.write(n)

    def build(self):
        settings = f'title = "T"\nbase_url = "{self.base}"\npermalink = "/:slug/"\n[feeds]\nlimit = 10\n[cards]\nenabled = false\n'
        (self.root / "syndicate.toml").write_text(settings)
        built = building.build(Options(site=self.root, now=self.now, output=self.output, engine="inline"))
        assert not built.failed, built.findings
        return built

    def check(self, built):
        known = living(self.output)
        assert {one.permalink: name for name, one in known.items()} == {
            f"{self.base}{self.slugs[n]}/": name for n, name in self.ids.items()
        }
        assert built.articles == len(known)
        found = {name: one.updated for name, one in known.items()}
        assert found == {self.ids[n]: when for n, when in self.updated.items()}
        standing = tree(self.output)
        for path, data in self.closed.items():
            assert standing[path] == data, path
        self.closed |= {
            path: data for path, data in standing.items() if b"<fh:archive" in data or b'"_archive": {' in data
        }
        self.walk(standing)

    def walk(self, standing):
        """Every living article stands once in the chain of each dialect; who was deleted may be in closed documents."""
        for name in NAMES:
            path, met = name, []
            while path:
                data = standing[path].decode()
                met += re.findall(
                    r'<guid[^>]*>([^<]+)<|<id>([^<]+)</id>\s*<title|^   "id": "([^"]+)"', data, re.MULTILINE
                )
                older = re.search(r'href="([^"]+)" rel="prev-archive"|"next_url": "([^"]+)"', data)
                # Closed documents keep the domain they were closed under; redirects lead on from there.
                path = re.sub(r"https?://[^/]+/", "", older[1] or older[2]) if older else ""
            ids = ["".join(one) for one in met if not "".join(one).endswith("atom.xml")]
            assert len(ids) == len(set(ids))
            assert set(self.ids.values()) <= set(ids)


@pytest.fixture
def life(tmp_path):
    made = Life(tmp_path)
    for n in range(50):
        made.new(n, EVER + timedelta(days=n))
    return made


DEEDS = ["new", "new", "edited", "moved", "renamed", "re-dated", "deleted", "late", "domain", "new"]
SEEN = {"edited": 1, "moved": 1, "re-dated": 1}
"""Deeds after which a reader finds another title, address or date in the entry."""


def test_fifty_publishes(life):
    from reader import make_reader

    life.check(life.build())
    assert len(life.closed) == 3, "one document, in three dialects"
    with make_reader(":memory:", feed_root=str(life.output)) as reader:
        for name in NAMES:
            reader.add_feed(name)
            assert reader.update_feed(name).new == 10
        for life.turn in range(1, 51):
            known = {entry.id for entry in reader.get_entries(feed="atom.xml")}
            deed = DEEDS[life.turn % len(DEEDS)]
            newest = sorted(life.ids, key=life.dates.__getitem__)[-10:]
            # Mostly what readers can see, at times what only archives hold.
            n = life.chance.choice(newest if life.turn % 4 else sorted(life.ids))
            life.happen(deed, n)
            life.check(life.build())
            head = set(re.findall(r"<entry [^>]*>\s*<id>([^<]+)</id>", (life.output / "atom.xml").read_text()))
            new = len(head - known)
            modified = len(head & known) if deed == "domain" else SEEN.get(deed, 0) * (life.ids.get(n) in head & known)
            for name in NAMES:
                found = reader.update_feed(name)
                counted = (found.new, found.modified) if found else (0, 0)
                assert counted == (new, modified), (life.turn, deed, name)
            assert new == (deed == "new") or deed in {"deleted", "re-dated"}, (
                "what left the feed may let others in again"
            )
            assert new <= 1
        assert len(life.closed) > 3


def archives(output):
    return {path: (output / path).stat().st_mtime_ns for path in tree(output) if path.startswith("feeds/archive/1/")}


def rewrite_settings(life, said):
    """Build with other settings."""
    (life.root / "syndicate.toml").write_text(f'base_url = "{life.base}"\npermalink = "/:slug/"\n{said}')
    return building.build(Options(site=life.root, now=life.now, output=life.output, engine="inline"))


def test_closed_documents_outlive_settings_editions_and_their_articles(life, monkeypatch):
    life.check(life.build())
    before = archives(life.output)
    rewrite_settings(life, '[feeds]\ncontent = "summary"\nlimit = 50\n[cards]\nenabled = false\n')
    monkeypatch.setattr(building, "edition", lambda: "another")
    for n in range(25):
        life.delete(n)
    rewrite_settings(life, 'title = "Other"\nauthor = "Ada"\n[cards]\nenabled = false\n')
    assert archives(life.output) == before


def test_a_closed_document_is_made_again_when_it_is_gone(life):
    life.check(life.build())
    lost = life.output / "feeds/archive/1/atom.xml"
    data = lost.read_bytes()
    lost.unlink()
    assert life.build().report.written == ("feeds/archive/1/atom.xml",)
    assert lost.read_bytes() == data


def test_without_its_ledger_a_site_remembers_ids_dates_and_archives(life):
    life.build()
    life.turn = 1
    # One that the feed shows, one of the open document, one of a closed one.
    for n in (49, 30, 3):
        life.happen("moved", n)
    life.happen("edited", 48)
    life.base = "https://elsewhere.example/"
    for n in life.slugs:
        life.write(n)
    life.build()
    before = archives(life.output)
    (life.output / ".ledger.json").unlink()
    life.turn = 2
    # What only a closed document names is found by its address there; this one's has changed since.
    life.happen("moved", 3)
    life.ids[3] = f"{life.base}{life.slugs[3]}/"
    life.build()
    found = {one.permalink: (name, one.updated) for name, one in living(life.output).items()}
    lasting = {n for n in life.ids if n != 3}
    assert {f"{life.base}{life.slugs[n]}/": (life.ids[n], life.updated[n]) for n in lasting}.items() <= found.items()
    assert archives(life.output) == before
    assert b"deleted-entry" not in (life.output / "atom.xml").read_bytes()


@pytest.mark.parametrize(
    "data", [b"", b"{", b'{"items": [1, {"id": 2}]}', b'{"items": [{"id":"a","url":"b"}]}', b"[" * 9999]
)
def test_what_is_no_feed_of_ours_is_no_memory(data):
    assert recovered(lambda _: data if _ != "feeds/archive/2/feed.json" else None).articles == {}


def test_what_was_closed_before_a_crash_stays_closed_over_the_same_articles(tmp_path):
    made = site(*map(article, range(60)), cards=False, feed_limit=10)
    settled = settle(made, Memory(), START)
    folder = Folder(tmp_path)

    def dies(artifacts):
        for one in artifacts:
            if one.seal:
                yield one, attempt(one, None)
                folder.commit()
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publishing.publish(order(settled.site, memory=settled.memory), folder, dies, lambda *_: None)
    sealed = {path: data for path, data in tree(tmp_path).items() if "archive" in path}
    assert len(sealed) == 1
    late = site(*made.articles, article(0, source="late.md", permalink="https://example.org/late/", title="Late"),
                cards=False, feed_limit=10)  # fmt: skip
    again = settle(late, publishing.open_ledger(folder).memory, START)
    assert again.site.history.volumes[0] == settled.site.history.volumes[0]
    publishing.publish(order(again.site, memory=again.memory), folder, inline(None), lambda *_: None)
    assert {path: tree(tmp_path)[path] for path in sealed} == sealed
