"""The gallery in a real browser, from a folder and from a server; skipped where no Chromium is installed."""

import re

import pytest
from playwright.sync_api import expect
from published import LARGE, publish, save
from showing import HOSTILE, article, card, site

from syndicate.gallery import PAGE


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """One page, with hostile titles, a card that failed, a section and a Persian article on it."""
    articles = [article(number, text, summary=text) for number, text in enumerate(HOSTILE)]
    articles += [
        article(20, "C++ چیست؟", language="fa"),
        article(50, "Déjà vu", tags=("x" * 300, "café"), section="Essays", summary="About remembering."),
    ]
    return publish(tmp_path_factory.mktemp("small"), site(*articles, title=HOSTILE[0]), bare=20)


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """Three pages; the needle stands on the last, among the oldest articles."""
    articles = [article(0, "A needle"), article(1, "Words alone"), *map(article, range(2, PAGE * 3 + 4))]
    return publish(tmp_path_factory.mktemp("large"), site(*articles), bare=1)


def front(root):
    return (root / "index.html").as_uri()


def titles(page):
    page.wait_for_load_state()
    return page.locator("#list:visible > li h3, #found:visible > li h3").all_text_contents()


def find(page, text):
    page.locator("#filter").fill(text)
    expect(page.locator("#count")).not_to_be_empty()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_works_from_a_folder_without_a_complaint(small, visit, scheme):
    page = visit(front(small), color_scheme=scheme)
    assert titles(page) == ["Déjà vu", "C++ چیست؟", *reversed(HOSTILE)]
    assert page.locator(".tags button").count()


@pytest.mark.parametrize(
    "typed, found", [("deja VU", "Déjà vu"), ("چیست", "C++ چیست؟"), ("remembering", "Déjà vu"), ("CAFE", "Déjà vu")]
)
def test_the_search_finds_without_accents_or_case_and_stands_in_the_address(small, visit, typed, found):
    page = visit(front(small))
    find(page, typed)
    assert titles(page) == [found]
    assert page.locator("#count").text_content() == f"1 of {len(HOSTILE) + 2}"
    again = visit(page.url)
    expect(again.locator("#count")).not_to_be_empty()
    assert (titles(again), again.locator("#filter").input_value()) == ([found], typed)


@pytest.mark.parametrize("asked", ["nowhere", "%3Cimg%20src%3Dx%3E", "100%"])
def test_nothing_found_is_said_with_a_way_back(small, visit, asked):
    page = visit(f"{front(small)}#q={asked}")
    if asked != "100%":
        page.locator("#nothing").wait_for()
        page.locator("#clear").click()
    expect(page.locator("#list")).to_be_visible()
    assert len(titles(page)) == len(HOSTILE) + 2


@pytest.mark.parametrize(
    "name, value, found",
    [
        ("tag", "café", 1),
        ("lang", "fa", 1),
        ("section", "Essays", 1),
        ("month", "2024-04", 1),
        ("from", "2024-03-28", 2),
        ("to", "2024-03-09", 2),
        ("new", "1", len(HOSTILE) + 2),
    ],
)
def test_each_filter_narrows_and_going_back_widens_again(small, visit, name, value, found):
    page = visit(front(small))
    page.locator("#finder > summary").click()
    control = page.locator(f"[data-by={name}]")
    if name == "new":
        control.check()
    elif name in {"from", "to"}:
        control.fill(value)
    else:
        control.locator(f"option[value='{value}']").wait_for(state="attached")
        control.select_option(value)
    expect(page.locator("#count")).to_have_text(re.compile(f"^{found} "))
    expect(page.locator("#found > li")).to_have_count(found)
    assert f"{name}=" in page.url
    page.go_back()
    expect(page.locator("#list")).to_be_visible()
    assert len(titles(page)) == len(HOSTILE) + 2
    page.go_forward()
    expect(page.locator("#count")).to_have_text(re.compile(f"^{found} "))


