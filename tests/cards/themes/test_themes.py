"""Which theme an article gets."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from making import NOW, ROOT, article, run, site, tree, with_picture, write_article, write_site

from syndicate import build, cards
from syndicate.artifact import Asset
from syndicate.build import Options
from syndicate.cards.outlets import TYPESET
from syndicate.cards.themes import BESIDE, BLOCK, EDITORIAL, EVENT, NAMES, PHOTOGRAPH, QUOTE, TEXTS, THEMES, choose
from syndicate.loading.sources import reader
from syndicate.model import Look, Picture, ThemeFile

ASSET = Asset("a.jpg", "0" * 64)
PLAIN = Look()
OWN = ThemeFile(path="themes/ours.toml", text=TEXTS[QUOTE])


def picture(width, height, asset=ASSET):
    return Picture(url="https://example.org/a.jpg", asset=asset, width=width, height=height)


def say(place, more):
    settings = place / "syndicate.toml"
    settings.write_text(settings.read_text() + more)


def chosen(look=PLAIN, outlet=TYPESET[0], **fields):
    return choose(article(1, **fields), look, outlet).theme.name


@pytest.mark.parametrize(
    ("lead", "theme"),
    [
        (None, EDITORIAL),
        (picture(1600, 1000, asset=None), EDITORIAL),
        (picture(64, 64), EDITORIAL),
        (picture(1600, 1000), PHOTOGRAPH),
        (picture(960, 504), PHOTOGRAPH),
        (picture(940, 500), BESIDE),
        (picture(2800, 700), PHOTOGRAPH),
        (picture(4000, 700), BESIDE),
        (picture(1200, 2000), BESIDE),
        (picture(300, 200), BESIDE),
        (replace(picture(1200, 630), media_type="image/png"), BESIDE),
    ],
    ids=str,
)
def test_a_picture_is_never_blown_up_nor_cut_to_a_sliver(lead, theme):
    assert chosen(lead=lead) == theme
    assert chosen(Look(theme="photograph"), lead=lead) == theme
    assert chosen(Look(theme="editorial"), lead=lead) == EDITORIAL


def test_a_story_takes_the_whole_height_only_from_a_picture_that_has_it():
    story = next(one for one in TYPESET if one.name == "story")
    assert chosen(outlet=story, lead=picture(1600, 1000)) == BESIDE
    assert chosen(outlet=story, lead=picture(1600, 2400)) == PHOTOGRAPH


def test_the_article_has_the_first_word_then_the_site_then_what_there_is():
    assert chosen(Look(theme=BLOCK), theme=QUOTE) == QUOTE
    assert chosen(Look(theme=BLOCK), theme="auto") == BLOCK
    assert chosen(Look(theme=BLOCK)) == BLOCK
    assert chosen(event=datetime(2026, 3, 8, tzinfo=UTC)) == EVENT
    assert chosen(event=datetime(2026, 3, 8, tzinfo=UTC), theme=QUOTE) == QUOTE
    assert chosen(Look(theme=OWN.path, themes=(OWN,))) == "ours"
    assert chosen(theme="nobody knows") == EDITORIAL


def test_every_choice_says_why():
    asked = choose(article(1, lead=picture(300, 200)), Look(theme=PHOTOGRAPH), TYPESET[0])
    assert (asked.theme.name, asked.why) == (BESIDE, "the picture is too small to fill the card")
    assert choose(article(1), Look(theme=BLOCK), TYPESET[0]).why == "the site asks for it"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("tone", ["auto", "light", "dark"])
def test_every_theme_makes_every_outlet(tmp_path, name, tone):
    one = with_picture(tmp_path, 7, theme=name, event=datetime(2026, 3, 8, tzinfo=UTC))
    plain = site(one)
    made = replace(plain, look=replace(plain.look, outlets=tuple(outlet.name for outlet in TYPESET), tone=tone))
    drawn = list(cards.plan(made))
    assert [one.recipe.outlet.name for one in drawn] == [outlet.name for outlet in TYPESET]
    for one in drawn:
        result = one.recipe.render(reader(tmp_path))
        assert float(result.facts["contrast"]) >= 4.5
        assert result.findings == ()
        assert result.facts["theme"] in {name, BESIDE}
        assert len(result.data) <= 300_000


def test_a_site_brings_its_own_theme(tmp_path):
    place = write_site(tmp_path / "site")
    assert run("init", "--theme", "quote", place).returncode == 0
    theme = place / "themes" / "quote.toml"
    assert theme.read_text(encoding="utf-8") == TEXTS[QUOTE]
    theme.write_text(theme.read_text().replace('"{{ title }}"', "\"{{ title | upper }} ({{ tags | join(' / ') }})\""))
    say(place, '[cards]\ntheme = "themes/quote.toml"\noutlets = ["og"]\n')
    write_article(place, "a.md", "On bridges", tags="[steel, stone]")
    done = run("build", place, "-o", tmp_path / "out", "--explain", "--engine", "inline")
    assert done.returncode == 0, done.stderr
    assert "ON BRIDGES (steel / stone)" in done.stderr
    assert any(path.startswith("cards/a/og-") for path in tree(tmp_path / "out"))
    assert run("init", "--theme", "quote", place).returncode == 2, "an existing one is never touched"
    assert "did you mean 'quote'" in run("init", "--theme", "quot", place).stderr


BROKEN = [
    ('text = "{{ titel }}"', 6, "title.text: there is no 'titel', did you mean 'title'?"),
    ('largest = "big"', 6, "title.largest: expected `int`, got `str`"),
    ("larges = 90", 6, "title.larges: unknown key, did you mean 'largest'?"),
    ("= 3", 6, "Invalid"),
    (None, 5, "title: object missing required field `text`"),
]


def broken(place, said):
    """A site with a theme of its own that cannot be used."""
    (place / "themes").mkdir()
    own = 'description = "x"\narrangement = "type"\nornament = "band"\n\n[title]\n'
    if said:
        own += f"{said}\n"
        own += "".join(line for line in ('text = "{{ title }}"\n', "largest = 90\n") if line.split()[0] not in said)
    (place / "themes/t.toml").write_text(own, encoding="utf-8")
    return place


@pytest.mark.parametrize(("said", "line", "complaint"), BROKEN)
@pytest.mark.parametrize("by", ["settings", "articles"])
def test_a_broken_theme_costs_one_finding_and_its_cards_get_the_sober_one(tmp_path, said, line, complaint, by):
    place = broken(write_site(tmp_path / "site"), said)
    if by == "settings":
        say(place, '[cards]\ntheme = "themes/t.toml"\n')
    more = {"theme": "themes/t.toml"} if by == "articles" else {}
    for name in ("a", "b"):
        write_article(place, f"{name}.md", f"Title {name}", **more)
    loaded = build.load(Options(site=place, now=NOW))
    (remark,) = [one for one in loaded.findings if one.code.startswith("theme")]
    assert (remark.code, remark.path, remark.line) == ("theme-broken", "themes/t.toml", line)
    assert remark.message.startswith(complaint)
    assert remark.help
    planned = list(cards.plan(loaded.site))
    assert {one.recipe.theme.name for one in planned} == {EDITORIAL}
    assert "cannot be used" in planned[0].recipe.why


@pytest.mark.parametrize(("by", "where"), [("settings", "syndicate.toml"), ("articles", "content/a.md")])
def test_so_does_a_missing_one(tmp_path, by, where):
    place = write_site(tmp_path / "site")
    if by == "settings":
        say(place, '[cards]\ntheme = "themes/t.toml"\n')
    more = {"theme": "themes/t.toml"} if by == "articles" else {}
    for name in ("a", "b"):
        write_article(place, f"{name}.md", f"Title {name}", **more)
    loaded = build.load(Options(site=place, now=NOW))
    (remark,) = [one for one in loaded.findings if one.code.startswith("theme")]
    assert (remark.code, remark.path) == ("theme-missing", where)
    assert "'themes/t.toml'" in remark.message
    assert {one.recipe.theme.name for one in cards.plan(loaded.site)} == {EDITORIAL}


def test_the_command_line_tells_of_it_and_publishes(tmp_path):
    place = broken(write_site(tmp_path / "site"), "larges = 90")
    write_article(place, "a.md", theme="themes/t.toml")
    done = run("build", place, "-o", tmp_path / "out")
    assert done.returncode == 0
    assert "themes/t.toml:6" in done.stderr
    assert any(path.startswith("cards/a/og-") for path in tree(tmp_path / "out"))


def test_a_theme_nobody_knows_or_that_loops_or_lacks_its_font_costs_a_finding_and_no_card(tmp_path):
    text = (
        TEXTS[QUOTE]
        .replace("{{ title }}", "{% for x in tags %}{{ x }}{% endfor %}")
        .replace("[title]", 'typeface = "Nowhere Sans"\n[title]')
    )
    own = ThemeFile(path="themes/ours.toml", text=text)
    plain = site(article(1, theme="themes/ours.toml"), article(2, theme="quot"))
    made = replace(plain, look=replace(plain.look, themes=(own,)))
    found = [(remark.code, remark.path) for remark in cards.review(made)]
    assert found == [
        ("theme-unsafe", "themes/ours.toml"),
        ("theme-font-missing", "themes/ours.toml"),
        ("theme-unknown", "content/a0002.md"),
    ]
    words = {one.source: one.recipe.words.title for one in cards.plan(made)}
    assert words["content/a0001.md"] == "Article number 1"
    assert all(one.recipe.render(reader(ROOT)).data for one in cards.plan(made))


def test_an_unknown_theme_in_the_settings_stops_the_build(tmp_path):
    place = write_site(tmp_path / "site")
    say(place, '[cards]\ntheme = "editoral"\n')
    write_article(place, "a.md")
    done = run("build", place, "-o", tmp_path / "out")
    assert done.returncode == 2
    assert "did you mean 'editorial'?" in done.stderr


def test_every_theme_describes_itself_and_has_sizes_that_can_be_read():
    for theme in THEMES.values():
        assert theme.description.endswith(".")
        for kind in (theme.title, theme.kicker, theme.site, theme.date):
            assert list(kind.sizes) == sorted(set(kind.sizes), reverse=True)
            assert min(kind.sizes) >= 20, "smaller type cannot be read on a telephone"


def test_a_build_explains_each_card_even_when_nothing_is_to_be_done(tmp_path):
    place = write_site(tmp_path / "site")
    say(place, '[cards]\noutlets = ["og"]\n')
    write_article(place, "a.md", "On bridges")
    first = run("build", place, "-o", tmp_path / "out", "--explain", "--engine", "inline").stderr
    again = run("build", place, "-o", tmp_path / "out", "--explain", "--engine", "inline").stderr
    header, *told = again[again.index("cards/a/og-") :].splitlines()
    told = [line for line in told if line.startswith("  ")]
    assert "\n".join([header, *told]) in first
    facts = dict(line.strip().split(": ", 1) for line in told)
    assert list(facts) == ["theme", "why", "type", "lines", "breaks", "runs", "typefaces", "contrast", "colours"]
    assert (facts["theme"], facts["why"], facts["breaks"]) == (EDITORIAL, "there is no picture", "On bridges")
    assert header.endswith(" bytes")
