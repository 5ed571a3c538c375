"""Paths that hurt: nothing outside a site is read, nothing outside an output is written, no name means another file."""

import os
import socket
import stat
import sys
import unicodedata
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from making import write_article, write_site
from reading import files, loaded, plain

from syndicate import build as building
from syndicate.addresses import OUR_NAMES
from syndicate.announcing.outbox import opened
from syndicate.engine import crew
from syndicate.errors import SyndicateError
from syndicate.loading.index import Index
from syndicate.loading.sources import SourceError, Tree
from syndicate.publishing.folder import UNFINISHED, Folder
from syndicate.publishing.guards import only_one
from syndicate.report import Options
from syndicate.serving.deliveries import Deliveries

NOW = datetime(2026, 1, 1, tzinfo=UTC)
GOOD = "---\ntitle: Good\ndate: 2024-03-08\n---\nx"


def refused(tree, path):
    with pytest.raises(SourceError) as caught:
        tree.read(path)
    return caught.value.finding.code


def test_what_is_no_file_is_neither_waited_for_nor_read(tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    os.mkfifo(site / "pipe.md")
    (site / "folder.md").mkdir()
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(site / "socket.md"))
        assert {refused(Tree(site), name) for name in ("pipe.md", "folder.md", "socket.md")} <= {
            "source-not-a-file",
            "source-unreadable",
        }


