"""The gallery of the demonstration site, as it is published, in a real browser: what a social media manager meets."""

import json
import re
import zipfile
from pathlib import Path
from urllib.parse import unquote

import axe
import pytest
from making import ROOT, run
from playwright.sync_api import expect
from published import publish
from showing import article, site

from syndicate.gallery import PAGE

SHEET = "gallery/at/everyone-up.html"


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """The demonstration site, published by the command line into a folder with a space in its name."""
    output = tmp_path_factory.mktemp("demonstration") / "out put"
    done = run("build", ROOT / "content", "-o", output)
    assert done.returncode == 0, done.stderr
    return output


@pytest.fixture(scope="module")
def address(root, serve):
    return serve(root)


@pytest.fixture(scope="module")
def items(root):
    """What the feed says of the articles, which the gallery has no part in."""
    return json.loads((root / "feed.json").read_text())["items"]


@pytest.fixture(scope="module")
def paged(tmp_path_factory):
    """Three pages of articles."""
    return publish(tmp_path_factory.mktemp("paged"), site(*map(article, range(PAGE * 3 + 4))))


def titles(page):
    return page.locator("#list:visible > li h3, #found:visible > li h3").all_text_contents()


FILTERS = [
    ("tag", "night trains", lambda item: "night trains" in item["tags"]),
    ("tag", "手紙", lambda item: "手紙" in item["tags"]),
    ("lang", "ar", lambda item: item["language"] == "ar"),
    ("section", "Workshop", lambda item: item["tags"][0] == "Workshop"),
    ("month", "2026-03", lambda item: item["date_published"].startswith("2026-03")),
    ("from", "2026-02-11", lambda item: item["date_published"][:10] >= "2026-02-11"),
    ("to", "2025-07-07", lambda item: item["date_published"][:10] <= "2025-07-07"),
    ("new", "1", lambda item: True),
]


def narrow(page, name, value):
    control = page.locator(f"[data-by={name}]")
    if name == "new":
        control.check()
    elif name in {"from", "to"}:
        control.fill(value)
    else:
        control.locator(f"option[value='{value}']").wait_for(state="attached")
        control.select_option(value)


@pytest.mark.parametrize("name, value, holds", FILTERS)
def test_each_filter_keeps_what_the_feed_says(root, items, visit, name, value, holds):
    page = visit((root / "index.html").as_uri())
    page.locator("#finder > summary").click()
    narrow(page, name, value)
    kept = [item["title"] for item in items if holds(item)]
    assert kept
    expect(page.locator("#count")).to_have_text(f"{len(kept)} sur {len(items)}")
    expect(page.locator("#found > li")).to_have_count(min(len(kept), 12))
    assert titles(page) == kept[:12]


def test_filters_add_up_and_going_back_undoes_them_one_by_one(address, items, visit):
    page = visit(address)
    page.locator("#finder > summary").click()
    narrow(page, "lang", "en")
    expect(page.locator("#count")).to_have_text(re.compile("^6 "))
    narrow(page, "from", "2026-01-01")
    expect(page.locator("#count")).to_have_text(re.compile("^3 "))
    page.locator("#filter").fill("eleven minutes")
    expect(page.locator("#count")).to_have_text(re.compile("^1 "))
    address_of_it = page.url
    page.locator("#found .open").click()
    page.wait_for_url(f"**/{SHEET}")
    page.go_back()
    expect(page.locator("#count")).to_have_text(re.compile("^1 "))
    assert page.url == address_of_it
    assert page.locator("[data-by=lang]").input_value() == "en"
    for n in (6, 13):
        page.go_back()
        expect(page.locator("#count")).to_have_text(re.compile(f"^{n} ") if n < 13 else "")
    assert len(titles(page)) == len(items)
    page.go_forward()
    expect(page.locator("#count")).to_have_text(re.compile("^6 "))


