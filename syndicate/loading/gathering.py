"""From sources to articles: what the index knows is neither read nor parsed nor rendered again.

Three questions, in this order. Has the source changed? Its state tells, else its bytes. Has anything else changed that
its header was understood by? Its key tells (see ``keys``). Has anything changed that its body asked for, a picture or
the address of another source? What was found then is looked for again. Whatever is not known to be the same is done
anew, and comes out the same as without an index.
"""

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from syndicate import wording
from syndicate.artifact import Text
from syndicate.certificate import digest_of
from syndicate.engine import Failure, cores, crew
from syndicate.findings import finding
from syndicate.loading import index as books
from syndicate.loading import keys
from syndicate.loading.article import Draft, Frame, finish, read, settled
from syndicate.loading.index import Ending, Index, Row
from syndicate.loading.sites.layout import Source
from syndicate.loading.sources import ARTICLE_BYTES, SourceError, Tree
from syndicate.loading.templates import Context, Resolve

_BATCH = 500
"""Sources that are read before they are remembered: so many bodies stand in memory."""
_GROUP = 16
"""Sources that a copy of this process takes at once: some milliseconds of work."""
_FEW = 50
"""Sources that are not worth a second copy."""
_SECONDS = 20.0
"""How long one source may take."""
_ODD = b"\xc1"
"""Begins what does not travel as a row: no row does, as MessagePack has no use for it."""

_INCLUDE_BYTES = 64 << 10


class Asks(BaseException):
    """A body asks where another source is published, which is known only when all headers are."""


@dataclass(frozen=True, slots=True)
class Studied:
    """A source that was read: its draft, what became of its body (``None``: not yet), and what to remember of both."""

    draft: Draft
    ending: Ending | None = None
    row: Row | None = None


