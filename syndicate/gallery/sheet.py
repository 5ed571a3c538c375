"""The sheet of one article: how networks show it, each size of its card, and everything one copies to share it.

Its previews are drawn from the head fragment that is published, read back as a platform reads it.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from html import escape

from syndicate import addresses
from syndicate.artifact import Json, Read, Recipe, Rendered
from syndicate.characters import strip_illegal
from syndicate.gallery.exhibits import Record, Shown, hashtags, show, summary
from syndicate.gallery.labels import labels_for
from syndicate.gallery.parts import SHEET_SCRIPT, SHEET_STYLE, TOOLS, text
from syndicate.gallery.previews import Preview, previews
from syndicate.gallery.words import right_to_left, words_for
from syndicate.platforms import platforms

_SHEET = text("sheet.html")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Everything a sheet is made of. ``tags`` is the recipe of the published head fragment, if there is one."""

    site: str
    language: str
    base_url: str
    above: str
    front: str
    record: Record
    tags: Recipe | None

    def render(self, read: Read, /) -> Rendered:
        """Make the page."""
        words = words_for(self.language)
        one = show(self.record.exhibit, words, self.language, self.above)
        head = self.tags.render(read).data.decode() if self.tags else ""
        made = _weave()(
            sheet=self,
            one=one,
            words=words,
            labels=labels_for(self.language),
            rtl=right_to_left(self.language),
            head=head,
            previews=tuple(self._near(preview) for preview in previews(head)) if head else (),
            hashtags=hashtags(self.record.exhibit),
            embed=self._embed(one),
            told=summary(self.record),
            data=_inert(self._data(one)),
            front=addresses.url(self.above, self.front),
            style=addresses.url(self.above, SHEET_STYLE),
            scripts=tuple(addresses.url(self.above, path) for path in (TOOLS, SHEET_SCRIPT)),
        )
        return Rendered(made.encode())

    def _near(self, preview: Preview) -> Preview:
        """Show a picture of the site from where it lies beside the page; one from elsewhere may not be asked for."""
        ours = preview.image.startswith(self.base_url)
        return replace(preview, image=self.above + preview.image.removeprefix(self.base_url) if ours else "")

    def _embed(self, one: Shown) -> str:
        """Return the card as HTML to paste, linked to the article."""
        cards = self.record.exhibit.downloads
        if not cards:
            return ""
        address = addresses.url(self.base_url, cards[0].path)
        image = (
            f'<img src="{escape(address)}" width="{cards[0].width}" height="{cards[0].height}" alt="{escape(one.alt)}">'
        )
        return f'<a href="{escape(one.link)}">{image}</a>' if one.link else image

    def _data(self, one: Shown) -> Json:
        return {
            "title": one.title,
            "summary": summary(self.record),
            "link": one.link,
            "alt": one.alt,
            "day": one.day,
            "language": one.language,
            "tags": list(one.tags),
            "hashtags": hashtags(self.record.exhibit),
            "files": [{"href": file.href, "name": file.name} for file in one.files],
            "networks": networks(),
        }


def networks() -> list[Json]:
    """Return what scripts know of each network to write a caption for it."""
    return [{"key": one.key, "name": one.name, "limit": one.limit, "count": one.count} for one in platforms()]


def _inert(value: Json) -> str:
    """Write JSON that nothing in a page can end or run."""
    return strip_illegal(json.dumps(value, ensure_ascii=False, separators=(",", ":"))).replace("<", "\\u003c")


@cache
def _weave() -> Callable[..., str]:
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415 -- costs 40 ms an unchanged gallery need not pay

    weaver = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    return weaver.from_string(_SHEET).render
