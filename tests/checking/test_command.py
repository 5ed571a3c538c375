"""``syndicate check --against``: what a person or a script is told, and how it ends."""

import json

from making import run, write_article, write_site


def switch(tmp_path, guid="https://example.org/a/", feed="https://example.org/rss.xml"):
    root = write_site(tmp_path / "site")
    write_article(root, "a.md", "A title")
    old = tmp_path / "old.xml"
    old.write_text(
        f'<rss version="2.0" xmlns:a="http://www.w3.org/2005/Atom"><channel><a:link rel="self" href="{feed}"/><item>'
        f"<title>A title</title><link>https://example.org/a/</link><guid>{guid}</guid>"
        "<pubDate>Fri, 08 Mar 2024 15:13:00 +0100</pubDate></item></channel></rss>",
        encoding="utf-8",
    )
    return root, old


def test_nothing_changes(tmp_path):
    root, old = switch(tmp_path)
    done = run("check", "--against", old, root)
    assert (done.returncode, done.stdout) == (0, "1 feed: 1 unchanged, 0 changed, 0 gone\n")


def test_an_article_that_readers_would_see_again_fails(tmp_path):
    root, old = switch(tmp_path, guid="https://example.org/?p=7")
    done = run("check", "--against", old, root, "--format", "json")
    said = json.loads(done.stdout)
    assert done.returncode == 1
    assert (said["version"], said["entries"], said["matched"], said["same"]) == (1, 1, 1, 0)
    (remark,) = said["findings"]
    assert (remark["code"], remark["severity"], remark["path"]) == ("entry-id-changed", "error", str(old))
    assert "https://example.org/?p=7" in remark["message"]


def test_a_feed_that_moves_fails(tmp_path):
    root, old = switch(tmp_path, feed="https://example.org/feed.xml")
    done = run("check", "--against", old, root)
    assert done.returncode == 1
    assert 'Write "feed.xml" = "rss.xml" under [feeds.also]' in done.stderr
    assert "redirect https://example.org/feed.xml to https://example.org/rss.xml" in done.stderr


def test_a_feed_that_stands_there_too_does_not_move(tmp_path):
    root, old = switch(tmp_path, feed="https://example.org/feed.xml")
    with (root / "syndicate.toml").open("a") as file:
        file.write('[feeds.also]\n"feed.xml" = "rss.xml"\n')
    assert run("check", "--against", old, root).returncode == 0


def test_a_redirect_counts_only_where_a_server_is_told_of_it(tmp_path):
    root, old = switch(tmp_path, feed="https://example.org/feed.xml")
    plain = (root / "syndicate.toml").read_text()
    for serving, code in (('["nginx"]', 0), ("[]", 1)):
        text = f'{plain}[feeds]\nserving = {serving}\n[feeds.moved]\n"/feed.xml" = "rss.xml"\n'
        (root / "syndicate.toml").write_text(text)
        assert run("check", "--against", old, root).returncode == code


def test_what_is_compared_is_what_the_ledger_makes_of_it(tmp_path):
    """An article keeps the id it was first published with, so its own feed never says that it changed."""
    root, _ = switch(tmp_path)
    settings = root / "syndicate.toml"
    settings.write_text(settings.read_text() + "[cards]\nenabled = false\n")
    assert run("build", root, "-o", tmp_path / "out").returncode == 0
    (root / "content/a.md").rename(root / "content/b.md")
    feeds = tmp_path / "out" / "atom.xml"
    assert "entry-id-changed" in run("check", "--against", feeds, root).stderr
    done = run("check", "--against", feeds, root, "-o", tmp_path / "out")
    assert "entry-id-changed" not in done.stderr
    assert "entry-url-changed" in done.stderr


def test_what_is_no_feed_is_refused(tmp_path):
    root, old = switch(tmp_path)
    old.write_text("no feed", encoding="utf-8")
    for place in (old, tmp_path / "absent", root):
        done = run("check", "--against", place, root)
        assert (done.returncode, done.stdout) == (2, ""), place
        assert "feed" in done.stderr
