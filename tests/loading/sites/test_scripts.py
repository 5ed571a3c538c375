"""Configuration that is a program: its literals are read, nothing is run, and no file can hurt."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.loading import javascript
from syndicate.loading.sites import python


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (
            "export default { a: 'x', b: [1, 2.5, true, null], c: { d: `t` } }",
            {"a": "x", "b": [1, 2.5, True, None], "c": {"d": "t"}},
        ),
        ("module.exports = { a: process.env.X || 'y', b: process.env.Z ?? \"z\" }", {"a": "y", "b": "z"}),
        (
            "const x = 'a'; export default { x, y: x + '/b', z: `${x}`, w: f(x) + 1 }",
            {"x": "a", "y": "a/b", "z": None, "w": None},
        ),
        ("export default defineConfig({ a: 1, ...rest, m() { return {b: 2} }, [k]: 3, 'q-r': 4 })", {"a": 1, "q-r": 4}),
        (
            "module.exports = function (c) { if (c) { return }\n return { dir: { input: 'src' } } }",
            {"dir": {"input": "src"}},
        ),
        (
            "const c: Config = { a: /[/]'{/g, b: 'u\\u00e9\\n\\'' } as const satisfies X;\nexport default c",
            {"a": None, "b": "ué\n'"},
        ),
        ("/* { */ export default { // a: 1\n a: (x) => ({ b: 1 }), c: 2 }", {"a": None, "c": 2}),
        ("export default 3", {}),
    ],
    ids=range(8),
)
def test_javascript(script, expected):
    assert javascript.read(script).configuration == expected


@pytest.mark.parametrize(
    "piece", ["const a=[", "f(", "const a=f(", "{", "return {a:", "'", "/", "`", "a?.", "${", "/*", "=>"]
)
def test_javascript_made_to_hurt_is_refused_or_read_at_once(piece):
    with contextlib.suppress(ValueError):
        assert javascript.read(piece * (500_000 // len(piece))).calls is not None


@pytest.mark.parametrize(
    "doubled",
    ["'xxxxxxxx'", "[1, 2, 3, 4]"],
)
def test_javascript_that_doubles_with_every_line_fills_no_memory(doubled):
    sums = "[...a{0}, ...a{0}]" if doubled.startswith("[") else "a{0} + a{0}"
    lines = [f"const a{n + 1} = {sums.format(n)}" for n in range(40)]
    read = javascript.read("\n".join([f"const a0 = {doubled}", *lines, "export default {a3, a40}"])).configuration
    assert len(read["a3"]) == 8 * len(javascript.read(f"const a = {doubled}").constants["a"])
    assert len(read["a40"] or "") <= 100_000


def test_halves_of_characters_are_joined_or_replaced():
    script = javascript.read(r"export default {a: '\ud83c\udf89', b: 'x\ud800', c: '\udc00' + 'y'}")
    assert script.configuration == {"a": "\U0001f389", "b": "x\ufffd", "c": "\ufffdy"}
    assert python.read(r"A = 'x\ud800'; B = f'{A}\udc00'").values == {"A": "x\ufffd", "B": "x\ufffd\ufffd"}


@given(st.text(alphabet="{}[]():,;=>'\"`/\\ \nabconst=return.module.exports+|?$", max_size=300))
def test_javascript_never_fails_otherwise(script):
    assert javascript.read(script).configuration is not None


def test_python():
    module = python.read(
        "import os\nfrom x import *\nA = os.environ.get('N', 'd')\nB = f'{A}/e'\nC = os.path.join('p', 'q') + '.html'\n"
        "D = [('a', '')] + [('b', -1)]\nD += [('c', 2)]\nE = open('f').read()\ntry:\n    F = {'k': (1,)}\nexcept X:\n    F = 0\n"
        "if A:\n    A = 'other'\nG: int = 3\n"
    )
    assert module.values == {
        "A": "d", "B": "d/e", "C": "p/q.html", "D": [["a", ""], ["b", -1], ["c", 2]], "F": {"k": [1]}, "G": 3,
    }  # fmt: skip
    assert module.unknown == {"E": 8}


def test_python_that_doubles_stops_early():
    lines = ["A = 'x'", *("A = A + A" for _ in range(200)), *("B = f'{A}{A}'" for _ in range(3)), "C = [A, A]"]
    assert len(str(python.read("\n".join(lines)).values)) < 100_000