def test_what_was_seen_before_is_no_news(small, serve, visit):
    page = visit(serve(small))
    page.evaluate("localStorage.setItem('syndicate:visit:/', `0 ${Date.now() - 3_600_000}`)")
    page.goto(f"{page.url}#new=1")
    page.reload()
    page.locator("#nothing").wait_for()
    assert titles(page) == []


@pytest.mark.parametrize("path", ["index.html", "gallery/page-2.html"])
def test_the_search_finds_what_stands_on_another_page_and_shows_it_the_same(large, visit, path):
    page = visit(f"{(large / path).as_uri()}#q=needle")
    page.locator("#found > li").wait_for()
    assert page.locator("#list").is_hidden()
    assert titles(page) == ["A needle"]
    there = visit((large / "gallery/page-1.html").as_uri())
    above = "" if path == "index.html" else "../"
    assert shape(page, "#found > li") == [one.replace("../", above) for one in shape(there, "#list > li:last-child")]


def test_the_search_shows_an_article_without_a_card_the_same(large, visit):
    page = visit(f"{(large / 'gallery/page-1.html').as_uri()}#q=words%20alone")
    page.locator("#found > li").wait_for()
    assert shape(page, "#found > li") == shape(page, "#list > li:nth-last-child(2)")
    assert page.locator("#found img").count() == 0


SHAPE = """item => [item, ...item.querySelectorAll("*")].map(one => [one.localName,
  ...[...one.attributes].map(({ name, value }) => `${name}=${value}`).sort(), one.firstChild?.nodeValue?.trim() ?? ""].join("|"))"""


def shape(page, at):
    """Every element with its attributes and words."""
    return page.locator(at).evaluate(SHAPE)


