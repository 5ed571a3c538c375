"""The gate for strings: nothing that XML forbids, nothing that redirects or stacks, everything else untouched."""

import json
import re
import unicodedata
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from hypothesis import given
from hypothesis import strategies as st

from syndicate.characters import cell, illegal_in, inert, one_line, prose, strip_illegal, visible

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


def test_foreign_text_gives_no_orders_to_what_runs_a_build():
    assert visible("::error::x") == "\\u003a:error::x"
    assert visible(" \t::add-mask::x") == " \\u0009::add-mask::x"
    assert visible("got ##[add-mask]x, ##vso[task.x]y, ##teamcity[z") == (
        "got \\u0023#[add-mask]x, \\u0023#vso[task.x]y, \\u0023#teamcity[z"
    )
    assert visible("std::string ## [x]") == "std::string ## [x]"


def test_prose_keeps_what_is_turned_back_and_nothing_else():
    kept = "a \u202bעברית\u202c b \u2067عربي\u2069 c"
    assert prose(kept) == kept
    assert prose("x\u202egnp.exe\u202c") == "xgnp.exe"
    assert prose("a\u2067b\u202cc") == "abc", "closed by another is not closed"
    assert prose("e" + "\u0301" * 50) == "e" + "\u0301" * 8
    assert prose("a\nb\tc") == "a\nb\tc"


@given(anything)
def test_prose_is_settled(text):
    once = prose(text)
    assert prose(once) == once
    assert strip_illegal(once) == once


def test_a_cell_is_no_formula_and_no_order():
    for begins in "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20":
        assert cell(f"{begins}1")[0] == "'"
    assert cell("a\n::error::x\x1b[31m") == "a\\u000a::error::x\\u001b[31m"
    assert cell("::error::x") == "\\u003a:error::x"
    assert cell("l’été, 1-2") == "l’été, 1-2"


@given(st.dictionaries(anything, anything, max_size=3))
def test_inert_json_says_the_same(said):
    document = inert(json.dumps(said, ensure_ascii=False, indent=1))
    assert json.loads(document) == json.loads(json.dumps(said))
    document.encode()
    assert not re.search("[\x1b\x9b\u202e\ud800]|##(?:vso|teamcity)?\\[", document)
