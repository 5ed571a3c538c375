"""Results are known by identity, and only a few."""

from syndicate.recent import Recent


def test_the_very_object_is_known_and_an_equal_one_is_not():
    source, equal = [1], [1]
    recent = Recent(2)
    assert recent.of(source) is None
    assert recent.keep("made", source) == "made"
    assert (recent.of(source), recent.of(equal)) == ("made", None)


def test_what_it_was_made_from_beside_counts_too():
    source = object()
    recent = Recent(2)
    recent.keep("français", source, "fr")
    assert (recent.of(source, "fr"), recent.of(source, "en"), recent.of(source)) == ("français", None, None)


def test_the_oldest_goes_first():
    sources = [object() for _ in range(3)]
    recent = Recent(2)
    for number, source in enumerate(sources):
        recent.keep(number, source)
    assert [recent.of(source) for source in sources] == [None, 1, 2]