def test_every_size_of_every_article_is_downloaded_byte_for_byte(root, address, visit):
    front, names, taken = visit(address), set(), []
    wanted = front.locator("#list a[download]").evaluate_all("all => all.map(one => one.href).sort()")
    for place in front.locator("#list .open").evaluate_all("all => all.map(one => one.href)"):
        page = visit(place)  # a browser asks after ten downloads from one page
        for link in page.locator("a[download]").all():
            with page.expect_download() as taking:
                link.click()
            taken.append(link.get_attribute("href").removeprefix("../../"))
            assert Path(taking.value.path()).read_bytes() == (root / unquote(taken[-1])).read_bytes()
            names.add(taking.value.suggested_filename)
        page.close()
    assert sorted(map(unquote, taken)) == sorted(unquote(one).removeprefix(address) for one in wanted)
    assert len(names) == len(taken) == len([*root.glob("cards/**/*.*")])
    assert all(re.match(r"\d{4}-\d\d-\d\d_[^_]+_[\w-]+-\d+x\d+_(fr|en|he|ar|ja)\.(jpg|png)$", name) for name in names)


@pytest.mark.parametrize("path", ["index.html", "gallery/at/maree-basse.html"])
def test_without_scripts_nothing_dead_is_shown_and_every_picture_is(root, address, visit, path):
    page = visit(address + path, java_script_enabled=False)
    assert page.locator("button:visible, select:visible, input:visible").count() == (2 if "at/" in path else 0)
    for image in page.locator("img:visible").all():
        image.scroll_into_view_if_needed()
        expect(image).to_have_js_property("complete", True)
        box = image.bounding_box()
        assert box["width"] > 50
    assert page.locator("a[download]").count() >= (7 if "at/" in path else 13)
    with page.expect_download() as taking:
        page.locator("a[download]").nth(6 if "at/" in path else 0).click()
    assert Path(taking.value.path()).read_bytes() in {one.read_bytes() for one in root.glob("cards/**/*.*")}


def test_without_scripts_all_articles_are_reached_by_links(paged, visit):
    page, seen = visit((paged / "index.html").as_uri(), java_script_enabled=False), []
    while True:
        seen += page.locator("#list h3").all_text_contents()
        older = page.locator("a[rel=next]")
        if not older.count():
            break
        older.click()
    assert seen == [f"Article {n}" for n in reversed(range(PAGE * 3 + 4))]


FAMILY, FLAGS, HINDI, SKIN = "👨‍👩‍👧‍👦", "🇫🇷🇳🇴", "क्षत्रिय", "👩🏽‍🚀é"


@pytest.mark.parametrize(
    "text, network, n",
    [
        # What UAX #29 counts (Unicode 15.1 and later: Hindi conjuncts are one), and what X does: any emoji is 2.
        (FAMILY, "bluesky", 1),
        (FLAGS, "bluesky", 2),
        (HINDI, "bluesky", 3),
        (SKIN, "bluesky", 2),
        (f"{FAMILY} {FLAGS} {HINDI}", "linkedin", 8),
        (f"{FAMILY} {FLAGS}", "x", 7),
        (HINDI, "mastodon", 3),
        (f"{FAMILY} https://example.org/{'a' * 200}", "mastodon", 25),
    ],
)
def test_a_copied_caption_has_as_many_graphemes_as_is_said(address, visit, text, network, n):
    page = visit(address + SHEET, permissions=["clipboard-read", "clipboard-write"])
    page.locator("#network").select_option(network)
    page.locator("#caption").fill(text)
    assert page.locator("#count").text_content().split()[0] == str(n)
    page.locator("[data-copy=caption]").click()
    expect(page.locator("#said")).to_have_text("Copié")
    assert page.evaluate("navigator.clipboard.readText()") == text


def test_the_caption_of_an_emoji_title_is_copied_whole(address, visit):
    page = visit(address + SHEET, permissions=["clipboard-read", "clipboard-write"])
    page.keyboard.press("c")
    expect(page.locator("#said")).to_have_text("Copié")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"Everyone up! {FAMILY} The sky is moving 🌌🇳🇴\n\nTwo parents")
    assert copied.endswith("#Notebook #NorthernLights #Night #Family\n\nhttps://estran.example.org/everyone-up/")


