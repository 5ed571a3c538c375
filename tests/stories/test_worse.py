"""Inputs made worse by chance, a few of each kind; a hundred thousand and more in ``bench/faults``."""

import os
import sys
from pathlib import Path

import pytest

from bench.faults import articles, fonts, pictures
from bench.faults.alive import alive_in, faults_of
from bench.faults.environments import SURROUNDINGS, published
from bench.faults.mutation import chance_of, mutated, tried

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux copies processes safely")
ALIVE = [
    "<script>1</script>",
    "<p onclick='x'>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<img src=x srcset='a.png 1x, data:text/html,x 2x'>",
    "<iframe src=x></iframe>",
    "<svg><a xlink:href='javascript:1'>x</a></svg>",
    "<p style='x'>",
    "<form action=x>",
    "<a href='data:text/html,x'>x</a>",
]


@pytest.mark.parametrize("text", ALIVE)
def test_the_judge_sees_what_is_alive(text):
    assert [*alive_in(text)]


def test_the_judge_lets_pass_what_is_not(tmp_path):
    text = "<p>A <a href='https://a.example/?x=1:2'>b</a> <a href='/c:d'>e</a><img src='a.png' alt='x'></p>"
    assert not [*alive_in(text)]
    (tmp_path / "a.xml").write_text(
        "<rss><channel><item><description>&lt;script&gt;</description></item></channel></rss>"
    )
    (tmp_path / "b.xml").write_text("<rss><channel>")
    assert [len(faults_of(tmp_path / name)[1]) for name in ("a.xml", "b.xml")] == [1, 1]


def test_a_seed_and_a_number_make_the_same_bytes():
    assert len({mutated(b"abc" * 50, chance_of(1, 7)) for _ in range(3)}) == 1
    assert len({mutated(b"abc" * 50, chance_of(1, number)) for number in range(50)}) > 40


@pytest.mark.parametrize("kind, some", [(pictures, 2_000), (fonts, 1_000)], ids=["pictures", "fonts"])
def test_a_picture_or_a_font_made_worse_is_taken_or_refused(kind, some):
    tally = tried(some, lambda number: kind.made(3, number), kind.judge, hands=2, seconds=20)
    assert not tally.faults
    assert sum(tally.outcomes.values()) + sum(tally.killed.values()) == some
    assert len(tally.outcomes) > 2
    assert tally.worker < 700


def test_sites_of_articles_made_worse_are_published_whole_and_dead(tmp_path):
    bench = articles.Bench(tmp_path / "worse")
    seeds = articles.sources([ROOT / "content"])
    bench.publish([articles.worse(5, number, seeds) for number in range(150)])
    assert not bench.faults
    assert 20 < bench.published < 150
    assert bench.bodies > 100


@pytest.mark.skipif(
    "SANITISER_CORPUS" not in os.environ, reason="SANITISER_CORPUS names no folder of a sanitiser's tests"
)
def test_a_sanitisers_own_tests_are_dead_in_every_dialect(tmp_path):
    bench = articles.Bench(tmp_path / "worse")
    fragments = [*articles.fragments_of(Path(os.environ["SANITISER_CORPUS"]))]
    bench.publish([articles.framed(number, one) for number, one in enumerate(fragments)])
    assert len(fragments) > 100
    assert not bench.faults
    assert bench.published == len(fragments)


@pytest.mark.parametrize("one", [SURROUNDINGS[7], SURROUNDINGS[-1]], ids=lambda one: one.name)
def test_other_surroundings_make_the_same_bytes(one, tmp_path):
    site = tmp_path / "from"
    (site / "content").mkdir(parents=True)
    for name in ("fog.md", "le-phare-aux-encres.md"):
        (site / "content" / name).write_bytes((ROOT / "content" / "articles" / name).read_bytes())
    assert published(one, site, tmp_path / "b") == published(SURROUNDINGS[0], site, tmp_path / "a")
