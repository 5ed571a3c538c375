"""The editing view: an article's cards change while one types, and its front matter with them, to be copied or saved.

What comes in is a ``POST`` of JSON from a page of ours: of our origin, with the token that the page was given. Nothing
is written but by ``save``, and that only where the server was started with ``--write``.
"""

import json
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from string import Template
from urllib.parse import quote

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from syndicate.addresses import article_path, gallery_sheet
from syndicate.artifact import Artifact, Rendered
from syndicate.cards import themes
from syndicate.gallery.parts import STYLE, text
from syndicate.loading import amending
from syndicate.loading.amending import Said, Unamendable
from syndicate.loading.sources import SourceError
from syndicate.serving import proposal, saving
from syndicate.serving.proposal import Improper
from syndicate.serving.studio import Missing, Studio, Subject, drawn_with, picture

EDIT, PARTS = "/edit/", "/.edit/"
WRITES = frozenset(f"{PARTS}{name}" for name in ("draw", "header", "save"))
"""Where a ``POST`` may go."""
BODY = 64 << 10
"""Bytes of a proposal."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob: data:;"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
_HERE = files("syndicate.serving")
_UNSEEN = "the article cannot be shown"


def _text(name: str) -> str:
    return _HERE.joinpath(name).read_text("utf-8")


_PAGE, _REFUSAL = Template(_text("edit.html")), Template(_text("refusal.html"))
_STATIC = {
    "edit.js": (_text("edit.js"), "text/javascript"),
    "edit.css": (STYLE + text("sheet.css") + _text("edit.css"), "text/css"),
}


class _Refused(Exception):  # noqa: N818 -- what became of a request
    """An answer with a clear word."""

    def __init__(self, status: int, said: str, **more: object) -> None:
        super().__init__(said)
        self.status, self.more = status, more


@dataclass(frozen=True, slots=True)
class _Wish:
    """A proposal as it came: for which article, what of it is new, and what else was said."""

    subject: Subject
    said: dict[str, Said]
    document: dict[str, object]


class Editing:
    """The view of one server. ``write`` lets it save."""

    def __init__(self, studio: Studio, *, write: bool) -> None:
        self.studio, self.write = studio, write
        self.token = secrets.token_urlsafe(24)

    def routes(self) -> list[Route]:
        """Return what it answers."""
        return [
            Route(EDIT + "{article:path}", self.page),
            Route(PARTS + "card/{outlet}/{article:path}", self.card),
            Route(PARTS + "picture/{article:path}", self.picture),
            Route(PARTS + "draw", self._told(self.draw), methods=["POST"]),
            Route(PARTS + "header", self._told(self.header), methods=["POST"]),
            Route(PARTS + "save", self._told(self.save), methods=["POST"]),
            Route(PARTS + "{part}", _part),
        ]

    async def page(self, request: Request) -> Response:
        """Show the view of an article, or what is wrong with it."""
        path = request.path_params["article"]
        subject = await self.studio.subject(path)
        if isinstance(subject, Missing):
            return _refusal(subject)
        try:
            data = saving.read(self.studio.root, subject.article.source)
            written = amending.values(amending.plain(data), subject.article.source, subject.own)
        except (saving.Unsaved, Unamendable, SourceError) as error:
            return _refusal(Missing(why=str(error)))
        return _html(_PAGE.substitute(self._filled(subject, path, written, data)))

    def _filled(self, subject: Subject, path: str, written: dict[str, str], data: bytes) -> dict[str, str]:
        article, look = subject.article, subject.site.look
        whole = picture(article)
        focus = article.lead.focus if article.lead and article.lead.focus else None
        chosen = written.get("theme") or themes.AUTO
        plan = proposal.planned(article, subject.site)
        return {
            "title": escape(article.title),
            "lang": escape(article.language),
            "source": escape(article.source),
            "sheet": escape("/.live/#/" + quote(gallery_sheet(article.permalink))),
            "article": escape(path),
            "token": self.token,
            "seen": saving.seen(data),
            "write": "yes" if self.write else "",
            "written_title": escape(written.get("title", article.title)),
            "written_kicker": escape(written.get("kicker", "")),
            "kicker": escape(article.section or next(iter(article.tags), "")),
            "written_description": escape(written.get("description", "")),
            "telling": escape(json.dumps(proposal.telling(look))),
            "themes": "".join(_option(name, chosen) for name in proposal.offered(article, look)),
            "focus": escape(json.dumps(focus)),
            "picture": _picture(article_path(article.permalink), whole, article.lead.alt if article.lead else ""),
            "first": "".join(_figure(name, one, path, first=True) for name, one in list(plan.items())[:1]),
            "others": "".join(_figure(name, one, path) for name, one in list(plan.items())[1:]),
            "header": escape(amending.header(amending.plain(data), article.source)),
            "findings": "".join(f"<li>{escape(str(one))}\n{escape(one.help)}</li>" for one in subject.findings[:20]),
        }

    async def card(self, request: Request) -> Response:
        """Show a card as its article is now."""
        subject = await self.studio.subject(request.path_params["article"])
        if isinstance(subject, Missing):
            return _plain(404, "there is no such article")
        artifact = proposal.planned(subject.article, subject.site).get(request.path_params["outlet"])
        return await self._image(artifact)

    async def picture(self, request: Request) -> Response:
        """Show an article's whole picture, to be clicked on."""
        subject = await self.studio.subject(request.path_params["article"])
        return await self._image(picture(subject.article) if isinstance(subject, Subject) else None)

    async def draw(self, request: Request) -> Response:
        """Draw a card with a proposal."""
        wish = await self._wish(request)
        subject = drawn_with(wish.subject, wish.said)
        artifact = proposal.planned(subject.article, subject.site).get(str(wish.document.get("outlet")))
        return await self._image(artifact)

    async def header(self, request: Request) -> Response:
        """Return the front matter with a proposal written, and which of its lines are new."""
        wish = await self._wish(request)
        source = wish.subject.article.source
        before = saving.read(self.studio.root, source)
        after = amending.amended(before, wish.said, source, wish.subject.own) if wish.said else before
        return JSONResponse(_shown(before, after, source) | {"changed": sorted(wish.said)})

    async def save(self, request: Request) -> Response:
        """Write a proposal into its source."""
        if not self.write:
            raise _Refused(403, "nothing is written without --write")
        wish = await self._wish(request)
        source, own = wish.subject.article.source, wish.subject.own

        def amend(data: bytes) -> bytes:
            return amending.amended(data, wish.said, source, own) if wish.said else data

        try:
            after = saving.save(self.studio.root, source, str(wish.document.get("seen")), amend)
        except saving.Changed as error:
            mine, theirs = _header(amend(error.now), source), _header(error.now, source)
            now = saving.seen(error.now)
            raise _Refused(409, f"{source}: {error}", yours=mine, disk=theirs, now=now) from None
        self.studio.touch([source])
        return JSONResponse({"seen": saving.seen(after), "source": source, **_shown(after, after, source)})

    async def _image(self, artifact: Artifact | None) -> Response:
        if artifact is None:
            return _plain(404, "there is no such picture")
        drawn = await self.studio.draw(artifact)
        if not isinstance(drawn, Rendered):
            return _plain(422, f"the card could not be drawn: {drawn.cause}")
        facts = {**(drawn.facts or {}), "remarks": [one.message for one in drawn.findings]}
        return Response(
            drawn.data,
            media_type=artifact.media_type,
            headers={"Cache-Control": "no-store", "X-Facts": quote(json.dumps(facts, default=str))},
        )

    def _told(self, answer: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        """Return what answers with a clear word where something is wrong with a request."""

        async def told(request: Request) -> Response:
            try:
                self._refuse_foreign(request)
                return await answer(request)
            except _Refused as error:
                return JSONResponse({"error": str(error), **error.more}, error.status)
            except (Improper, Unamendable, SourceError, saving.Unsaved) as error:
                return JSONResponse({"error": str(error)}, 422)

        return told

    def _refuse_foreign(self, request: Request) -> None:
        """Refuse what no page of ours has sent: another origin, a form, a request without the token."""
        headers = request.headers
        ours = headers.get("origin", "") == f"http://{headers.get('host', '')}"
        same = headers.get("sec-fetch-site", "same-origin") == "same-origin"
        token = headers.get("x-syndicate", "").encode()
        if not (ours and same and secrets.compare_digest(token, self.token.encode())):
            raise _Refused(403, "this did not come from the editing view: load it again")
        if headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            raise _Refused(415, "expected JSON")

    async def _wish(self, request: Request) -> _Wish:
        document = await _document(request)
        subject = await self.studio.subject(str(document.get("article")))
        if isinstance(subject, Missing):
            why = next((str(one) for one in subject.findings), subject.why or "there is no such article")
            raise _Refused(404, f"{_UNSEEN}: {why}")
        article = subject.article
        said = proposal.proposed(document.get("said", {}), article, subject.site.look)
        data = saving.read(self.studio.root, article.source)
        written = amending.values(amending.plain(data), article.source, subject.own)
        return _Wish(subject, proposal.changed(said, article, written), document)


async def _document(request: Request) -> dict[str, object]:
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > BODY:
                raise _Refused(413, "that is more than a title and a few words")
        document = json.loads(body)
    except (ValueError, RecursionError, ClientDisconnect):
        raise _Refused(400, "expected JSON") from None
    if not isinstance(document, dict):
        raise _Refused(400, "expected an object")
    return document


def _header(data: bytes, source: str) -> str:
    try:
        return amending.header(amending.plain(data), source)
    except (SourceError, Unamendable) as error:
        return str(error)


def _shown(before: bytes, after: bytes, source: str) -> dict[str, object]:
    """Return a header, and the numbers of its lines that were not there before."""
    old, new = (_header(one, source) for one in (before, after))
    known = set(old.split("\n"))
    return {"header": new, "lines": [at for at, line in enumerate(new.split("\n")) if line not in known]}


async def _part(request: Request) -> Response:
    text, kind = _STATIC.get(request.path_params["part"], ("", ""))
    headers = {"Cache-Control": "no-cache"}
    return Response(text, media_type=kind, headers=headers) if text else _plain(404, "not found")


def _refusal(missing: Missing) -> Response:
    said = [f"{one}\n{one.help}" for one in missing.findings[:50]] or [missing.why or "There is no such article."]
    text = _REFUSAL.substitute(findings="".join(f"<li>{escape(one)}</li>" for one in said))
    return _html(text, 422 if missing.findings or missing.why else 404)


def _html(text: str, status: int = 200) -> Response:
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store", "Referrer-Policy": "same-origin"}
    return Response(text, status, headers, "text/html")


def _plain(status: int, said: str) -> Response:
    return PlainTextResponse(f"{said}\n", status)


def _option(name: str, chosen: str) -> str:
    mark = " selected" if name == chosen else ""
    return f'<option value="{escape(name)}"{mark}>{escape(name)}</option>'


def _figure(name: str, artifact: Artifact, path: str, *, first: bool = False) -> str:
    outlet = getattr(artifact.recipe, "outlet")  # noqa: B009 -- what a card's recipe has
    lazy = "" if first else ' loading="lazy"'
    return (
        f'<figure data-outlet="{escape(name)}"><img src="{PARTS}card/{escape(quote(f"{name}/{path}"))}"'
        f' width="{outlet.width}" height="{outlet.height}" alt="The card for {escape(_USES.get(name, name))}"{lazy}>'
        f"<figcaption><b>{escape(_USES.get(name, name))}</b> <span>{outlet.width} × {outlet.height}</span>"
        "</figcaption></figure>"
    )


_USES = {
    "og": "links", "square": "square posts", "portrait": "portrait posts", "pin": "pins", "story": "stories",
    "wide": "slides", "linkedin": "LinkedIn", "plain-16x9": "search, 16:9", "plain-4x3": "search, 4:3",
    "plain-1x1": "search, 1:1",
}  # fmt: skip
"""What each outlet is for, in a word or two."""


def _picture(path: str, whole: Artifact | None, alt: str) -> str:
    if whole is None:
        return ""
    outlet = getattr(whole.recipe, "outlet")  # noqa: B009 -- as above
    return (
        f'<img id="picture" src="{PARTS}picture/{escape(quote(path))}" width="{outlet.width}" height="{outlet.height}"'
        f' alt="{escape(alt or "The lead picture")}">'
    )
