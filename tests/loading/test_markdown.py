"""Markdown: what the generators add to CommonMark is understood or leaves no trace."""

import pytest

from syndicate.loading.html import BodyError
from syndicate.loading.markdown import outside_code, render


@pytest.mark.parametrize(
    ("text", "expected", "absent"),
    [
        ("a **b**", "<strong>b</strong>", "**"),
        ("# H\n{: .no_toc }", "H</h1>", "no_toc"),
        ('[a](/b){:target="_blank"}', '<a href="/b">a</a>', "target"),
        ('[![a](/b.png){:\n.icon width="7"}](/c)', '<img src="/b.png" alt="a" /></a>', "icon"),
        ("* TOC\n{:toc}\n\nText", "<p>Text</p>", "TOC"),
        ("1. List\n{: toc .x}\n\nText", "<p>Text</p>", "List"),
        ("HTML\n\n*[HTML]: a language\n", "<p>HTML</p>", "language"),
        ("a{::comment}hid{:/comment}den{::nomarkdown}b{:/}", "<p>adenb</p>", "hid{"),
        ("![a](b.png){ width=300 }", 'src="b.png"', "width=300"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "<td>1</td>", "|"),
        ("a[^1]\n\n[^1]: note", "note", "[^1]"),
        ('!!! note "Mind"\n    text', "<strong>Mind</strong>", "!!!"),
        ("> [!TIP]\n> text", "<strong>Tip</strong>", "[!TIP]"),
        (":material-check: done", "done", ":material-"),
        ('<div class="x" markdown="1">\n**b**\n</div>', "<strong>b</strong>", "markdown="),
        ("term\n: what it is", "<dd>", "\n: "),
        ("https://example.org", "https://example.org", "<a "),
        ("<div><p>raw</p></div>", "<div><p>raw</p></div>", "&lt;"),
    ],
    ids=range(18),
)
def test_what_authors_write(text, expected, absent):
    html = render(text)
    assert expected in html
    assert absent not in html


def test_code_is_content():
    html = render("```\n{: .x }\n!!! note\n```\n\n`{: .y }`")
    assert "{: .x }" in html
    assert "!!! note" in html
    assert "{: .y }" in html


def test_changes_stay_outside_code():
    text = "a\n\n```\na\n```\n\n`a` a\n\n~~~~\na\n~~~\na\n~~~~\na"
    assert (
        outside_code(text, lambda part: part.replace("a", "b"))
        == text.replace("a\n\n```", "b\n\n```", 1).replace("` a", "` b").removesuffix("a") + "b"
    )


@pytest.mark.parametrize("bomb", ["x" * (1 << 20) + "y", "|" + "a|" * 500 + "\n|" + "-|" * 500 + "\n"])
def test_what_would_explode_is_refused(bomb):
    with pytest.raises(BodyError):
        render(bomb)


BACKTICKS = " ".join("`" * length for length in range(1, 1_200))


@pytest.mark.parametrize(
    "bomb",
    [
        "[" * 50_000,
        "*a " * 50_000,
        "`" * 50_000,
        "> " * 20_000 + "x",
        "<" * 50_000,
        "\0",
        BACKTICKS,
        "{:" + " " * 500_000 + "x",
        "){:" + "\n" * 100_000 + "x",
        "){:.a" * 100_000,
        "{::comment}" * 50_000,
        "- x\n{:toc" * 50_000,
        "*[a" * 100_000,
        " " * 900_000 + "x",
        "<div" + " " * 500_000,
        "|" + " " * 900_000,
        "{: a=b" + ".c=d" * 100_000,
        "a\n=\n" * 60_000,
    ],
)
def test_what_is_only_odd_is_rendered(bomb):
    assert isinstance(render(bomb), str)