def test_a_device_never_ends_and_is_not_begun(tmp_path):
    try:
        os.mknod(tmp_path / "zero.md", stat.S_IFCHR | 0o666, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("only root makes devices")
    assert refused(Tree(tmp_path), "zero.md") in {"source-not-a-file", "source-unreadable"}


def test_a_file_is_weighed_before_it_is_read(tmp_path, monkeypatch):
    with (tmp_path / "a.md").open("wb") as file:
        file.truncate(1 << 40)
    monkeypatch.setattr(os, "read", lambda *_: pytest.fail("read"))
    assert refused(Tree(tmp_path), "a.md") == "source-too-large"
    (tmp_path / "a.md").unlink()  # who looks through what a run left would be at it for a minute


def test_links_are_followed_inside_the_site_and_nowhere_else(tmp_path):
    site = files(tmp_path / "site", {"a.md": "inside", "sub/b.md": "b"})
    files(tmp_path / "out", {"secret.md": "secret", "deep/secret.md": "secret"})
    (site / "same.md").symlink_to("a.md")
    for name, target in {"far.md": "../out/secret.md", "way": "../out", "up.md": "/etc/passwd", "sub/x": ".."}.items():
        (site / name).symlink_to(target)
    tree = Tree(site)
    assert tree.read("same.md") == b"inside"
    assert {refused(tree, path) for path in ("far.md", "way/secret.md", "up.md", "../out/secret.md")} == {
        "source-outside"
    }
    assert not tree.exists("way/deep/secret.md")
    assert [path for path in tree.files() if path.startswith(("way/", "sub/x/"))] == []


_seen: list[str] = []
_watching: list[bool] = []


def _hook(event, arguments):
    if _watching and event == "open" and isinstance(arguments[0], (str, bytes)):
        _seen.append(os.fsdecode(arguments[0]))


sys.addaudithook(_hook)


@contextmanager
def watched():
    _seen.clear()
    _watching.append(True)
    try:
        yield _seen
    finally:
        _watching.clear()


REFERENCES = (
    "../secret.md", "../../secret.md", "/../secret.md", "..%2fsecret.md", "%2e%2e/secret.md", "..\\secret.md", "link.md",
    "way/secret.md", "file:///etc/passwd", "/etc/passwd", "//etc/passwd", "a/../../secret.md", "secret.md\0.png",
    "..%252fsecret.md", "....//secret.md", "~/secret.md", "$HOME/secret.md",
)  # fmt: skip


@pytest.mark.parametrize("reference", REFERENCES)
def test_no_reference_reads_outside(tmp_path, monkeypatch, reference):
    """Whatever names a file may climb: pictures, sounds, logos, fonts, themes, includes, data."""
    monkeypatch.setattr(crew, "possible", lambda: False)  # what copies open, nobody here would see
    site = tmp_path / "deep" / "site"
    outside = files(tmp_path, {"secret.md": "secret", "deep/secret.md": "secret", "deep/secret.png": "secret"})
    key = reference.replace("\0", "").replace("\\", "\\\\")
    header = f'---\ntitle: A\ndate: 2024-03-08\nimage: "{key}"\ncover: "{key}.png"\naudio: "{key}"\nlayout: "{key}"\n'
    body = f"---\n![a]({reference}) <img src='{reference}.png'> {{% include {reference} %}} [a]({reference})\n"
    settings = (
        f'title = "E"\nbase_url = "https://example.org/"\nlanguage = "en"\n[cards]\nlogo = "{key}"\nfonts = ["{key}"]\n'
    )
    files(site, {"content/a.md": (header + body).replace("\0", "") + "\n", "syndicate.toml": settings})
    (site / "link.md").symlink_to(outside / "secret.md")
    (site / "content/link.md.png").symlink_to(outside / "secret.md")
    (site / "way").symlink_to(outside)
    with watched() as seen:
        result = loaded(site)
    assert [one.title for one in result.site.articles] == ["A"]
    told = [path for path in seen if "secret" in path or path.startswith("/etc/passwd")]
    assert [path for path in told if not Path(path).resolve().is_relative_to(site.resolve())] == []
    assert "secret\n" not in result.site.articles[0].html


NAMES = sorted({*OUR_NAMES, UNFINISHED})


@pytest.fixture(scope="module")
def standing(tmp_path_factory):
    """A site that is published, to plant links in."""
    place = tmp_path_factory.mktemp("planted")
    site = write_site(place / "site")
    with (site / "syndicate.toml").open("a", encoding="utf-8") as settings:
        settings.write("[cards]\noutlets = []\n")
    write_article(site, "a.md", "A")
    building.build(Options(site=site, output=place / "out", now=NOW))
    return place


@pytest.mark.parametrize("leads", ["to a file", "to a folder", "nowhere"])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_written_through_a_planted_link(standing, tmp_path, name, leads):
    outside = tmp_path / "outside"
    files(outside, {"file": "theirs", "folder/rss.xml": "theirs", "folder/index.html": "theirs"})
    before = {path: path.read_bytes() for path in outside.rglob("*") if path.is_file()}
    output = standing / "out"
    place = output / name
    if os.path.lexists(place):
        place.rename(tmp_path / "was")
    place.symlink_to({"to a file": outside / "file", "to a folder": outside / "folder"}.get(leads, outside / "new"))
    try:
        write_article(standing / "site", "a.md", f"A {name} {leads}")
        with suppress(SyndicateError):  # it may refuse; it may not write
            building.build(Options(site=standing / "site", output=output, now=NOW))
    finally:
        if place.is_symlink():
            place.unlink()
        if (tmp_path / "was").exists() and not place.exists():
            (tmp_path / "was").rename(place)
    assert {path: path.read_bytes() for path in outside.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("leads", ["file", "new"])
def test_what_is_kept_beside_a_site_is_no_link_either(tmp_path, leads):
    (tmp_path / "file").write_bytes(b"theirs")
    for name, use in {
        "outbox.db": lambda place: opened(place, "x").__enter__(),
        "deliveries.db": Deliveries,
        "index.db": lambda place: Index(place, "x").opened("x"),
    }.items():
        place = tmp_path / ".syndicate" / name
        place.parent.mkdir(exist_ok=True)
        place.symlink_to(tmp_path / leads)
        with suppress(OSError):
            use(place)
    assert (tmp_path / "file").read_bytes() == b"theirs"
    assert not (tmp_path / "new").exists()


def test_a_build_that_must_wait_makes_no_mark_elsewhere(tmp_path):
    output = tmp_path / "out"
    output.mkdir()
    (output / ".again").symlink_to(tmp_path / "new")
    with only_one(output), pytest.raises(SyndicateError), only_one(output):
        pass
    assert not (tmp_path / "new").exists()


def test_names_that_disks_fold_or_refuse_are_told_apart_or_told(tmp_path):
    names = [
        "con",
        "NUL",
        "aux.tar",
        "com1",
        "a.",
        "b ",
        "é",
        "e\u0301",
        "..",
        ".hidden",
        "x" * 240,
        "a:b",
        "p|q",
        "t?x",
    ]
    contents = {**plain(GOOD)}
    for number, name in enumerate(names):
        permalink = f'"/n/{name}/"'
        contents[f"content/{number:02}.md"] = GOOD.replace("date:", f"permalink: {permalink}\ndate:")
    for number, name in enumerate(["N/CON/", "n/É/", "n/A./"], 50):
        contents[f"content/{number}.md"] = GOOD.replace("date:", f'permalink: "/{name}"\ndate:')
    site = files(tmp_path / "site", contents)
    with (site / "syndicate.toml").open("a", encoding="utf-8") as settings:
        settings.write("[cards]\noutlets = []\n")
    built = building.build(Options(site=site, output=tmp_path / "out", now=NOW))
    made = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    paths = [path.relative_to(tmp_path / "out").as_posix() for path in made]
    assert len({unicodedata.normalize("NFC", path).casefold() for path in paths}) == len(paths)
    parts = {part.casefold() for path in paths for part in path.split("/") if not part.startswith(".")}
    assert not {"con", "nul", "aux.tar", "com1", "..", "con.html", "nul.html", "com1.html"} & parts
    assert not [
        part for part in parts if part.endswith((".", " ")) or len(part.encode()) > 255 or set(part) & set('<>:"|?*\\')
    ]
    told = {(remark.code, remark.path) for remark in built.findings}
    assert len(told) == len(built.findings), "one finding each"
    assert {code for code, _ in told} == {"permalink-collision", "permalink-invalid"}


def test_no_article_makes_a_folder_where_another_has_its_file(tmp_path):
    """A file cannot take a folder's place: one such address would stop the whole site."""
    site = files(tmp_path / "site", plain(GOOD))
    with (site / "syndicate.toml").open("a", encoding="utf-8") as settings:
        settings.write('[cards]\noutlets = ["og"]\n')
    building.build(Options(site=site, output=tmp_path / "out", now=NOW))
    made = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.*") if path.is_file()}
    below = {path.split("/", 1)[1] for path in made if path.startswith(("tags/", "cards/", "gallery/at/"))}
    below |= {path.removeprefix("gallery/thumbs/") for path in made if path.startswith("gallery/thumbs/")}
    assert len(below) >= 3
    for number, name in enumerate(sorted({*below, "Z.HTML"})):
        write_article(site, f"{number}.md", f"N{number}", permalink=f"/{name}/x/")
        write_article(site, f"{number}b.md", f"M{number}", permalink=f"/{name}/")
    built = building.build(Options(site=site, output=tmp_path / "out", now=NOW))
    assert built.findings == ()
    assert made <= {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*")}


def test_what_is_published_is_on_the_disk_before_it_takes_its_place(tmp_path, monkeypatch):
    """Without it, 98 of 120 power cuts left damage."""
    told = []
    sync, replace = os.fsync, os.replace

    def synced(descriptor):
        told.append(("sync", str(Path(f"/proc/self/fd/{descriptor}").readlink())))
        sync(descriptor)

    def replaced(draft, place, **more):
        told.append(("move", os.fspath(draft)))
        replace(draft, place, **more)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", replaced)
    folder = Folder(tmp_path / "out")
    folder.put("a/b.txt", b"x")
    folder.put("c.txt", b"y")
    folder.commit()
    kinds = [kind for kind, _ in told]
    moved = {Path(path).name for kind, path in told if kind == "move"}
    assert len(moved) == 2
    assert moved <= {Path(path).name for _, path in told[: kinds.index("move")]}
    assert {Path(path).name for _, path in told[len(kinds) - kinds[::-1].index("move") :]} >= {"a", "out"}, "names, too"