SHARES = """() => {
  let hand;
  window.handed = new Promise((done) => { hand = done; });
  navigator.canShare = ({ files }) => files.length === 1;
  navigator.share = async ({ files: [file], title, text }) => {
    if (window.refusing) throw Object.assign(new Error(), { name: window.refusing });
    hand([file.name, file.type, (await file.arrayBuffer()).byteLength, title, text]);
  };
}"""


def test_with_a_share_sheet_it_is_given_the_file_and_the_caption(root, address, visit):
    page = visit(address + SHEET)
    page.evaluate(SHARES)
    page.locator("#share").click()
    name, kind, size, title, text = page.evaluate("window.handed")
    assert (name, kind) == ("2026-02-27_everyone-up_og-1200x630_en.jpg", "image/jpeg")
    assert size == next(root.glob("cards/everyone-up/og-*.jpg")).stat().st_size
    assert title == f"Everyone up! {FAMILY} The sky is moving 🌌🇳🇴"
    assert text == page.locator("#caption").input_value()


def test_who_thinks_better_of_sharing_gets_no_file_and_who_is_refused_gets_one(address, visit):
    page = visit(address + SHEET)
    page.evaluate(SHARES)
    taken = []
    page.on("download", lambda one: taken.append(one.suggested_filename))
    page.evaluate("window.refusing = 'AbortError'")
    page.locator("#share").click()
    page.wait_for_timeout(300)
    assert taken == []
    page.evaluate("window.refusing = 'NotAllowedError'")
    with page.expect_download():
        page.locator("#share").click()
    assert taken == ["2026-02-27_everyone-up_og-1200x630_en.jpg"]


@pytest.mark.parametrize("path", ["index.html", SHEET])
def test_where_nothing_can_be_copied_that_is_said(address, visit, path):
    page = visit(address + path)
    button = page.locator("[data-copy=link]").first
    page.evaluate("() => { delete Navigator.prototype.clipboard; document.execCommand = () => false; }")
    button.click()
    expect(page.locator("#said")).to_have_text("Copie impossible")


@pytest.mark.parametrize("path", ["index.html", SHEET])
def test_without_a_clipboard_of_its_own_the_page_copies_by_the_old_command(address, visit, path):
    page = visit(address + path)
    page.evaluate(
        """() => { delete Navigator.prototype.clipboard;
        document.addEventListener("copy", () => { window.copied = document.activeElement.value; }); }"""
    )
    page.locator("[data-copy=link]").first.click()
    expect(page.locator("#said")).to_have_text("Copié")
    assert page.evaluate("window.copied").startswith("https://estran.example.org/")
    assert page.locator("textarea.hush").count() == 0


