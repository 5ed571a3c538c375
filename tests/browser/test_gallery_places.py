"""Galleries where things are otherwise: below a path, right to left, with hostile words, with nothing to show."""

from pathlib import Path

import axe
import pytest
from playwright.sync_api import expect
from published import publish, save
from showing import HOSTILE, article, card, site

from syndicate.characters import one_line
from syndicate.gallery import PAGE
from syndicate.model import Author, Picture

WIDTHS = [390, 1440]


def too_wide(page):
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.fixture(scope="module")
def paged(tmp_path_factory):
    return publish(tmp_path_factory.mktemp("paged"), site(*map(article, range(PAGE * 3))))


@pytest.mark.parametrize("start", ["", "index.html"])
def test_below_a_path_everything_is_found_below_it(paged, serve, visit, start):
    home = f"{serve(paged.parent)}out%20put/"
    page = visit(home + start)
    asked, missing = [], []
    page.on("response", lambda one: (asked.append(one.url), one.status < 400 or missing.append(one.url)))
    page.reload()
    for number in (2, 1):
        page.locator("a[rel=next]").click()
        page.wait_for_url(f"{home}gallery/page-{number}.html")
    page.locator("#filter").fill("article 47")
    page.locator("#found > li").wait_for()
    expect(page.locator("#found img")).to_have_js_property("complete", True)
    with page.expect_download() as taking:
        page.locator("#found .download").click()
    assert Path(taking.value.path()).read_bytes() == (paged / card(article(47)).path).read_bytes()
    with page.expect_download():
        page.locator("[data-take=zip]").click()
    page.locator("#found .open").click()
    page.wait_for_url(f"{home}gallery/at/2024/a047.html")
    assert page.locator("#card").evaluate("one => one.decode().then(() => one.naturalWidth)")
    page.locator(".about a").click()
    page.wait_for_url(f"{home}index.html#month=2024-04")
    page.locator("#found > li").first.wait_for()
    assert missing == []
    assert {one for one in asked if not one.startswith((home, "blob:", "data:"))} == set()


ARABIC = "رسالة من الكثبان"


@pytest.fixture(scope="module")
def arabic(tmp_path_factory):
    made = [article(n, f"{ARABIC} {n}", language="ar", tags=("رمل", "سفر")) for n in range(PAGE * 2)]
    return publish(tmp_path_factory.mktemp("arabic"), site(*made, language="ar", title="الساحل"), bare=3)


def left_of(page, one, other):
    first, second = (page.locator(at).first.bounding_box() for at in (one, other))
    return first["x"] + first["width"] / 2 < second["x"] + second["width"] / 2


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_arabic_site_is_laid_out_from_the_right_with_english_words(arabic, serve, visit, scheme, width):
    home = serve(arabic)
    profile = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme, "bypass_csp": True}
    page = visit(home, **profile)
    assert page.evaluate("[document.documentElement.dir, document.documentElement.lang]") == ["rtl", "en"]
    assert page.locator(".open").first.text_content() == "Previews and captions"
    assert left_of(page, "#finder > summary", "#filter")
    assert left_of(page, ".pick", "time")
    assert width < 1000 or left_of(page, "#list > li:nth-child(2)", "#list > li:nth-child(1)")
    assert left_of(page, ".tags > li:nth-child(2)", ".tags > li:nth-child(1)")
    assert not too_wide(page)
    assert not axe.AXE.exists() or axe.flaws(page) == []
    page.locator("#filter").fill("الكثبان 2024-03-25")
    expect(page.locator("#count")).to_have_text(f"1 of {PAGE * 2}")
    sheet = visit(f"{home}gallery/at/2024/a017.html", **profile)
    assert width < 1000 or left_of(sheet, ".writing", "#card")
    assert left_of(sheet, ".back + .of", ".back")
    assert sheet.locator("[data-text=link]").get_attribute("dir") == "ltr"
    assert not too_wide(sheet)
    assert not axe.AXE.exists() or axe.flaws(sheet) == []


def test_from_right_to_left_the_left_arrow_goes_on(arabic, visit):
    page = visit((arabic / "index.html").as_uri())
    at = "document.activeElement.closest('li')?.querySelector('h3').textContent"
    page.keyboard.press("ArrowLeft")
    first = page.evaluate(at)
    page.keyboard.press("ArrowLeft")
    second = page.evaluate(at)
    page.keyboard.press("ArrowRight")
    assert (first, second, page.evaluate(at)) == (f"{ARABIC} 31", f"{ARABIC} 30", first)


