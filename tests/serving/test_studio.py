"""Cards are drawn while somebody looks, before any build; a worker that hangs or dies costs one card."""

import asyncio
import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from making import write_article, write_site
from starlette.exceptions import HTTPException

from syndicate.artifact import Artifact, Rendered
from syndicate.engine import Failure
from syndicate.serving import proposal, studio
from syndicate.serving.preview import _Files
from syndicate.serving.studio import Missing, Studio

BASE = "http://127.0.0.1:1/"


@dataclass(frozen=True)
class Odd:
    how: str

    def render(self, read, /):
        if self.how == "dies":
            os._exit(9)
        if self.how == "hangs":
            time.sleep(60)
        return Rendered(b"x" * (2 << 30 if self.how == "eats" else 1))


def told(story):
    """Run a story in a thread: in this one, Playwright may have a loop of its own."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(story())).result()


@pytest.fixture
def root(tmp_path):
    root = write_site(tmp_path / "site")
    write_article(root, "a.md", "First")
    return root


def test_a_published_card_is_drawn_anew_before_the_build(root):
    async def story():
        room = Studio(root, BASE)
        try:
            subject = await room.subject("a")
            artifact = proposal.planned(subject.article, subject.site)["og"]
            first = await room.draw(artifact)
            path = artifact.path.replace("{digest}", "0123456789abcdef")
            assert await room.renewed(path) is None, "nothing changed"
            write_article(root, "a.md", "Second")
            room.touch(["content/a.md"])
            _, second = await room.renewed(path)
            assert second.data != first.data
            assert await room.renewed("cards/nowhere/og-1200x630.0.png") is None
            room.settle()
            assert await room.renewed(path) is None, "the build has caught up"
        finally:
            room.close()

    told(story)


def test_an_article_is_as_its_file_is_now(root):
    async def story():
        room = Studio(root, BASE)
        assert (await room.subject("a")).article.title == "First"
        write_article(root, "a.md", "Second, unheard of")
        assert (await room.subject("a")).article.title == "Second, unheard of"
        (root / "content/a.md").write_text("---\ntitle: [\n---\n")
        gone = await room.subject("a")
        assert isinstance(gone, Missing)
        assert [one.path for one in gone.findings] == ["content/a.md"]
        (root / "syndicate.toml").write_text("nonsense")
        room.touch(["syndicate.toml"])
        assert "syndicate.toml" in (await room.subject("a")).why

    told(story)


def test_a_worker_that_dies_hangs_or_eats_costs_one_card(root, monkeypatch):
    monkeypatch.setattr(studio, "SECONDS", 2)

    async def story():
        room = Studio(root, BASE)
        try:
            for how in ("dies", "hangs", "eats"):
                assert isinstance(await room.draw(Artifact(how, "image/png", Odd(how))), Failure)
            drawn = await room.draw(Artifact("fine", "image/png", Odd("fine")))
            assert drawn.data == b"x"
        finally:
            room.close()

    told(story)


def test_before_the_first_build_an_address_is_unknown_and_no_fault(tmp_path):
    files = _Files(tmp_path / "not yet", Studio(tmp_path, BASE))
    scope = {"type": "http", "method": "GET", "path": "/rss.xml", "headers": []}

    async def story():
        with pytest.raises(HTTPException) as answer:
            await files(scope, None, None)
        assert answer.value.status_code == 404

    told(story)
