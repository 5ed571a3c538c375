"""Engines: every artifact comes back exactly once, as bytes or as the reason why not."""

import os
import time
from dataclasses import dataclass

import pytest

from syndicate import engine
from syndicate.artifact import Artifact, Asset, Rendered
from syndicate.engine.scatter import batches
from syndicate.errors import AssetError, SettingsError


@dataclass(frozen=True, slots=True)
class Echo:
    word: str
    asset: Asset = Asset("a", "b")  # noqa: RUF009 -- frozen

    def render(self, read):
        match self.word:
            case "raise":
                raise ValueError("two\nlines")
            case "die":
                os._exit(9)
            case "hang":
                time.sleep(60)
            case "eat":
                return Rendered(b"." * len(bytearray(4 << 30)))
        return Rendered(self.word.encode() + read(self.asset))


def reads(asset):
    return asset.path.encode()


def artifacts(*words):
    return [Artifact(f"{number}-{word}", "text/plain", Echo(word)) for number, word in enumerate(words)]


ENGINES = {
    "inline": engine.inline(reads),
    "processes": engine.processes(reads, 2),
    "adaptive": engine.adaptive(reads, 2),
    "dask": engine.dask(reads, jobs=2),
}


@pytest.mark.parametrize("render", ENGINES.values(), ids=ENGINES)
def test_each_comes_back_once(render):
    made = artifacts(*(f"w{number}" for number in range(30)))
    outcomes = {one.path: outcome.data for one, outcome in render(made)}
    assert outcomes == {one.path: one.recipe.word.encode() + b"a" for one in made}
    assert list(render([])) == []


@pytest.mark.parametrize("render", ENGINES.values(), ids=ENGINES)
def test_a_failure_is_a_value_in_one_line(render):
    outcomes = {one.path: outcome for one, outcome in render(artifacts("fine", "raise", "fine"))}
    assert outcomes["1-raise"] == engine.Failure("ValueError: two")
    assert outcomes["0-fine"].data == outcomes["2-fine"].data == b"finea"


def test_a_worker_that_dies_or_hangs_costs_one_file():
    render = engine.processes(reads, 2, seconds=3)
    outcomes = {one.path: outcome for one, outcome in render(artifacts("a", "die", "b", "hang", "c"))}
    assert isinstance(outcomes["1-die"], engine.Failure)
    assert outcomes["3-hang"] == engine.Failure("took longer than 3 seconds")
    assert [outcomes[f"{n}-{w}"].data for n, w in ((0, "a"), (2, "b"), (4, "c"))] == [b"aa", b"ba", b"ca"]


def test_a_worker_that_eats_memory_costs_one_file():
    outcomes = {one.path: outcome for one, outcome in engine.processes(reads, 2)(artifacts("a", "eat", "b"))}
    assert outcomes["1-eat"] == engine.Failure("MemoryError")
    assert [outcomes[path].data for path in ("0-a", "2-b")] == [b"aa", b"ba"]


def test_what_cannot_be_read_fails_on_a_cluster_as_it_does_here():
    def refuses(asset):
        raise AssetError("gone", "Build again.")

    assert [outcome for _, outcome in engine.dask(refuses, jobs=1)(artifacts("a"))] == [
        outcome for _, outcome in engine.inline(refuses)(artifacts("a"))
    ]


def test_a_scheduler_that_does_not_answer_is_said_so():
    with pytest.raises(SettingsError, match=r"tcp://127\.0\.0\.1:9"):
        list(engine.dask(reads, "tcp://127.0.0.1:9")(artifacts("a")))


def test_batches_keep_the_files_of_a_source_together_and_bundle_what_is_light():
    cards = [Artifact(f"{source}/{number}", "image/png", Echo("x"), source) for source in "ab" for number in range(5)]
    feeds = [Artifact(f"feed{number}", "text/xml", Echo("x"), points=True) for number in range(40)]
    found = list(batches([*cards, *feeds]))
    assert found[:2] == [tuple(cards[:5]), tuple(cards[5:])]
    assert [one for batch in found for one in batch] == [*cards, *feeds]
    assert len(found) < 2 + len(feeds) / 8