CUT_OFF = """() => [...document.querySelectorAll(".button, .copy, label, h1, h2, h3, summary, .tags button, select, time")]
  .filter(one => one.checkVisibility() && !one.closest(".hush, .filter > label, .stage"))
  .filter(one => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== "inline")
  .filter(one => !one.matches(".tags button"))
  .map(one => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("path", ["index.html#lang=en", "gallery/at/un-mot-un-horaire.html"])
@pytest.mark.parametrize("way", ["page", "text"])
def test_at_200_percent_nothing_is_cut_off_or_needs_scrolling_sideways(address, visit, path, way):
    """Zooming the page halves its pixels; enlarging the text leaves them (WCAG 2.2, 1.4.4 and 1.4.10)."""
    width = 720 if way == "page" else 1440
    profile = {"viewport": {"width": width, "height": 450}, "device_scale_factor": 1440 // width, "bypass_csp": True}
    page = visit(address + path, **profile)
    if way == "text":
        page.add_style_tag(content=":root { font-size: 200% }")
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(CUT_OFF) == []


def test_from_a_folder_it_searches_texts_copies_and_shows_what_it_may_not_save(root, visit):
    page = visit((root / "index.html").as_uri(), permissions=["clipboard-read", "clipboard-write"])
    page.locator("#filter").press_sequentially("four blankets")
    expect(page.locator("#count")).to_have_text("1 sur 13")
    page.locator("[data-copy=link]:visible").first.click()
    assert page.evaluate("navigator.clipboard.readText()") == "https://estran.example.org/everyone-up/"
    page.locator("#found .download").click()  # browsers save no file from a folder, they show it (HTML, "download")
    page.wait_for_url("**/cards/everyone-up/og-*.jpg")
    page.go_back()
    expect(page.locator("#count")).to_have_text("1 sur 13")
    page.locator("#found .open").click()
    page.wait_for_url(f"**/{SHEET}")
    assert page.locator(".preview").count() == 10
    assert page.locator(".preview img").first.evaluate("one => one.decode().then(() => one.naturalWidth)") == 1200


def test_march_leaves_as_a_zip_whose_files_are_those_that_stand(root, address, visit, tmp_path):
    page = visit(f"{address}#month=2026-03")
    with page.expect_download() as taking:
        page.locator("[data-take=zip]").click()
    taking.value.save_as(tmp_path / "march.zip")
    stand = {one.read_bytes() for one in root.glob("cards/la-lumiere-du-port/*")}
    with zipfile.ZipFile(tmp_path / "march.zip") as packed:
        assert packed.testzip() is None
        pictures = {packed.read(name) for name in packed.namelist() if name.endswith(("jpg", "png"))}
        assert {*packed.namelist()} >= {"captions.csv", "alt-texts.txt"}
    assert pictures == stand


@pytest.mark.parametrize("scheme, dark", [("light", False), ("dark", True)])
@pytest.mark.parametrize("path", ["index.html", SHEET])
def test_the_page_is_as_light_or_dark_as_the_system(address, visit, path, scheme, dark):
    page = visit(address + path, color_scheme=scheme)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    red, green, blue = map(int, re.findall(r"\d+", ground)[:3])
    assert (red + green + blue < 150) == dark
    if path == SHEET:
        assert page.locator("#dark").is_checked() == dark


def test_one_article_alone_is_a_whole_gallery(tmp_path, visit):
    page = visit((publish(tmp_path, site(article(1, "Alone"))) / "index.html").as_uri())
    page.locator("#filter").fill("alone")
    expect(page.locator("#count")).to_have_text("1 of 1")
    assert titles(page) == ["Alone"]


KINDS = {
    "front": ("index.html", ""),
    "found": ("index.html#q=mar", ""),
    "filters": ("index.html", "#finder > summary"),
    "sizes": ("index.html", ".sizes > summary"),
    "nothing": ("index.html#q=zzzz", ""),
    "help": ("index.html", "?"),
    "sheet": (SHEET, ""),
    "sheet, right to left": ("gallery/at/risala-min-al-kuthban.html", ""),
    "sheet, sources": ("gallery/at/maree-basse.html", ".sources > summary"),
}


@axe.needed
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_no_violation_on_any_kind_of_page(address, visit, kind, scheme, width):
    path, press = KINDS[kind]
    profile = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}, "bypass_csp": True}
    page = visit(address + path, **profile)
    if press == "?":
        page.keyboard.press("?")
    elif press:
        page.locator(press).first.click()
    if "#q" in path:
        expect(page.locator("#count")).not_to_be_empty()
    page.wait_for_timeout(200)
    assert axe.flaws(page) == []


@axe.needed
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_no_violation_on_further_pages_nor_on_an_empty_one(tmp_path, paged, visit, scheme, language):
    empty = publish(tmp_path, site(language=language))
    for place in (empty / "index.html", paged / "gallery/page-1.html", paged / "gallery/page-2.html"):
        assert axe.flaws(visit(place.as_uri(), color_scheme=scheme, bypass_csp=True)) == []
