"""The preview of a site for the one who writes it: what a build makes, served on this machine, anew at each change.

Nobody else is let in: a foreign page that has its name resolve to this machine is turned away by the ``Host`` header,
and there is nothing to write to. The page at ``LIVE`` frames the gallery, and loads it again once a build has ended.
"""

import asyncio
import json
import os
import socket
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from posixpath import splitext
from threading import Thread

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from syndicate.feeds.serving import JSON, OPML, XML
from syndicate.serving.builds import Builds, Work
from syndicate.serving.journal import Say, journal
from syndicate.serving.metrics import Meters
from syndicate.serving.server import listening, prepared

LIVE = "/.live/"
_STAY = 12.0
"""Seconds that a page waits for news before it asks again: no connection lives much longer (see ``server``)."""
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
_TYPES = {".xml": XML, ".json": JSON, ".opml": OPML, ".webp": "image/webp", ".avif": "image/avif"}
"""As the snippets for servers have it."""
_PARTS = {"": ("html", "text/html"), "live.js": ("js", "text/javascript"), "live.css": ("css", "text/css")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What to show: the output, how to make it, where to listen, and what yields once whenever the site changes."""

    output: Path
    work: Callable[[str], Work]
    host: str
    port: int
    changes: Callable[[], Iterable[object]]


class News:
    """What the last build came to, and the pages that wait for the next."""

    def __init__(self, say: Say) -> None:
        self.say = say
        self.number = 0
        self.last: dict[str, object] = {}
        self.changed = asyncio.Event()

    def __call__(self, event: str, **facts: object) -> None:
        """Write in the journal; let every page know of a build."""
        self.say(event, **facts)
        if event in {"build", "build-failed"}:
            self.number += 1
            self.last = {"ok": facts.get("exit") == "0", "said": facts.get("said", "")}
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
    builds = Builds(preview.work(f"http://{name}:{port}/"), news, Meters())
    serving = prepared(application(preview.output, news, f"{name}:{port}"), journal)
    building = asyncio.create_task(builds.run())
    _watch(preview, builds)
    journal("listening", address=f"http://{name}:{port}{LIVE}")
    await serving.serve(sockets=[door])
    builds.close()
    await building
    return serving.told


def _watch(preview: Preview, builds: Builds) -> None:
    loop = asyncio.get_running_loop()

    def look() -> None:
        for _ in preview.changes():
            with suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(builds.ask)

    Thread(target=look, daemon=True).start()


def application(output: Path, news: News, authority: str) -> ASGIApp:
    """Return what answers. ``authority`` is the host and port by which it may be called, beside ``localhost``."""

    async def events(_: Request) -> Response:
        return StreamingResponse(_events(news), media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    routes = [
        Route("/", _front),
        Route(f"{LIVE}events", events),
        Route(LIVE + "{part:path}", _part),
        Mount("/", _Files(directory=output, html=True, check_dir=False)),
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
    """The output, as a web server would show it: no hidden file, nothing through a link."""

    async def get_response(self, path: str, scope: Scope) -> Response:
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
        response = super().file_response(full_path, stat_result, scope, status_code)
        kind = _TYPES.get(splitext(str(full_path))[1].lower())
        if kind and "content-type" in response.headers:
            response.headers["content-type"] = kind
        response.headers["cache-control"] = "no-cache"
        return response


class _Guarded:
    """Lets only those in who call this server by its own name, and only to read."""

    def __init__(self, application: ASGIApp, names: frozenset[bytes]) -> None:
        self.application, self.names = application, names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or say why not."""
        called = [value for name, value in scope["headers"] if name == b"host"]
        if len(called) != 1 or called[0].lower() not in self.names:
            answer: ASGIApp = PlainTextResponse("this server has another name\n", 421)
        elif scope["method"] not in {"GET", "HEAD"}:
            answer = PlainTextResponse("there is nothing to write to\n", 405, {"Allow": "GET, HEAD"})
        else:
            answer = self.application

        async def noted(message: dict[str, object]) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"x-content-type-options", b"nosniff")]  # type: ignore[misc]
            await send(message)

        await answer(scope, receive, noted)  # type: ignore[arg-type]
