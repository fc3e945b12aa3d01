"""Pages of everybody and of staff: what they show, how many queries they ask, and that no script in a remark ever runs."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.harness.scripts import runs_in, two_hundred

from ratusz.casework.moderation.actions import judge, put_in_queue
from ratusz.casework.moderation.models import Item, Source
from ratusz.foundation.files.factories import make_pdf
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.people.factories import guard_fields
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.participation.remarks import links, queries
from ratusz.participation.remarks.actions import forgetting, judging, telling
from ratusz.participation.remarks.actions.intake import Author
from ratusz.participation.remarks.factories import make_form, make_intake, make_position, make_remark
from ratusz.participation.remarks.found_by import find_receipt
from ratusz.participation.remarks.models import Follower, Intake, Remark

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_scripts_in_two_hundred_shapes_are_words(client, form, staff_client):
    shapes = two_hundred()
    assert len(shapes) == 200
    author = Author("<script>alert(1)</script>", "<img src=x>", "ngo", organisation="<svg/onload=alert(1)>")
    intake = make_intake(form, *shapes[:100], author=author)
    make_intake(form, *shapes[100:], author=author)
    Remark.objects.update(is_public=True, public_content="x")
    for remark in Remark.objects.all():
        Remark.objects.filter(pk=remark.pk).update(public_content=remark.content)
    slug = form.consultation.slug
    staff = staff_client("editor")
    pages = [client.get(reverse("remarks:list", args=[slug]) + f"?po={after}") for after in (0, 50, 100, 150)]
    pages += [client.get(reverse("remarks:remark", args=[slug, number])) for number in (1, 2, 3, 121, 200)]
    pages += [client.get(reverse("remarks:mine", args=[links.token_of(intake)]))]
    pages += [staff.get(reverse("remarks_register", args=[form.consultation.pk]))]
    pages += [
        staff.get(reverse("remarks_remark", args=[Remark.objects.first().pk])),
        staff.get(reverse("remarks_intake", args=[intake.pk])),
    ]
    for page in pages:
        assert (page.status_code, runs_in(page.content.decode())) == (200, [])


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_the_same_number_of_queries_for_one_row_and_three(client, form, staff_client, django_assert_num_queries, count):
    for number in range(count):
        make_remark(form, f"Uwaga {number}.")
    slug = form.consultation.slug
    client.get(reverse("remarks:list", args=[slug]))
    with django_assert_num_queries(PUBLIC):
        client.get(reverse("remarks:list", args=[slug]))
    staff = staff_client("editor")
    address = reverse("remarks_register", args=[form.consultation.pk])
    staff.get(address)
    with django_assert_num_queries(STAFF):
        staff.get(address)


PUBLIC, STAFF = 12, 29


@pytest.mark.slow
def test_a_list_is_searched_without_accents_by_base_forms_and_paged_by_numbers(client, form):
    for number in range(1, 54):
        make_remark(form, f"Zażółcone ławki, miejsce {number}." if number % 2 else "Kosze na śmieci.")
    address = reverse("remarks:list", args=[form.consultation.slug])
    first = client.get(address).content.decode()
    assert "53 uwagi" in first and f"po={50}" in first
    later = client.get(address + "?po=50").content.decode()
    assert later.count("<article") == 3 and "przed=51" in later
    assert client.get(address + "?przed=51").content.decode().count("<article") == 50
    found = client.get(address + "?q=lawka").content.decode()
    assert "27 uwag" in found and "Kosze" not in found
    assert "Nie ma tu uwag" in client.get(address + "?q=ratusz&po=x").content.decode()


def test_a_draft_of_a_position_is_none_for_everybody(client, form, editor):
    make_position(make_remark(form, "Więcej lip."), editor)
    page = client.get(reverse("remarks:list", args=[form.consultation.slug]) + "?stanowisko=none").text
    assert "Więcej lip." in page


@pytest.mark.slow
def test_a_remark_of_one_endless_word_is_taken_in(form):
    assert make_remark(form, "W" * 20_000).is_public


def test_the_author_completes_takes_back_and_complains_on_one_page(client, form, editor, desk):
    form2 = make_form(schema="with_address", is_read_before=False)
    intake = make_intake(form2, "Bez adresu.", author=Author("Ewa Przykładowa", "", "resident"), person=desk, channel="email")
    mine = reverse("remarks:mine", args=[links.token_of(intake)])
    judging.ask_completion(intake=intake, words="Brakuje adresu.", person=desk)
    assert "Brakuje adresu." in client.get(mine).content.decode()
    client.post(mine, {"deed": "complete", "address": "ul. Przykładowa 1"})
    assert Intake.objects.get().state == "accepted"
    client.post(mine, {"deed": "file", "file": SimpleUploadedFile("plan.pdf", make_pdf())})
    assert "Plik" in client.get(mine).content.decode()
    judging.reject(intake=Intake.objects.get(), code="N04", person=editor)
    page = client.get(mine).content.decode()
    assert "osoba spoza miasta" in page and "Wyślij reklamację" in page
    client.post(mine, {"deed": "complain", "words": "Mieszkam tu od lat."})
    assert "Mieszkam tu od lat." in client.get(mine).content.decode()
    other = make_intake(form, "Do wycofania.")
    client.post(reverse("remarks:mine", args=[links.token_of(other)]), {"deed": "withdraw"})
    assert Intake.objects.get(pk=other.pk).state == "withdrawn"
    assert client.get(reverse("remarks:mine", args=["x" * 26])).status_code == 404


def test_somebody_else_follows_a_remark_by_a_link_and_leaves_by_a_link(client, form, editor, head):
    remark = make_remark(form)
    client.post(reverse("remarks:follow", args=[form.consultation.slug, 1]), {"email": "jan@example.org"})
    letter = OutboxMessage.objects.get(purpose="notifications.question").content
    link = re.search(r"(/konsultacje/uwagi/obserwuj/[^\s\"<]+)", letter.html + letter.text)[1]
    assert not Follower.objects.exists()
    client.get(link)
    client.post(link)
    assert Follower.objects.count() == 1
    make_position(remark, editor, head)
    telling.tell_changes()
    assert telling.tell_changes() == 0
    message = OutboxMessage.objects.filter(purpose="remarks.followed").last()
    stop = re.search(r"(/konsultacje/uwagi/nie-pisz/\S+)", message.variables["stop"])[1]
    client.post(stop)
    assert not Follower.objects.exists()


def test_the_form_speaks_english_and_ukrainian(client, form):
    english = client.get("/en" + reverse("remarks:write", args=[form.consultation.slug, form.pk])).content.decode()
    assert "Send the remark" in english and "Your remark" in english
    address = reverse("remarks:write-uk", args=[form.consultation.slug, form.pk])
    ukrainian = client.get(address).content.decode()
    assert "Ваше зауваження" in ukrainian and 'lang="uk"' in ukrainian
    sent = guard_fields("remarks.remark", database_now()) | {"content": "Більше дерев.", "category": "resident"}
    assert "Звідки Ви знаєте" in ukrainian and "з плаката" in ukrainian
    answer = client.post(address, sent | {"heard_from": "poster"})
    assert (Intake.objects.get().language, Intake.objects.get().heard_from) == ("uk", "poster")
    mine = client.get(answer["Location"]).content.decode()
    assert "Ваше зауваження" in mine and "/uk/" not in mine.replace('/uk/"', "")


def test_after_its_time_only_remarks_and_counts_remain(client, form, desk):
    author = Author("Ewa Niepowtarzalna", "ul. Przykładowa 1", "resident", email="ewa@example.org", answers={"plots": "12/3"})
    intake = make_intake(form, "Mieszkam obok, proszę o ciszę.", author=author)
    unread = make_intake(form, "Nazywam się Jan Kowalski, telefon 600 700 800. Proszę o ciszę.").remarks.get()
    assert not unread.is_public
    before = (queries.numbers_of(form.consultation), queries.counts_of(form))
    assert forgetting.forget_past() == 0
    form.consultation.starts_on = form.consultation.ends_on = database_now().date().replace(year=2019)
    form.consultation.save()
    assert forgetting.forget_past() == 2 == forgetting.forget_past() + 2
    unread.refresh_from_db()
    assert "Proszę o ciszę." in unread.content and not any(each in unread.content for each in ("Kowalski", "600"))
    assert not Remark.objects.filter(pk=unread.pk, words="kowalski").exists()
    kept = Intake.objects.get(pk=intake.pk)
    assert (kept.author_name, kept.author_address, kept.contact, kept.answers, kept.author_digest) == ("", "", None, {}, "")
    assert (queries.numbers_of(form.consultation), queries.counts_of(form)) == before
    assert client.get(kept.remarks.get().get_absolute_url()).status_code == 200


def test_an_author_without_an_address_reads_the_decision_that_hid_the_remark_and_can_appeal(client, form, staff_client):
    remark = make_remark(form, "Wstyd dla całego miasta.")
    mine = reverse("remarks:mine", args=[links.token_of(remark.intake)])
    put_in_queue(thing=remark.key, source=Source.BEFORE)
    moderator = AppointmentFactory(role_code="moderator").person
    judge(item=Item.objects.get(), deed="hide", reason="insult", facts="Obraża ludzi.", person=moderator)
    page = client.get(mine).content.decode()
    assert "Moderator ukrył uwagę" in page and "najpierw przeczyta ją moderator" not in page
    decision = re.search(r'href="[^"]+(/zasady-moderacji/decyzja/[^"]+)"', page)
    assert decision is not None and "Odwołaj się" in client.get(decision.group(1)).content.decode()
    staff = staff_client("head").get(reverse("remarks_remark", args=[remark.pk])).text
    assert "Moderator postanowił ją ukryć" in staff and "najpierw przeczyta ją moderator" not in staff
    found = find_receipt(remark.intake.receipt, database_now())
    assert found is not None and any("moderator ukrył" in told for _what, told in found.facts)


def test_remarks_on_a_map_have_a_way_in_and_a_map_that_draws(client, form, staff_client):
    form.kind = "map_remarks"
    form.save()
    page = client.get(reverse("remarks:write", args=[form.consultation.slug, form.pk])).content.decode()
    assert "drawing.js" in page and 'name="place_kind"' in page
    assert reverse("remarks:write", args=[form.consultation.slug, form.pk]) in client.get(form.consultation.get_absolute_url()).text
    assert staff_client("head").get(reverse("remarks_box", args=[form.pk])).status_code == 200


def test_days_on_the_form_are_in_its_language(client, form):
    form.ends_at = datetime(2027, 1, 2, tzinfo=ZoneInfo("Europe/Warsaw"))
    form.save()
    address = reverse("remarks:write", args=[form.consultation.slug, form.pk])
    said = {"": "do 1 stycznia 2027 r., godz. 24.00", "/en": "until 1 January 2027, 24:00"}
    assert all(words in client.get(language + address).content.decode() for language, words in said.items())
    ukrainian = client.get(reverse("remarks:write-uk", args=[form.consultation.slug, form.pk])).content.decode()
    assert "1 січня 2027, 24:00" in ukrainian
