"""Eight real sites, as their generators lay them out: every one builds, and what comes out is what readers accept."""

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import feedparser
import jsonschema
import pytest
from lxml import etree
from making import ROOT, picture_bytes, run, shared, tree

SITES = [
    "18f",
    "fullstackpython",
    "mehdix-ir",
    "mkdocs-material",
    "numerique-gouv-fr",
    "ruby-lang",
    "rust-blog",
    "scientific-python",
]
CLOCK = ("--clock", "2026-11-01T12:00:00+00:00")
SEED = (
    "https://www.numerique.gouv.fr/actualites/femmes-et-numerique-11-temoignages-pour-valoriser-soutenir-et-"
    "accelerer-les-parcours-des-femmes-au-sein-du-numerique-de-letat/"
)
SEED_IMAGE = "uploads/La place des femmes dans le numérique public-498892.png"


def build(site, output):
    done = run("build", site, "-o", output, "--json", *CLOCK)
    assert "Traceback" not in done.stderr
    return done.returncode, json.loads(done.stdout)


@pytest.fixture(scope="module", params=SITES)
def built(request, tmp_path_factory):
    output = tmp_path_factory.mktemp(request.param) / "output"
    code, summary = build(shared("corpora", request.param), output)
    assert code == 0
    return output, summary


def test_every_article_has_its_card_and_its_tags(built):
    output, summary = built
    entries = json.loads((output / "cards.json").read_text())["articles"]
    assert len(entries) == summary["articles"] > 10
    for entry in entries.values():
        for card in entry["cards"]:
            data = (output / card["path"]).read_bytes()
            assert len(data) == card["bytes"] <= 300_000
            assert data[:3] == (b"\xff\xd8\xff" if card["path"].endswith(".jpg") else b"\x89PN")
    assert sum(path.startswith("tags/") for path in tree(output)) == summary["articles"]
    assert all(entry["cards"] for entry in entries.values())


def test_what_was_skipped_or_repaired_is_told_with_its_place(built):
    output, summary = built
    for remark in summary["findings"]:
        assert remark["path"]
        assert remark["help"]
        assert remark["line"] or remark["code"] in {
            "base-url-missing",
            "permalink-guessed", "glyph-missing", "feed-heavy", "title-cut",
        }, remark  # fmt: skip
    told = {remark["path"] for remark in summary["findings"]}
    assert summary["skipped"] <= len(told)
    assert output


def test_readers_accept_the_feeds(built):
    output, summary = built
    expected = min(20, summary["articles"])
    for name in ("rss.xml", "atom.xml"):
        read = feedparser.parse((output / name).read_bytes())
        assert (read.bozo, len(read.entries)) == (0, expected), name
    feed = json.loads((output / "feed.json").read_text())
    schema = json.loads((ROOT / "tests/feeds/jsonfeed-1.1.schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(feed)
    assert len(feed["items"]) == expected


def test_atom_follows_the_grammar(built):
    grammar = etree.RelaxNG(etree.parse(str(shared("checks", "atom.rng"))))
    output, _ = built
    for path in output.rglob("atom.xml"):
        grammar.assertValid(etree.parse(str(path)))


class _References(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        assert tag not in {"script", "style", "iframe", "object", "embed", "form"}
        for name, value in attrs:
            assert not name.startswith("on")
            if name in {"href", "src", "poster", "cite"}:
                self.found.append(value or "")


def test_nothing_active_relative_illegal_or_of_templates_reaches_a_feed(built):
    output, _ = built
    # In XML, content is escaped once more: there "&lt;script" is a script, and "&amp;lt;script" a text about one.
    script = {".xml": "<script|&lt;script", ".json": "<script"}
    for path in [output / "rss.xml", output / "atom.xml", output / "feed.json"]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(rf"\{{%|\{{\{{|{script[path.suffix]}", text, re.IGNORECASE)
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", text)
    for item in json.loads((output / "feed.json").read_text())["items"]:
        references = _References()
        references.feed(item.get("content_html", ""))
        assert all(re.match(r"(https?|mailto|tel|data|xmpp|sms|geo|magnet):", one) for one in references.found), item[
            "url"
        ]


def test_building_again_writes_nothing(built):
    output, _ = built
    before = {path: path.stat().st_mtime_ns for path in output.rglob("*")}
    code, summary = build(shared("corpora", output.parent.name.rstrip("0123456789")), output)
    assert (code, summary["written"], summary["rendered"], summary["removed"]) == (0, 0, 0, 0)
    after = {path: path.stat().st_mtime_ns for path in output.rglob("*")}
    assert {path: time for path, time in after.items() if before.get(path) != time} == {}


@pytest.fixture(scope="module")
def illustrated(tmp_path_factory):
    """A copy of the seed's site with its lead image put in place."""
    root = tmp_path_factory.mktemp("seed")
    site = Path(shutil.copytree(shared("corpora", "numerique-gouv-fr"), root / "site"))
    for place in [site, *site.rglob("*")]:
        place.chmod(place.stat().st_mode | 0o200)
    (site / "uploads").mkdir(exist_ok=True)
    (site / SEED_IMAGE).write_bytes(picture_bytes(1600, 900, "PNG"))
    return site


def test_the_seed_article(tmp_path):
    code, summary = build(shared("corpora", "numerique-gouv-fr"), tmp_path / "output")
    assert code == 0
    entry = json.loads((tmp_path / "output/cards.json").read_text())["articles"][SEED]
    title = "Femmes et numérique : 11 témoignages pour valoriser, soutenir et accélérer les parcours des femmes au sein du numérique de l’État"
    card = entry["cards"][0]
    assert [one["outlet"] for one in entry["cards"]] == ["og", "square", "portrait", "story"]
    assert title in re.sub(r"[\u00a0\u202f]", " ", card["alt"])
    assert not [remark for remark in summary["findings"] if remark["code"] == "title-cut"]
    missing = [
        r
        for r in summary["findings"]
        if r["code"] == "lead-image-missing"
        and "femmes-et-numerique-11" in r["path"]
        and r["path"].startswith("_actualites")
    ]
    assert [(r["severity"], r["line"] > 1) for r in missing] == [("warning", True)]
    listed = json.loads(run("list", shared("corpora", "numerique-gouv-fr"), "--format", "json").stdout)
    (seed,) = [row for row in listed if row["permalink"] == SEED]
    assert (seed["published"], seed["title"]) == ("2024-03-08T15:13:00+01:00", title)
    assert 'content="À l’occasion de la journée internationale' in entry["head"]


def test_the_seed_article_with_its_image(illustrated, tmp_path):
    code, _ = build(illustrated, tmp_path / "output")
    assert code == 0
    cards = json.loads((tmp_path / "output/cards.json").read_text())["articles"][SEED]["cards"]
    card = cards[0]
    assert card["outlet"] == "og"
    assert card["media_type"] == "image/jpeg"
    url = "https://www.numerique.gouv.fr/uploads/La%20place%20des%20femmes%20dans%20le%20num%C3%A9rique%20public-498892.png"
    for name in ("rss.xml", "atom.xml"):
        read = feedparser.parse((tmp_path / "output" / name).read_bytes())
        seed = next(entry for entry in read.entries if entry.link == SEED)
        assert [media["url"] for media in seed.media_content] == [url]
        assert seed.content[0].value.count(url) == 1
    items = json.loads((tmp_path / "output/feed.json").read_text())["items"]
    assert next(item for item in items if item["url"] == SEED)["image"] == url
