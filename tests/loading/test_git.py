"""Dates from git: from a whole history, from nobody's configuration, or not at all."""

import os
import shutil
import subprocess

import pytest
from making import run, tree
from reading import files, loaded

from syndicate.loading.git import history, read

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
SETTINGS = (
    'title = "T"\nbase_url = "https://example.org/"\nlanguage = "en"\nupdated = "git"\n[cards]\nenabled = false\n'
)
ARTICLE = "---\ntitle: {}\ndate: 2020-01-01\n---\nIts first words.\n"


class Repository:
    def __init__(self, root):
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments, **env):
        told = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "HOME": str(self.root), **env}
        whose = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(
            ["git", *whose, *arguments], cwd=self.root, check=True, env={**os.environ, **told}, capture_output=True
        )

    def commit(self, when, contents=None):
        files(self.root, contents or {})
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "x", GIT_AUTHOR_DATE=when, GIT_COMMITTER_DATE=when)


@pytest.fixture
def repository(tmp_path):
    made = Repository(tmp_path / "site")
    made.commit(
        "2021-01-01T10:00:00+0100",
        {"syndicate.toml": SETTINGS, "content/a.md": ARTICLE.format("A"), "content/é b.md": ARTICLE.format("B")},
    )
    made.commit("2022-02-02T10:00:00-0330", {"content/a.md": ARTICLE.format("A") + "More words.\n"})
    return made


def updated(root):
    made = loaded(root)
    return {one.source.removeprefix("content/"): one.updated.isoformat() for one in made.site.articles}, [
        (remark.code, remark.message) for remark in made.findings if remark.code.startswith("git")
    ]


def test_the_newest_commit_of_each_file_in_its_authors_time(repository):
    dates, remarks = updated(repository.root)
    assert dates == {"a.md": "2022-02-02T10:00:00-03:30", "é b.md": "2021-01-01T10:00:00+01:00"}
    assert remarks == []
    assert all(one.dated for one in loaded(repository.root).site.articles)


def test_what_the_header_says_counts_more(repository):
    files(repository.root, {"content/a.md": ARTICLE.format("A\nupdated: 2020-06-06")})
    assert updated(repository.root)[0]["a.md"] == "2020-06-06T00:00:00+00:00"


def test_a_move_is_no_change_but_an_edit_while_moving_is(repository):
    repository.git("mv", "content/a.md", "content/c.md")
    repository.commit("2023-03-03T10:00:00+00:00")
    repository.git("mv", "content/é b.md", "content/d.md")
    repository.commit("2024-04-04T10:00:00+00:00", {"content/d.md": ARTICLE.format("B") + "Another line.\n"})
    found, _ = history(repository.root)
    assert found.changed["content/c.md"].year == 2022
    assert found.begun["content/c.md"].year == 2021
    assert found.changed["content/d.md"].year == 2024
    assert found.begun["content/d.md"].year == 2021


def test_a_name_that_was_another_files_before(repository):
    repository.git("rm", "-q", "content/a.md")
    repository.commit("2023-03-03T10:00:00+00:00")
    repository.commit("2024-04-04T10:00:00+00:00", {"content/a.md": ARTICLE.format("Quite another one") * 3})
    found, _ = history(repository.root)
    assert (found.begun["content/a.md"].year, found.changed["content/a.md"].year) == (2024, 2024)


def test_a_site_within_a_repository(tmp_path):
    made = Repository(tmp_path)
    made.commit(
        "2021-01-01T10:00:00Z",
        {"docs/site/syndicate.toml": SETTINGS, "docs/site/content/a.md": ARTICLE.format("A"), "b.md": "x"},
    )
    assert updated(tmp_path / "docs/site")[0] == {"a.md": "2021-01-01T10:00:00+00:00"}
    assert set(history(tmp_path / "docs/site")[0].changed) == {"syndicate.toml", "content/a.md"}


def test_a_first_commit_dates_what_nothing_else_does(repository):
    text = SETTINGS.replace('updated = "git"', 'published = "git"')
    files(
        repository.root,
        {
            "syndicate.toml": text,
            "content/a.md": "# Undated\n\nWords.\n",
            "content/wrong.md": "---\ntitle: W\ndate: demain\n---\nWords.\n",
        },
    )
    repository.commit("2023-03-03T10:00:00+00:00")
    made = loaded(repository.root)
    dates = {one.source: (one.published.year, one.updated.year) for one in made.site.articles}
    assert dates == {"content/a.md": (2021, 2021), "content/é b.md": (2020, 2020)}
    assert "date-missing" in [remark.code for remark in made.findings if remark.path == "content/wrong.md"]


def test_a_shallow_clone_dates_nothing(repository, tmp_path):
    clone = tmp_path / "clone"
    subprocess.run(
        ["git", "clone", "-q", "--depth", "1", f"file://{repository.root}", clone], check=True, capture_output=True
    )
    dates, remarks = updated(clone)
    assert dates["a.md"] == "2020-01-01T00:00:00+00:00"
    assert [code for code, _ in remarks] == ["git-shallow"]


