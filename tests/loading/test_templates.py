"""Template code: a known set is expanded, the rest goes and is counted, code is content, no text is lost."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import only

from syndicate.loading import markdown
from syndicate.loading.templates import Context, expand, settled

KNOWN = {"2024-03-08-a": "https://example.org/a/", "posts/b": "https://example.org/b/"}
FILES = {"note.html": "Mind {{ include.what }}.", "code.html": "{% if x %}y{% endif %}"}
FILM = '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>'
SITE = {
    "title": "The Site",
    "email": "a@example.org",
    "hostile": "{{ x }}",
    "nested": {"Key": 5},
    "params": {"tel": "1"},
}
PAGE = {"title": "The Page", "layout": "post", "on": True}


def context(dialect, base_url="https://example.org/"):
    return Context(
        dialect=dialect,
        base_url=base_url,
        resolve=lambda name: KNOWN.get(name.strip("\"' "), ""),
        site=SITE,
        page=PAGE,
        include=lambda name: FILES.get(name, ""),
    )


def expanded(text, dialect, **options):
    changed, left, line = expand(text, context(dialect, **options))
    return settled(changed, context(dialect))[0], left, line


@pytest.mark.parametrize(
    ("dialect", "text", "expected", "left"),
    [
        ("liquid", "a {{ site.url }}/x", "a https://example.org/x", 0),
        ("liquid", "[a]({% post_url 2024-03-08-a %})", "[a](https://example.org/a/)", 0),
        ("liquid", "[a]({% link posts/b %})", "[a](https://example.org/b/)", 0),
        ("liquid", "[a]({% link gone.md %})", "[a]()", 1),
        ("liquid", "a {% raw %}{{ b }}{% endraw %} c", "a {{ b }} c", 0),
        ("liquid", "a {% raw %}{% b %}{% endraw %} c", "a {% b %} c", 0),
        ("liquid", "`a {% raw %}{{ b }}{% endraw %}` c", "`a {{ b }}` c", 0),
        ("liquid", "{% highlight ruby %}\nputs 1\n{% endhighlight %}", "\n```ruby\nputs 1\n```\n", 0),
        ("liquid", "{% highlight ruby linenos %}\na ``` b\n{% endhighlight %}", "\n````ruby\na ``` b\n````\n", 0),
        ("liquid", "a {% assign x = 1 %}{{ x.y }} b", "a  b", 2),
        ("liquid", "{% if a %}one{% else %}two{% endif %}", "onetwo", 3),
        ("liquid", "{%- for a in b -%} c {%- endfor -%}", " c ", 2),
        ("liquid", '{{ "/blog/" | url }}', "/blog/", 0),
        ("liquid", "{{ '/a|b' | relative_url }}", "/a|b", 0),
        ("liquid", "{{ site.title | upcase }}, {{ page.title }}", "THE SITE, The Page", 0),
        ("liquid", "{{ site.nested.key }}{{ site.hostile }}{{ page.on }}{{ site.none }}", "5", 3),
        ("liquid", "{{ 'a' | append: '.html' | prepend: site.url }}", "https://example.orga.html", 0),
        ("liquid", "{{ site.title | where: 'x' }}", "", 1),
        ("liquid", "{% youtube dQw4w9WgXcQ %}", FILM, 0),
        ("liquid", "{% include youtube.html id='dQw4w9WgXcQ' %}", FILM, 0),
        ("liquid", "{% include youtube.html id='\"><script>' %}", "", 1),
        ("liquid", "{% gist ada/0123abcd %}", '<a href="https://gist.github.com/ada/0123abcd">https://gist.github.com/ada/0123abcd</a>', 0),
        ("liquid", "{% include note.html what='this' %}", "Mind this.", 0),
        ("liquid", "{% include code.html %}{% include ../x %}{% include none.html %}", "", 3),
        ("liquid", '{% image "a.png" "A view" %}', '<img src="a.png" alt="A view">', 0),
        ("liquid", "{% comment %}secret{% endcomment %}b", "b", 0),
        ("liquid", "{% include evil.html x='%}' %}b", "b", 1),
        ("liquid", "{% note Don't %} keep {% endnote %}", " keep ", 2),
        ("liquid", "{{ a's }} keep {{ b's }}", " keep ", 2),
        ("hugo", '{{< figure src="a.png" alt="A" caption="C" >}}', '<figure><img src="a.png" alt="A"><figcaption>C</figcaption></figure>', 0),
        (
            "hugo",
            '{{< figure src="a.png" title="T" caption="C" link="/x" attr="By A" attrlink="https://a.example" >}}',
            ('<figure><a href="/x"><img src="a.png" alt="C"></a><figcaption>T C '
            '<a href="https://a.example">By A</a></figcaption></figure>'),
            0,
        ),
        ("hugo", '{{< figure src="a.png" alt="say \\"a\\"" >}}', '<img src="a.png" alt="say &quot;a&quot;">', 0),
        ("hugo", '[b]({{< ref "posts/b" >}})', "[b](https://example.org/b/)", 0),
        ("hugo", '[b]({{% relref path="posts/b" lang="fr" %}})', "[b](https://example.org/b/)", 0),
        ("hugo", "{{< note >}}keep{{< /note >}}", "keep", 2),
        ("hugo", "{{% tip %}}keep{{% /tip %}}", "keep", 2),
        ("hugo", "{{< a >}}1{{< b >}}2{{< /b >}}3{{< /a >}}", "123", 4),
        ("hugo", "{{< note title=Don't >}}keep{{< /note >}}", "keep", 2),
        ("hugo", "{{< note `a >}} b` >}}keep", "keep", 1),
        ("hugo", "{{< youtube dQw4w9WgXcQ >}}{{< youtube id=dQw4w9WgXcQ >}}", FILM * 2, 0),
        ("hugo", "{{< vimeo 123 />}}", '<iframe src="https://player.vimeo.com/video/123"></iframe>', 0),
        ("hugo", "{{< vimeo x >}}", "", 1),
        ("hugo", '{{< x user="ada" id="12" >}}', '<a href="https://x.com/ada/status/12">https://x.com/ada/status/12</a>', 0),
        ("hugo", "{{< tweet 12 >}}", '<a href="https://x.com/i/status/12">https://x.com/i/status/12</a>', 0),
        ("hugo", "{{< gist ada 0a >}}", '<a href="https://gist.github.com/ada/0a">https://gist.github.com/ada/0a</a>', 0),
        ("hugo", "{{< instagram Ab_1 >}}", '<a href="https://www.instagram.com/p/Ab_1/">https://www.instagram.com/p/Ab_1/</a>', 0),
        ("hugo", '{{< qr text="https://a.example" />}}', '<a href="https://a.example">https://a.example</a>', 0),
        ("hugo", '{{< param "title" >}} {{< param tel >}} {{< param none >}}', "The Page 1 ", 1),
        (
            "hugo",
            '{{< details summary="S & T" >}}\n**in**\n{{< /details >}}',
            "\n<details><summary>S &amp; T</summary>\n\n\n**in**\n\n\n</details>\n",
            0,
        ),
        ("hugo", '{{< highlight go "linenos=table" >}}\nx := 1\n{{< /highlight >}}', "\n```go\nx := 1\n```\n", 0),
        ("hugo", "Write {{</* note */>}} or {{%/* tip */%}}.", "Write {{< note >}} or {{% tip %}}.", 0),
        ("hugo", "```\n{{</* note */>}}\n```", "```\n{{< note >}}\n```", 0),
        ("hugo", "a{{< comment >}}secret{{< /comment >}}b{{< x.inline >}}{{ now }}{{< /x.inline >}}c", "abc", 0),
        ("hugo", r"$$\frac{{a}}{{b}}$$", r"$$\frac{{a}}{{b}}$$", 0),
        ("zola", '{{ youtube(id="dQw4w9WgXcQ") }}', FILM, 0),
        ("zola", "{% quote() %}keep{% end %}", "keep", 2),
        ("", "{{ kept }}", "{{ kept }}", 0),
    ],
)  # fmt: skip
def test_what_becomes_of_it(dialect, text, expected, left):
    assert expanded(text, dialect)[:2] == (expected, left)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ site.url }}{{ site.baseurl }}/x", "https://example.org/base/x"),
        ("{{ site.baseurl }}/x", "/base/x"),
        ("{{ '/x' | relative_url }}", "/base/x"),
        ("{{ 'x' | absolute_url }}", "https://example.org/base/x"),
    ],
)
def test_a_site_below_a_folder(text, expected):
    assert expanded(text, "liquid", base_url="https://example.org/base/")[0] == expected


def test_the_first_tag_left_out_has_its_line():
    assert expanded("a\n\nb {% x %}\n{% y %}", "liquid")[1:] == (2, 3)


@pytest.mark.parametrize("dialect", ["liquid", "hugo", "zola"])
def test_code_is_content(dialect):
    text = "```\n{{ x }} {% y %}\n```\n\n`{{ z }}`"
    assert expand(text, context(dialect))[0] == text


def test_arguments_are_escaped():
    changed, _, _ = expanded('{{< figure src="a.png" alt="\'><script>" >}}', "hugo")
    assert "<script>" not in changed


@pytest.mark.parametrize(
    "bomb",
    [
        "{% " * 20_000, "{{ " * 20_000, "{{< a " * 20_000, '{% x "' * 10_000, "{# " * 20_000, "{{</* " * 20_000,
        "<code>{%" * 20_000, "{% x ' %}" * 20_000, "{{< comment >}}" * 10_000, "{% raw %}" * 10_000, "{%{" * 30_000,
    ],
)  # fmt: skip
def test_unclosed_tags_do_not_take_for_ever(bomb):
    for dialect in ("liquid", "hugo", "zola"):
        html, _ = settled(markdown.render(expand(bomb, context(dialect))[0]), context(dialect))
        assert not LEAKS[dialect].search(outside_code(html)[:10_000])


LEAKS = {
    "liquid": re.compile(r"\{%"),
    "zola": re.compile(r"\{%"),
    "hugo": re.compile(r"\{\{(?:%|&lt;)"),
}
PIECES = [
    "{% if x %}", "{% endif %}", "{%- x -%}", "{{ site.title }}", "{{ x | y: '%}' }}", "{%", "%}", "{{", "}}", "{{<", ">}}",
    "{{%", "%}}", "{{< note >}}", "{{< /note >}}", '{{% tip a="b" %}}', "{{< img `a >}}` >}}", "{{<x", "'", '"', "`", "``",
    "```", "\n```\n", "~~~\n", "\\`", "\\{", "<code>", "</code>", "<pre>", '<b title="{% x %}">', "<!-- {% c %} -->", "\n\n",
    "    ", "> ", "- ", "{: .a}", "{#", "#}", "[a](", "](b)", "{% raw %}", "&#123;%", "{&#37;",
]  # fmt: skip


def outside_code(html):
    """The HTML of what is in no code: an element that is never closed goes on to the end, as in a browser."""
    out, depth = [], 0
    for part in re.split(r"(<[^<>]*>)", html):
        if code := re.match(r"<(/?)(?:pre|code)\b", part):
            depth = max(0, depth + (-1 if code[1] else 1))
        out += [] if depth else [part]
    return "".join(out)


@settings(max_examples=300)
@given(st.sampled_from(["liquid", "hugo", "zola"]), st.lists(st.sampled_from(PIECES) | st.just(" word "), max_size=14))
def test_no_tag_ever_reaches_a_reader(dialect, pieces):
    html, _ = settled(markdown.render(expand("".join(pieces), context(dialect))[0]), context(dialect))
    assert not LEAKS[dialect].search(outside_code(html))


WORD = st.integers(0, 99).map(lambda number: f"word{number}")
TAG = {
    "liquid": ["{% if a %}", "{% else %}", "{% endif %}", "{% note it's %}", '{% a "b %}" %}', "{{ x }}", "{% include x.html %}"],
    "hugo": ["{{< note >}}", "{{< /note >}}", "{{% tip it's %}}", "{{% /tip %}}", '{{< a b="c >}}" >}}', "{{< x />}}"],
    "zola": ["{% quote() %}", "{% end %}", "{{ x() }}"],
}  # fmt: skip


@settings(max_examples=200)
@given(st.data(), st.sampled_from(sorted(TAG)))
def test_text_between_tags_is_never_lost(data, dialect):
    parts = data.draw(st.lists(st.tuples(st.sampled_from(TAG[dialect]), WORD), min_size=1, max_size=12))
    text = " ".join(f"{tag} {word}" for tag, word in parts)
    html, _ = settled(markdown.render(expand(text, context(dialect))[0]), context(dialect))
    assert [word for _, word in parts] == re.findall(r"word\d+", html)


def test_broken_tags_are_counted_and_told(tmp_path):
    contents = {
        "_config.yml": "url: https://example.org\n",
        "_posts/2024-03-08-a.md": "---\ntitle: A\n---\nx \\`{% y %}\\` {% z",
        "_includes/note.md": "*Mind* {{ include.what }}.\n",
        "_posts/2024-03-09-b.md": "---\ntitle: B\n---\n{% include note.md what='it' %} {{ page.url }} {{ site.url }}",
    }
    (tmp_path / "a").mkdir()
    first, codes = only(tmp_path / "a", {path: text for path, text in contents.items() if "b.md" not in path})
    assert "{%" not in first.html
    assert "z" in first.html
    assert codes == ["markup-leaked"]
    del contents["_posts/2024-03-08-a.md"]
    (tmp_path / "b").mkdir()
    second, codes = only(tmp_path / "b", contents)
    assert second.html.strip() == "<p><em>Mind</em> it. /2024/03/09/b.html https://example.org</p>"
    assert codes == []
