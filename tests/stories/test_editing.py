"""An article's cards edited in the preview: tried, copied, and saved only with ``--write``, only by our own page."""

import json
import re

import pytest
from making import picture_bytes, tree, write_article, write_site
from previewing import serving

A = "/edit/a"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    root = write_site(tmp_path_factory.mktemp("editing") / "site")
    with (root / "syndicate.toml").open("a") as file:
        file.write('[cards]\noutlets = ["og", "square"]\n')
    (root / "lead.jpg").write_bytes(picture_bytes())
    write_article(root, "a.md", "First", image="/lead.jpg", alt="Hills", note="it's # kept")
    write_article(root, "b.md", "No picture")
    write_article(root, "broken.md", "Fine")
    (root / "content/long.md").write_text(f"---\ntitle: {'word <script> ' * 400}\ndate: 2024-01-01\n---\n")
    return root


@pytest.fixture(scope="module")
def served(site, tmp_path_factory):
    with serving(site, tmp_path_factory.mktemp("journal") / "journal", "--write") as server:
        server.after(0)
        yield Desk(server)


class Desk:
    """The editing view, as its page uses it."""

    def __init__(self, server):
        self.server = server
        self.origin = f"http://127.0.0.1:{server.port}"

    def page(self, path):
        answer, body = self.server.ask(path)
        return answer, body.decode()

    def attribute(self, path, name):
        return re.search(rf'data-{name}="([^"]*)"', self.page(path)[1])[1]

    def post(self, what, article="a", *, headers=None, body=None, **document):
        known = {"Content-Type": "application/json", "Origin": self.origin, "X-Syndicate": self.attribute(A, "token")}
        body = json.dumps({"article": article, **document}) if body is None else body
        answer, said = self.server.ask(f"/.edit/{what}", "POST", body, **(known | (headers or {})))
        return answer.status, json.loads(said) if "json" in answer.headers["Content-Type"] else said


@pytest.fixture
def path(served):
    return A


def test_the_sheet_leads_to_the_view_and_no_file_does(site, served):
    sheet = next((site / ".syndicate/preview/gallery/at").rglob("a.html"))
    where = "/" + sheet.relative_to(site / ".syndicate/preview").as_posix()
    answer, shown = served.page(where)
    assert f'href="{A}"' in shown
    assert "/edit/" not in sheet.read_text()
    assert served.server.ask(where, If_None_Match=answer.headers["ETag"])[0].status == 304
    answer, view = served.page(A)
    assert answer.status == 200
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "style=" not in view
    assert "<script>" not in view


def test_a_card_is_drawn_as_proposed_and_nothing_is_written(site, served):
    before = tree(site)
    status, drawn = served.post("draw", outlet="og", said={"title": "Another"})
    assert (status, drawn[:3]) == (200, b"\xff\xd8\xff")
    assert drawn != served.server.ask("/.edit/card/og/a")[1]
    assert served.post("draw", outlet="og", said={"focal": [0.1, 0.1]})[1] != drawn
    status, said = served.post("header", said={"title": "Another: one", "focal": [0.25, 0.5]})
    assert status == 200
    assert 'title: "Another: one"\n' in said["header"]
    assert said["header"].endswith("focal: [0.25, 0.5]\n---\n")
    assert [said["header"].split("\n")[at].partition(":")[0] for at in said["lines"]] == ["title", "focal"]
    after = tree(site)
    assert {name: one for name, one in after.items() if not name.startswith(".syndicate")} == {
        name: one for name, one in before.items() if not name.startswith(".syndicate")
    }


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": ""},
        {"Origin": "null"},
        {"X-Syndicate": "guessed"},
        {"X-Syndicate": "é".encode().decode("latin-1")},
        {"Sec-Fetch-Site": "cross-site"},
        {"Content-Type": "text/plain"},
        {"Host": "evil.example"},
    ],
)
@pytest.mark.parametrize("what", ["draw", "header", "save"])
def test_no_other_page_may_ask(site, served, headers, what):
    before = (site / "content/a.md").read_bytes()
    seen = served.attribute(A, "seen")
    body = json.dumps({"article": "a", "outlet": "og", "seen": seen, "said": {"title": "Stolen"}})
    known = {"Content-Type": "application/json", "Origin": served.origin, "X-Syndicate": served.attribute(A, "token")}
    answer, _ = served.server.ask(f"/.edit/{what}", "POST", body, **(known | headers))
    assert answer.status in {403, 415, 421}
    assert (site / "content/a.md").read_bytes() == before


