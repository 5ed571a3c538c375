"""Hooks as git runs them: real repositories, real pushes and pulls, and hooks of others that stand there already."""

import os
import shutil
import subprocess
import time

import pytest
from making import ROOT, run, write_article, write_site

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
IDENTITY = {
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "a@example.org",
}


def git(folder, *arguments, check=True, **more):
    environment = {
        **os.environ,
        **IDENTITY,
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_NOSYSTEM": "1",
        "PYTHONPATH": str(ROOT),
        **more,
    }
    return subprocess.run(
        ["git", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=check, timeout=60
    )


def commit(clone, title="First", name="a.md"):
    write_article(clone, name, title)
    git(clone, "add", "-A")
    git(clone, "commit", "-qm", title)


@pytest.fixture
def clone(tmp_path):
    """A site in a repository."""
    place = write_site(tmp_path / "clone")
    (place / "syndicate.toml").write_text((place / "syndicate.toml").read_text() + "[cards]\nenabled = false\n")
    (place / ".gitignore").write_text("output/\npublic/\n.syndicate/\n")
    git(place, "init", "-q", "-b", "main")
    commit(place)
    return place


@pytest.fixture
def bare(tmp_path, clone):
    """A bare repository that the clone pushes to, with a space and a quote in its name."""
    place = tmp_path / "the site's.git"
    git(tmp_path, "init", "-q", "--bare", "-b", "main", str(place))
    git(clone, "remote", "add", "origin", str(place))
    return place


def install(*arguments):
    return run("hook", "install", *arguments)


def eventually(what, seconds=60):
    for _ in range(seconds * 20):
        if what():
            return
        time.sleep(0.05)
    raise AssertionError("it never came")


def feed(out):
    return (out / "rss.xml").read_text() if (out / "rss.xml").exists() else ""


def log(tree):
    place = tree / ".syndicate" / "hook.log"
    return place.read_text() if place.exists() else ""


def test_a_push_to_a_bare_repository_publishes_and_holds_nobody(bare, clone, tmp_path):
    tree, out = tmp_path / "tree", tmp_path / "www"
    assert install("post-receive", bare, "--tree", tree, "--", "-o", out).returncode == 0
    pushed = git(clone, "push", "-q", "origin", "main")
    assert "build ended" not in log(tree), "git push came back before the build was done"
    assert "syndicate: publishing" in pushed.stderr
    eventually(lambda: "<title>First</title>" in feed(out))
    eventually(lambda: "build ended with 0" in log(tree))
    (clone / "content" / "a.md").unlink()
    commit(clone, "Second", "b.md")
    git(clone, "push", "-q", "origin", "main")
    eventually(lambda: log(tree).count("build ended") == 2)
    assert "<title>Second</title>" in feed(out)
    assert not (tree / "content" / "a.md").exists()
    assert git(bare, "status", "--short", check=False).returncode != 0, "still bare"


def test_pushes_that_come_together_share_a_build(bare, clone, tmp_path):
    tree, out = tmp_path / "tree", tmp_path / "www"
    install("post-receive", bare, "--tree", tree, "--", "-o", out)
    for number in range(6):
        commit(clone, f"Edition {number}")
        git(clone, "push", "-q", "origin", "main")
    eventually(lambda: "<title>Edition 5</title>" in feed(out))
    eventually(lambda: not (tree / ".syndicate" / "hook.wanted").exists())
    assert "once more" in log(tree)
    assert log(tree).count("checked out") < 6


def test_another_branch_publishes_nothing_and_the_repository_keeps_its_head(bare, clone, tmp_path):
    tree, out = tmp_path / "tree", tmp_path / "www"
    install("post-receive", bare, "--tree", tree, "--branch", "live", "--", "-o", out)
    assert "publishing" not in git(clone, "push", "-q", "origin", "main").stderr
    assert "publishing" in git(clone, "push", "-q", "origin", "main:live").stderr
    eventually(lambda: "build ended" in log(tree))
    assert git(bare, "symbolic-ref", "HEAD").stdout.strip() == "refs/heads/main"
    assert "publishing" not in git(clone, "push", "-q", "origin", ":live").stderr, (
        "a branch that goes publishes nothing"
    )


def test_a_pull_publishes(bare, clone, tmp_path):
    git(clone, "push", "-q", "origin", "main")
    reader = tmp_path / "reader"
    git(tmp_path, "clone", "-q", str(bare), str(reader))
    assert install("post-merge", reader, "--", "-o", "public").returncode == 0
    commit(clone, "Pulled", "b.md")
    git(clone, "push", "-q", "origin", "main")
    git(reader, "pull", "-q", "--ff-only")
    eventually(lambda: "<title>Pulled</title>" in feed(reader / "public"))
    eventually(lambda: "build ended" in log(reader))
    assert git(reader, "status", "--short").stdout == ""


def test_a_commit_of_what_would_not_be_published_is_refused(clone):
    assert install("pre-commit", clone).returncode == 0
    write_article(clone, "b.md", "No date", "demain")
    git(clone, "add", "-A")
    refused = git(clone, "commit", "-qm", "x", check=False)
    assert refused.returncode == 1
    assert "content/b.md:3: date-missing" in refused.stderr
    commit(clone, "With a date", "b.md")
    assert not (clone / "output").exists()


def test_another_hook_is_never_overwritten_but_run_first_if_forced(bare, clone, tmp_path):
    theirs = bare / "hooks" / "post-receive"
    theirs.write_text('#!/bin/sh\ncat > "$PWD/seen"\necho theirs ran\n')
    theirs.chmod(0o755)
    before = theirs.read_bytes()
    tree, out = tmp_path / "tree", tmp_path / "www"
    refused = install("post-receive", bare, "--tree", tree)
    assert refused.returncode == 4
    assert "a hook stands there already" in refused.stderr
    assert theirs.read_bytes() == before
    assert install("post-receive", bare, "--tree", tree, "--force", "--", "-o", out).returncode == 0
    assert install("post-receive", bare, "--tree", tree, "--", "-o", out).returncode == 0, "ours is written anew"
    pushed = git(clone, "push", "-q", "origin", "main")
    assert "theirs ran" in pushed.stderr
    assert (bare / "seen").read_text().split()[2] == "refs/heads/main"
    eventually(lambda: "build ended" in log(tree))
    assert run("hook", "uninstall", "post-receive", bare).returncode == 0
    assert theirs.read_bytes() == before
    assert run("hook", "uninstall", "post-receive", bare).returncode == 4


def test_what_was_installed_goes_without_a_trace(clone):
    names = sorted(path.name for path in (clone / ".git" / "hooks").iterdir())
    install("post-merge", clone)
    run("hook", "uninstall", "post-merge", clone)
    assert sorted(path.name for path in (clone / ".git" / "hooks").iterdir()) == names


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["post-receive", "bare"], "--tree"),
        (["post-merge", "bare"], "has no post-merge"),
        (["post-merge", "."], "git: "),
        (["post-receive", "bare", "--tree", "clone"], "work tree of another"),
        (["on-tuesday", "bare"], "on-tuesday"),
    ],
)
def test_what_cannot_be_installed_is_said(bare, clone, tmp_path, arguments, said):
    bare.rename(tmp_path / "bare")
    done = run("hook", "install", *arguments, cwd=tmp_path, env={"GIT_CEILING_DIRECTORIES": str(tmp_path.parent)})
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_hooks_that_others_share_are_left_alone(clone, tmp_path):
    git(clone, "config", "core.hooksPath", str(tmp_path / "shared"))
    done = install("post-merge", clone)
    assert done.returncode == 2
    assert "other repositories" in done.stderr


def test_the_hook_sees_no_variables_of_git(clone, tmp_path, monkeypatch):
    from syndicate.githooks.git import cleaned

    monkeypatch.setenv("GIT_DIR", ".")
    monkeypatch.setenv("GIT_QUARANTINE_PATH", "/x")
    assert {name for name in cleaned() if name.startswith("GIT_")} == {"GIT_TERMINAL_PROMPT"}
