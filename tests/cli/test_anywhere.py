"""The program's own options mean the same before a command's name and after it."""

import json

import pytest
from making import run, write_article, write_site


@pytest.fixture
def site(tmp_path):
    root = write_site(tmp_path / "site")
    write_article(root, "a.md")
    write_article(root, "b.md", "A draft", draft="true")
    return root


@pytest.mark.parametrize(
    "options", [["-q"], ["--quiet"], ["-v"], ["--color", "always"], ["--no-progress", "--offline"]]
)
def test_before_and_after_are_the_same(site, options):
    before, after = run(*options, "list", site), run("list", site, *options)
    assert (before.returncode, before.stdout, before.stderr) == (after.returncode, after.stdout, after.stderr)
    assert before.returncode == 0


def test_each_does_something_after_the_command(site):
    assert run("list", site, "-q").stderr == ""
    assert "draft-skipped" in run("list", "--verbose", site).stderr
    assert "\x1b[" in run("list", site, "--color", "always").stdout


def test_another_folder(site, tmp_path):
    write_article(write_site(tmp_path / "site" / "below"), "c.md")
    assert "content/a.md" in run("list", "-C", site).stdout
    assert "content/c.md" in run("-C", site, "list", "-C", "below").stdout
    # It comes before whatever names a file, wherever it stands.
    assert "content/c.md" in run("list", "below", "-C", site).stdout
    assert run("init", "themes", "-C", site).returncode == 2
    assert run("list", "-C", tmp_path / "absent").returncode == 2


def test_commands_within_commands(tmp_path):
    assert run("fonts", "list", "-q", tmp_path).returncode == 0
    assert run("fonts", "-q", "list", tmp_path).returncode in {0, 2}


def test_the_environment_says_it_once(site):
    assert run("list", site, env={"SYNDICATE_QUIET": "1"}).stderr == ""
    assert "\x1b[" not in run("list", site, "--color", "never", env={"SYNDICATE_COLOR": "always"}).stdout


def test_a_command_of_its_own_options_keeps_them(site):
    done = run("build", site, "--json", "-q", "-o", site.parent / "out")
    assert json.loads(done.stdout)["articles"] == 1
    assert done.stderr == ""
