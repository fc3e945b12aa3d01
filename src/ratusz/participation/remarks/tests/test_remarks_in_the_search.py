"""The portal's search gathers remarks and positions by consultation, by words in any form and by number, and only those everybody reads."""

from __future__ import annotations

import pytest
from django.urls import reverse

from ratusz.participation.remarks import found_beside
from ratusz.participation.remarks.actions import showing
from ratusz.participation.remarks.factories import make_form, make_position, make_remark
from ratusz.participation.remarks.models import Intake

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def found(client, text):
    return client.get("/szukaj/", {"q": text}).content.decode()


def test_by_words_gathered_below_the_results_and_never_what_is_not_public(
    client, form, editor, head, parks, monkeypatch, django_assert_num_queries
):
    other, title = make_form(is_read_before=False), form.consultation.title
    said = make_remark(form, "Zażółcone ławki pod jesionem w alejce.")
    make_remark(form, "Więcej jesionów!")
    make_remark(other, "Jesion zasłania znak.")
    showing.hide_remark(remark=make_remark(form, "Jesion, którego nikt nie puścił."), person=editor)
    taken_back = make_remark(form, "Jesion, ale jednak nie.")
    Intake.objects.filter(pk=taken_back.intake_id).update(state=Intake.State.WITHDRAWN)
    page = found(client, "jesiony")
    assert "Nie ma wyników" not in page and "Uwagi mieszkańców i stanowiska miasta" in page
    assert page.index(f"{title}</a>: 2 uwagi") < page.index(f"{other.consultation.title}</a>: 1 uwaga")
    address = reverse("remarks:list", args=[form.consultation.slug])
    assert f'href="{address}?q=jesiony"' in page and "Więcej jesionów" in client.get(f"{address}?q=jesiony").content.decode()
    assert f"{title}</a>: 1 uwaga" in found(client, "zazolcona lawka")
    # A position is found once it is approved; its remark hidden, neither is.
    said.unit = parks
    said.save(update_fields=["unit"])
    make_position(said, parks.writer, reasons="Ławki odnowimy i postawimy przy nich hydrant do pojenia psów.")
    assert "stanowiska miasta" not in found(client, "hydranty")
    make_position(said, parks.writer, head, reasons="Ławki odnowimy i postawimy przy nich hydrant do pojenia ptaków.")
    assert f"{title}</a>: 1 uwaga" in found(client, "hydranty")
    assert "Remark" not in found(client, "hydranty") and "ławki pod jesionem" in client.get(f"{address}?q=hydrant").content.decode()
    with django_assert_num_queries(3):
        found_beside.found_beside("jesiony", None)
    monkeypatch.setattr(found_beside, "MOST_COUNTED", 1)
    page = found(client, "jesion")
    assert f"{title}</a></li>" in page and "Jest ich więcej" in page
    monkeypatch.undo()
    showing.hide_remark(remark=said, person=editor)
    assert "stanowiska miasta" not in found(client, "hydranty") and f"{title}</a>: 1 uwaga" in found(client, "jesiony")


def test_by_number_with_or_without_the_number_of_the_consultation(client, form, editor, monkeypatch):
    first, others = make_remark(form, "Pierwsza."), [make_form() for _each in range(2)]
    for each in others:
        make_remark(each, "Pierwsza innych.")
    showing.hide_remark(remark=make_remark(form, "Druga, ukryta."), person=editor)
    number = form.consultation.number
    own, all_of_them = f'href="{first.get_absolute_url()}"', "Uwaga nr 1: "
    for typed in (f"{number}/1", f"{number}: 1", f"{number.lower()} uwaga nr 1"):
        page = found(client, typed)
        assert own in page and page.count(all_of_them) == 1, typed
    for typed in ("uwaga nr 1", "Uwaga 1", "uwagi nr. 1"):
        assert found(client, typed).count(all_of_them) == 3, typed
    for typed in (f"{number}/2", "szkoła nr 1", "uwaga 999999", "1", f"{number}"):
        assert "Uwagi według numeru" not in found(client, typed), typed
    monkeypatch.setattr(found_beside, "MOST", 2)
    assert "dopisz numer swoich" in found(client, "uwaga 1")
