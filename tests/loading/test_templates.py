"""Template code: a known set is expanded, the rest goes and is counted, code is content."""

import pytest

from syndicate.loading.templates import Context, expand


def context(dialect):
    known = {"2024-03-08-a": "https://example.org/a/", "posts/b": "https://example.org/b/"}
    return Context(
        dialect=dialect, base_url="https://example.org/", resolve=lambda name: known.get(name.strip("\"' "), "")
    )


@pytest.mark.parametrize(
    ("dialect", "text", "expected", "left"),
    [
        ("liquid", "a {{ site.url }}/x", "a https://example.org/x", 0),
        ("liquid", "[a]({% post_url 2024-03-08-a %})", "[a](https://example.org/a/)", 0),
        ("liquid", "a {% raw %}{{ b }}{% endraw %} c", "a {{ b }} c", 0),
        ("liquid", "{% highlight ruby %}\nputs 1\n{% endhighlight %}", "\n```ruby\nputs 1\n```\n", 0),
        ("liquid", "a {% assign x = 1 %}{{ x.y }} b", "a  b", 2),
        ("liquid", '{{ "/blog/" | url }}', "/blog/", 0),
        ("liquid", "{% youtube dQw4w9WgXcQ %}", '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>', 0),
        ("liquid", '{% image "a.png" "A view" %}', '<img src="a.png" alt="A view">', 0),
        ("liquid", "{% comment %}secret{% endcomment %}b", "b", 0),
        ("liquid", "{% include evil.html x='%}' %}b", "b", 1),
        (
            "hugo",
            '{{< figure src="a.png" alt="A" caption="C" >}}',
            '<figure><img src="a.png" alt="A"><figcaption>C</figcaption></figure>',
            0,
        ),
        ("hugo", '[b]({{< ref "posts/b" >}})', "[b](https://example.org/b/)", 0),
        ("hugo", "{{< note >}}keep{{< /note >}}", "keep", 2),
        ("hugo", "{{% tip %}}keep{{% /tip %}}", "keep", 2),
        (
            "zola",
            '{{ youtube(id="dQw4w9WgXcQ") }}',
            '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>',
            0,
        ),
        ("zola", "{% quote() %}keep{% end %}", "keep", 2),
        ("", "{{ kept }}", "{{ kept }}", 0),
    ],
    ids=range(17),
)
def test_what_becomes_of_it(dialect, text, expected, left):
    changed, count, _ = expand(text, context(dialect))
    assert (changed, count) == (expected, left)


def test_the_first_tag_left_out_has_its_line():
    assert expand("a\n\nb {% x %}\n{% y %}", context("liquid"))[1:] == (2, 3)


@pytest.mark.parametrize("dialect", ["liquid", "hugo", "zola"])
def test_code_is_content(dialect):
    text = "```\n{{ x }} {% y %}\n```\n\n`{{ z }}`"
    assert expand(text, context(dialect))[0] == text


def test_arguments_are_escaped():
    changed, _, _ = expand('{{< figure src="a.png" alt="\'><script>" >}}', context("hugo"))
    assert "<script>" not in changed


@pytest.mark.parametrize("bomb", ["{% " * 20_000, "{{ " * 20_000, "{{< a " * 20_000, '{% x "' * 10_000, "{# " * 20_000])
def test_unclosed_tags_do_not_take_for_ever(bomb):
    for dialect in ("liquid", "hugo", "zola"):
        assert expand(bomb, context(dialect))[0]
