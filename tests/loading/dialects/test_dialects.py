"""What generators add to Markdown: turned into it where it is known, and never seen by a reader."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicate.loading import dialects, markdown
from syndicate.loading.embeds import Context

PUBLISHED = {"blog/b.md": "https://example.org/b/", "Note": "https://example.org/note/", "b": "https://example.org/b/"}


def resolve(reference):
    bare, hash_, fragment = reference.partition("#")
    return f"{PUBLISHED[bare]}{hash_}{fragment}" if bare in PUBLISHED else ""


def rendered(dialect, text, path="blog/a.md"):
    context = Context(dialect=dialect, base_url="https://example.org/", resolve=resolve)
    expanded, left, _ = dialects.expand(text, context, path)
    return markdown.render(expanded), left


MDX = """import Tabs from '@theme/Tabs';
import { Foo,
  Bar } from "../x";

export const toc = () => {
  return {

    a: 1 };
};

# Title {#own-id}

Text <Highlight color="#25c2a0">kept</Highlight> and {props.name} and {'literal'} and \\{kept\\}.

{/* truncate */}

<div className="box" style={{color: 'red'}} onClick={() => alert(1)}>Inside</div>

<Tabs groupId="os">
  <TabItem value="apple" label="Apple">

An apple.

  </TabItem>
</Tabs>

:::tip[My tip]

Use **this**.

:::

<YouTube id="dQw4w9WgXcQ" />

<Image src="/i.png" alt="I" />

```js
import x from 'y'; const a = {b: 1}; <Foo />
```

