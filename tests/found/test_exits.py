"""The law of the exits: whatever an article says, what leaves the house is well formed, dead and speaks to no machine.

Strings made to hurt go in by real files, as an author's would, and come out by every door: feeds, head tags and linked
data, OPML, the gallery and what its search loads, tables, the terminal, orders to GitHub. Parsers that did not write
any of it judge.
"""

import csv
import io
import json
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree
from reading import NOW, plain
from selectolax.lexbor import LexborHTMLParser

from bench.faults.alive import faults_of
from syndicate import loading, plan
from syndicate.artifact import DIGEST
from syndicate.cli import console
from syndicate.cli import list as listing
from syndicate.loading.sources import reader

WORDS = (
    *("<script>alert(1)</script>", "</script>", "<!--", "]]>", "<img src=x onerror=alert(1)>", "{{", "{%", "%}", "&"),
    *("&#x202e;", "&lt;b&gt;", '"', "'", "`", "\\", "\0", "\x08", "\x1b[31m", "\x1b]0;x\x07", "\x9b", "\x85", "\ufffe"),
    *("\ud800", "\udfff", "\ufeff", "\u202e", "\u202d", "\u202a", "\u202c", "\u2066", "\u2067", "\u2069", "\u2028"),
    *("\n", "\r", "\t", " ", "e" + "\u0301" * 30, "::error::x", "\n::error file=a::x", "##[error]x", "##vso[task]x"),
    *(
        "=1+1",
        "+1",
        "-1",
        "@x",
        "\uff1d1",
        "\t=1",
        "javascript:alert(1)",
        "data:text/html,<script>",
        "https://e.org/",
        "tag:e.org,2024:x",
        "a@e.org",
    ),
    *(
        "http://[",
        "//e.org/",
        "../",
        "..",
        "con",
        "a.",
        "%00",
        "%2e%2e/",
        "\u00e9",
        "e\u0301",
        "日本語",
        "مرحبا",
        "👩\u200d💻",
    ),
)
hostile = st.lists(st.one_of(st.sampled_from(WORDS), st.text(st.characters(codec=None), max_size=6)), max_size=6).map(
    "".join
)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_COMMAND = re.compile(r"^\s*::|##(?:vso|teamcity)?\[", re.MULTILINE)
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def headers(text):
    """Front matter in which every field says the same, and a site that says it, too."""
    said = {
        "title": text, "date": "2024-03-08", "description": text, "tags": [text, f"a{text}"], "section": text, "id": text,
        "authors": [{"name": text, "url": text, "email": text}], "image": {"src": text, "alt": text}, "kicker": text,
        "external_url": text, "audio": {"url": f"https://e.org/{text}.mp3", "title": text}, "categories": [text],
    }  # fmt: skip
    return json.dumps(said)


def site_of(text: str, root: Path):
    """A site of three articles: one that says a text everywhere, one whose address it is, one with a plain header."""
    one = f"{headers(text)}\n\n{text}\n\n<p title={json.dumps(text)}>{text}</p>\n\n[a]({text}) ![{text}](x.png)\n"
    two = json.dumps({"title": "B", "date": "2024-03-08", "permalink": f"/{text}/", "lang": text, "slug": text})
    three = f"---\ntitle: {json.dumps('C')}\ndate: 2024-03-08\nimage: {json.dumps(text)}\n---\n# {text}\n"
    contents = {**plain(one), "content/b.md": f"{two}\n\nx\n", "content/c.md": three}
    for path, data in contents.items():
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data.encode("utf-8", "replace"))
    with suppress(OSError, ValueError):  # a name that no disk takes
        (root / "content" / f"{text.replace('/', '')[:60]}.md").write_text("---\ntitle: D\n---\nx")
    return loading.load(root, loading.settings_of(root), NOW)


def published(made, root: Path) -> Iterator[tuple[str, bytes]]:
    bare = replace(made, look=replace(made.look, outlets=()))
    for wave in plan.waves(bare):
        for one in wave({}):
            yield one.path, one.recipe.render(reader(root)).data


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for pair in value.items() for one in pair for text in strings(one))
    elif isinstance(value, list):
        yield from (text for one in value for text in strings(one))


def fit(text: str, where: str, *, label: bool = False) -> None:
    """A text is legal, turns nothing that it does not turn back, and stacks no marks."""
    assert not _FORBIDDEN.search(text), (where, text)
    open_ones = []
    for control in _TURNING.findall(text):
        assert not label, (where, text)
        assert control not in "\u202d\u202e", (where, text)
        if control in "\u202c\u2069":
            assert open_ones, (where, text)
            assert open_ones.pop() == control, (where, text)
        else:
            open_ones.append("\u2069" if control in "\u2066\u2067\u2068" else "\u202c")
    assert not open_ones, (where, text)
    longest = run = 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        longest = max(longest, run)
    assert longest <= 30, (where, text)
    assert "\u0301" * 9 not in text, (where, text)


