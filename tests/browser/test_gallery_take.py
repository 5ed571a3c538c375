"""Taking away from the gallery in a real browser: downloads, captions and their counts, ZIP, CSV, JSON, clipboard."""

import csv
import io
import json
import unicodedata
import zipfile
from pathlib import Path

import axe
import pytest
from playwright.sync_api import expect
from published import publish
from showing import article, site

FAMILY, FLAG, HINDI = "👨‍👩‍👧‍👦", "🇫🇷", "क्षत्रिय"
SUMMARY = f"{FAMILY} and {FLAG}: " + "Many words about nothing in particular. " * 12


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """Three articles in March, one in April; the title of one would be a formula, that of another is Hindi."""
    articles = [
        article(0, "=HYPERLINK(1)", summary='Said "so", twice.'),
        article(1, HINDI, language="hi", summary=SUMMARY, tags=("women in tech", "énergie renouvelable")),
        article(2, "Two", section="Essays"),
        article(30, "April"),
    ]
    return publish(tmp_path_factory.mktemp("taking"), site(*articles, base_url="https://example.org/"), bare=2)


@pytest.fixture(scope="module")
def address(root, serve):
    return serve(root)


SHEET = "gallery/at/2024/a001.html"


def test_every_size_arrives_as_it_stands_under_an_honest_name(root, address, visit):
    page = visit(address + SHEET, accept_downloads=True)
    links = page.locator("a[download]").all()
    names = []
    for link in links:
        with page.expect_download() as taking:
            link.click()
        names.append(taking.value.suggested_filename)
        stands = next(
            one
            for one in root.glob("cards/**/*.jpg")
            if str(one).endswith(link.get_attribute("href").split("cards/")[1])
        )
        assert Path(taking.value.path()).read_bytes() == stands.read_bytes()
    assert names == ["2024-03-09_a001_og-1200x630_hi.jpg", "2024-03-09_a001_story-1080x1920_hi.jpg"]


@pytest.mark.parametrize(
    "text, how, counted",
    [
        (FAMILY, "graphemes", 1),
        (FAMILY, "weighted", 2),
        (FLAG, "graphemes", 1),
        (FLAG, "weighted", 2),
        ("क्षत्रिय", "weighted", 8),
        ("café", "weighted", 4),
        ("cafe\u0301", "weighted", 4),
        ("日本", "weighted", 4),
        ("日本", "graphemes", 2),
        ("1️⃣", "weighted", 2),
        ("see https://example.org/" + "x" * 90, "weighted", 27),
        ("see https://example.org/" + "x" * 90, "links", 27),
        ("see https://e.org/", "graphemes", 18),
        ("“—”", "weighted", 3),
    ],
)
def test_captions_are_counted_as_each_network_counts(address, visit, text, how, counted):
    page = visit(address + SHEET)
    assert page.evaluate("([text, how]) => syndicate.count(text, how)", [text, how]) == counted


@pytest.mark.parametrize(
    "network, limit", [("x", 280), ("bluesky", 300), ("mastodon", 500), ("threads", 500), ("linkedin", 3000)]
)
def test_a_caption_fits_its_network_and_keeps_the_link(address, visit, network, limit):
    page = visit(address + SHEET)
    page.locator("#network").select_option(network)
    text = page.locator("#caption").input_value()
    assert text.startswith(HINDI)
    assert text.endswith("#WomenInTech #ÉnergieRenouvelable\n\nhttps://example.org/2024/a001/")
    n = int(page.locator("#count").text_content().split()[0])
    assert limit / 2 < n <= limit or network == "linkedin"
    assert page.locator("#count").text_content() == f"{n} of {limit}"
    page.locator("#caption").fill("x" * (limit + 1))
    assert "too long" in page.locator("#count").text_content()


def test_a_campaign_goes_into_the_link(address, visit):
    page = visit(address + SHEET)
    page.locator("#network").select_option("linkedin")
    page.locator("#campaign").select_option("social")
    link = "https://example.org/2024/a001/?utm_source=linkedin&utm_medium=social&utm_campaign=a001"
    assert page.locator("[data-text=link]").text_content() == link
    assert page.locator("#caption").input_value().endswith(link)


