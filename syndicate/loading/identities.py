"""Identities: what an article that claims none is known by from its first publish on.

Readers show an article again whose id changes, so a site that moves here from another tool keeps that tool's rule.
"""

import posixpath
from datetime import datetime
from urllib.parse import quote, urlsplit

from syndicate.addresses import canonical

_SAFE = "~!$&'()*+,;=:@-._"


def minted(rule: str, permalink: str, name: str, published: datetime) -> str:
    """Return an article's id by a rule: ``permalink``, or what feeds of ``jekyll-feed`` or ``pelican`` made of it.

    ``name`` is the article's slug, ``published`` the moment in the zone that its date was written in.
    """
    parts = urlsplit(permalink)
    match rule:
        case "jekyll-feed":
            # ``Document#id`` of Jekyll 4: the folder of the address, and the slug, whatever the address ends with.
            folder = posixpath.dirname(parts.path.rstrip("/"))
            return canonical(
                f"{parts.scheme}://{parts.netloc}{folder.rstrip('/')}/{quote(name.rstrip('.'), safe=_SAFE)}"
            )
        case "pelican":
            # ``get_tag_uri`` of feedgenerator 2, which knows no port.
            return f"tag:{parts.hostname},{published:%Y-%m-%d}:{parts.path}"
        case _:
            return permalink
