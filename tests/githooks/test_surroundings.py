"""What stands in other people's pipelines: the action, the pre-commit hooks, the annotations, the units."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from making import ROOT, run, write_article, write_site

ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
UNITS = ROOT / "docs" / "systemd"


@pytest.fixture
def site(tmp_path):
    place = write_site(tmp_path / "my site")
    (place / "syndicate.toml").write_text((place / "syndicate.toml").read_text() + "[cards]\nenabled = false\n")
    write_article(place, "a.md", "First")
    return place


def build_step(tmp_path, **inputs):
    """Run the action's own words, as its runner does."""
    (step,) = [step for step in ACTION["runs"]["steps"] if step.get("id") == "build"]
    temp = tmp_path / "runner"
    (temp / "syndicate" / "bin").mkdir(parents=True, exist_ok=True)
    program = temp / "syndicate" / "bin" / "syndicate"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m syndicate "$@"\n')
    program.chmod(0o755)
    bin_of = Path(sys.executable).parent
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PATH": f"{bin_of}:{os.environ['PATH']}",
        "RUNNER_TEMP": str(temp),
        "GITHUB_OUTPUT": str(temp / "out"),
        **dict.fromkeys(step["env"], ""),
        **inputs,
    }
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        timeout=120,
    )
    said = dict(line.split("=", 1) for line in (temp / "out").read_text().splitlines())
    return done, said


def test_the_action_builds_and_says_what_it_did(site, tmp_path):
    done, said = build_step(tmp_path, SITE="my site", BASE_URL="https://preview.example/", STRICT="true")
    assert done.returncode == 0, done.stderr
    assert json.loads(said["summary"])["articles"] == 1
    assert int(said["written"]) > 3
    assert said["output"] == "my site/output"
    assert "https://preview.example/" in (site / "output" / "rss.xml").read_text()
    again, said = build_step(tmp_path, SITE="my site", BASE_URL="https://preview.example/")
    assert (again.returncode, said["written"]) == (0, "0")


def test_the_action_fails_with_the_build_and_annotates_the_line(site, tmp_path):
    write_article(site, "b,c.md", "x", "demain")
    done, said = build_step(tmp_path, SITE="my site")
    assert done.returncode == 1
    assert re.search(
        r"^::error file=my site/content/b%2Cc\.md,line=3,title=date-missing::date: expected", done.stderr, re.MULTILINE
    )
    assert json.loads(said["summary"])["skipped"] == 1


def test_no_input_is_ever_part_of_a_script():
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
        assert set(step) <= {"uses", "with", "if", "id", "shell", "env", "run"}
    named = {name for output in ACTION["outputs"].values() for name in re.findall(r"outputs\.(\w+)", output["value"])}
    assert named == {"summary", "written", "output"}


def test_foreign_words_begin_no_command(site):
    write_article(site, "b.md", "x", "'demain\\n::error::gotcha %0A::stop'")
    write_article(site, "c%0A::error::x.md", "x", "demain")
    done = run("build", site, "--format", "github", "-v")
    lines = [line for line in done.stderr.splitlines() if line.startswith("::")]
    assert len(lines) == 2
    assert not any("%0A::" in line for line in lines)
    assert all(re.match(r"::(error|warning|notice) file=[^,:]+(,line=\d+)?,title=[a-z-]+::", line) for line in lines)


def test_pre_commit_can_read_its_hooks(site):
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert {hook["id"] for hook in hooks} == {"syndicate-check", "syndicate-build"}
    for hook in hooks:
        assert {"id", "name", "entry", "language", "description"} <= set(hook)
        done = run(*hook["entry"].split()[1:], cwd=site)
        assert done.returncode == 0, done.stderr
        assert (site / "output" / "rss.xml").exists() is (hook["id"] == "syndicate-build")


@pytest.mark.parametrize("name", ["github-workflow.yml", "gitlab-ci.yml"])
def test_examples_are_yaml_and_call_what_exists(name):
    text = (ROOT / "docs" / name).read_text()
    assert yaml.safe_load(text)
    for command in re.findall(r"syndicate (?:--offline )?([a-z]+) ", text):
        assert command in {"build", "announce"}


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_units_are_valid_and_expose_little(tmp_path):
    for unit in UNITS.iterdir():
        text = unit.read_text().replace("/opt/syndicate/bin/syndicate", "/bin/true")
        (tmp_path / unit.name).write_text(re.sub(r"^(User|Group)=.*", r"\1=root", text, flags=re.MULTILINE))
    units = sorted(map(str, tmp_path.iterdir()))
    checked = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, check=False, timeout=60
    )
    assert (checked.returncode, checked.stderr) == (0, "")
    for service in UNITS.glob("*.service"):
        judged = subprocess.run(
            ["systemd-analyze", "security", "--offline=true", "--threshold=12", str(service)],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert judged.returncode == 0, judged.stdout[-300:]
