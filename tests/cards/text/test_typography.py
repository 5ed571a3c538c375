"""What a typesetter corrects before setting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.cards.text.typography import prepare

N, W = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("said", "set_"),
    [
        ("Où en est-on ?", f"Où en est-on{N}?"),
        ("Où en est-on?", f"Où en est-on{N}?"),
        ("Vraiment ?!", f"Vraiment{N}?!"),
        ("Numérique : le bilan", f"Numérique{W}: le bilan"),
        ("Numérique: le bilan", f"Numérique{W}: le bilan"),
        ("«Bonjour» dit-il ; oui", f"«{W}Bonjour{W}» dit-il{N}; oui"),
        ("« Bonjour »", f"«{W}Bonjour{W}»"),
        ("Rendez-vous à 12:30", "Rendez-vous à 12:30"),
        ("https://exemple.fr/?q=1", "https://exemple.fr/?q=1"),
        ("std::vector", "std::vector"),
        ("L'usage", "L’usage"),
        (f"Déjà{W}: bien{N}!", f"Déjà{W}: bien{N}!"),
        ("Bizarre (!)", "Bizarre (!)"),
    ],
)
def test_french(said, set_):
    assert prepare(said, "fr") == set_
    assert prepare(prepare(said, "fr"), "fr") == set_, "twice is as once"


def test_canadian_french_sets_its_marks_close():
    assert prepare("Vraiment? Oui : oui", "fr-CA") == f"Vraiment? Oui{W}: oui"


def test_other_languages_keep_their_spaces():
    assert prepare("Really? Yes: «no»", "en") == "Really? Yes: «no»"


def test_decomposed_letters_are_composed_and_lines_joined():
    assert prepare("e\u0301te\u0301\n 2024", "en") == "été 2024"


@given(st.text(max_size=80), st.sampled_from(["fr", "fr-CA", "en", "ar"]))
def test_words_are_never_changed(text, language):
    def bare(one):
        return "".join(one.split()).replace("\u202f", "").replace("’", "'")

    assert bare(prepare(text, language)) == bare(prepare(text, "und"))
