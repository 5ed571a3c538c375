"""Snippets that tell a web server how to serve the feeds: media types, caching, CORS, Link headers, packed files.

Feeds are served as ``application/xml``, because browsers save what is called a feed instead of showing it. A closed
archive document never changes, but the newest still grows under its address, so archives are kept an hour only; share
cards, large and small, bear their digest in their name and are kept for ever.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from syndicate import addresses
from syndicate.artifact import Artifact, Read, Rendered

XML, JSON, OPML = "application/xml", "application/feed+json", "text/x-opml"
BRIEF, HOURLY = "public, max-age=300", "public, max-age=3600"
_CODINGS = {"gz": "gzip", "br": "br"}
FOR_EVER = "public, max-age=31536000, immutable"
"""RFC 8246."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """What the snippets depend on: the origin, the path of the output at it, and what feeds come with."""

    origin: str
    path: str
    hub: str = ""
    packed: tuple[str, ...] = ()

    @property
    def link(self) -> str:
        """The ``Link`` header, with ``{}`` where the address of the feed itself goes (WebSub, section 4)."""
        hub = f', <{_inert(self.hub)}>; rel="hub"' if self.hub else ""
        return f'<{{}}>; rel="self"{hub}'


@dataclass(frozen=True, slots=True)
class Snippet:
    """The ingredients of one server's snippet."""

    server: str
    kit: Kit

    def render(self, _read: Read, /) -> Rendered:
        """Write it."""
        return Rendered(_WRITERS[self.server][1](self.kit).encode())


def plan(base_url: str, servers: tuple[str, ...], packed: tuple[str, ...], hub: str = "") -> Iterator[Artifact]:
    """Yield the snippets for the servers that were asked for."""
    parts = urlsplit(base_url)
    kit = Kit(origin=_inert(f"{parts.scheme}://{parts.netloc}"), path=parts.path, hub=hub, packed=packed)
    for server in sorted(set(servers)):
        name = _WRITERS[server][0]
        yield Artifact(addresses.SERVING + name, "text/plain", Snippet(server, kit), points=True)


def _inert(url: str) -> str:
    """Encode what a URL may hold and a configuration file would take for its own."""
    return re.sub("[\"'$`{}\\\\]|%(?![0-9A-F]{2})", lambda found: f"%{ord(found[0]):02X}", url)


def path_pattern(path: str) -> str:
    """Return a regular expression for a path as servers see it: decoded. Quotes are what no path of ours holds."""
    return re.sub(r"""["'`\s]""", ".", re.escape(unquote(path)))


def nginx(kit: Kit) -> str:
    """Write what belongs into a ``server`` block of nginx."""
    here = path_pattern(kit.path)
    link = f"    add_header Link '{kit.link.format(f'{kit.origin}$syndicate_self')}';\n"
    packed = "    gzip_static on;\n    gzip_vary on;\n" if "gz" in kit.packed else ""
    packed += "    # brotli_static on;  # with the module ngx_brotli\n" if "br" in kit.packed else ""
    return "\n".join(
        (
            "# Include this in the server block of nginx that serves the site.",
            # The address as it was asked for; a plain capture would be encoded once more.
            'set $syndicate_self "";\nif ($request_uri ~ "^(?<syndicate_self>[^?#]+)") {\n}\n',
            _nginx_feed(f"{here}feeds/archive/.+\\.xml", XML, HOURLY, link + packed),
            _nginx_feed(f"{here}feeds/archive/.+\\.json", JSON, HOURLY, link + packed),
            _nginx_feed(f"{here}(?:feeds/.+/)?(?:rss|atom)\\.xml", XML, BRIEF, link + packed),
            _nginx_feed(f"{here}(?:feeds/.+/)?feed\\.json", JSON, BRIEF, link + packed),
            _nginx_feed(f"{here}feeds\\.opml", OPML, BRIEF, packed),
            _nginx_kept(f"{here}(?:cards|gallery/thumbs)/.+\\.(?:jpg|png|webp)"),
        )
    )


