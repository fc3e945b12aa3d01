"""The demo city has a consulted text in two versions, remarks on its passages, a group of copies and proposals that wait."""

import pytest
from django.urls import reverse

from ratusz.demo import consulted_text, people, territory
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.remarks import queries_grouping, queries_texts
from ratusz.participation.remarks.models import ConsultedText

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_the_text_the_remarks_and_the_groups(client):
    said = []
    territory.load(said.append)
    people.load(said.append)
    for _twice in range(2):
        consulted_text.load(said.append)
    text = ConsultedText.objects.get(consultation__slug=consulted_text.SLUG)
    newest, first = queries_texts.published(text)
    assert [each.number for each in queries_texts.gone(newest)] == [6]
    assert queries_texts.gone(newest)[0].remarks == 3
    assert (first.number, newest.number) == (1, 2)
    consultation = Consultation.objects.get(slug=consulted_text.SLUG)
    (group,) = queries_grouping.groups(consultation)
    assert (group.name, group.remarks_in, group.is_form_letter) == ("List: park otwarty całą dobę", 8, True)
    assert queries_grouping.open_proposals(consultation).count() >= 3
    page = client.get(reverse("remarks_texts:text", args=[consulted_text.SLUG, text.pk])).content.decode()
    assert "Fragmenty, których nie ma już w tekście" in page
