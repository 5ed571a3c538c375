"""When a channel is tried again: twice as late each time, never silenced for ever."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import NOW

from syndicate.announcing.messages import Answer
from syndicate.announcing.schedule import FIRST, LONGEST, Line, after, hopeless, stale


def test_each_failure_doubles_the_rest_up_to_a_quarter_of_a_day():
    line, rests = Line(), []
    for _ in range(12):
        line = after(line, Answer(503, "busy"), NOW)
        rests.append(line.rests_until - NOW)
    assert rests[:4] == [FIRST, FIRST * 2, FIRST * 4, FIRST * 8]
    assert rests[-1] == LONGEST == max(rests)


def test_success_and_final_refusals_open_the_line():
    tired = Line(3, NOW)
    assert after(tired, Answer(204, ""), NOW) == Line()
    assert after(tired, Answer(404, ""), NOW) == Line()


@pytest.mark.parametrize(
    ("status", "lost"),
    [(0, False), (500, False), (429, False), (408, False), (301, True), (400, True), (410, True), (202, False)],
)
def test_what_is_worth_another_try(status, lost):
    assert hopeless(Answer(status, "")) is lost


def test_a_wish_for_more_time_is_granted_within_reason():
    assert after(Line(), Answer(429, "", retry_after=600), NOW).rests_until == NOW + timedelta(minutes=10)
    assert after(Line(), Answer(429, "", retry_after=10**6), NOW).rests_until == NOW + LONGEST


@given(st.integers(0, 500), st.sampled_from([0, 200, 400, 429, 503]), st.integers(0, 10**6))
def test_a_line_is_always_open_again_after_the_longest_rest(failures, status, wish):
    line = after(Line(min(failures, 16)), Answer(status, "", retry_after=wish), NOW)
    assert line.open(NOW + LONGEST)


def test_a_clock_that_was_set_back_silences_nobody():
    line = after(Line(), Answer(500, ""), NOW + timedelta(days=400))
    assert line.open(NOW)


def test_old_news_is_no_news():
    assert not stale(NOW, NOW + timedelta(days=2))
    assert stale(NOW, NOW + timedelta(days=4))