def _nginx_feed(pattern: str, kind: str, caching: str, more: str) -> str:
    charset = "" if kind == JSON else f"    charset utf-8;\n    charset_types {kind};\n"
    return (
        f'location ~ "^{pattern}$" {{\n    types {{ }}\n    default_type {kind};\n{charset}'
        f'    add_header Cache-Control "{caching}";\n    add_header Access-Control-Allow-Origin "*";\n'
        f'    add_header X-Content-Type-Options "nosniff";\n{more}}}\n'
    )


def _nginx_kept(pattern: str) -> str:
    return f'location ~ "^{pattern}$" {{\n    add_header Cache-Control "{FOR_EVER}";\n}}\n'


def caddy(kit: Kit) -> str:
    """Write a snippet for a Caddyfile, to be imported by the site's block."""
    here = path_pattern(kit.path)
    link = kit.link.format(f"{kit.origin}{{http.request.orig_uri}}").replace('"', '\\"')
    files = " ".join(_CODINGS[ending] for ending in reversed(kit.packed))
    return "".join(
        (
            "# Put this above the site's block in the Caddyfile; `import syndicate` into the block, below its root.\n",
            "(syndicate) {\n",
            _caddy_feed("xml", f"{here}(feeds/.+/)?(rss|atom)\\.xml", f"{XML}; charset=utf-8"),
            _caddy_feed("json", f"{here}(feeds/.+/)?feed\\.json", JSON),
            _caddy_feed("opml", f"{here}feeds\\.opml", f"{OPML}; charset=utf-8"),
            # A query is part of the address as Caddy knows it, and no part of the feed's.
            _caddy_place(
                "self",
                f"{here}(feeds/.+/)?(rss\\.xml|atom\\.xml|feed\\.json)",
                f'\t\tLink "{link}"\n',
                '\t\texpression {http.request.orig_uri.query} == ""\n',
            ),
            _caddy_place("archive", f"{here}feeds/archive/.+", f'\t\tCache-Control "{HOURLY}"\n'),
            _caddy_place("cards", f"{here}(cards|gallery/thumbs)/.+", f'\t\tCache-Control "{FOR_EVER}"\n'),
            f"\tfile_server {{\n\t\tprecompressed {files}\n\t}}\n" if files else "",
            "}\n",
        )
    )


def _caddy_feed(name: str, pattern: str, kind: str) -> str:
    headers = (
        f'\t\tContent-Type "{kind}"\n\t\tCache-Control "{BRIEF}"\n\t\tAccess-Control-Allow-Origin "*"\n'
        "\t\tX-Content-Type-Options nosniff\n"
    )
    return _caddy_place(name, pattern, headers)


def _caddy_place(name: str, pattern: str, headers: str, also: str = "") -> str:
    # Only what is there: a missing card must not be missing for ever.
    return (
        f"\t@syndicate_{name} {{\n\t\tpath_regexp ^{pattern}$\n\t\tfile\n{also}\t}}\n"
        f"\theader @syndicate_{name} {{\n{headers}\t}}\n"
    )


def apache(kit: Kit) -> str:
    """Write an ``.htaccess`` for the folder that the output is served from (Apache 2.4)."""
    here = path_pattern(kit.path)
    return "\n".join(
        (
            "# Copy this to .htaccess in the folder that is served. It needs mod_headers and mod_rewrite.",
            _APACHE_SELF,
            *(_apache_packed(ending) for ending in reversed(kit.packed)),
            _apache_feed("(rss|atom)\\.xml", f"{XML}; charset=utf-8", _apache_link(kit)),
            _apache_feed("feed\\.json", JSON, _apache_link(kit)),
            _apache_feed("feeds\\.opml", f"{OPML}; charset=utf-8"),
            _apache_kept(f"{here}feeds/archive/", HOURLY),
            _apache_kept(f"{here}(cards|gallery/thumbs)/.", FOR_EVER),
        )
    )


