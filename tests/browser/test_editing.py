"""The editing view and live reload in a real browser: edit, see, copy, save; by hand and by keyboard alone."""

import re

import axe
import pytest
from making import picture_bytes, write_article, write_site
from playwright.sync_api import expect
from previewing import serving


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    root = write_site(tmp_path_factory.mktemp("editing") / "site")
    with (root / "syndicate.toml").open("a") as file:
        file.write('[cards]\noutlets = ["og", "square", "story"]\n')
    (root / "lead.jpg").write_bytes(picture_bytes())
    for name in ("a", "b", "c", "d", "e"):
        write_article(root, f"{name}.md", f"Article {name}", image="/lead.jpg", alt="Hills", note="it's # kept")
    write_article(root, "hostile.md", "'<img src=x onerror=alert(1)> \"x\"'", image="/lead.jpg", theme="'\"><b>'")
    (root / "content/broken.md").write_text("---\ntitle: [\n---\n")
    return root


@pytest.fixture(scope="module")
def address(site, tmp_path_factory):
    with serving(site, tmp_path_factory.mktemp("journal") / "journal", "--write") as server:
        server.after(0)
        yield f"http://127.0.0.1:{server.port}"


def card(page, outlet="og"):
    return page.locator(f'[data-outlet="{outlet}"] img')


def drawn(page, outlet="og"):
    """Wait until a proposal was drawn, and return its address."""
    expect(card(page, outlet)).to_have_attribute("src", re.compile("^blob:"))
    return card(page, outlet).get_attribute("src")


def test_an_open_gallery_shows_a_new_title_by_itself(site, address, visit):
    page = visit(f"{address}/.live/")
    shown = page.frame_locator("#shown")
    expect(shown.get_by_text("Article e").first).to_be_visible()
    write_article(site, "e.md", "A new title")
    expect(shown.get_by_text("A new title").first).to_be_visible(timeout=30000)


def test_edit_see_copy_and_save_changes_exactly_the_key(site, address, visit):
    place = site / "content/a.md"
    before = place.read_bytes()
    page = visit(f"{address}/gallery/at/a.html", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("link", name="Edit").click()
    expect(page.locator("#save")).to_be_disabled()
    page.locator("#title").fill("Seen: at once")
    first = drawn(page)
    expect(page.locator("#header mark")).to_have_text('title: "Seen: at once"\n')
    drawn(page, "story")
    page.locator("#x").fill("80")
    expect(card(page)).not_to_have_attribute("src", first)
    expect(page.locator("#header mark")).to_have_count(2)
    page.locator("#copy").click()
    expect(page.locator("#said")).to_contain_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith('---\ntitle: "Seen: at once"\n')
    assert copied.endswith("focal: [0.8, 0.5]\n---\n")
    assert place.read_bytes() == before
    page.locator("#save").click()
    expect(page.locator("#said")).to_have_text("Saved to content/a.md.")
    title = before.replace(b"title: Article a", b'title: "Seen: at once"')
    assert place.read_bytes() == title.replace(b"kept\n", b"kept\nfocal: [0.8, 0.5]\n")
    page.get_by_role("link", name="Gallery").click()
    expect(page.frame_locator("#shown").get_by_role("heading", level=1)).to_have_text("Seen: at once", timeout=30000)


def test_what_is_typed_is_text_even_where_no_policy_helps(address, visit):
    page = visit(f"{address}/edit/hostile", bypass_csp=True)
    dialogs = []
    page.on("dialog", lambda one: (dialogs.append(one.message), one.dismiss()))
    page.locator("#title").fill("</pre><img src=x onerror=alert(2)><script>alert(3)</script>")
    page.locator("#kicker").fill("<svg onload=alert(4)>")
    drawn(page)
    expect(page.locator("#header mark")).to_have_count(2)
    assert page.locator("[onerror], [onload], #heading *, #header mark *").count() == 0
    assert dialogs == []


def test_a_click_on_the_picture_aims_and_starting_over_forgets_it(address, visit):
    page = visit(f"{address}/edit/b")
    frame = page.locator("#picture").bounding_box()
    page.mouse.click(frame["x"] + frame["width"] / 4, frame["y"] + frame["height"] * 0.75)
    drawn(page)
    assert (page.locator("#x").input_value(), page.locator("#y").input_value()) == ("25", "75")
    expect(page.locator("#header mark")).to_have_text("focal: [0.25, 0.75]\n")
    page.locator("#reset").click()
    expect(page.locator("#mark")).to_be_hidden()
    expect(page.locator("#header mark")).to_have_count(0)


def test_one_who_changed_the_file_meanwhile_is_not_written_over(site, address, visit):
    page = visit(f"{address}/edit/c", refused=["409"])
    write_article(site, "c.md", "From the editor")
    page.locator("#kicker").fill("Mine")
    expect(page.locator("#save")).to_be_enabled()
    page.locator("#save").click()
    expect(page.locator("#said")).to_contain_text("nothing was written")
    expect(page.locator("#disk")).to_contain_text("From the editor")
    expect(page.locator("#yours")).to_contain_text("kicker: Mine")
    assert "Mine" not in (site / "content/c.md").read_text()
    page.locator("#save").click()
    expect(page.locator("#said")).to_have_text("Saved to content/c.md.")
    assert "title: From the editor\n" in (site / "content/c.md").read_text()
    assert "kicker: Mine\n" in (site / "content/c.md").read_text()


def test_what_cannot_be_is_said_beside_the_field(address, visit):
    page = visit(f"{address}/edit/d", refused=["422"])
    page.locator("#title").fill("")
    expect(page.locator("#wrong")).to_have_text("title: is empty")
    expect(page.locator("#title")).to_have_attribute("aria-invalid", "true")
    page.locator("#title").fill("Words again")
    expect(page.locator("#wrong")).to_have_text("")


def test_the_keyboard_is_enough(address, visit):
    page = visit(f"{address}/edit/d")
    passed = []
    for _ in range(10):
        page.keyboard.press("Tab")
        passed.append(page.evaluate("document.activeElement.id"))
    assert [one for one in passed if one] == "title kicker theme x y reset copy header".split()
    page.locator("#x").focus()
    page.keyboard.press("ArrowRight")
    drawn(page)
    expect(page.locator("#x-said")).to_have_text("51 %")


@pytest.mark.parametrize("width, scheme", [(390, "light"), (1440, "light"), (390, "dark"), (1440, "dark")])
@pytest.mark.parametrize("path", ["a", "hostile", "broken"])
def test_every_view_is_whole_and_clean(address, visit, path, width, scheme):
    profile = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme, "bypass_csp": True}
    page = visit(f"{address}/edit/{path}", refused=["404", "422"], **profile)
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not axe.AXE.exists() or axe.flaws(page) == []


@axe.needed
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_around_the_open_gallery(address, visit, scheme):
    page = visit(f"{address}/.live/", color_scheme=scheme, bypass_csp=True)
    expect(page.frame_locator("#shown").get_by_text("Article b").first).to_be_visible()
    assert axe.flaws(page) == []


def test_without_javascript_the_cards_are_seen_with_a_word_of_why(address, visit):
    page = visit(f"{address}/edit/b", java_script_enabled=False)
    expect(page.get_by_text("Editing needs JavaScript")).to_be_visible()
    expect(card(page)).to_be_visible()
    expect(page.locator("#controls")).to_be_hidden()
