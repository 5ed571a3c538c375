"""The standard's own files: directions, grapheme clusters and line breaks, each deviation named with its reason.

The files are those of Unicode 15.0 (Debian's unicode-data); the Unicode library speaks a later version, and typesetters
part with the standard on purpose. Both kinds of difference are listed here: another one fails.
"""

import re
import unicodedata
from pathlib import Path

import pytest

from syndicate.cards.text import bidi, breaking, icu

UCD = Path("/usr/share/unicode")

CLASSES = {
    "L": "a", "R": "א", "AL": "ا", "EN": "1", "ES": "+", "ET": "#", "AN": "١", "CS": ",", "NSM": "\u0300", "ON": "!",
    "B": "\u2029", "S": "\t", "WS": " ", "BN": "\u00ad", "LRE": "\u202a", "RLE": "\u202b", "LRO": "\u202d",
    "RLO": "\u202e", "PDF": "\u202c", "LRI": "\u2066", "RLI": "\u2067", "FSI": "\u2068", "PDI": "\u2069",
}  # fmt: skip
"""A character of each Bidi_Class: BidiTest.txt names classes."""

LATER_CLUSTERS = {"✁\u200d✁": "scissors stopped being a pictograph, so a joiner joins no two of them"}

LATER_BREAKS = {
    r"-\u0308?[#א§\U00050005ก]": "LB20a, Unicode 16: a hyphen that begins a word stays with it",
    r".*[.,]\u0308?\d": "LB25, Unicode 16: a full stop or comma before a digit is a decimal mark, never parted from it",
    r'"\u0308? [\u2329(]': "LB15a, Unicode 15.1: only a quotation mark that opens one holds on to a bracket after a space",
    r"ambigu[({]?«.*": "LB15a and LB19a, Unicode 16: quotation marks part where East Asian or closing ones stand",
    r"א-א": "LB21a, Unicode 16: a hyphen between Hebrew letters parts like any other",
}
"""Where the Unicode library follows rules that are later than the files."""


def _blank_line(before, after):
    return not before.strip(" \u2003\u3000")


def _one_line(before, after):
    return before[-1] in "\n\r\x0b\x0c\x85\u2028\u2029"


def _closing(before, after):
    return before[-1] == " " and bool(re.match(r"[%»‰…)\]}|/:;!?,]|[-‐–—+&=](?:\s|$)", after))


def _opening(before, after):
    return bool(re.search(r"[«(\[{¿¡] +$", before))


def _sign(before, after):
    return bool(re.search(r"(?:^|[\s«(])[#@§№$€£] +$", before))


def _ascii(before, after):
    return before[-1] != " " and (before[-1] + after[0]).isascii()


def _no_break(before, after):
    return after[0] in "\u00a0\u202f\u2060"


def _hyphen(before, after):
    return before[-1] in "-/"


def _unit(before, after):
    return bool(re.search(r"\d $", before)) and after[0] in "€$£¥%"


def _symbol(before, after):
    return before[-1] != " " and (
        after[0] in "–—" or (unicodedata.category(after[0]) == "So" and not before[-1].isalnum())
    )


DELIBERATE = {
    _one_line: "a title is one line: what ends lines is taken out long before",
    _blank_line: "no line holds only white space",
    _closing: "no line starts with closing punctuation, a percent sign or a lone dash: French puts spaces before them",
    _opening: "no line ends with opening punctuation: French puts a space after a guillemet",
    _sign: "a sign that stands alone (§ 12, # 3) belongs to what follows",
    _ascii: "without a space, Latin text parts only after hyphens and slashes between words: C++20, f(x), {a}/b are names",
    _no_break: "a no-break space is one on both sides, even after a hyphen",
    _hyphen: "a hyphen parts only words of three letters, a slash those of two: a-t-il, e-mail and 24/7 stay whole",
    _unit: "a number keeps its unit: 10 $",
    _symbol: "an emoji or a dash stays with the sign before it",
}
"""Where a line could end by the standard, and does not end on a card."""


def lines(*path):
    place = UCD.joinpath(*path)
    if not place.exists():
        pytest.skip("the Unicode Character Database is not installed (unicode-data)")
    return place.read_text(encoding="utf-8").splitlines()


def broken(*path):
    """Each case as a text and the offsets after which it is broken."""
    for line in lines(*path):
        marks = line.partition("#")[0].split()
        text, places = "", []
        for mark in marks:
            if mark == "÷" and text:
                places.append(len(text))
            elif mark not in {"÷", "×"}:
                text += chr(int(mark, 16))
        if text:
            yield text, places


def ends(parts):
    found = []
    for part in parts:
        found.append((found or [0])[-1] + len(part))
    return found


def test_every_sequence_of_classes_has_the_levels_and_the_order_of_the_standard():
    count, levels, order = 0, [], []
    for line in lines("BidiTest.txt"):
        if line.startswith("@Levels:"):
            levels = line.split()[1:]
        elif line.startswith("@Reorder:"):
            order = line.split()[1:]
        elif line and line[0] not in "#@":
            names, bits = line.split(";")
            text = "".join(map(CLASSES.__getitem__, names.split()))
            for bit, base in ((1, None), (2, 0), (4, 1)):
                if int(bits, 16) & bit:
                    assert directions(text, base) == (levels, order), (names, base)
                    count += 1
    assert count > 770_000


def directions(text, base):
    found = bidi.resolve(text, base)
    shown = [index for index in range(len(text)) if index not in found.removed]
    visual = [str(shown[place]) for place in bidi.order([found.levels[index] for index in shown])]
    return ["x" if index in found.removed else str(level) for index, level in enumerate(found.levels)], visual


def test_every_grapheme_cluster_of_the_standard():
    wrong = {
        text
        for text, places in broken("auxiliary", "GraphemeBreakTest.txt")
        if ends(icu.clusters(text, "en")) != places
    }
    assert wrong == set(LATER_CLUSTERS)


def test_every_line_break_of_the_standard():
    cases = list(broken("auxiliary", "LineBreakTest.txt"))
    wrong = [text for text, places in cases if list(icu.breaks(text, "en")) != places]
    used = {pattern for text in wrong for pattern in LATER_BREAKS if re.match(pattern, text)}
    assert [ascii(text) for text in wrong if not any(re.match(pattern, text) for pattern in LATER_BREAKS)] == []
    assert used == set(LATER_BREAKS)
    assert len(cases) > 7_000


def test_cards_break_where_the_standard_does_but_for_reasons_that_typesetters_have():
    used = set()
    for text, _ in broken("auxiliary", "LineBreakTest.txt"):
        standard, ours = set(icu.breaks(text, "en")), {one.at for one in breaking.breaks(text, "en")}
        assert ours <= standard, ascii(text)
        for at in standard - ours:
            reasons = {rule for rule in DELIBERATE if rule(text[:at], text[at:])}
            assert reasons, (ascii(text), at)
            used |= reasons
    assert used == set(DELIBERATE)