`{code}` a < b and 3 > 2, import from anywhere.
"""


def test_mdx():
    html, left = rendered("mdx", MDX)
    for part in (
        "kept", "literal", "{kept}", "<!-- truncate -->", '<div class="box">Inside</div>', "<strong>Apple</strong>",
        "An apple.", "<strong>My tip</strong>", "<strong>this</strong>", "youtube.com/embed/dQw4w9WgXcQ",
        '<img src="/i.png" alt="I">', "import x from 'y'; const a = {b: 1}; &lt;Foo /&gt;", "<code>{code}</code>",
        "a &lt; b and 3 &gt; 2", "import from anywhere",
    ):  # fmt: skip
        assert part in html, part
    for part in ("Tabs", "Foo,", "toc", "own-id", "props", "alert", ":::", "Highlight", "truncate */"):
        assert part not in html, part
    assert left == 3  # the component nobody knows, opened and closed, and one expression


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[Note]] and [[Note|this]] and [[Note#Part|there]]",
         '<a href="https://example.org/note/">Note</a> and <a href="https://example.org/note/">this</a> and '),
        ("[[Nowhere|words]] stay", "words stay"),
        ("an empty [[]] one", "an empty  one"),
        ("![[pic one.png|300]] ![[p.jpg|A view]]", '<img src="pic%20one.png" alt="" /> <img src="p.jpg" alt="A view" />'),
        ("Seen %%hidden%% seen ==marked== `==code==`", "Seen  seen <mark>marked</mark> <code>==code==</code>"),
        ("A paragraph. ^block-1", "<p>A paragraph.</p>"),
        ("> [!warning] Mind\n> the gap", "<strong>Mind</strong>"),
        ("```dataview\nLIST\n```\nafter", "<p>after</p>"),
        ("%% never closed", ""),
    ],
    ids=range(9),
)  # fmt: skip
def test_obsidian(text, expected):
    html, _ = rendered("obsidian", text)
    assert expected in html
    assert "[[" not in html
    assert "%%" not in html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('!!! note "Mind"\n    Words', "<strong>Mind</strong>"),
        ('=== "C"\n\n    code', "<strong>C</strong>"),
        ("++ctrl+alt+del++ a++b", "<kbd>Ctrl</kbd>+<kbd>Alt</kbd>+<kbd>Del</kbd> a++b"),
        ("==marked== and ^^new^^", "<mark>marked</mark> and <ins>new</ins>"),
        ('--8<-- "file.md"\n\nafter\n\n[TOC]', "<p>after</p>"),
        ("{--old--}{++new++} {>>note<<}x", "<p>new x</p>"),
        ("/// note | Mind\nWords\n///\nafter", "<strong>Mind</strong>"),
        ("[b](b.md#x) and [c](../c.md)", '<a href="https://example.org/b/#x">b</a> and <a href="../c.md">'),
    ],
    ids=range(8),
)
def test_mkdocs(text, expected):
    html, _ = rendered("mkdocs", text)
    assert expected in html
    assert not re.search(r"!!!|///|8<|\[TOC\]", html)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{% asset_img p.png "A view" %}', '<img src="p.png" alt="A view">'),
        ("{% img left /i/p.png 100 50 'T' 'Alt' %}", '<img src="/i/p.png" alt="Alt">'),
        ("{% post_link b Words here %}", '<a href="https://example.org/b/">Words here</a>'),
        ("{% codeblock t lang:js %}\na {{ b }} {% c %}\n{% endcodeblock %}", "a {{ b }} {% c %}"),
        ("{% blockquote Ada %}\nSaid.\n{% endblockquote %}", "<blockquote>"),
        ("{% note info %}Inside{% endnote %} {{ x }}{# y #}", "<p>Inside</p>"),
        ("{% raw %}{{ shown }}{% endraw %}", "{{ shown }}"),
        ("{% youtube dQw4w9WgXcQ %}", "youtube.com/embed/dQw4w9WgXcQ"),
        ("{% note It's %}In{% endnote %}", "<p>In</p>"),
        ("`{% code %}`", "<code>{% code %}</code>"),
    ],
    ids=range(10),
)
def test_hexo(text, expected):
    html, _ = rendered("hexo", text)
    assert expected in html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[b]({filename}b.md#x)", 'href="https://example.org/b/#x"'),
        ("[b]({filename}/blog/b.md)", 'href="https://example.org/b/"'),
        ("![i]({static}/images/a b.png) ![i](<{static}/images/é.png>)", 'src="/images/%C3%A9.png"'),
        ("![i]({attach}p.png)", 'src="p.png"'),
        ('<img src="{static}p.png"> [t]({tag}Big News)', '<img src="/p.png">'),
        ("[old](|filename|b.md) [home]({index})", 'href="https://example.org/b/"'),
    ],
    ids=range(6),
)
def test_pelican(text, expected):
    html, _ = rendered("pelican", text, "content/a.md" if "static}p" in text else "blog/a.md")
    assert expected in html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[b](@/blog/b.md#x)", 'href="https://example.org/b/#x"'),
        ('{{ youtube(id="dQw4w9WgXcQ") }}', "youtube.com/embed/dQw4w9WgXcQ"),
        ('{% quote(author="Ada") %}\nSaid.\n{% end %}', "<blockquote>"),
        ("{{/* shown() */}}", "{{ shown() }}"),
        ("{{ unknown(a=1) }}after", "after"),
    ],
)
def test_zola(text, expected):
    html, _ = rendered("zola", text)
    assert expected in html
    assert not re.search(r"@/|{%|unknown", html)


HOSTILE = [
    "{",
    "}",
    "<A ",
    "<a {",
    '<a "',
    "</",
    ":::n\n",
    "[[",
    "![[",
    "%%",
    "{%",
    "{{",
    "==",
    "\\",
    "import x\n\n",
    "`",
    "\n\n",
]


@pytest.mark.parametrize("dialect", ["mdx", "obsidian", "mkdocs", "hexo", "pelican", "zola"])
@pytest.mark.parametrize(
    "piece", [*HOSTILE, "export {\n", "{% quote %}", "++a", "/// n\n", "](x.md", "{static}", "{--", "|tag|"]
)
def test_bodies_made_to_hurt_are_expanded_at_once(dialect, piece):
    context = Context(dialect=dialect, base_url="https://example.org/", resolve=resolve)
    assert dialects.expand(piece * (150_000 // len(piece)), context, "blog/a.md")[1] >= 0


WORDS = st.sampled_from(["alpha", "bravo", "charlie", "delta"])
PIECES = st.one_of(
    WORDS,
    st.sampled_from(
        ["{% note %}", "{% end %}", "{{ x }}", "{x}", "<Card>", "</Card>", "\n\n", "[[b]]", "![[c]]", ":::note\n", ":::\n",
         "%%a%%", "{/* c */}", "<b>", "</b>", "/// note\n", "///\n", "{% img %}", "{# c #}", "\n\nimport a from 'b'\n\n"]
    ),
)  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(st.lists(PIECES, max_size=30), st.sampled_from(["mdx", "obsidian", "hexo", "pelican"]))
def test_no_word_between_tags_is_lost_and_no_tag_is_shown(pieces, dialect):
    text = "".join(f" {piece} " if piece.isalpha() else piece for piece in pieces)
    html, _ = rendered(dialect, text)
    for word in ("alpha", "bravo", "charlie", "delta"):
        assert html.count(word) == text.count(word)
    leaks = {
        "mdx": r"\{x\}|<Card|import a",
        "obsidian": r"\[\[|%%",
        "hexo": r"\{%|\{\{|\{#",
        "pelican": r"\{%|\{\{|\{#",
    }
    assert not re.search(leaks[dialect], html), html


def test_astro_has_directives_in_markdown_and_components_in_mdx():
    assert "<strong>Mind</strong>" in rendered("astro", ":::note[Mind]\nText\n:::\n")[0]
    assert "Foo" not in rendered("astro", "<Foo>x</Foo>", "a.mdx")[0]
    assert "Foo" in rendered("astro", "`<Foo>`", "a.mdx")[0]
