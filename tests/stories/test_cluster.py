"""A story of many machines: a real Dask scheduler, two workers, and one of them lost on the way."""

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from making import ROOT, article, site

from syndicate import cards, engine
from syndicate.artifact import Rendered
from syndicate.loading.sources import reader

pytest.importorskip("distributed")
CARDS = 500


@contextmanager
def started(*arguments):
    """A process of its own that is ended, whatever happens."""
    process = subprocess.Popen(
        [sys.executable, *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__ADMIN__PDB_ON_ERR": "False"},
        start_new_session=True,
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stderr.close()


def worker(address):
    # No nanny: what is killed stays dead, as a machine that is gone.
    options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--memory-limit", "1GiB")
    return started("-m", "distributed.cli.dask_worker", address, *options)


@contextmanager
def cluster():
    """The address of a scheduler with two workers, and the workers."""
    with started("-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard") as one:
        said = ""
        while not (found := re.search(r"tcp://127\.0\.0\.1:\d+", said)):
            said = one.stderr.readline()
            assert said, "the scheduler ended before it said where it listens"
        with worker(found[0]) as first, worker(found[0]) as second:
            yield found[0], (first, second)


def test_a_worker_lost_half_way_loses_no_card(tmp_path):
    made = site(*map(article, range(CARDS)))
    planned = tuple(cards.plan(made))
    assert len(planned) == CARDS
    read = reader(tmp_path)
    with cluster() as (address, (first, _)):
        found = {}
        for artifact, outcome in engine.dask(read, address)(planned):
            found[artifact.path] = outcome
            if len(found) == CARDS // 2:
                first.kill()
    here = dict.fromkeys(one.path for one in planned)
    for artifact, outcome in engine.inline(read)(planned):
        here[artifact.path] = outcome
    assert all(isinstance(outcome, Rendered) for outcome in found.values())
    assert found == here


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes in /proc")
def test_workers_end_with_the_program_that_started_them(tmp_path):
    """A killed build leaves no process behind, not even one at work."""
    code = (
        "import sys\n"
        f"sys.path[:0] = [{str(ROOT / 'tests')!r}]\n"
        "from test_engine import ENGINES, Echo, artifacts, reads\n"
        "from syndicate import engine\n"
        "for one, _ in engine.processes(reads, 2, seconds=1)(artifacts('a', 'hang', 'hang')):\n"
        "    print('begun', flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=ROOT, text=True) as build:
        assert build.stdout.readline() == "begun\n"
        children = _descendants(build.pid)
        build.kill()
    deadline = time.monotonic() + 60
    while any(map(_alive, children)) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert children
    assert not any(map(_alive, children))


def _alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _descendants(pid):
    found = []
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    for child in map(int, children.split()):
        found += [child, *_descendants(child)]
    return found
