"""Figures that are a table first and a picture second."""

from collections.abc import Sequence
from dataclasses import replace

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from ratusz.ui import drawing, tokens
from ratusz.ui.components.drawn_once import drawn_once
from ratusz.ui.parts import Funded, Misfit, Tile

register = template.Library()


@register.simple_tag
@drawn_once
def tile_map(tiles: Sequence[Tile], caption: str, value_label: str = "", show_list: bool = True) -> SafeString:
    """The city as equal tiles, one a district. The list beside it is the same as text and is what keyboards and screen readers use.

    `tiles` in the order of the list (Polish alphabet); `value_label` is the heading of the values' column. Tiles without any value
    only choose a district and are drawn in one even colour.
    """
    if not any(tile.value for tile in tiles):
        tiles = [replace(tile, level=1) for tile in tiles]
    context = {
        "map": drawing.tile_map(tiles),
        "caption": caption,
        "value_label": value_label,
        "colours": tokens.read(),
        "show_list": show_list,
    }
    return render_to_string("ui/parts/tile_map.html", context)


@register.simple_tag
@drawn_once
def money_bar(
    caption: str,
    pool: int,
    pool_text: str,
    funded: Sequence[Funded],
    left_text: str,
    misfit: Misfit | None = None,
    spent_text: str = "",
    key: str = "pula",
    show_table: bool = True,
) -> SafeString:
    """A pool's money as one bar that tells the truth: what was funded in order, what is left, and what the first misfit lacked.

    Amounts in grosze with their texts; `key` makes ids unique where a page has several bars; the table says the same in words.
    """
    context = {
        "bar": drawing.money_bar(pool, funded, misfit),
        "caption": caption,
        "pool_text": pool_text,
        "spent_text": spent_text,
        "left_text": left_text,
        "misfit": misfit,
        "funded": funded,
        "key": key,
        "colours": tokens.read(),
        "show_table": show_table,
    }
    return render_to_string("ui/parts/money_bar.html", context)


@register.inclusion_tag("ui/parts/share_bar.html")
def share_bar(share: float, level: int = 3):
    """A thin bar of `share` (0 to 1) of its column; an ornament beside the figure, never instead of it."""
    return {"percent": f"{max(0.0, min(1.0, share)) * 100:.1f}", "level": level}


@register.inclusion_tag("ui/parts/stat.html")
def stat(value: str, label: str, unit: str = "", source: str = "", source_url: str = "", as_of: str = ""):
    """A figure with its unit, what it counts, and where it comes from."""
    return {"value": value, "label": label, "unit": unit, "source": source, "source_url": source_url, "as_of": as_of}