@pytest.mark.parametrize(
    "document, status, why",
    [
        ({"said": {"focal": [2, 0]}}, 422, "two shares"),
        ({"said": {"theme": "nope"}}, 422, "there is no"),
        ({"said": {"title": "x" * 5000}}, 422, "are the most"),
        ({"said": {"title": ""}}, 422, "is empty"),
        ({"said": 7}, 422, "an object"),
        ({"article": "b", "said": {"focal": [0, 0]}}, 422, "no picture"),
        ({"article": "nowhere"}, 404, "no such article"),
        ({"article": ["x"]}, 404, "no such article"),
        ({"body": "{"}, 400, "JSON"),
        ({"body": "[" * 60000}, 400, "JSON"),
        ({"body": "[]"}, 400, "object"),
        ({"body": "x" * 70000}, 413, "more than"),
    ],
)
def test_bad_input_is_answered_with_a_clear_word(served, document, status, why):
    answered, said = served.post("draw", **{"outlet": "og", **document})
    assert (answered, why in said["error"]) == (status, True), said


def test_odd_articles_are_shown(site, served):
    assert served.page("/edit/b")[0].status == 200
    assert 'id="picture"' not in served.page("/edit/b")[1]
    answer, long = served.page("/edit/long")
    assert answer.status == 200
    assert "<script>" not in long
    assert served.post("draw", "long", outlet="og", said={})[0] == 200
    assert served.page("/edit/nowhere")[0].status == 404
    assert served.server.ask("/.edit/card/none/a")[0].status == 404
    assert served.server.ask("/.edit/picture/b")[0].status == 404
    assert served.server.ask("/.edit/save")[0].status == 404
    assert served.server.ask("/edit/a", "POST")[0].status == 405


def test_a_broken_article_says_what_is_wrong(site, served):
    place = site / "content/broken.md"
    served.page("/edit/broken")
    place.write_text("---\ntitle: [never closed\n---\n")
    answer, said = served.page("/edit/broken")
    assert answer.status == 422
    assert "content/broken.md:2" in said
    assert served.post("draw", "broken", outlet="og", said={})[0] == 404
    write_article(site, "broken.md", "Fine")
    assert served.page("/edit/broken")[0].status == 200


def test_saving_changes_the_keys_and_nothing_else(site, served):
    place = site / "content/a.md"
    before = place.read_bytes()
    seen = served.attribute(A, "seen")
    status, said = served.post("save", seen=seen, said={"title": "Saved", "theme": "block"})
    assert (status, said["source"]) == (200, "content/a.md")
    saved = place.read_bytes()
    assert saved == before.replace(b"title: First", b"title: Saved").replace(b"kept\n", b"kept\ntheme: block\n")
    # Asked a second time, as by a page whose connection broke, there is nothing left to do.
    assert served.post("save", seen=seen, said={"title": "Saved", "theme": "block"})[0] == 200
    status, said = served.post("save", seen=seen, said={"title": "Mine"})
    assert status == 409
    assert "title: Saved" in said["disk"]
    assert "title: Mine" in said["yours"]
    assert place.read_bytes() == saved


def test_without_write_nothing_is_ever_written(tmp_path):
    root = write_site(tmp_path / "site")
    (root / "syndicate.toml").write_text((root / "syndicate.toml").read_text() + "[cards]\nenabled = false\n")
    place = write_article(root, "a.md", "First")
    before = place.read_bytes()
    with serving(root, tmp_path / "journal") as server:
        server.after(0)
        desk = Desk(server)
        assert desk.attribute(A, "write") == ""
        status, said = desk.post("save", seen=desk.attribute(A, "seen"), said={"title": "Saved"})
        assert (status, said["error"]) == (403, "nothing is written without --write")
        assert desk.post("draw", outlet="og", said={})[0] == 404
    assert place.read_bytes() == before
