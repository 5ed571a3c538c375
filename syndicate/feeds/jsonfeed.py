"""JSON Feed 1.1 (jsonfeed.org/version/1.1): the dialect that needs no parser of its own."""

import re

import msgspec

from syndicate.addresses import JSON
from syndicate.artifact import Json
from syndicate.feeds.entry import Entry, Feed
from syndicate.feeds.moments import rfc3339
from syndicate.model import Author, Enclosure

VERSION = "https://jsonfeed.org/version/1.1"
RFC_5005 = "https://www.rfc-editor.org/rfc/rfc5005"
# Harmless in a file served as JSON, but some pages print a feed into a script element, or run it through a template.
_LIVE = re.compile(r"<(?=/?script|!--)|\{(?=[{%])", re.IGNORECASE)


def document(feed: Feed, address: str) -> bytes:
    """Write the feed that is served at ``address``."""
    fields = {
        "version": VERSION,
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": address,
        "next_url": feed.chain.previous + JSON if feed.chain.previous else "",
        "description": feed.description,
        "language": feed.language,
        "authors": [_author(author) for author in feed.authors],
        "hubs": [{"type": "WebSub", "url": feed.hub}] if feed.hub else [],
        "_archive": {"about": RFC_5005, "closed": True} if feed.chain.closed else {},
        "items": [_item(entry) for entry in feed.entries],
    }
    kept = {key: value for key, value in fields.items() if value or key == "items"}
    text = msgspec.json.format(msgspec.json.encode(kept), indent=1).decode()
    return (_LIVE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n").encode()


def _item(entry: Entry) -> dict[str, Json]:
    fields: dict[str, Json] = {
        "id": entry.id,
        "url": entry.link,
        "external_url": entry.link if entry.elsewhere else "",
        "title": entry.title,
        "summary": entry.summary,
        "image": entry.lead.url if entry.lead else "",
        "date_published": rfc3339(entry.published),
        "date_modified": rfc3339(entry.updated),
        "authors": [_author(author) for author in entry.authors],
        "tags": list(entry.tags),
        "language": entry.language,
        "attachments": [_attachment(one) for one in entry.enclosures],
    }
    # An item must have content: of a summary alone, the summary is all there is.
    fields["content_html" if entry.full else "content_text"] = entry.content or entry.summary
    return {key: value for key, value in fields.items() if value}


def _attachment(enclosure: Enclosure) -> dict[str, Json]:
    fields: dict[str, Json] = {
        "url": enclosure.url,
        "mime_type": enclosure.media_type,
        "title": enclosure.title,
        "size_in_bytes": enclosure.size,
        "duration_in_seconds": enclosure.duration,
    }
    return {key: value for key, value in fields.items() if value}


def _author(author: Author) -> dict[str, Json]:
    url = author.url or (f"mailto:{author.email}" if author.email else "")
    return {"name": author.name, "url": url} if url else {"name": author.name}
