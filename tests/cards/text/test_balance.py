"""Short titles in real type and real rooms: of all ways to break them, none that avoids as much is more even."""

from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from making import ROOT
from proofs import fonts_for, rooms, set_in

from syndicate.cards.text import breaking
from syndicate.cards.text.paragraph import Paragraph
from syndicate.cards.text.shape import Setting
from syndicate.cards.text.typography import prepare
from syndicate.loading.sources import reader
from syndicate.loading.typefaces import shipped

READ = reader(ROOT)
STUB = 0.36
"""A first or last line shorter than this part of the mean looks forsaken."""
STUB_COSTS = (16, 30, 60)
"""The first line, one between, the last."""
WORDS = {
    "en": "a the of sea lighthouse keeper who writes letters nobody reads: tides, ropes and 1,204 knots".split(),
    "fr": "la le de une gare l’ardoise cheminots : écrivent encore à craie « Vallombre » pourquoi 10 % nuit".split(" "),
    "de": "der die Hafen Leuchtturm Schifffahrtsgesellschaft und Nacht im Nebel wartet niemand auf Äpfel".split(),
    "ru": "в на море письма смотритель маяка который пишет никому не нужные ночь и туман отлив".split(),
    "el": "ο η φάρος γράμματα που κανείς δεν διαβάζει θάλασσα και νύχτα ομίχλη στο λιμάνι".split(),
    "vi": "đêm biển ngọn hải đăng người gác đèn viết những lá thư không ai đọc ở bến cảng".split(),
    "ar": "رسالةٌ من الكثبان إلى البحر والمنارة التي لا يراها أحد في الليل".split(),
    "he": "מכתב בלי כתובת אל הים מן המגדלור שאיש לא רואה בלילה".split(),
    "hi": "ज्वार की किताब और उसके अनकहे अध्याय समुद्र में रात का पत्र".split(),
    "ko": "마지막 열차의 불빛을 기다리는 사람들 바다와 등대 그리고 편지".split(),
}
titles = st.sampled_from(sorted(WORDS)).flatmap(
    lambda language: st.tuples(
        st.lists(st.sampled_from(WORDS[language]), min_size=2, max_size=12).map(" ".join), st.just(language)
    )
)


class Typeset:
    """A title and the measured ways to break it into so many lines."""

    def __init__(self, room, text, language, faces, optical):
        style = room.style
        self.paragraph = Paragraph(text, Setting(language, style.weight, optical, style.tracking), faces)
        self.places = {one.at: one.penalty for one in breaking.breaks(self.paragraph.text, language)}
        self.widths = {}

    def width(self, start, end):
        if (start, end) not in self.widths:
            _, runs = self.paragraph.line(start, end, hyphen=False)
            self.widths[start, end] = sum(run.advance for _, run in runs)
        return self.widths[start, end]

    def judged(self, ends, measure):
        """How uneven lines that end there are, in parts of the measure, and what in them is to be avoided."""
        widths = [self.width(*line) for line in pairwise((0, *ends))]
        if max(widths) > measure:
            return None
        mean = sum(widths) / len(widths)
        avoided = sum(self.places[at] for at in ends[:-1])
        last = len(widths) - 1
        stubs = [number for number, one in enumerate(widths) if one < STUB * mean and last]
        costs = (STUB_COSTS[0 if not number else 2 if number == last else 1] for number in stubs)
        return sum(((one - mean) / measure) ** 2 for one in widths), avoided + sum(costs)

    def every(self, count, measure):
        *inner, last = sorted(self.places)
        judged = (self.judged((*ends, last), measure) for ends in combinations(inner, count - 1))
        return [one for one in judged if one is not None]


@settings(max_examples=150, deadline=None)
@given(titles, st.integers(0, 200))
def test_no_other_breaks_of_a_short_title_are_more_even(said, number):
    title, language = said[0].strip(), said[1]
    made = tuple(rooms(title, language))
    room = made[number % len(made)]
    faces = fonts_for(title, language, shipped(), READ)
    block = set_in(room, title, faces)
    typeset = Typeset(room, prepare(title, language), language, faces, block.optical)
    ends, text = [], typeset.paragraph.text
    for line in block.lines:
        at = text.find(line.text, ends[-1] if ends else 0) + len(line.text)
        ends.append(next((place for place in sorted(typeset.places) if place >= at), 0))
        if line.text not in text or text[at : ends[-1]].strip():
            return  # a word too long for its line was divided
    measure = room.box.width / block.size * 1.003
    ours = typeset.judged(tuple(ends), measure)
    assert ours is not None
    rivals = [rag for rag, avoided in typeset.every(len(ends), measure / 1.006) if avoided <= ours[1]]
    assert ours[0] <= min(rivals, default=ours[0]) * 1.01 + 2e-5, (room.name, [line.text for line in block.lines])
