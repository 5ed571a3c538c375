"""Headers get other values for some keys, and keep every other byte."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syndicate.characters import one_line
from syndicate.loading import frontmatter
from syndicate.loading.amending import Unamendable, amended, header, plain, values

BODY = "\n# A heading\n\ntitle: not this one\n"
ENDS = ["\n", "\r\n", "\r"]
CASES = [
    (
        "---\ntitle: Old # why\ndate: 2024-01-01\n---\n",
        {"title": "New"},
        "---\ntitle: New # why\ndate: 2024-01-01\n---\n",
    ),
    ("---\ntitle: 'It''s old'\n---\n", {"title": "It's"}, "---\ntitle: 'It''s'\n---\n"),
    ('---\ntitle: "Old"   # x\n---\n', {"title": 'A "b"'}, '---\ntitle: "A \\"b\\""   # x\n---\n'),
    ("---\ntitle: Old\n---\n", {"title": "no"}, '---\ntitle: "no"\n---\n'),
    ("---\ntitle: Old\n---\n", {"title": "A: b # c"}, '---\ntitle: "A: b # c"\n---\n'),
    ("---\ntitle: >\n  Old\n  title\ntags: [a]\n---\n", {"title": "New"}, "---\ntitle: New\ntags: [a]\n---\n"),
    ("---\ntitle:\nx: 1\n---\n", {"title": "New"}, "---\ntitle: New\nx: 1\n---\n"),
    (
        "---\nfocal:\n  - 0.5\n  - 0.5\n# after\nTitle: A\n---\n",
        {"focal": (0.25, 1.0), "title": "B"},
        "---\nfocal:\n  [0.25, 1.0]\n# after\nTitle: B\n---\n",
    ),
    (
        "---\ntitle: A\nlist:\n- a\n---\n",
        {"theme": "block", "focal": (0.3, 0.4)},
        "---\ntitle: A\nlist:\n- a\ntheme: block\nfocal: [0.3, 0.4]\n---\n",
    ),
    ("---\nfocal_point: 20% 30%\n---\n", {"focal": (0.1, 0.2)}, "---\nfocal_point: [0.1, 0.2]\n---\n"),
    (
        '+++\ntitle = "Old" # why\n[extra]\ntitle = "x"\n+++\n',
        {"title": "New", "kicker": "K"},
        '+++\ntitle = "New" # why\nkicker = "K"\n[extra]\ntitle = "x"\n+++\n',
    ),
    (
        "+++\nfocal = [\n 0.1,\n 0.2 ] # f\ntitle = '''a\n[b]'''\n+++\n",
        {"focal": (0.5, 0.5)},
        "+++\nfocal = [0.5, 0.5] # f\ntitle = '''a\n[b]'''\n+++\n",
    ),
    (
        '{\n  "title": "Old",\n  "a": {"title": 1}\n}\n',
        {"title": "New", "theme": "quote"},
        '{\n  "theme": "quote",\n  "title": "New",\n  "a": {"title": 1}\n}\n',
    ),
    ('---json\n{"title" : "Old"}\n---\n', {"title": "New"}, '---json\n{"title" : "New"}\n---\n'),
    (
        "Title: Old\nDate: 2024-01-01\n",
        {"title": "New: one", "focal": (0.5, 0.25)},
        "Title: New: one\nDate: 2024-01-01\nFocal: 0.5, 0.25\n",
    ),
]


@pytest.mark.parametrize("ending", ENDS)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("before, said, after", CASES)
def test_only_the_value_changes(before, said, after, mark, ending):
    def written(text):
        return (mark + text + BODY).replace("\n", ending).encode()

    assert amended(written(before), said, "a.md", {}) == written(after)


@pytest.mark.parametrize(
    "before, said, why",
    [
        ("No header.\n", {"title": "A"}, "no front matter"),
        ("---\ntitle: A\ncard:\n  theme: block\n---\n", {"theme": "quote"}, "inside another value"),
        ("---\nfocal: [0.1, # left\n  0.2]\n---\n", {"focal": (0.1, 0.1)}, "comments"),
        ("---\n{title: A}\n---\n", {"theme": "quote"}, "from here"),
        ("---\ntitle: &a A\nother: *a\n---\n", {"title": "B"}, "from here"),
        ("---\ntitle: [A\n---\n", {"title": "B"}, "from here"),
    ],
)
def test_what_nobody_can_be_sure_of_is_refused(before, said, why):
    with pytest.raises(Unamendable, match=why):
        amended((before + BODY).encode(), said, "a.md", {})


def test_keys_that_the_settings_name_are_the_ones_that_change():
    source = b"---\nchapeau: Old\ntitle: A\n---\n"
    assert amended(source, {"description": "New"}, "a.md", {"summary": "chapeau"}) == source.replace(b"Old", b"New")
    with pytest.raises(Unamendable, match="from here"):
        amended(b"---\nnames:\n- fr: A\n---\n", {"title": "B"}, "a.md", {"title": "names[0].fr"})


texts = st.text(st.sampled_from(string.printable + "é“—\u2028\u200d🌌א:#'\"-[]{}&*!|>%@`\\"), max_size=40)


@settings(max_examples=150)
@given(
    st.sampled_from([case[0] for case in CASES if not case[0].startswith("Title")]), texts.map(one_line).filter(bool),
    st.tuples(st.integers(0, 10000), st.integers(0, 10000)), st.sampled_from(ENDS),
)  # fmt: skip
def test_what_is_written_is_read_back(before, title, focal, ending):
    source = (before + BODY).replace("\n", ending).encode()
    said = {"title": title, "focal": (focal[0] / 10000, focal[1] / 10000)}
    text = plain(amended(source, said, "a.md", {}))
    assert values(text, "a.md", {})["title"] == title
    assert text.endswith(BODY)
    assert header(text, "a.md") + frontmatter.parse(text, "a.md").body == text
    # A second time, there is nothing to do.
    assert plain(amended(text.encode(), said, "a.md", {})) == text
