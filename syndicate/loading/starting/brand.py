"""Colours and logo that a site already gives to pictures of its pages: jekyll-og-image, Material's social cards."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from syndicate.loading.sites.layout import Layout, text
from syndicate.loading.sources import Tree
from syndicate.loading.starting.former import plugin

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_LOGOS = (".png", ".jpg", ".jpeg")
_MATERIAL = {
    "red": "#ef5552", "pink": "#e92063", "purple": "#ab47bd", "deep purple": "#7e56c2", "indigo": "#4051b5",
    "blue": "#2094f3", "light blue": "#02a6f2", "cyan": "#00bdd6", "teal": "#009485", "green": "#4cae4f",
    "light green": "#8bc34b", "lime": "#cbdc38", "yellow": "#ffec3d", "amber": "#ffc105", "orange": "#ffa724",
    "deep orange": "#ff6e42", "brown": "#795649", "grey": "#757575", "blue grey": "#546d78", "black": "#000000",
}  # fmt: skip
"""The primary colours of Material for MkDocs (its documentation, "Changing the colors")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """What ``tool`` draws with: ``#rrggbb`` and a path in the site; empty where it does not say."""

    tool: str = ""
    accent: str = ""
    ground: str = ""
    logo: str = ""


def brand(tree: Tree, layout: Layout) -> Brand:
    """Return the colours and the logo of the site's present share cards."""
    config = layout.configuration
    if layout.generator == "jekyll" and isinstance(config.get("og_image"), Mapping):
        return _jekyll(tree, config["og_image"])
    if layout.generator == "mkdocs" and (options := _social(config)) is not None:
        return _material(tree, config, options)
    return Brand()


def _jekyll(tree: Tree, said: Mapping[str, Any]) -> Brand:
    canvas, border = _table(said.get("canvas")), _table(said.get("border_bottom"))
    fill = border.get("fill")
    first = fill[0] if isinstance(fill, list) and fill else fill
    return Brand(
        tool="jekyll-og-image",
        accent=_colour(first),
        ground=_colour(canvas.get("background_color")),
        logo=_logo(tree, text(said.get("image")), ("",)),
    )


def _social(config: Mapping[str, Any]) -> Mapping[str, Any] | None:
    return next((found for name in ("social", "material/social") if (found := plugin(config, name)) is not None), None)


def _material(tree: Tree, config: Mapping[str, Any], options: Mapping[str, Any]) -> Brand:
    layout, theme = _table(options.get("cards_layout_options")), _table(config.get("theme"))
    palette = theme.get("palette")
    first = next((one for one in (palette if isinstance(palette, list) else [palette]) if _primary(one)), None)
    docs = text(config.get("docs_dir")) or "docs"
    return Brand(
        tool="Material's social plugin",
        accent=_MATERIAL.get(_primary(first), ""),
        ground=_colour(layout.get("background_color")),
        logo=_logo(tree, text(layout.get("logo")) or text(theme.get("logo")), ("", docs)),
    )


def _primary(palette: object) -> str:
    return text(_table(palette).get("primary")).replace("-", " ").lower()


def _logo(tree: Tree, path: str, folders: tuple[str, ...]) -> str:
    return (tree.find(path, folders) or "") if path.lower().endswith(_LOGOS) else ""


def _colour(value: object) -> str:
    found = text(value)
    return found.lower() if _COLOUR.fullmatch(found) else ""


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
