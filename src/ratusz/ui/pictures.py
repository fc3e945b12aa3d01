"""The pictures of the page as SVG that stands alone, for documents (Typst) and attachments: light colours, font named."""

from collections.abc import Sequence

from django.template.loader import render_to_string

from ratusz.ui import drawing, tokens
from ratusz.ui.parts import Funded, Misfit, Tile


def tile_map_svg(tiles: Sequence[Tile]) -> str:
    """The tile map; give the document a text that says the same, or the table beside it."""
    return render_to_string("ui/parts/tile_map.svg", {"map": drawing.tile_map(tiles), "colours": tokens.read()})


def money_bar_svg(pool: int, funded: Sequence[Funded], misfit: Misfit | None = None, width: int = 720) -> str:
    """The money bar, `width` units wide; amounts in one unit (grosze). ValueError as drawing.money_bar."""
    bar = drawing.money_bar(pool, funded, misfit)
    context = {"bar": bar, "misfit": misfit, "key": "bar", "colours": tokens.read(), "width": width}
    return render_to_string("ui/parts/money_bar.svg", context)
