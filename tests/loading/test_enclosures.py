"""Recordings, films and documents that go with an article: the true length and type, or a remark that says why not."""

import pytest
from reading import only, plain

from syndicate.loading.enclosures import guessed, seconds
from syndicate.model import Enclosure, Episode


def article(tmp_path, header, **files):
    contents = plain(f"---\ntitle: A\ndate: 2024-03-08\n{header}\n---\nx\n")
    contents |= {name.replace("__", "/").replace("_", "."): data for name, data in files.items()}
    return only(tmp_path, contents)


MP3 = Enclosure(url="https://example.org/uploads/a.mp3", media_type="audio/mpeg", size=7)


@pytest.mark.parametrize(
    "header",
    [
        "enclosure: /uploads/a.mp3",
        "audio: uploads/a.mp3",
        "podcast:\n  file: /uploads/a.mp3",
        "enclosure:\n  url: https://example.org/uploads/a.mp3\n  length: 1\n  type: audio/mpeg",
        "attachments:\n- file: /uploads/a.mp3\n- /uploads/a.mp3",
        "files: [{lien: /uploads/a.mp3}]",
    ],
)
def test_a_file_of_the_site_has_its_true_length(tmp_path, header):
    one, codes = article(tmp_path, header, static__uploads__a_mp3=b"seven b")
    assert (one.enclosures, codes) == ((MP3,), [])


def test_all_that_can_be_said(tmp_path):
    header = (
        "video: {url: 'https://cdn.example/f?id=1', type: video/mp4, length: '12,345,678', duration: '1:02:03', "
        "title: 'R&amp;D <b>film</b>'}\nfiles:\n- file: /Le communiqué.pdf\n  nom: 'Télécharger '"
    )
    one, codes = article(tmp_path, header, **{"Le communiqué.pdf": b"%PDF"})
    assert codes == []
    assert one.enclosures == (
        Enclosure(
            url="https://cdn.example/f?id=1", media_type="video/mp4", size=12345678, title="R&D film", duration=3723
        ),
        Enclosure(
            url="https://example.org/Le%20communiqu%C3%A9.pdf", media_type="application/pdf", size=4, title="Télécharger"
        ),
    )  # fmt: skip


def test_a_recording_may_say_its_length_and_duration_beside_it(tmp_path):
    one, codes = article(
        tmp_path, "audio: https://cdn.example/a.mp3\nlength: 99\nduration: 12:34\nepisode: 3\nexplicit: no"
    )
    assert codes == []
    assert one.enclosures == (
        Enclosure(url="https://cdn.example/a.mp3", media_type="audio/mpeg", size=99, duration=754),
    )
    assert one.episode == Episode(number=3, explicit=False)


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("audio: https://cdn.example/a.mp3", "enclosure-unknown"),
        ("audio: /uploads/a.mp3", "enclosure-missing"),
        ("audio: /../../etc/a.mp3", "enclosure-missing"),
        ("files:\n- file: /a.pdf", "enclosure-missing"),
    ],
)
def test_what_cannot_be_enclosed_is_remarked_on(tmp_path, header, code):
    one, codes = article(tmp_path, header)
    assert (one.enclosures, codes) == ((), [code])


def test_what_the_site_says_of_all_articles_is_no_file_of_one(tmp_path):
    contents = {
        "_config.yml": "url: https://example.org\ndefaults:\n- values: {file: uploads/example.pdf}\n",
        "_posts/2024-03-08-a.md": "---\ntitle: A\n---\nx\n",
        "uploads/example.pdf": b"%PDF",
    }
    one, codes = only(tmp_path, contents)
    assert (one.enclosures, codes) == ((), [])


def test_an_empty_file_is_none(tmp_path):
    one, codes = article(tmp_path, "audio: /a.mp3", a_mp3=b"")
    assert (one.enclosures, codes) == ((), ["enclosure-missing"])


@pytest.mark.parametrize(
    "header",
    [
        "video: https://www.youtube.com/watch?v=abcdefghijk",
        "file: true",
        "audio: yes",
        "files: {a: 1}",
        "enclosure: [[a.mp3], 7, null]",
        "video: {type: text, url: x}",
        "attachments: ''",
        "file: page.html",
    ],
)
def test_what_is_no_file_to_attach_is_left_alone(tmp_path, header):
    one, codes = article(tmp_path, header)
    assert (one.enclosures, one.episode, codes) == ((), None, [])


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("754", 754),
        ("12:34", 754),
        ("1:02:03", 3723),
        (754.9, 754),
        ("", 0),
        (True, 0),
        (None, 0),
        ("long", 0),
        ("1:2:3:4", 0),
    ],
)
def test_durations(value, expected):
    assert seconds(value) == expected


def test_types_come_from_the_name_alone():
    assert guessed("https://e.org/a.MP3?x=.pdf#y") == "audio/mpeg"
    assert guessed("a.tar.gz") == guessed("https://e.org") == guessed("mp3") == ""


def test_a_podcast_is_declared_in_the_settings(tmp_path):
    from reading import loaded

    contents = plain("---\ntitle: A\ndate: 2024-03-08\n---\nx\n")
    assert loaded(tmp_path, contents).site.podcast is None
    contents["syndicate.toml"] += '[feeds.podcast]\ntitle = "Marées"\nimage = "/c o.jpg"\ncategory = "Arts > Books"\n'
    result = loaded(tmp_path, contents)
    assert [remark.code for remark in result.findings] == ["setting-invalid"]
    assert (result.site.podcast.title, result.site.podcast.image) == ("Marées", "")
    result = loaded(tmp_path, {"static/c o.jpg": b"x"})
    assert (result.site.podcast.image, result.findings) == ("https://example.org/c%20o.jpg", ())
