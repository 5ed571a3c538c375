"""Editions are told from the names of folders; importlib, which reads what is in them, must say the same."""

import sys
from importlib.metadata import PackageNotFoundError, version

import pytest

from syndicate import edition


def told(library):
    try:
        return version(library)
    except PackageNotFoundError:
        return None


@pytest.mark.parametrize("library", [*edition.LIBRARIES, *edition.EXTRAS])
def test_versions_are_those_that_the_metadata_tell(library):
    assert edition._installed().get(library) == told(library)


@pytest.mark.parametrize(
    "name",
    ["My_Lib-1.2.3.dist-info", "my.lib-1.2.3.egg-info", "my-lib-1.2.3-py3.11.egg-info", "MY__LIB-1.2.3.dist-info"],
)
def test_a_name_is_read_as_installers_and_distributions_spell_it(tmp_path, monkeypatch, name):
    (tmp_path / name).mkdir()
    monkeypatch.setattr(sys, "path", [str(tmp_path), str(tmp_path / "not there")])
    assert edition._installed() == {"my-lib": "1.2.3"}


def test_the_first_place_that_has_it_counts(tmp_path, monkeypatch):
    for place, number in (("first", 1), ("second", 2)):
        (tmp_path / place / f"a-{number}.dist-info").mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [str(tmp_path / "first"), str(tmp_path / "second")])
    assert edition._installed() == {"a": "1"}
