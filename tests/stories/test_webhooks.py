"""From a push to a published feed: a forge says that something changed, the receiver pulls and builds."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from making import ROOT, run, write_article, write_site
from receiving import SECRET, github

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")


def git(folder, *arguments):
    names = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env={**os.environ, **names, "GIT_CONFIG_GLOBAL": "/dev/null"},
        check=True,
        capture_output=True,
        timeout=60,
    )


def said(journal: Path):
    return [json.loads(line) for line in journal.read_text().splitlines()]


def eventually(what, seconds=60):
    for _ in range(seconds * 20):
        found = what()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("it never came")


@pytest.fixture
def origin(tmp_path):
    """A site in a repository, and a clone of it."""
    site = write_site(tmp_path / "origin")
    (site / "syndicate.toml").write_text((site / "syndicate.toml").read_text() + "[cards]\nenabled = false\n")
    write_article(site, "a.md", "First")
    git(site, "init", "-q", "-b", "main")
    git(site, "add", "-A")
    git(site, "commit", "-qm", "first")
    git(tmp_path, "clone", "-q", str(site), "clone")
    return site


def test_a_push_is_pulled_and_published(tmp_path, origin):
    secrets, journal, out = tmp_path / "secrets", tmp_path / "journal", tmp_path / "www"
    secrets.write_text(f"an-older-secret-0123456\ngithub:{SECRET}\n")
    command = [
        sys.executable,
        "-m",
        "syndicate",
        "serve",
        "--hooks",
        str(tmp_path / "clone"),
        "-o",
        str(out),
        "--pull",
        "--port",
        "0",
        "--secret-file",
        str(secrets),
    ]
    with journal.open("w") as log:
        process = subprocess.Popen(command, stderr=log, env={**os.environ, "PYTHONPATH": str(ROOT)})
    try:
        (first,) = eventually(lambda: [line for line in said(journal) if line["event"] == "build"])
        assert (first["exit"], first["articles"]) == ("0", 1)
        write_article(origin, "b.md", "Second")
        git(origin, "add", "-A")
        git(origin, "commit", "-qm", "second")
        body = b'{"ref":"refs/heads/main"}'
        port = said(journal)[0]["port"]
        request = urllib.request.Request(f"http://127.0.0.1:{port}/hooks/github", body, github(body))
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert answer.status == 202
        eventually(lambda: "<title>Second</title>" in (out / "rss.xml").read_text())
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
    finally:
        process.kill()
        process.wait(10)
    assert SECRET not in journal.read_text()
    assert said(journal)[-1]["event"] == "stopped"


@pytest.mark.parametrize(("secret", "what"), [("short", "shorter than 16"), ("", "no webhook secret")])
def test_it_does_not_begin_without_a_real_secret(tmp_path, secret, what):
    done = run("serve", "--hooks", tmp_path, "--port", "0", env={"SYNDICATE_WEBHOOK_SECRETS": secret})
    assert done.returncode == 2
    assert what in done.stderr
    assert not secret or secret not in done.stderr.replace("shorter", "")


def test_a_port_that_is_taken_is_said(tmp_path):
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run(
            "serve", "--hooks", tmp_path, "--port", taken.getsockname()[1], env={"SYNDICATE_WEBHOOK_SECRETS": SECRET}
        )
    assert done.returncode == 2
    assert "cannot be listened at" in done.stderr
    assert SECRET not in done.stderr
