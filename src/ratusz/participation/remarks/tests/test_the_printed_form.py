"""The remark box on paper: lines across the sheet, the passage it is about, which form it is and where to hand it in."""

from __future__ import annotations

import pytest

from ratusz.casework.documents.blocks import Notice, Text
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.remarks.factories import make_form
from ratusz.participation.remarks.papers import LINE, form_document

pytestmark = pytest.mark.django_db


def test_a_form_about_a_text_asks_for_the_passage_and_says_where_to_hand_it_in():
    form = make_form()
    form.kind, form.title, form.consultation.contact = "document_review", "Regulamin parku", "Punkt Miejski, pokój 7"
    document = form_document(form, database_now())
    asked = [each.strong for each in document.blocks if isinstance(each, Text) and each.strong]
    assert any("Którego fragmentu dotyczy" in words for words in asked) and not any("?:" in words for words in asked)
    assert "Regulamin parku" in document.subtitle
    assert any("Punkt Miejski, pokój 7" in each.text for each in document.blocks if isinstance(each, Notice))
    form.kind = "remarks"
    assert "fragmentu" not in str(form_document(form, database_now()).blocks)
    assert [each.text for each in document.blocks if isinstance(each, Text)].count(LINE) >= 8
