"""Bodies that cost some parser the square of their length, or its life: one for each way that was met."""

from collections.abc import Callable

Bomb = Callable[[int], str]


def _times(text: str, before: str = "", after: str = "") -> Bomb:
    """Repeat a text up to a size, between two others."""
    return lambda size: before + text * max(1, (size - len(before) - len(after)) // len(text)) + after


def _pairs(opening: str, closing: str) -> Bomb:
    def made(size: int) -> str:
        count = size // (len(opening) + len(closing))
        return opening * count + "x" + closing * count

    return made


def _growing(text: str) -> Bomb:
    """Runs of a character, each longer than the last: no two close each other."""

    def made(size: int) -> str:
        runs, length = [], 0
        while length < size:
            runs.append(text * (len(runs) + 1))
            length += len(runs)
        return " ".join(runs)

    return made


def _numbered(line: str) -> Bomb:
    def made(size: int) -> str:
        count = size // (len(line) + 4)
        return "".join(line.replace("%", str(number)) for number in range(count))

    return made


BOMBS: dict[str, Bomb] = {
    "open brackets": _times("["),
    "links in links": _pairs("[", "](x)"),
    "pictures in pictures": _pairs("![", "](x)"),
    "references to nowhere": _times("[a] "),
    "reference definitions": _numbered("[a%]: /x\n"),
    "references to one": _times("[a] ", "[a]: /" + "x" * 1_000 + "\n\n"),
    "footnotes": _numbered("x[^%]\n\n[^%]: y\n\n"),
    "footnotes that name each other": _numbered("[^%]: x[^%]\n"),
    "footnotes to nowhere": _times("[^a] "),
    "emphasis left open": _times("*a "),
    "emphasis in emphasis": _pairs("*a _b ", " b_ a*"),
    "stars and underscores": _times("*_"),
    "tildes": _times("~~a"),
    "backticks of every length": _growing("`"),
    "one long run of backticks": _times("`"),
    "fences left open": _times("```\n~~~\n"),
    "quotations in quotations": _times("> ", after="x"),
    "lists in lists": _times("- ", after="x"),
    "numbered lists in lists": _times("1. ", after="x"),
    "lists that go deeper": lambda size: "".join(f"{' ' * n}- x\n" for n in range(int((2 * size) ** 0.5))),
    "headings": _times("# a\n"),
    "lines under lines": _times("a\n=\n"),
    "tables of one row": _times("|a", after="|\n|-|\n"),
    "tables of many rows": _times("|a|b|\n", "|a|b|\n|-|-|\n"),
    "angle brackets": _times("<"),
    "tags left open": _times("<a href='x"),
    "comments left open": _times("<!--"),
    "instructions left open": _times("<?"),
    "data sections left open": _times("<![CDATA["),
    "divisions": _pairs("<div>", "</div>"),
    "templates": _times("<template>"),
    "formatting never closed": _times("<b><i><u><font>"),
    "anchors in anchors": _times("<a href=x>"),
    "tables in tables": _times("<table><tr><td>"),
    "selections": _times("<select><option>"),
    "attributes": _times(" a=b", "<p", ">"),
    "entities": _times("&amp;lt;"),
    "entities left open": _times("&#x"),
    "ampersands": _times("&"),
    "no-break spaces": _times("\u00a0x"),
    "backslashes": _times("\\"),
    "white space": _times(" ", after="x"),
    "tabs before nothing": _times("\t\n"),
    "autolinks": _times("<https://a"),
    "frames": _times("<iframe src=x "),
    "lazy pictures": _times('<img data-src="x" '),
    "sources of every size": _times(" a.png 1x,", '<img srcset="', '">'),
    "attribute lists": _times("{: a=b .c"),
    "braces": _times("{{ {% "),
    "braces closed the wrong way": _times("%} }} {{"),
    "admonitions": _times('!!! note "a"\n    x\n'),
    "shortcodes left open": _times("{{< a "),
    "marks on one letter": _times("\u0301", "e"),
    "turned and not turned back": _times("\u202e\u2067a"),
    "line separators": _times("\u2028\u2029\x85"),
    "no character": _times("\0\ufffe"),
}
"""By name, what makes each of a size. Fifty-six: the thirty-four that were measured, and what ours might trip over."""
