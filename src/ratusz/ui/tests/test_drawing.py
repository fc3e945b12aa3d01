"""The bar tells the truth for any pool, and the tile map has a place for every tile."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratusz.ui import assets, drawing, pictures
from ratusz.ui.gallery import data
from ratusz.ui.parts import Funded, Misfit

costs = st.lists(st.integers(1, 10**9), max_size=40)


def funded(amounts):
    return [Funded(str(number), "", amount, "") for number, amount in enumerate(amounts)]


@given(costs, st.integers(0, 10**9), st.integers(1, 10**10))
def test_segments_and_rest_fill_the_pool_and_the_misfit_ends_past_it(amounts, left, missing):
    pool = sum(amounts) + left
    if not pool:
        return
    misfit = Misfit("x", "", left + missing, "", missing, "")
    bar = drawing.money_bar(pool, funded(amounts), misfit)
    assert sum(segment.width for segment in bar.segments) + bar.rest_width == pytest.approx(bar.end, abs=0.1)
    assert bar.misfit_x + bar.misfit_inside == pytest.approx(bar.end, abs=0.01)
    assert bar.end + bar.misfit_beyond == pytest.approx(100, abs=0.01)
    assert bar.is_broken_off == (missing > int(pool * drawing.BEYOND))


def test_the_published_pool_of_2020():
    bar = drawing.money_bar(data.POOL, data.FUNDED, data.MISFIT)
    assert (bar.end, bar.misfit_beyond, bar.rest_width) == (93.75, 6.25, 0.107)
    assert [segment.is_labelled for segment in bar.segments] == [True, False, False, True, False, False]


def test_a_pool_cannot_pay_more_than_it_has():
    with pytest.raises(ValueError, match="a pool of 10 cannot have paid 11"):
        drawing.money_bar(10, funded([11]))


def test_tiles_stand_apart_by_one_gap():
    drawn = drawing.tile_map(data.TILES)
    assert (drawn.frame_width, drawn.frame_height) == (596, 496)
    assert len({(tile.x, tile.y) for tile in drawn.tiles}) == 22


def test_a_map_of_few_districts_begins_where_they_are_and_draws_no_huge_tile():
    two = [replace(data.TILES[0], column=5, row=4), replace(data.TILES[1], column=6, row=5)]
    drawn = drawing.tile_map(two)
    assert [(tile.x, tile.y) for tile in drawn.tiles] == [(0, 0), (100, 100)]
    assert (drawn.frame_width, drawn.frame_height) == (396, 196)


def test_pictures_stand_alone_in_a_tagged_pdf(tmp_path):
    import typst

    (tmp_path / "tiles.svg").write_text(pictures.tile_map_svg(data.TILES), encoding="utf-8")
    (tmp_path / "bar.svg").write_text(pictures.money_bar_svg(data.POOL, data.FUNDED, data.MISFIT), encoding="utf-8")
    source = tmp_path / "page.typ"
    source.write_text(
        '#set document(title: "Wyniki")\n#set text(font: "Ratusz Sans", lang: "pl")\n'
        '#image("tiles.svg", alt: "Mapa", width: 100%)\n#image("bar.svg", alt: "Pasek", width: 100%)',
        encoding="utf-8",
    )
    made = typst.compile(
        source, font_paths=[Path(assets.__file__).parent / "fonts"], ignore_system_fonts=True, pdf_standards=["ua-1"]
    )
    assert made.startswith(b"%PDF")
