"""The handbook stands in the program: every page opens, every link of it leads somewhere, words are found in any form."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from ratusz.coordination.desk import handbook

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_every_page_opens_and_every_link_leads_somewhere(staff_client):
    client = staff_client("unit_editor")
    assert {"index", "komunikaty", "zgloszenia"} <= handbook.page_names()
    listed = client.get("/admin/podrecznik/").text
    for name in handbook.page_names():
        address = reverse("desk_handbook_page", args=[name])
        answer = client.get(address)
        assert answer.status_code == 200, name
        assert name == "index" or address in listed, f"{name} does not stand in index.md"
        text = str(handbook.page(name).html)
        inside = re.findall(r'href="(/admin/podrecznik/[^"#]*)(?:#([^"]*))?"', text)
        assert [target for target, _anchor in inside if client.get(target).status_code != 200] == []
        assert re.findall(r'href="[^"]*\.md', text) == [], f"{name} links to a document that is not in the program"
    assert client.get("/admin/podrecznik/nie-ma/").status_code == 404


def test_words_are_found_in_any_form(staff_client):
    client = staff_client("editor")
    answer = client.get("/admin/podrecznik/", {"q": "paczek publikacji"})
    assert "/admin/podrecznik/zgloszenia/#" in answer.text
    assert "0 miejsc z „smokodrzew”" in client.get("/admin/podrecznik/", {"q": "smokodrzew"}).text
    for odd in ("\0", "²", "<script>", "a" * 5000, "—"):
        assert client.get("/admin/podrecznik/", {"q": odd}).status_code == 200


def test_help_leads_to_it_and_strangers_do_not_see_it(staff_client, client):
    assert "/admin/podrecznik/" in staff_client("moderator").get("/admin/").text
    assert client.get("/admin/podrecznik/").status_code == 302
