"""Obsidian: which notes of a vault are meant for readers, and where."""

from addressing import POST, addresses, codes
from reading import loaded

VAULT = {".obsidian/app.json": "{}"}


def test_dated_notes_are_articles(tmp_path):
    contents = {
        **VAULT,
        "Notes/My note.md": "---\ncreated: 2024-03-08\naliases: [x]\n---\nx",
        "2024-03-09 Day.md": "A day.",
        "Undated.md": "Just a note.",
        "Templates/t.md": POST,
        "p.md": "---\ndate: 2024-03-08\npermalink: own/place\n---\nx",
    }
    assert addresses(tmp_path, contents) == {
        "Notes/My note.md": "/Notes/My+note",
        "2024-03-09 Day.md": "/2024-03-09+Day",
        "p.md": "/own/place",
    }
    assert "permalink-guessed" in codes(tmp_path, {})
    assert {row.title for row in loaded(tmp_path).sources} >= {"My note"}


def test_where_one_note_asks_for_readers_the_others_stay_private(tmp_path):
    contents = {
        **VAULT,
        "a.md": "---\ndate: 2024-03-08\npublish: true\n---\nx",
        "2024-03-09.md": "Dear diary.",
        "b.md": "---\ndate: 2024-03-08\n---\npublish: true",
    }
    assert list(addresses(tmp_path, contents)) == ["a.md"]


def test_quartz(tmp_path):
    config = (
        'const config: QuartzConfig = { configuration: { pageTitle: "G", baseUrl: "g.example", locale: "fr-FR" } }\n'
    )
    contents = {
        "quartz.config.ts": config + "export default config\n",
        "content/A & B/What now?.md": POST,
        "content/index.md": POST,
    }
    result = loaded(tmp_path, contents)
    assert {one.source: one.permalink for one in result.site.articles} == {
        "content/A & B/What now?.md": "https://g.example/A--and--B/What-now",
        "content/index.md": "https://g.example/",
    }
    assert (result.site.title, result.site.language) == ("G", "fr-FR")
