"""Which file of a built site an address means."""

import unicodedata

import pytest

from syndicate.loading.pages import address_of, file_at, page_bytes, paths
from syndicate.loading.sources import Tree

BASE = "https://e.org/blog/"


def made(root, *names, data=b"<!doctype html><title>x</title>"):
    for name in names:
        place = root / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return Tree(root)


@pytest.mark.parametrize(
    ("name", "url"),
    [
        ("a/index.html", f"{BASE}a/"),
        ("a/index.html", f"{BASE}a"),
        ("a/index.htm", f"{BASE}a/"),
        ("a.html", f"{BASE}a"),
        ("a.html", f"{BASE}a/"),
        ("a.html", f"{BASE}a.html"),
        ("a", f"{BASE}a"),
        ("index.html", BASE),
        ("blog/a/index.html", f"{BASE}a/"),
        ("a b/é/index.html", f"{BASE}a%20b/%C3%A9/"),
        (unicodedata.normalize("NFD", "é.html"), f"{BASE}%C3%A9.html"),
        ("a#b?.html", f"{BASE}a%23b%3F.html"),
    ],
)
def test_a_file_is_found_by_its_address(tmp_path, name, url):
    assert file_at(made(tmp_path, name), BASE, url) == name


@pytest.mark.parametrize(
    "url", ["https://other.org/blog/a/", f"{BASE}b/", f"{BASE}../secret", f"{BASE}%2e%2e/secret.html"]
)
def test_nothing_else_is(tmp_path, url):
    made(tmp_path, "secret.html", "secret")
    assert file_at(made(tmp_path / "site", "a/index.html"), BASE, url) is None


def test_a_file_has_an_address():
    assert address_of("a b/index.html", BASE) == f"{BASE}a%20b/"
    assert address_of("é#.html", BASE) == f"{BASE}%C3%A9%23.html"


def test_pages_are_told_by_name_or_by_how_they_begin(tmp_path):
    tree = made(tmp_path, "a.html", "b.HTM", "c", "d.txt", ".hidden/e.html")
    made(tmp_path, "LICENSE", data=b"Permission is hereby granted")
    (tmp_path / "f.html").symlink_to(tmp_path / "a.html")
    found = list(paths(tree, lambda path: path == "b.HTM"))
    assert found == ["LICENSE", "a.html", "c"]
    assert [path for path in found if page_bytes(tree, path)] == ["a.html", "c"]
