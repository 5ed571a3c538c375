"""Engines: every artifact comes back exactly once, as bytes or as the reason why not."""

import os
import time
from dataclasses import dataclass

import pytest

from syndicate import engine
from syndicate.artifact import Artifact, Asset, Rendered


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
        return Rendered(self.word.encode() + read(self.asset))


def reads(asset):
    return asset.path.encode()


def artifacts(*words):
    return [Artifact(f"{number}-{word}", "text/plain", Echo(word)) for number, word in enumerate(words)]


ENGINES = {
    "inline": engine.inline(reads),
    "processes": engine.processes(reads, 2),
    "adaptive": engine.adaptive(reads, 2),
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
