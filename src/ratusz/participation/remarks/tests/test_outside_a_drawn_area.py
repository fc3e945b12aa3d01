"""A remark from beyond an area drawn on the map is marked and kept."""

import pytest

from ratusz.foundation.territory.actions import import_streets, load_districts
from ratusz.participation.consultations.models import Area
from ratusz.participation.remarks.actions.intake import Author
from ratusz.participation.remarks.factories import make_form, make_intake

RING = [[19.010, 50.266], [19.030, 50.266], [19.030, 50.276], [19.010, 50.276], [19.010, 50.266]]


@pytest.mark.django_db
def test_a_remark_from_ligota_is_out_of_an_area_over_koszutka_and_kept():
    load_districts()
    import_streets(content=b"ulica;dzielnica\nul. Panewnicka;Ligota-Panewniki\n")
    form = make_form()
    Area.objects.create(
        consultation=form.consultation, kind="drawn", name="Koszutka", shape={"type": "Polygon", "coordinates": [RING]}
    )
    intake = make_intake(form, "Więcej drzew.", author=Author("X", "Panewnicka 12", "resident"))
    assert (intake.is_in_area, intake.state, intake.remarks.count()) == (False, "accepted", 1)
