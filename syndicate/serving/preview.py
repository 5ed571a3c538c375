"""The preview of a site for the one who writes it: what a build makes, served on this machine, anew at each change.

Nobody else is let in: a foreign page that has its name resolve to this machine is turned away by the ``Host`` header,
and there is nothing to write to but what ``editing`` guards. The page at ``LIVE`` frames the gallery, and loads it
again once a build has ended.
"""

import asyncio
import json
import os
import socket
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from importlib.resources import files
from pathlib import Path
from posixpath import splitext
from threading import Thread
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from syndicate.addresses import gallery_sheet
from syndicate.feeds.serving import JSON, OPML, XML
from syndicate.serving.builds import Builds, Work
from syndicate.serving.editing import EDIT, WRITES, Editing
from syndicate.serving.journal import Say, journal
from syndicate.serving.metrics import Meters
from syndicate.serving.server import listening, prepared
from syndicate.serving.studio import Studio

LIVE = "/.live/"
_STAY = 12.0
"""Seconds that a page waits for news before it asks again: no connection lives much longer (see ``server``)."""
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:;"
    " base-uri 'none'; frame-ancestors 'none'"
)
_APART = ((b"x-content-type-options", b"nosniff"), (b"cross-origin-resource-policy", b"same-origin"))
"""What is written here is for its author: no other page may show it."""
_BACK = b'<span class="of"'
"""Before this, a sheet has its way back to the gallery."""
_TYPES = {".xml": XML, ".json": JSON, ".opml": OPML, ".webp": "image/webp", ".avif": "image/avif"}
"""As the snippets for servers have it."""
_PARTS = {"": ("html", "text/html"), "live.js": ("js", "text/javascript"), "live.css": ("css", "text/css")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What to show: the output, how to make it, where to listen, and what yields the paths that changed in the site.

    ``write`` lets the editing view save.
    """

    output: Path
    work: Callable[[str], Work]
    host: str
    port: int
    changes: Callable[[], Iterable[tuple[str, ...]]]
    site: Path
    write: bool = False


class News:
    """What the last build came to, and the pages that wait for the next."""

    def __init__(self, say: Say) -> None:
        self.say = say
        self.number = 0
        self.last: dict[str, object] = {}
        self.changed = asyncio.Event()
        self.built: Callable[[], None] = lambda: None

    def __call__(self, event: str, **facts: object) -> None:
        """Write in the journal; let every page know of a build."""
        self.say(event, **facts)
        if event in {"build", "build-failed"}:
            self.number += 1
            self.last = {"ok": facts.get("exit") == "0", "said": facts.get("said", "")}
            self.built()
            self.changed.set()
            self.changed = asyncio.Event()

    def line(self) -> str:
        """Return the last build as an event (HTML standard, server-sent events); soon asked for again."""
        return f"retry: 200\ndata: {json.dumps({'number': self.number, **self.last})}\n\n"


def serve(preview: Preview) -> int:
    """Show a site until told to stop; return the signal that ended it."""
    door = listening(preview.host, preview.port)
    return asyncio.run(_serve(preview, door))


async def _serve(preview: Preview, door: socket.socket) -> int:
    host, port = door.getsockname()[:2]
    name = f"[{host}]" if ":" in host else host
    news = News(journal)
    address = f"http://{name}:{port}/"
    builds = Builds(preview.work(address), news, Meters())
    studio = Studio(preview.site, address)
    # What changed while a build ran is what the next one is for.
    news.built = lambda: None if builds.wanted.is_set() else studio.settle()
    editing = Editing(studio, write=preview.write)
    serving = prepared(application(preview.output, news, f"{name}:{port}", editing), journal)
    building = asyncio.create_task(builds.run())
    _watch(preview, builds, studio)
    journal("listening", address=address.removesuffix("/") + LIVE)
    try:
        await serving.serve(sockets=[door])
    finally:
        studio.close()
    builds.close()
    await building
    return serving.told


def _watch(preview: Preview, builds: Builds, studio: Studio) -> None:
    loop = asyncio.get_running_loop()

    def told(paths: tuple[str, ...]) -> None:
        studio.touch(paths)
        builds.ask()

    def look() -> None:
        for paths in preview.changes():
            with suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(told, paths)

    Thread(target=look, daemon=True).start()


def application(output: Path, news: News, authority: str, editing: Editing) -> ASGIApp:
    """Return what answers. ``authority`` is the host and port by which it may be called, beside ``localhost``."""

    async def events(_: Request) -> Response:
        return StreamingResponse(_events(news), media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    routes = [
        Route("/", _front),
        Route(f"{LIVE}events", events),
        Route(LIVE + "{part:path}", _part),
        *editing.routes(),
        Mount("/", _Files(output, editing.studio)),
    ]
    names = {authority, f"localhost:{authority.rpartition(':')[2]}"}
    return _Guarded(Starlette(routes=routes), frozenset(name.encode() for name in names))


async def _front(request: Request) -> Response:
    """Lead a person to the page that stays up to date, and the frame in it to the gallery."""
    framed = request.headers.get("sec-fetch-dest", "") == "iframe"
    return RedirectResponse("/index.html" if framed else LIVE, status_code=307, headers={"Vary": "Sec-Fetch-Dest"})


async def _events(news: News) -> AsyncIterator[str]:
    changed = news.changed
    yield news.line()
    with suppress(TimeoutError):
        await asyncio.wait_for(changed.wait(), _STAY)
        yield news.line()


async def _part(request: Request) -> Response:
    ending, kind = _PARTS.get(request.path_params["part"], ("", ""))
    if not ending:
        raise HTTPException(404)
    text = files("syndicate.serving").joinpath(f"live.{ending}").read_text("utf-8")
    return Response(text, media_type=kind, headers={"Content-Security-Policy": _POLICY, "Cache-Control": "no-cache"})


class _Files(StaticFiles):
    """The output, as a web server would show it: no hidden file, nothing through a link.

    Two things are added on the way, and to no file: a card whose article changed is drawn at once, and the sheet of an
    article has a link to where it is edited.
    """

    def __init__(self, output: Path, studio: Studio) -> None:
        super().__init__(directory=output, html=True, check_dir=False)
        self.studio = studio

    async def check_config(self) -> None:
        """Miss nothing before the first build: until then there is no folder, and each address is merely unknown."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Answer with a file, or a card that is newer than its file."""
        renewed = await self.studio.renewed(path) if path.startswith("cards/") else None
        if renewed:
            artifact, drawn = renewed
            return Response(drawn.data, media_type=artifact.media_type, headers={"Cache-Control": "no-store"})
        if any(part.startswith(".") and part not in {".", ".."} for part in Path(path).parts):
            raise HTTPException(404)
        return await super().get_response(path, scope)

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        """Find a file; a link is none."""
        place, found = super().lookup_path(path)
        return ("", None) if Path(place).is_symlink() else (place, found)

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        sheet = _sheet(scope["path"])
        if sheet and status_code == 200:  # noqa: PLR2004 -- found
            return self._with_link(Path(full_path), sheet, scope)
        response = super().file_response(full_path, stat_result, scope, status_code)
        kind = _TYPES.get(splitext(str(full_path))[1].lower())
        if kind and "content-type" in response.headers:
            response.headers["content-type"] = kind
        response.headers["cache-control"] = "no-cache"
        return response

    def _with_link(self, page: Path, article: str, scope: Scope) -> Response:
        """Return an article's sheet with a link to where it is edited."""
        link = f'<a class="back" href="{escape(EDIT + quote(article))}" target="_top" lang="en">Edit</a>'
        data = page.read_bytes().replace(_BACK, link.encode() + _BACK, 1)
        tag = f'"{sha256(data).hexdigest()[:32]}"'
        known = {"ETag": tag, "Cache-Control": "no-cache"}
        if self.is_not_modified(Headers(known), Headers(scope=scope)):
            return Response(status_code=304, headers=known)
        return Response(data, media_type="text/html", headers=known)


def _sheet(path: str) -> str:
    """Return the article whose sheet a path is, or nothing."""
    start, end = gallery_sheet("https://x/-").split("-.")
    return path.removeprefix(f"/{start}").removesuffix(f".{end}") if path.startswith(f"/{start}") else ""


class _Guarded:
    """Lets only those in who call this server by its own name, and only to read, or to try out an edit."""

    def __init__(self, application: ASGIApp, names: frozenset[bytes]) -> None:
        self.application, self.names = application, names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or say why not."""
        called = [value for name, value in scope["headers"] if name == b"host"]
        if len(called) != 1 or called[0].lower() not in self.names:
            answer: ASGIApp = PlainTextResponse("this server has another name\n", 421)
        elif scope["method"] not in {"GET", "HEAD"} and not (scope["method"] == "POST" and scope["path"] in WRITES):
            answer = PlainTextResponse("there is nothing to write to\n", 405, {"Allow": "GET, HEAD"})
        else:
            answer = self.application

        async def noted(message: dict[str, object]) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *_APART]  # type: ignore[misc]
            await send(message)

        await answer(scope, receive, noted)  # type: ignore[arg-type]