def test_what_is_copied_is_what_is_shown(address, visit):
    page = visit(address + SHEET, permissions=["clipboard-read", "clipboard-write"])
    for what in ("alt", "hashtags", "link"):
        page.locator(f"[data-copy={what}]").click()
        expect(page.locator("#said")).to_have_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()") == page.locator(f"[data-text={what}]").text_content()
        expect(page.locator("#said")).to_be_empty()
    page.keyboard.press("c")
    expect(page.locator("#said")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#caption").input_value()
    page.locator("#image").click()
    expect(page.locator("#image")).to_have_attribute("data-said", "Copied")
    assert page.evaluate("navigator.clipboard.read().then(items => items[0].types)") == ["image/png"]


def test_where_clipboard_and_share_sheet_are_missing_the_file_is_taken(address, visit):
    page = visit(address + SHEET)
    page.evaluate("() => { delete Navigator.prototype.clipboard; delete Navigator.prototype.canShare; }")
    for button in ("#image", "#share"):
        with page.expect_download() as taking:
            page.locator(button).click()
        assert taking.value.suggested_filename == "2024-03-09_a001_og-1200x630_hi.jpg"
    page.locator("[data-copy=alt]").click()
    expect(page.locator("#said")).to_have_text("Copied")


def taken(page, press):
    with page.expect_download() as taking:
        page.locator(press).click()
    return taking.value.suggested_filename, Path(taking.value.path()).read_bytes()


def test_an_article_leaves_as_a_zip(root, address, visit):
    name, data = taken(visit(address + SHEET), "#zip")
    assert name == "2024-03-09_a001.zip"
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert packed.testzip() is None
        files = {one.filename: packed.read(one) for one in packed.infolist()}
    card = next(root.glob("cards/2024/a001/og-*.jpg"))
    assert files["2024-03-09_a001_og-1200x630_hi.jpg"] == card.read_bytes()
    assert set(files) == {
        *("2024-03-09_a001_og-1200x630_hi.jpg", "2024-03-09_a001_story-1080x1920_hi.jpg"),
        *("captions.csv", "alt-texts.txt"),
    }
    assert HINDI in files["alt-texts.txt"].decode()


HOSTILE_ARTICLES = """async (href) => {
  const article = (title, name) => ({
    day: "2024-03-08", title, link: "https://e.org/", language: "en", tags: [title], hashtags: title, alt: title,
    summary: "", files: [{ name, href }],
  });
  const articles = [article("=1+1", "Été.jpg"), article("\\uff1d1", "E\\u0301te\\u0301.jpg"), article("\\n=1", "été.jpg")];
  const zip = await globalThis.syndicate.pack(articles, []);
  return [[...new Uint8Array(await zip.arrayBuffer())], globalThis.syndicate.csv(articles, [])];
}"""


def test_names_that_are_one_on_many_disks_are_told_apart(address, visit):
    data, table = visit(address + SHEET).evaluate(HOSTILE_ARTICLES, address + SHEET)
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as packed:
        names = [unicodedata.normalize("NFC", name).casefold() for name in packed.namelist()]
    assert names == ["été.jpg", "été~1.jpg", "été~2.jpg", "captions.csv", "alt-texts.txt"]
    rows = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
    assert [row["title"] for row in rows] == ["'=1+1", "'\uff1d1", "'\n=1"]


def test_a_month_leaves_as_a_zip_with_captions_and_no_formula(address, visit):
    page = visit(f"{address}index.html#month=2024-03")
    page.locator("#takeaway").wait_for()
    assert page.locator("#amount").text_content() == "3 found"
    name, data = taken(page, "[data-take=zip]")
    assert name == "2024-03_3.zip"
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        rows = list(csv.DictReader(io.StringIO(packed.read("captions.csv").decode("utf-8-sig"))))
        assert len(packed.namelist()) == 2 * 2 + 2
        for row in rows:
            assert set(row["files"].split()) <= set(packed.namelist())
    assert [row["title"] for row in rows] == ["Two", HINDI, "'=HYPERLINK(1)"]
    assert not [value for row in rows for value in row.values() if value[:1] in {*"=+-@\t\r"}]
    assert {"caption_x", "caption_linkedin", "alt", "hashtags", "link"} <= set(rows[0])
    assert rows[2]["caption_x"].startswith('\'=HYPERLINK(1)\n\nSaid "so", twice.\n\n#Tag #Été')


def test_a_selection_leaves_as_json_and_is_remembered_through_a_search(address, visit):
    page = visit(address)
    page.locator("#list [data-pick*=a030]").check()
    page.locator("#filter").fill("two")
    page.locator("#found > li").wait_for()
    page.locator("#found [data-pick*=a002]").check()
    assert page.locator("#amount").text_content() == "2 selected"
    name, data = taken(page, "[data-take=json]")
    assert name == "2024-03-10_2024-04-07_2.json"
    assert [one["title"] for one in json.loads(data)] == ["April", "Two"]
    assert taken(page, "[data-take=csv]")[1].startswith("\ufeffdate,title".encode())
    page.goto(page.url.partition("#")[0] + "#q=april")
    page.reload()
    page.locator("#found [data-pick*=a030]").wait_for()
    assert page.locator("#found [data-pick*=a030]").is_checked()
    expect(page.locator("#amount")).to_have_text("2 selected")
    page.locator("#unpick").click()
    expect(page.locator("#amount")).to_have_text("1 found")


def test_from_a_folder_the_files_are_offered_one_by_one(root, visit):
    refused = ("Fetch API cannot load", "Failed to load resource", "CORS", "Tainted")
    page = visit((root / SHEET).as_uri(), refused=refused)
    page.locator("#zip").click()
    page.locator("#note a").first.wait_for()
    assert page.locator("#note a").count() == 2
    assert "may not read files" in page.locator("#note").text_content()
    front = visit(f"{(root / 'index.html').as_uri()}#q=two", refused=refused)
    front.locator("#takeaway").wait_for()
    assert taken(front, "[data-take=csv]")[0] == "2024-03-10_1.csv"


def test_a_card_that_changed_since_it_was_taken_is_marked(address, visit):
    page = visit(address + SHEET)
    assert page.locator("#changed").is_hidden()
    page.evaluate("localStorage.setItem('syndicate:taken:' + location.pathname, 'another')")
    page.reload()
    assert page.locator("#changed").is_visible()
    assert page.locator("#changed a").count() == 3
    with page.expect_download():
        page.keyboard.press("d")
    page.reload()
    assert page.locator("#changed").is_hidden()


@axe.needed
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["index.html", "index.html#q=a&month=2024-03", SHEET, "gallery/at/2024/a002.html"])
def test_axe_finds_no_violation(address, visit, scheme, path):
    page = visit(address + path, color_scheme=scheme, bypass_csp=True)
    page.wait_for_timeout(100)
    assert axe.flaws(page) == []