WORDS = (
    *HOSTILE,
    "<img src=x onerror=\"document.title='ran'\">",
    "\u202egnp.exe\u2066 \u2067 \u200f\u061c turned around",
    "x" * 5000,
    "a word " * 700,
    "\u0301" * 300 + "Zalgo",
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Each hostile text as title, tag, author, section, summary, text and text alternative of an article."""
    made = site(
        *(
            article(
                n,
                text,
                tags=(text, "plain"),
                authors=(Author(name=text),),
                section=text,
                summary=text,
                html=f"<p>{n}</p>",
            )
            for n, text in enumerate(WORDS)
        ),
        title=WORDS[0],
        description=WORDS[1],
    )
    root = tmp_path_factory.mktemp("hostile")
    save(root, made, {one.permalink: (card(one, alt=one_line(one.title)),) for one in made.articles})
    return root


ALIVE = "script:not([src]):not([type]), [onerror], [onfocus], [onload], [autofocus], iframe, object, embed"
TURNING = "/[\\u202a-\\u202e\\u2066-\\u2069]/.test(document.body.textContent)"


@pytest.mark.parametrize("lenient", [False, True], ids=["policy", "no-policy"])
@pytest.mark.parametrize("width", WIDTHS)
def test_hostile_titles_tags_and_alts_stay_words_and_leave_the_page_whole(hostile, visit, width, lenient):
    page = visit((hostile / "index.html").as_uri(), viewport={"width": width, "height": 900}, bypass_csp=lenient)
    dialogs = []
    page.on("dialog", lambda one: (dialogs.append(one.message), one.dismiss()))
    page.locator("#finder > summary").click()
    page.locator("#filter").fill("plain")
    expect(page.locator("#count")).to_have_text(f"{len(WORDS)} of {len(WORDS)}")
    expect(page.locator("#found > li")).to_have_count(12)
    page.locator("#more").click()
    for at in ("#list", "#found"):
        assert page.locator(at).locator(ALIVE).count() == 0
        assert page.locator(at).locator("h3").count() == len(WORDS)
    assert max(map(len, page.locator("#found h3").all_text_contents())) <= 301
    assert max(map(len, page.locator("#found .alt").all_text_contents())) <= 2001
    assert not page.evaluate(TURNING)
    assert not too_wide(page)
    for n in range(len(WORDS)):
        page.goto((hostile / f"gallery/at/2024/a{n:03}.html").as_uri())
        assert page.locator(ALIVE).count() == 0, n
        assert page.locator("h1").count() == 1
        assert not page.evaluate(TURNING), n
        assert not too_wide(page), n
        assert page.title() != "ran"
    assert dialogs == []


@pytest.mark.parametrize("path", ["index.html", "gallery/at/2024/a000.html"])
def test_the_policy_refuses_whatever_else_would_run(paged, visit, path):
    page = visit((paged / path).as_uri(), refused=("Content Security Policy", "Content-Security-Policy"))
    ran = page.evaluate(
        """async () => {
          const add = (name, properties) => document.body.append(Object.assign(document.createElement(name), properties));
          add("script", { textContent: "window.ran = 'script'" });
          add("script", { src: "data:text/javascript,window.ran='data'" });
          add("style", { textContent: "body { --ran: yes }" });
          document.body.setAttribute("onclick", "window.ran = 'handler'");
          document.body.click();
          await new Promise(done => setTimeout(done, 200));
          return [window.ran ?? "", getComputedStyle(document.body).getPropertyValue("--ran")];
        }"""
    )
    assert ran == ["", ""]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_empty_site_says_how_to_begin_and_loads_nothing(tmp_path, serve, visit, scheme, width):
    home = serve(publish(tmp_path, site()))
    page = visit(home, color_scheme=scheme, viewport={"width": width, "height": 900})
    asked = []
    page.on("request", lambda one: asked.append(one.url))
    page.reload()
    assert [one for one in asked if not one.startswith("data:")] == [home]
    expect(page.locator(".empty h2")).to_be_visible()
    assert page.locator("#filter, .grid, .pages").count() == 0
    assert not too_wide(page)


def test_a_picture_that_is_not_there_yet_leaves_its_frame_and_no_broken_sign(tmp_path, serve, visit):
    later = Picture(url="https://example.org/sub/uploads/later.jpg", width=1800, height=1200)
    home = serve(publish(tmp_path, site(article(0, lead=later)), bare=0))
    page = visit(f"{home}gallery/at/2024/a000.html", refused=["404"])
    page.locator(".p-facebook").scroll_into_view_if_needed()
    expect(page.locator(".p-facebook img")).to_be_hidden()
    frame = page.locator(".p-facebook .shot").bounding_box()
    assert abs(frame["width"] / frame["height"] - 1.91) < 0.05