@pytest.mark.parametrize("width", [320, 390, 720, 1440])
@pytest.mark.parametrize("path", ["index.html", "gallery/at/2024/a003.html"])
def test_it_fits_every_screen_and_shows_every_picture(small, visit, width, path):
    page = visit((small / path).as_uri(), viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for image in page.locator("img").all():
        image.scroll_into_view_if_needed()
        expect(image).to_have_js_property("complete", True)
        assert image.evaluate("one => one.naturalWidth")


def test_pictures_take_their_place_before_they_come(small, visit):
    page = visit(front(small))
    shifted = page.evaluate(
        """() => new Promise(done => { let sum = 0; new PerformanceObserver(list => { for (const one of list.getEntries())
        sum += one.value; }).observe({ type: "layout-shift", buffered: true }); setTimeout(() => done(sum), 300); })"""
    )
    assert shifted < 0.02


@pytest.mark.parametrize("path", ["index.html", "gallery/at/2024/a000.html"])
@pytest.mark.parametrize("lenient", [False, True], ids=["policy", "no-policy"])
def test_nothing_hostile_runs(small, visit, path, lenient):
    page = visit((small / path).as_uri(), bypass_csp=lenient)
    page.evaluate("() => { window.alert = () => { throw new Error('ran'); }; }")
    if path == "index.html":
        page.locator("#filter").fill("e")
        page.locator("#found > li").first.wait_for()
        assert (
            page.locator("#found").evaluate("one => one.querySelectorAll('script, [onerror], [onfocus]').length") == 0
        )
    else:
        assert page.locator("h1").text_content() == HOSTILE[0]
        assert HOSTILE[0] in page.locator("#caption").input_value()
    assert page.locator("script").count() <= 5


@pytest.mark.parametrize("path", ["index.html", "gallery/at/2024/a003.html"])
def test_without_scripts_there_are_pictures_and_downloads(small, visit, path):
    page = visit((small / path).as_uri(), java_script_enabled=False)
    assert page.locator(".download").first.is_visible()
    assert page.locator("img").first.is_visible()
    assert page.locator("button:visible, select:visible").count() == 0


def test_the_keyboard_alone_finds_opens_and_takes(large, serve, visit):
    page = visit(serve(large))
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()
    page.keyboard.press("/")
    expect(page.locator("#filter")).to_be_focused()
    page.keyboard.type("needle")
    page.locator("#found > li").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    with page.expect_download() as taking:
        page.keyboard.press("d")
    assert taking.value.suggested_filename == "2024-03-08_a000_og-1200x630_en.jpg"
    page.keyboard.press("Enter")
    page.wait_for_url("**/at/2024/a000.html")
    outline = page.evaluate(
        "() => { document.querySelector('.back').focus(); return getComputedStyle(document.activeElement).outlineStyle; }"
    )
    assert outline != "none"


@pytest.fixture(scope="module")
def huge(tmp_path_factory):
    """Ten thousand articles, one a day from 8 March 2024 on, of which the newest have cards."""
    made = site(
        *(
            article(
                n,
                f"Article {n}",
                summary=f"Words {n}",
                tags=(f"Tag {n % 7}",),
                language=("en", "fr", "hi")[n % 3],
                section="Essays" if n % 10 == 0 else "News",
            )
            for n in range(LARGE)
        )
    )
    root = tmp_path_factory.mktemp("ten-thousand")
    save(root, made, {one.permalink: (card(one),) for one in made.articles[:PAGE]}, sheets=False)
    return root


def test_ten_thousand_articles_are_searched(huge, visit):
    assert (huge / "index.html").stat().st_size < 150_000
    page = visit(front(huge))
    find(page, "words 9876")
    assert titles(page) == ["Article 9876"]
    page.locator("#filter").fill("")
    page.locator("#finder > summary").click()
    page.locator("[data-by=tag]").select_option("Tag 3")
    expect(page.locator("#found > li")).to_have_count(12)
    assert page.locator("#count").text_content() == f"{len(range(3, LARGE, 7))} of {LARGE}"
    page.locator("#more").click()
    assert len(titles(page)) == 24


@pytest.mark.parametrize(
    "asked, found",
    [
        ("tag=Tag%206", len(range(6, LARGE, 7))),
        ("lang=fr", len(range(1, LARGE, 3))),
        ("section=Essays", LARGE // 10),
        ("month=2024-03", 24),
        ("from=2051-01-01", LARGE - 9795),
        ("to=2024-03-17", 10),
        ("lang=hi&section=Essays&to=2025-03-08", len([n for n in range(0, 366, 10) if n % 3 == 2])),
        ("new=1", LARGE),
    ],
)
def test_each_filter_holds_for_ten_thousand_and_in_the_address(huge, visit, asked, found):
    page = visit(front(huge))
    page.evaluate("asked => { location.hash = asked; }", asked)
    expect(page.locator("#count")).to_have_text(f"{found} of {LARGE}")
    expect(page.locator("#found > li")).to_have_count(min(found, 12))
    page.go_back()
    expect(page.locator("#list")).to_be_visible()
    expect(page.locator("#count")).to_be_empty()


def test_what_only_stands_in_texts_is_found_after_what_titles_say(tmp_path_factory, visit):
    made = [
        article(1, "Lantern"),
        article(2, "Two", html="<p>Light the l&agrave;nterns.</p>"),
        article(3, "三", html="<p>東京の灯台</p>"),
        article(4, "Four"),
    ]
    page = visit(front(publish(tmp_path_factory.mktemp("texts"), site(*made))))
    for typed, found in (("lantern", ["Lantern", "Two"]), ("lan", ["Lantern", "Two"]), ("灯台", ["三"])):
        page.locator("#filter").fill("")
        page.locator("#filter").press_sequentially(typed)
        expect(page.locator("#count")).to_have_text(f"{len(found)} of 4")
        assert titles(page) == found
    page.locator("#filter").fill("light two")
    expect(page.locator("#count")).to_have_text("1 of 4")
    page.locator("#filter").fill("lights")
    expect(page.locator("#nothing")).to_be_visible()
