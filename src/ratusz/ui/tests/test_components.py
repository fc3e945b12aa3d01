"""Each example of the gallery draws, and components keep their promises to screen readers."""

import re

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils.translation import override

from ratusz.ui.gallery.examples import examples
from ratusz.ui.gallery.forms import RemarkForm, filled_wrongly
from ratusz.ui.parts import Cell, Column, Stage
from ratusz.ui.views import gallery


def draw(code: str, **context) -> str:
    with override("pl"):
        html = (
            engines["django"]
            .from_string("{% load ui %}" + code)
            .render(context, RequestFactory().get("/wzornik/?dzielnica=6&strona=2"))
        )
    return re.sub(r"\s+", " ", html)


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.key)
def test_every_example_draws_without_inline_style_or_script(example):
    html = draw(example.code, **gallery.facts())
    assert html.strip()
    assert not re.search(r"\sstyle=|<style|<script(?! type=\"module\" src=)|\son[a-z]+=", html)


def test_a_field_ties_label_hint_and_error_to_its_control():
    html = draw("{% field form.postcode %}", form=filled_wrongly())
    assert '<label class="field__label" for="wrong_postcode">Kod pocztowy</label>' in html
    assert '<div class="field__hint" id="wrong_postcode-hint">Na przykład 40-098</div>' in html
    assert 'id="wrong_postcode-error"' in html
    assert 'aria-describedby="wrong_postcode-hint wrong_postcode-error"' in html
    assert 'aria-invalid="true"' in html
    assert 'value="40098"' in html


def test_choices_stand_in_a_fieldset_described_by_their_error():
    html = draw("{% field form.channel %}", form=filled_wrongly())
    assert '<fieldset aria-describedby="wrong_channel-error">' in html
    assert html.count('type="radio"') == 3


def test_the_error_summary_links_to_the_first_control_of_each_wrong_field():
    html = draw("{% error_summary form %}", form=filled_wrongly())
    assert "Jak mamy odpowiedzieć: Wypełnij to pole." in html
    targets = re.findall(r'href="#([^"]+)"', html)
    page = draw("{% form_fields form %}", form=filled_wrongly())
    assert targets == ["wrong_name", "wrong_postcode", "wrong_birthday_0", "wrong_district", "wrong_channel_0", "wrong_remark"]
    assert all(f'id="{target}"' in page for target in targets)
    assert draw("{% error_summary form %}", form=RemarkForm()).strip() == ""


def test_a_date_is_typed_in_three_boxes_and_cleaned_to_a_day():
    from datetime import date

    form = RemarkForm({"birthday_0": "15", "birthday_1": "9", "birthday_2": "1986"})
    form.is_valid()
    assert form.cleaned_data["birthday"] == date(1986, 9, 15)
    with override("pl"):
        assert filled_wrongly().errors["birthday"] == ["Nie ma takiego dnia. Sprawdź dzień, miesiąc i rok."]


def test_a_table_names_its_rows_and_columns():
    columns = [
        Column("who", "Dzielnica", is_heading=True),
        Column("points", "Punkty", is_number=True, sort_url="?o=p", sorted="descending"),
    ]
    html = draw(
        '{% data_table "Punkty" columns rows %}',
        columns=columns,
        rows=[{"who": Cell("Dąb", "/d/"), "points": Cell("12", share=0.25)}],
    )
    assert '<th scope="col" role="columnheader" class="is-number" aria-sort="descending">' in html
    assert '<th scope="row" role="rowheader"><span class="table__value"><a href="/d/">Dąb</a></span></th>' in html
    assert 'width="25.0%"' in html


def test_pages_keep_the_other_parameters():
    from django.core.paginator import Paginator

    html = draw("{% pagination page %}", page=Paginator(range(30), 10).page(2))
    assert 'rel="prev" href="?dzielnica=6&amp;strona=1"' in html
    assert 'rel="next" href="?dzielnica=6&amp;strona=3"' in html
    assert draw("{% pagination page %}", page=Paginator(range(3), 10).page(1)).strip() == ""


def test_the_five_words_for_state():
    words = [
        re.sub("<[^>]+>", "", draw(f'{{% state "{name}" who="Wydział Budynków" %}}')).strip()
        for name in ("draft", "waiting", "approved", "sent", "closed")
    ]
    assert words == ["szkic", "u: Wydział Budynków", "zatwierdzone", "poszło", "zamknięte"]


def test_today_is_marked_on_the_clock_line():
    html = draw("{% clock_line stages %}", stages=[Stage("Głosowanie", "1–15 września", "now", "jeszcze 6 dni", 0.6)])
    assert 'aria-current="step"' in html
    assert 'x="60.0%"' in html
    assert "jeszcze 6 dni" in html
