"""The gate for strings: nothing that XML forbids, nothing that redirects or stacks, everything else untouched."""

import unicodedata
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from hypothesis import given
from hypothesis import strategies as st

from syndicate.characters import illegal_in, one_line, strip_illegal, visible

anything = st.text(st.characters(codec=None), max_size=60)


@given(anything)
def test_what_passes_is_xml(text):
    clean = strip_illegal(text)
    read = ET.fromstring(f"<a>{escape(clean)}</a>").text or ""
    assert read == clean.replace("\r\n", "\n").replace("\r", "\n")
    assert strip_illegal(clean) == clean
    assert (clean == text) == (not illegal_in(text))


def test_removed_characters_are_named():
    assert illegal_in("a\x08b\x0c\x08\ufffe") == ("U+0008", "U+000C", "U+FFFE")
    assert strip_illegal("a\x08b\ud800c\ufeff") == "abc"


def test_a_label_is_one_line_and_keeps_its_typography():
    assert one_line("  Femmes\n  et\tnumérique\u00a0: « 11\u202f» ") == "Femmes et numérique\u00a0: « 11\u202f»"
    assert one_line("safe\u202egnp.exe\u2066") == "safegnp.exe"
    assert one_line("می\u200cخواهم") == "می\u200cخواهم", "joiners are spelling"
    assert one_line("👩\u200d💻") == "👩\u200d💻"


@given(st.text(max_size=60))
def test_marks_are_capped(text):
    run = longest = 0
    for character in one_line(text + "e" + "\u0301" * 50):
        run = run + 1 if unicodedata.combining(character) else 0
        longest = max(longest, run)
    assert longest <= 8


def test_foreign_text_cannot_speak_to_a_terminal():
    assert visible("a\x1b[31m\n::error::x\u202e") == "a\\u001b[31m\\u000a::error::x\\u202e"
    assert visible("مرحبا é") == "مرحبا é"
