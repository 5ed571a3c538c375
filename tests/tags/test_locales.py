"""Locales: language and country, or nothing."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syndicate.tags.locales import open_graph


@pytest.mark.parametrize(
    ("tag", "locale"),
    [
        ("fr", "fr_FR"),
        ("FR-ca", "fr_CA"),
        ("en", "en_US"),
        ("pt-BR", "pt_BR"),
        ("es-419", "es_LA"),
        ("zh", "zh_CN"),
        ("zh-Hant", "zh_TW"),
        ("zh-Hant-HK", "zh_HK"),
        ("sr-Latn", "sr_RS"),
        ("ca-ES-valencia", "ca_ES"),
        ("iw", "he_IL"),
        ("no", "nb_NO"),
        ("", ""),
        ("tlh", ""),
        ("x-none", ""),
        ("und", ""),
    ],
)
def test_known_tags(tag, locale):
    assert open_graph(tag) == locale


@given(st.text(max_size=20))
def test_whatever_the_tag_the_locale_is_one_or_nothing(tag):
    assert re.fullmatch(r"([a-z]{2}_([A-Z]{2}|\d{3}))?", open_graph(tag))
