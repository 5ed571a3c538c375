"""Secrets that people put where they may, and where they should not: none is ever published, said or written down."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import CANARY, holding
from listening import hub
from making import ROOT, run, tree, write_article, write_site
from receiving import receiver

SECRET = f"{CANARY}of-secrets-0123456789"


@pytest.fixture
def site(tmp_path):
    place = write_site(tmp_path / "site")
    (place / "syndicate.toml").write_text((place / "syndicate.toml").read_text() + "[cards]\nenabled = false\n")
    write_article(place, "a.md", "First")
    return place


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("https://example.org/", f"https://me:{SECRET}@example.org/", "base_url"),
        ("[cards]", f'[feeds]\nhub = "https://{SECRET}@hub.example/"\n[cards]', "feeds.hub"),
        ("[cards]", f'[announce]\nwebhook = "https://me:{SECRET}@me.example/hook"\n[cards]', "announce.webhook"),
        ("[cards]", f'[announce]\nindexnow = "https://{SECRET}@search.example/"\n[cards]', "announce.indexnow"),
    ],
)
def test_addresses_of_the_settings_hold_no_password(site, tmp_path, old, new, key):
    (site / "syndicate.toml").write_text((site / "syndicate.toml").read_text().replace(old, new))
    done = run("build", site, "-o", tmp_path / "out", "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{key}: expected an address like https://" in done.stderr
    assert "without user and password" in done.stderr
    assert SECRET not in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("base-url", f"https://me:{SECRET}@example.org/"),
        ("output", f"s3://AKIA0:{SECRET}@bucket/site"),
        ("scheduler", f"tcp://me:{SECRET}@10.0.0.1:8786"),
    ],
)
def test_nor_do_those_of_the_command_line(site, name, value):
    for asked in ("build", "watch"):
        if name != "scheduler" or asked == "build":
            done = run(asked, site, env={f"SYNDICATE_{name.replace('-', '_').upper()}": value})
            assert done.returncode == 2
            assert "holds no user and no password" in done.stderr
            assert SECRET not in done.stderr + done.stdout


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_nor_do_the_options_that_a_hook_would_keep(tmp_path):
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    done = run("hook", "install", "post-merge", tmp_path, "--", "--base-url", "https://me:pass-of-mine@example.org/")
    assert done.returncode == 2
    assert "pass-of-mine" not in done.stderr
    assert "holds a user or a password" in done.stderr
    assert not (tmp_path / ".git" / "hooks" / "post-merge").exists()


def test_an_address_that_a_generator_was_given_is_published_without_its_password(tmp_path):
    place = tmp_path / "site"
    (place / "_posts").mkdir(parents=True)
    (place / "_config.yml").write_text(f"title: T\nurl: https://me:{SECRET}@example.org\n")
    (place / "_posts" / "2024-03-08-a.md").write_text("---\ntitle: A\n---\n\nWords, and [more](/b/).\n")
    done = run("build", place, "-o", tmp_path / "out", "--json")
    assert done.returncode == 0
    (remark,) = [one for one in json.loads(done.stdout)["findings"] if one["code"] == "setting-invalid"]
    assert "holds a user or a password" in remark["message"]
    assert b"https://example.org/b/" in tree(tmp_path / "out")["feed.json"]
    assert holding(tmp_path) == []


def test_a_webhook_whose_path_is_a_secret_is_called_and_never_named(site, tmp_path):
    with hub(status=500) as there:
        said = f'[announce]\nwebhook = "{there.url}{SECRET}"\nwebhook_secret_env = "PURGE"\nallow_private = true\n'
        (site / "syndicate.toml").write_text((site / "syndicate.toml").read_text().replace("[cards]", f"{said}[cards]"))
        done = [
            run("build", site, "-o", tmp_path / "out", *more, env={"PURGE": SECRET})
            for more in (["--dry-run"], ["--explain", "--json"])
        ]
        done += [
            run("announce", site, "-o", tmp_path / "out", *more, env={"PURGE": SECRET}) for more in (["--dry-run"], [])
        ]
        assert there.heard[0][0].endswith(SECRET)
    assert "announcement-waits" in done[1].stderr
    assert all(SECRET not in one.stdout + one.stderr for one in done)
    assert holding(tmp_path) == []


def test_a_traceback_of_a_mistake_of_ours_shows_no_secret():
    code = (
        "import click, os, sys\nfrom syndicate import cli\n"
        "def fail(*_, **__): raise ValueError('s3://key:pw@bucket ' + os.environ['GITHUB_TOKEN'])\n"
        "cli.cli.main = fail\ncli.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Traceback")
    assert done.stderr.endswith("ValueError: s3://***@bucket ***\n")


def test_a_complaint_of_the_command_line_shows_no_secret():
    done = run("build", env={"SYNDICATE_CLOCK": os.environ["GITHUB_TOKEN"]})
    assert done.returncode == 2
    assert "'***' is not a time" in done.stderr


def test_what_a_build_says_is_masked_before_it_is_cut(tmp_path):
    said = "import os, sys; sys.stderr.write(os.environ['GITHUB_TOKEN'] + 'x' * 1990); sys.exit(1)"
    with receiver(tmp_path / "there", build=said) as there:
        line = there.wait("build")["said"]
    assert line.endswith("***" + "x" * 1990)


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_a_pull_that_fails_tells_no_password_of_the_remote(tmp_path):
    place = tmp_path / "there"
    place.mkdir()
    remote = f"http://me:{SECRET}@127.0.0.1:1/site.git"
    config = f'[remote "origin"]\n\turl = {remote}\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n[branch "main"]\n\tremote = origin\n\tmerge = refs/heads/main\n'
    subprocess.run(["git", "init", "-q", "-b", "main", str(place)], check=True)
    with (place / ".git" / "config").open("a") as file:
        file.write(config)
    with receiver(place, pull=True) as there:
        failed = there.wait("pull-failed")
    assert "127.0.0.1" in failed["said"]
    assert holding(tmp_path) == []


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="this system shows no titles here")
def test_no_title_of_a_receiver_or_its_builds_holds_a_secret(site, tmp_path):
    """Nor does what they say: the secret of the webhooks, and what the environment of the builds holds."""
    journal, titles = tmp_path / "journal", set()
    command = [
        sys.executable,
        "-m",
        "syndicate",
        "serve",
        "--hooks",
        str(site),
        "-o",
        str(tmp_path / "out"),
        "--port",
        "0",
    ]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SYNDICATE_WEBHOOK_SECRETS": SECRET}
    with journal.open("w") as log:
        process = subprocess.Popen(command, stderr=log, env=environment)
    try:
        for _ in range(1200):
            titles |= set(_titles(process.pid))
            if '"event": "build"' in journal.read_text():
                break
            time.sleep(0.02)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
    assert '"exit": "0"' in journal.read_text()
    assert any(b"build" in title and b"--json" in title for title in titles), "a build was seen at work"
    assert not any(CANARY.encode() in title for title in titles)
    assert holding(tmp_path) == []


def _titles(parent):
    """The command lines of a process and of its children."""
    for place in Path("/proc").glob("[0-9]*"):
        try:
            status = (place / "stat").read_text().rpartition(")")[2].split()
            if place.name == str(parent) or status[1] == str(parent):
                yield (place / "cmdline").read_bytes()
        except OSError:
            continue