def judge(path: str, data: bytes) -> None:
    text = data.decode("utf-8")
    assert not _FORBIDDEN.search(text), path
    if path.endswith((".xml", ".opml")):
        judge_xml(path, data)
        assert not re.search(r"\{[{%]", text), path
    elif path.endswith(".json"):
        for said in strings(json.loads(data)):
            fit(said, path)
        assert path == "cards.json" or not re.search("<(?:/?script|!--)", text, re.IGNORECASE), path
    elif path.startswith(("gallery/articles-", "gallery/words-")):
        for said in strings(json.loads(text.partition("] = ")[2].rstrip().removesuffix(";"))):
            fit(said, path)
        assert "</script" not in text.lower(), path
    elif path.endswith(".html"):
        judge_page(path, text)


def judge_xml(path: str, data: bytes) -> None:
    ET.fromstring(data)  # a second parser
    for element in etree.fromstring(data).iter():
        if isinstance(element.tag, str):
            label = etree.QName(element).localname in {"title", "category", "name", "creator", "outline"}
            for said in (element.text or "", *element.attrib.values()):
                fit(said, f"{path} {element.tag}", label=label)


def judge_page(path: str, text: str) -> None:
    tree = LexborHTMLParser(text)
    for node in tree.css("script"):
        if node.attributes.get("type") in {"application/ld+json", "application/json"}:
            for said in strings(json.loads(node.text())):
                fit(said, path)
    for node in tree.css("meta"):
        fit(node.attributes.get("content") or "", path, label=True)
    if path.startswith("tags/"):
        assert not re.search(r"\{[{%#]", text), path


def judge_names(paths: list[str]) -> None:
    folded = [unicodedata.normalize("NFC", path).casefold() for path in paths]
    assert len(set(folded)) == len(folded)
    for path in paths:
        for part in path.replace(DIGEST, "0").split("/"):
            assert part not in {"", ".", ".."}, path
            assert not _RESERVED.fullmatch(part), path
            assert not part.endswith((".", " ")), path
            assert len(part.encode()) <= 255, path
            assert not re.search(r'[\x00-\x1f\x7f\\<>:"|?*]', part), path


def judge_words(loaded, capsys) -> None:
    """What people and machines are shown of it: findings, orders to GitHub, tables."""
    capsys.readouterr()
    console.show(loaded.findings, quiet=False, verbose=True)
    shown = capsys.readouterr().err
    assert not _CONTROL.search(shown)
    assert not _COMMAND.search(shown)
    console.annotate(loaded.findings, "site")
    orders = capsys.readouterr().err.splitlines()
    assert len(orders) == len(loaded.findings)
    assert all(
        re.fullmatch(r"::(error|warning|notice) file=[^:,]*(,line=\d+)?,title=[\w-]+::.*", one) for one in orders
    )
    rows = loaded.sources
    table = list(listing._table(rows, listing._columns(rows, loaded.site.base_url, 120), 120)) if rows else []
    assert not any(_CONTROL.search(re.sub("\x1b\\[[0-9;]*m", "", line)) for line in table)
    judge_tables(rows)


def judge_tables(rows) -> None:
    made = listing._csv(rows)
    assert not _CONTROL.search(made)
    assert not _COMMAND.search(made)
    read = list(csv.DictReader(io.StringIO(made)))
    assert [row["state"] for row in read] == [row.state for row in rows]
    assert not [cell for row in read for cell in row.values() if re.match("[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]", cell)]
    document = listing._json(rows)
    assert not _CONTROL.search(document)
    assert not _COMMAND.search(document)
    assert [row["title"] for row in json.loads(document)] == [row.title for row in rows]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hostile)
@example("".join(WORDS))
def test_whatever_an_article_says_every_exit_is_closed(capsys, text):
    assert "rss.xml" in judged(capsys, text)


@pytest.mark.parametrize("text", WORDS)
def test_each_word_alone_is_borne(capsys, text):
    assert "rss.xml" in judged(capsys, text)


def judged(capsys, text):
    """The paths of all that a site with such an article publishes, once each of them was looked at."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "site")
        loaded = site_of(text, root)
        assert {row.state for row in loaded.sources if row.path == "content/a.md"} == {"published"}
        out = Path(folder, "out")
        paths = []
        for path, data in published(loaded.site, root):
            judge(path, data)
            paths.append(path)
            place = out / path.replace(DIGEST, "0")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
            assert faults_of(place)[1] == [], path
        judge_names(paths)
        judge_words(loaded, capsys)
        return paths