def test_a_clone_without_contents_is_dated_without_the_network(repository, tmp_path):
    clone = tmp_path / "clone"
    repository.git("config", "uploadpack.allowFilter", "true")
    address = f"file://{repository.root}"
    subprocess.run(["git", "clone", "-q", "--filter=blob:none", address, clone], check=True, capture_output=True)
    repository.root.rename(tmp_path / "gone")
    assert updated(clone) == ({"a.md": "2022-02-02T10:00:00-03:30", "é b.md": "2021-01-01T10:00:00+01:00"}, [])


def test_no_repository_and_no_git_are_findings(tmp_path, monkeypatch):
    files(tmp_path, {"syndicate.toml": SETTINGS, "content/a.md": ARTICLE.format("A")})
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    dates, remarks = updated(tmp_path)
    assert dates == {"a.md": "2020-01-01T00:00:00+00:00"}
    assert remarks[0][0] == "git-untold"
    assert "not a git repository" in remarks[0][1]
    monkeypatch.setenv("PATH", str(tmp_path))
    assert updated(tmp_path)[1] == [("git-untold", "git cannot tell when files changed: git is not installed")]


def test_an_empty_repository_is_a_finding(tmp_path):
    Repository(tmp_path)
    files(tmp_path, {"syndicate.toml": SETTINGS, "content/a.md": ARTICLE.format("A")})
    assert [code for code, _ in updated(tmp_path)[1]] == ["git-untold"]


def test_nothing_that_a_repository_names_is_run(repository, tmp_path):
    trap = tmp_path / "trap"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {trap}\n")
    program.chmod(0o755)
    for key in (
        "core.pager",
        "core.fsmonitor",
        "gpg.program",
        "diff.external",
        "core.sshCommand",
        "diff.x.textconv",
        "diff.x.command",
        "filter.x.clean",
        "core.editor",
        "pager.log",
        "core.askPass",
    ):
        repository.git("config", key, str(program))
    repository.git("config", "log.showSignature", "true")
    repository.git("config", "core.hooksPath", str(tmp_path))
    repository.git("config", "log.showRoot", "false")
    repository.git("config", "i18n.logOutputEncoding", "UTF-16")
    for key in ("mailmap.file", "core.attributesFile", "core.excludesFile", "diff.orderFile"):
        repository.git("config", key, "/dev/zero")
    files(repository.root, {".gitattributes": "* diff=x filter=x\n"})
    assert updated(repository.root)[0]["é b.md"] == "2021-01-01T10:00:00+01:00"
    assert not trap.exists()


def test_what_the_environment_says_of_another_repository_does_not_count(repository, tmp_path, monkeypatch):
    other = Repository(tmp_path / "other")
    other.commit("1999-01-01T10:00:00Z", {"content/a.md": "x"})
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other.root))
    assert updated(repository.root)[0]["a.md"] == "2022-02-02T10:00:00-03:30"


def test_the_log_of_anybody_is_read_without_an_error():
    assert (
        read(b"")
        == read(b"\0\0M\0a.md\0")
        == read(b"\x01no date\0\nM\0a.md\0")
        == read(b"\x019999-12-31T23:59:59+00:00\0\nM\0a")
    )
    made = read(
        b"\x012021-01-01T00:00:00+00:00\0\nM\0\xff\x01.md\0A\0\x012020.md\0\x012020-01-01T00:00:00+00:00\0\nR100\0a"
    )
    assert sorted(made.changed) == ["\x012020.md", "\udcff\x01.md"]


def test_the_same_bytes_whatever_the_zone_and_the_locale(repository, tmp_path):
    trees = []
    for index, env in enumerate(({"TZ": "UTC", "LC_ALL": "C"}, {"TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8"})):
        done = run(
            "build", repository.root, "-o", tmp_path / str(index), "--clock", f"202{6 + index}-11-25T00:00:00Z", env=env
        )
        assert done.returncode == 0, done.stderr
        trees.append(tree(tmp_path / str(index)))
    assert trees[0] == trees[1]
    assert b"<updated>2022-02-02T10:00:00-03:30</updated>" in trees[0]["atom.xml"]


def test_a_commit_alone_changes_what_is_published(repository, tmp_path):
    """Nothing in the site's own files differs afterwards, and still there is something to do."""
    out = tmp_path / "out"
    files(repository.root, {"content/a.md": ARTICLE.format("A") + "Other words.\n"})
    assert run("build", repository.root, "-o", out).returncode == 0
    assert b"2024-04-04" not in (out / "atom.xml").read_bytes()
    repository.commit("2024-04-04T10:00:00+01:00")
    assert run("build", repository.root, "-o", out).returncode == 0
    assert b"<updated>2024-04-04T10:00:00+01:00</updated>" in (out / "atom.xml").read_bytes()
