"""A committee's notice from the website: five people, guarded sending, admitted by a clerk, letters as files."""

from __future__ import annotations

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ratusz.foundation.files.factories import make_pdf
from ratusz.foundation.files.models import StoredFile
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.notifications.actions import erase_address
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.people.sending_guard import solve
from ratusz.participation.initiatives import actions as initiatives
from ratusz.participation.initiatives import papers
from ratusz.participation.initiatives.factories import COMMITTEE, FACTS, make_clerk, make_initiative, make_notice
from ratusz.participation.initiatives.models import CommitteeNotice, Initiative
from ratusz.participation.initiatives.moves import moves_of
from ratusz.participation.initiatives.notices import actions
from ratusz.participation.initiatives.notices.registration import find_receipt
from ratusz.participation.initiatives.rules import InitiativeRefused, NotYours
from ratusz.publishing.website.factories import make_portal
from ratusz.publishing.website.founding import add_page
from ratusz.publishing.website.models import GuidePage, SectionPage

pytestmark = pytest.mark.django_db


def test_a_committee_writes_from_the_website_and_is_seen_only_once_admitted(client, settings):
    settings.RATUSZ_PROOF_BITS = 1
    url = reverse("initiatives:notice")
    guard = client.get(url).context["form"].guard
    sent = FACTS | {"form_key": uuid.uuid4(), "proof_challenge": guard.challenge, "proof_answer": solve(guard.challenge, 1)}
    refused = client.post(url, sent | {"members": "\n".join(COMMITTEE.splitlines()[:4])}).content.decode()
    assert "4 osoby" in refused and FACTS["justification"] in refused
    with_scan = sent | {"upload": SimpleUploadedFile("oswiadczenie.pdf", make_pdf())}
    receipt = client.post(url, with_scan, follow=True).content.decode()
    notice = CommitteeNotice.objects.get()
    assert notice.receipt in receipt and notice.statement and not Initiative.objects.exists()
    assert FACTS["title"] not in client.get(reverse("initiatives:register")).content.decode()
    assert find_receipt(notice.code, database_now()).status == "czeka na Urząd"


@pytest.mark.slow
def test_a_clerk_admits_a_notice_or_says_what_is_missing(at_desk, clerk):
    notice, other = make_notice(), make_notice(title="Uchwała bez uzasadnienia")
    assert [move.what for move in moves_of(clerk, database_now())] == [
        "Przyjmij zawiadomienie komitetu albo napisz, czego brakuje"
    ] * 2
    url = reverse("initiatives_notice", args=[notice.pk])
    assert "Próbna Osobaa" in at_desk.get(url).content.decode()
    assert at_desk.post(url, {"deed": "admit"}).status_code == 200
    at_desk.post(url, {"deed": "admit", "admit-has_statement": "on"})
    mine = Initiative.objects.get()
    notice.refresh_from_db()
    assert notice.initiative == mine and mine.members.count() == 5 and (notice.members, notice.contact) == ("", None)
    with pytest.raises(InitiativeRefused, match="przed chwilą"):
        actions.admit_notice(notice=notice, person=clerk)
    at_desk.post(reverse("initiatives_notice", args=[other.pk]), {"deed": "decline", "decline-words": "Brakuje uzasadnienia."})
    assert "Brakuje uzasadnienia." in OutboxMessage.objects.order_by("-pk").first().content.text
    assert "Uchwała bez uzasadnienia" in at_desk.get(reverse("initiatives_notices")).content.decode()
    with pytest.raises(NotYours):
        actions.decline_notice(notice=other, words="Nie.", person=make_clerk("desk_officer"))


def test_an_admitted_notice_goes_with_its_committee_also_the_scan_with_their_names(clerk):
    made = actions.admit_notice(notice=make_notice(upload=SimpleUploadedFile("oswiadczenie.pdf", make_pdf())), person=clerk)
    scan = made.notice.statement
    erase_address(address=made.contact)
    assert not CommitteeNotice.objects.exists() and not made.members.exists() and Initiative.objects.get() == made
    assert not StoredFile.objects.filter(pk=scan.pk, deleted_at=None).exists()


def test_each_step_has_its_letter_as_a_file(at_desk, clerk):
    mine = make_initiative(clerk)
    step, mail = mine.steps.get(), OutboxMessage.objects.get().content.text
    assert "Możecie zbierać podpisy" in str(papers.letter(step)) and papers.letter(step).title.startswith("Wasza")
    assert mine.get_absolute_url() in papers.letter(step).address and mine.get_absolute_url() in mail and mine.title in mail
    initiatives.file_draft(initiative=mine, received_on=local_day(database_now()), person=clerk)
    initiatives.withdraw_initiative(initiative=mine, person=clerk)
    said = [str(papers.letter(each)) for each in mine.steps.all()]
    assert "Mamy Wasze listy" in said[1] and "wycofaniu" in said[2] and OutboxMessage.objects.count() == 3
    for kind, begins in (("pdf", b"%PDF"), ("docx", b"PK")):
        assert at_desk.get(reverse("initiatives_letter", args=[step.initiative_id, step.pk, kind])).content.startswith(begins)
    assert at_desk.get(reverse("initiatives_letter", args=[step.initiative_id, step.pk, "txt"])).status_code == 404


def test_each_instrument_leads_to_the_civic_guide(client):
    home = make_portal()["pl"]
    section = add_page(home, SectionPage(title="Jak działać w mieście", slug="jak-dzialac", lead="Wybierz sposób."))
    add_page(section, GuidePage(title="Napisz uchwałę", slug="uchwala", lead="Krok po kroku.", process="initiative"))
    for name, path in (("initiatives", "/jak-dzialac/uchwala/"), ("hearings", "/jak-dzialac/"), ("debates", "/jak-dzialac/")):
        assert f'href="{path}"' in client.get(reverse(f"{name}:register")).content.decode().split("Inne drogi")[1]
    assert reverse("initiatives:register") in client.get("/jak-dzialac/uchwala/").content.decode()
    add_page(section, GuidePage(title="Wysłuchanie", slug="wysluchanie", lead="Krok po kroku.", process="hearing"))
    assert 'href="/jak-dzialac/wysluchanie/"' in client.get(reverse("hearings:register")).content.decode().split("Inne drogi")[1]
    assert "żadne wysłuchanie nie jest ogłoszone" in client.get("/jak-dzialac/wysluchanie/").content.decode()
