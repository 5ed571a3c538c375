"""Each call to the disk fails once, in each way: what stands is old or new, the next build heals, people are told."""

import os
from pathlib import Path

import pytest
from faulty import CALLS, FAULTS, PowerCut, twin

from bench.faults.kill import SECOND, Bench, difference, tree
from syndicate import build as building
from syndicate import disk
from syndicate.engine import crew
from syndicate.errors import SyndicateError
from syndicate.report import Options

EVERY = int(os.environ.get("SYNDICATE_FAULTS_EVERY", "61"))
"""One call in so many, another one for each fault; 1 tries all, which takes some minutes."""


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    return Bench(tmp_path_factory.mktemp("disk") / "bench", cards=False)


def publish(bench, moment=SECOND):
    return building.build(Options(site=bench.site, output=bench.output, now=moment, engine="inline", offline=True))


@pytest.fixture
def here(monkeypatch):
    """All is done in this process, where the twin sees it."""
    monkeypatch.setattr(crew, "possible", lambda: False)


def test_every_effect_of_the_module_has_a_faulty_one():
    effects = {
        name for name, one in vars(disk).items() if callable(one) and getattr(one, "__module__", "") == disk.__name__
    }
    assert effects - {"held", "content", "draft", "clear", "put"} == set(CALLS)


@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_call_fails_what_stands_is_old_or_new_and_the_next_build_heals(bench, here, monkeypatch, fault):
    bench.reset()
    with twin(monkeypatch) as counted:
        publish(bench)
    assert len(counted.calls) > 100
    first = FAULTS.index(fault) * 2 % EVERY
    for at in range(first, len(counted.calls), EVERY):
        told, exact = tried(bench, monkeypatch, at, fault)
        bench.judge(tree(bench.output), exact=exact)
        publish(bench)
        healed = tree(bench.output)
        assert healed == bench.after, (at, counted.calls[at], difference(healed, bench.after))
        assert not list(bench.output.rglob("*~")), (at, counted.calls[at])
        if told:
            message, cure, code = told
            assert (len(message.splitlines()), bool(cure), code) == (1, True, 2), told


def tried(bench, monkeypatch, at, fault):
    """Publish with one fault; return what people are told, if it stopped the build, and whether all sources were read."""
    bench.reset()
    with twin(monkeypatch, at, fault) as faulty:
        try:
            built = publish(bench)
        except SyndicateError as error:
            return (str(error), error.help, error.exit_code), True
        except PowerCut:
            assert fault == "last"
            return None, True
    assert len(faulty.calls) > at
    assert fault != "last" or faulty.cut
    for finding in built.findings:
        assert finding.message
        assert finding.help
    return None, not built.findings


def test_what_is_remembered_and_cannot_be_read_is_not_taken_for_forgotten(bench, here, monkeypatch):
    """An unreadable ledger would else be taken for none, and every article for new."""
    bench.reset()
    with monkeypatch.context() as patched:
        content = disk.content

        def unreadable(place, limit=None):
            if Path(place).name == ".ledger.json":
                raise OSError(5, "Input/output error")
            return content(place, limit)

        patched.setattr(disk, "content", unreadable)
        with pytest.raises(SyndicateError, match=r"ledger\.json: cannot be read: Input/output error"):
            publish(bench)
    assert tree(bench.output) == bench.before
