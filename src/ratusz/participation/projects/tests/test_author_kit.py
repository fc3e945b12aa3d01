"""The kit for authors says what the edition says, in every form; the poster leads to where one submits."""

from __future__ import annotations

import pytest
from django.urls import reverse

from ratusz.participation.budget.factories import EditionFactory
from ratusz.participation.budget.models import Edition
from ratusz.participation.budget.tests.test_an_edition_as_data import draft, opened
from ratusz.participation.projects import author_kit
from ratusz.participation.projects.criteria import criteria
from ratusz.participation.projects.form_pack import form_pack, price_list

__all__ = ["draft", "opened"]
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_the_kit_is_one_source_in_every_form(client, opened):
    page = client.get(reverse("projects:author-kit", args=[opened.slug])).text.replace("\u00a0", " ")
    told = [
        *(field.label for field in form_pack().fields), *(price.name for price in price_list()),
        *(each.words for stage in ("formal", "substantive") for each in criteria(stage)), "Zestaw dla autorów projektów",
        *(pool.name for pool in opened.pools.all()),
    ]  # fmt: skip
    assert [words for words in told if words.replace('"', "&quot;") not in page] == []
    address = [reverse("projects:author-kit-file", args=[opened.slug, form]) for form in ("pdf", "docx", "plakat", "exe")]
    assert [client.get(each).content[:4] for each in address[:3]] == [b"%PDF", b"PK\x03\x04", b"%PDF"]
    assert client.get(address[3]).status_code == 404
    assert author_kit.address_of(opened).endswith(f"/budzet-obywatelski/{opened.slug}/zglos/")


def test_links_lead_to_the_kit_once_the_rules_are_bound(client, opened):
    where = reverse("projects:author-kit", args=[opened.slug])
    assert where in client.get(reverse("projects:start", args=[opened.slug])).text
    assert where in client.get(reverse("budget:rules", args=[opened.slug])).text
    Edition.objects.filter(pk=opened.pk).update(voting_starts="2020-09-01", voting_ends="2020-09-15")
    assert where not in client.get(reverse("budget:rules", args=[opened.slug])).text, "after its vote nobody writes a project"
    unbound = EditionFactory(number=20, year=2040)
    assert client.get(reverse("projects:author-kit", args=[unbound.slug])).status_code == 404
