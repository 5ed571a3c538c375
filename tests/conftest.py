"""A canary sings in the environment of every test: no output, log, file or process title of a whole run may hold it.

Every secret of the tests begins with the same word. What processes say, what is captured and how programs are called
is looked at test by test, whatever was written below the run's folder at its end.
"""

import os
import subprocess
import sys
from functools import wraps

import pytest

CANARY = "canary-"
SECRETS = (
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AZURE_STORAGE_ACCOUNT_KEY",
    "GITHUB_TOKEN",
    "PYPI_PASSWORD",
)
KEPT = ("secrets", "syndicate.toml", "_config.yml", "*.pyc")
"""Files that people write secrets into, and what Python makes of the tests."""

heard: list[str] = []
"""Where the canary was met since the last test."""


def pytest_configure():
    os.environ.update({name: f"{CANARY}{name.lower().replace('_', '-')}-0123456789" for name in SECRETS})
    subprocess.Popen.communicate = _listened(subprocess.Popen.communicate, "the output of a process")
    pytest.CaptureFixture.readouterr = _listened(pytest.CaptureFixture.readouterr, "captured output")
    sys.addaudithook(_called)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if call.when == "teardown":
        found = [*heard, *(name for name, text in report.sections if CANARY in text)]
        heard.clear()
        if found and report.passed:
            report.outcome, report.longrepr = "failed", f"a secret is in {', '.join(found)}"
    return report


@pytest.fixture(scope="session", autouse=True)
def _no_file_of_the_run_holds_a_secret(tmp_path_factory):
    yield
    assert holding(tmp_path_factory.getbasetemp()) == []


def holding(folder):
    """The files below a folder that hold the canary, asked for in a way that does not hold it itself."""
    left_out = [f"--exclude={name}" for name in KEPT]
    command = ["grep", "-rlasF", "-D", "skip", "--exclude-dir=.git", *left_out, "-f", "-", str(folder)]
    bare = {**os.environ, "LC_ALL": "C"}  # bytes are compared, which is many times as quick
    told = subprocess.run(command, input=CANARY, env=bare, capture_output=True, text=True, check=False, timeout=600)
    return told.stdout.split("\n")[:-1]


def _listened(method, what):
    @wraps(method)
    def listening(*arguments, **named):
        answer = method(*arguments, **named)
        for said in answer:
            text = said.decode(errors="replace") if isinstance(said, bytes) else said or ""
            if CANARY in text:
                heard.append(what)
        return answer

    return listening


def _called(event, arguments):
    """Look at how other programs are called: that is their title, which everybody on a machine may read."""
    if event in {"subprocess.Popen", "os.exec", "os.posix_spawn"} and CANARY in repr(arguments[:2]):
        heard.append(f"the title of {arguments[0]}")