class Gathering:
    """One load under way: what is known of the sources, from the index or from themselves."""

    def __init__(self, frame: Frame, index: Index | None) -> None:
        self.frame = frame
        self.index = index if index and index.database else None
        self.sources = sorted(frame.layout.sources, key=lambda one: one.path)
        self.endings: dict[str, Ending] = {}
        self._known = dict(self.index.files()) if self.index else {}
        frame.tree.known.update(self._known)
        self._touched: list[tuple[str, str]] = []

    def drafts(self, *, finishing: bool) -> list[Draft]:
        """Return a draft of each source, in the order of the paths; with ``finishing``, most of their bodies, too."""
        drafts: list[Draft | None] = [None] * len(self.sources)
        for place, draft in enumerate(self._recognised()):
            drafts[place] = draft
        unread = [place for place, draft in enumerate(drafts) if draft is None]
        for place, studied in self._studied(unread, _ask_later, finishing=finishing):
            drafts[place] = studied.draft
        if self.index:
            self.index.touch(self._touched)
        return [draft for draft in drafts if draft]

    def finish(self, drafts: Iterable[Draft], resolve: Resolve) -> None:
        """Render the bodies of drafts that are not known or have asked for something that is other now."""
        wanted = {draft.source.path for draft in drafts if not self._holds(draft.source.path, resolve)}
        places = [place for place, source in enumerate(self.sources) if source.path in wanted]
        for _ in self._studied(places, resolve, finishing=True):
            pass
        if self.index:
            known = self.frame.tree.known
            self.index.put_files((path, *told) for path, told in known.items() if self._known.get(path) != told)
            self.index.settle()

    def _holds(self, path: str, resolve: Resolve) -> bool:
        ending = self.endings.get(path)
        if ending is None:
            return False
        asked = all(resolve(reference) == url for reference, url in (ending.asked or {}).items())
        return asked and self.frame.tree.holds(ending.seen or {})

    def _recognised(self) -> Iterator[Draft | None]:
        """Yield for each source what the index knows of it; sources that are gone are forgotten."""
        rows = self.index.rows() if self.index else iter(())
        gone: list[str] = []
        row = next(rows, None)
        for source in self.sources:
            while row and row.path < source.path:
                gone.append(row.path)
                row = next(rows, None)
            if row and row.path == source.path:
                yield self._same(source, row)
                row = next(rows, None)
            else:
                yield None
        gone += [one.path for one in (row, *rows) if one]
        if self.index:
            self.index.forget(gone)

    def _same(self, source: Source, row: Row) -> Draft | None:
        """Return what is known of a source if nothing of it has changed."""
        try:
            draft = books.draft_of(row.draft, source)
            if row.key != self._key(draft) or not self._is_unchanged(row):
                return None
            if row.ending and source.path not in self.endings:
                self.endings[source.path] = books.ending_of(row.ending)
        except (ValueError, SourceError):
            return None
        return draft

    def _is_unchanged(self, row: Row) -> bool:
        tree = self.frame.tree
        state = tree.states.get(row.path, "")
        if state and state == row.state:
            return True
        if digest_of(tree.read(row.path, ARTICLE_BYTES)) != row.digest:
            return False
        self._touched.append((state, row.path))
        return True

    def _key(self, draft: Draft) -> str:
        """Return what a draft depends on besides its source's bytes: of the clock, which of its moments have come."""
        passed = "".join("01"[moment <= self.frame.now] for moment in draft.moments)
        return f"{keys.of_source(draft.source, self.frame)}:{passed}"

    def _studied(self, places: Sequence[int], resolve: Resolve, *, finishing: bool) -> Iterator[tuple[int, Studied]]:
        """Read sources, and remember them, a batch at a time."""
        rows: list[Row] = []
        for place, studied in self._shared(places, partial(self._study, resolve=resolve, finishing=finishing)):
            if studied.ending:
                self.endings[studied.draft.source.path] = studied.ending
            rows += [studied.row] if studied.row else []
            if len(rows) >= _BATCH and self.index:
                self.index.put(rows)
                rows.clear()
            yield place, studied
        if self.index:
            self.index.put(rows)

    def _shared(self, places: Sequence[int], study: "partial[Studied]") -> Iterator[tuple[int, Studied]]:
        """Study sources in copies of this process: what one may do to a parser is done to a copy."""
        if not crew.possible():
            yield from ((place, study(self.sources[place])) for place in places)
            return
        groups = [places[start : start + _GROUP] for start in range(0, len(places), _GROUP)]
        job = crew.Job(groups, partial(self._sent, study), self._seen(), _SECONDS)
        for place, told in crew.spread(job, min(cores(), 1 + len(places) // _FEW)):
            if place >= 0:
                yield place, self._failed(place, told) if isinstance(told, Failure) else self._received(place, told)
            else:
                self._learn(told)

    def _study(self, source: Source, *, resolve: Resolve, finishing: bool) -> Studied:
        with self.frame.tree.traced() as seen:
            draft = read(source, self.frame)
        digest = seen.pop(source.path, "")
        ended = self._ended(draft, resolve) if finishing and draft.state == "published" else None
        draft = settled(draft)
        ending, html = ended or (None, "")
        plain = digest.startswith("=") and not seen and source.given is None
        return Studied(draft, ending, self._row(draft, digest[1:], ending, html) if plain else None)

    def _ended(self, draft: Draft, resolve: Resolve) -> tuple[Ending, str] | None:
        asked: dict[str, str] = {}

        def ask(reference: str) -> str:
            question = f"{draft.language} {reference}"
            asked[question] = resolve(question)
            return asked[question]

        context = _context(self.frame, ask)
        try:
            with self.frame.tree.traced() as seen:
                article, findings = finish(draft, self.frame, context)
        except Asks:
            return None
        seen.pop(draft.source.path, None)
        html = article.html if article else ""
        if article and self.index and isinstance(html, str):
            article = replace(article, html=wording.kept(html, wording.host(self.frame.base_url)))
        kept = html if article and isinstance(article.html, Text) and isinstance(html, str) else ""
        return Ending(article, findings, seen or None, asked or None), kept

    def _row(self, draft: Draft, digest: str, ending: Ending | None, html: str) -> Row | None:
        path = draft.source.path
        try:
            return Row(
                path=path,
                state=self.frame.tree.states.get(path, ""),
                digest=digest,
                key=self._key(draft),
                draft=books.draft_bytes(draft),
                ending=books.ending_bytes(ending) if ending else b"",
                body=wording.named(html) if html else "",
                html=html,
            )
        except (ValueError, TypeError):
            return None

    def _sent(self, study: "partial[Studied]", place: int) -> bytes:
        """Study a source in a copy of this process, for the way back."""
        studied = study(self.sources[place])
        return books.packed(studied.row) if studied.row else _ODD + pickle.dumps(studied)

    def _received(self, place: int, told: bytes) -> Studied:
        if told[:1] == _ODD:
            odd: Studied = pickle.loads(told[1:])  # noqa: S301 -- a copy of ours made it
            return odd
        row = Row(**books.unpacked(told))
        ending = books.ending_of(row.ending) if row.ending else None
        return Studied(books.draft_of(row.draft, self.sources[place]), ending, row)

    def _failed(self, place: int, failure: Failure) -> Studied:
        """Return what becomes of a source that cost a copy its life."""
        source = self.sources[place]
        remark = finding("source-defeats", source.path, f"it could not be read: {failure.cause}")
        return Studied(
            Draft(source=source, state="failed", why=remark.message, findings=(remark,)), Ending(None, (remark,))
        )

    def _seen(self) -> Callable[[], bytes]:
        """Return what tells, in a copy and at its end, which files were looked at there."""
        tree = self.frame.tree
        files, fresh = set(tree.witness.files), set(tree.witness.fresh)

        def tell() -> bytes:
            seen = {path: state for path, state in tree.witness.files.items() if path not in files}
            new = {path: digest for path, digest in tree.witness.fresh.items() if path not in fresh}
            return books.packed((seen, new, tree.known))

        return tell

    def _learn(self, told: bytes | Failure) -> None:
        """Take over what a copy has looked at; of one that was lost nobody knows."""
        witness = self.frame.tree.witness
        if isinstance(told, Failure):
            witness.blind = True
            return
        seen, new, known = books.unpacked(told)
        witness.files.update(seen)
        witness.fresh.update(new)
        self.frame.tree.known.update({path: tuple(one) for path, one in known.items()})


def _context(frame: Frame, resolve: Resolve) -> Context:
    return Context(
        dialect=frame.layout.template,
        base_url=frame.base_url,
        resolve=resolve,
        site=frame.layout.configuration,
        include=partial(_included, frame.tree),
    )


def _included(tree: Tree, name: str) -> str:
    """Return the text of a Jekyll site's include, or nothing where there is none that can be read."""
    path = f"_includes/{name}"
    try:
        return tree.text(path, _INCLUDE_BYTES) if ".." not in name and tree.exists(path) else ""
    except SourceError:
        return ""


def _ask_later(_: str) -> str:
    raise Asks
