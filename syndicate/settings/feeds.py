"""[feeds] as values: what the feeds hold, where they stand, and what makes one a podcast."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

HUB = r"^(https?://[^\s/?#@]+([/?][^\s#]*)?)?$"

Packing = Literal["gzip", "brotli"]
Server = Literal["nginx", "caddy", "apache", "netlify"]


class Podcast(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """[feeds.podcast]: saying anything here makes the site's feed a podcast."""

    title: Annotated[str, Meta(description="The podcast's name, and that of the site's feeds.")] = ""
    author: Annotated[str, Meta(description="Who makes it; the site's author where not said.")] = ""
    email: Annotated[str, Meta(description="The owner's address, for directories to confirm.")] = ""
    category: Annotated[
        str, Meta(description="Apple's category, with its subcategory after >.", examples=["Arts > Books"])
    ] = ""
    image: Annotated[
        str, Meta(description="The cover: a square JPEG or PNG of 1400 to 3000 pixels, in the site or an address.")
    ] = ""
    explicit: Annotated[bool, Meta(description="Whether it is for adults only.")] = False
    locked: Annotated[bool, Meta(description="Whether other hosts are refused to import it.")] = False
    guid: Annotated[str, Meta(description="Its identity, to keep when the feed's address changes (podcast:guid).")] = ""


class Feeds(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """[feeds]: what the feeds hold."""

    limit: Annotated[int, Meta(ge=1, le=1000, description="How many of the newest articles a feed has.")] = 20
    content: Annotated[
        Literal["full", "summary"], Meta(description="Whether entries carry the whole article or only its summary.")
    ] = "full"
    kinds: Annotated[
        tuple[Literal["tags", "authors", "sections", "languages"], ...],
        Meta(description="What has feeds of its own besides the site; an empty list leaves the site's feeds alone."),
    ] = ("tags", "authors", "sections", "languages")
    archive: Annotated[
        bool, Meta(description="Whether what is older than the newest articles stays readable, in archive documents.")
    ] = True
    moved: Annotated[
        dict[str, str],
        Meta(
            description="Where feeds stood before, and the path here that they moved to; servers are told to redirect.",
            examples=[{"/feed.xml": "rss.xml", "/tag/news/feed/": "feeds/tags/news/rss.xml"}],
        ),
    ] = {}
    also: Annotated[
        dict[str, str],
        Meta(
            description="Paths at which feeds are published, too, because readers have them from before; and which.",
            examples=[{"feed.xml": "atom.xml", "tags/news/index.xml": "feeds/tags/news/rss.xml"}],
        ),
    ] = {}
    ids: Annotated[
        Literal["permalink", "jekyll-feed", "pelican"],
        Meta(description="What new articles are known by: their address, or what feeds of that tool made of it."),
    ] = "permalink"
    compress: Annotated[
        bool | tuple[Packing, ...],
        Meta(description="Packed siblings of the feeds: true for gzip, and brotli where installed; or those named."),
    ] = False
    serving: Annotated[
        tuple[Server, ...], Meta(description="Web servers to write snippets for: media types, caching, Link headers.")
    ] = ()
    podcast: Podcast = Podcast()
    hub: Annotated[
        str,
        Meta(
            pattern=HUB,
            description="The WebSub hub that passes on what is new.",
            examples=["https://pubsubhubbub.appspot.com/"],
        ),
    ] = ""
    tombstone_days: Annotated[
        int, Meta(ge=0, le=365, description="How long the Atom feed says that an article was deleted; 0 never does.")
    ] = 30