# The address as it was asked for: the file that is sent may be a packed one, and has another name.
_APACHE_SELF = """RewriteEngine On
RewriteCond "%{THE_REQUEST}" "^\\S+ ([^\\s?]+)"
RewriteRule "\\.(?:xml|json|opml)$" "-" [E=SYNDICATE_SELF:%1]
"""


def _apache_link(kit: Kit) -> str:
    lines = []
    for name in ("SYNDICATE_SELF", "REDIRECT_SYNDICATE_SELF"):
        link = kit.link.format(f"{kit.origin}%{{{name}}}e").replace('"', '\\"')
        lines.append(f'    Header set Link "{link}" env={name}\n')
    return "".join(lines)


def _apache_feed(name: str, kind: str, link: str = "") -> str:
    return (
        f'<FilesMatch "^{name}(\\.gz|\\.br)?$">\n    ForceType "{kind}"\n    Header set Cache-Control "{BRIEF}"\n'
        '    Header set Access-Control-Allow-Origin "*"\n    Header set X-Content-Type-Options "nosniff"\n'
        f"{link}</FilesMatch>\n"
    )


def _apache_kept(below: str, caching: str) -> str:
    return f'<If "%{{REQUEST_URI}} =~ m#^{below}#">\n    Header set Cache-Control "{caching}"\n</If>\n'


def _apache_packed(ending: str) -> str:
    name = _CODINGS[ending]
    return (
        f'RewriteCond "%{{HTTP:Accept-Encoding}}" "{name}"\nRewriteCond "%{{REQUEST_FILENAME}}\\.{ending}" -s\n'
        f'RewriteRule "^(.*\\.(?:xml|json|opml))$" "$1\\.{ending}" [L]\n'
        f'<FilesMatch "\\.(xml|json|opml)\\.{ending}$">\n    SetEnv no-gzip 1\n    SetEnv no-brotli 1\n'
        f'    RemoveType .{ending}\n    RemoveEncoding .{ending}\n    Header set Content-Encoding "{name}"\n'
        '    Header append Vary "Accept-Encoding"\n</FilesMatch>\n'
    )


def netlify(kit: Kit) -> str:
    """Write a ``_headers`` file for Netlify and hosts like it, which pack by themselves."""
    folders = [(f"feeds/{kind}/:name/", BRIEF) for kind in _KINDS] + [("feeds/archive/:number/", HOURLY)]
    # A pattern does not know the address that it is asked for, so only the site's own feeds name theirs.
    links = {name: kit.link.format(f"{kit.origin}{kit.path}{name}") for name, _ in _NAMES}
    return "\n".join(
        (
            "# Copy this to _headers in the folder that is published.",
            *(_netlify_feed(kit.path + name, media, BRIEF, links[name]) for name, media in _NAMES),
            _netlify_feed(kit.path + addresses.OPML, f"{OPML}; charset=utf-8", BRIEF),
            *(_netlify_feed(kit.path + folder + name, kind, how) for folder, how in folders for name, kind in _NAMES),
            *(f"{kit.path}{folder}/*\n  Cache-Control: {FOR_EVER}\n" for folder in ("cards", "gallery/thumbs")),
        )
    )


def _netlify_feed(path: str, kind: str, caching: str, link: str = "") -> str:
    headers = {
        "Content-Type": kind,
        "Cache-Control": caching,
        "Access-Control-Allow-Origin": "*",
        "X-Content-Type-Options": "nosniff",
        "Link": link,
    }
    return f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items() if value)


_KINDS = ("tags", "authors", "sections", "languages")
_NAMES = (
    (addresses.RSS, f"{XML}; charset=utf-8"),
    (addresses.ATOM, f"{XML}; charset=utf-8"),
    (addresses.JSON, JSON),
)
_WRITERS = {
    "nginx": ("nginx.conf", nginx),
    "caddy": ("Caddyfile", caddy),
    "apache": ("htaccess", apache),
    "netlify": ("_headers", netlify),
}
