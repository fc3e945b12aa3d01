"""Remarks are routed, answered in versions, approved by somebody else, shown to everybody and told; groups share a position."""

from __future__ import annotations

import pytest
from django.urls import reverse

from ratusz.casework.moderation.actions import judge, put_in_queue
from ratusz.casework.moderation.models import Item, Source
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.people.factories import guard_fields
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.participation.consultations.registries import Gap
from ratusz.participation.remarks import judged, plugged, queries, rules
from ratusz.participation.remarks.actions import grouping, judging, positions, routing, showing, telling
from ratusz.participation.remarks.actions.intake import Author
from ratusz.participation.remarks.factories import make_form, make_intake, make_position, make_remark
from ratusz.participation.remarks.models import Cluster, Intake, Position, Remark
from ratusz.participation.remarks.moves import moves_of

pytestmark = pytest.mark.django_db
WITH_MAIL = Author("Ewa Przykładowa", "ul. Przykładowa 1", "resident", email="ewa@example.org")
GOOD = positions.Stand("accepted", "Posadzimy dwadzieścia lip wzdłuż alejki, jeszcze tej jesieni.")


def told():
    telling.tell_changes()
    rows = OutboxMessage.objects.filter(dedup_key__startswith="remarks.change:").order_by("pk").select_related("content")
    return [each.content.subject for each in rows]


def codes(form):
    return [each.code for each in plugged.gaps(form.consultation, database_now()) if not each.is_warning]


def test_a_remark_goes_from_intake_to_an_approved_position_its_author_hears_of(client, form, editor, head, parks):
    remark = make_remark(form, author=WITH_MAIL)
    assert codes(form) == ["remarks.unit", "remarks.position"]
    assert routing.route(remarks=[remark], unit=parks, person=editor) == 1
    assert [each.what for each in moves_of(parks.writer, database_now())] == [f"Odpowiedz na uwagi (1): {form.consultation.title}"]
    with pytest.raises(rules.RemarkRefused, match="do kiedy"):
        positions.write_position(remark=remark, stand=positions.Stand("further_analysis", "Sprawdzamy."), person=parks.writer)
    first = positions.write_position(remark=remark, stand=positions.Stand("rejected", "j.w."), person=parks.writer)
    second = positions.write_position(remark=remark, stand=GOOD, person=parks.writer)
    assert positions.write_position(remark=remark, stand=GOOD, person=parks.writer) == second
    positions.send_to_review(remark=remark, person=parks.writer)
    with pytest.raises(rules.NotYours):
        positions.approve(remark=remark, person=parks.writer)
    positions.send_back(remark=remark, note_words="Podaj termin.", person=head)
    positions.send_to_review(remark=remark, person=parks.writer)
    done = positions.approve(remark=remark, person=head)
    assert (first.version, done.version, done.state) == (1, 2, "approved") and codes(form) == []
    page = client.get(remark.get_absolute_url()).content.decode()
    assert "dwadzieścia lip" in page and "Zakład Zieleni Próbnej" in page and "Ewa" not in page and "j.w." not in page
    assert [each.split(":")[0] for each in told()] == [
        "Mogą ją czytać wszyscy", "Trafiła do komórki, która odpowie", "Miasto zajęło stanowisko",
    ]  # fmt: skip
    assert told() and OutboxMessage.objects.filter(dedup_key__startswith="remarks.change:").count() == 3


def test_whoever_wrote_a_position_does_not_approve_it(form, head):
    remark = make_remark(form)
    make_position(remark, head)
    positions.send_to_review(remark=remark, person=head)
    with pytest.raises(rules.RemarkRefused, match="ktoś inny"):
        positions.approve(remark=remark, person=head)
    assert positions.move_all(remarks=[remark], deed="approve", person=head) == 0


def test_a_unit_sees_and_answers_its_own_remarks_alone(form, editor, parks):
    mine, other = make_remark(form, "Moja."), make_remark(form, "Cudza.")
    routing.route(remarks=[mine], unit=parks, person=editor)
    at = database_now()
    assert list(queries.register_of(form.consultation, parks.writer, at)) == [mine]
    assert queries.register_of(form.consultation, editor, at).count() == 2
    with pytest.raises(rules.NotYours):
        positions.write_position(remark=other, stand=GOOD, person=parks.writer)
    with pytest.raises(rules.NotYours):
        routing.route(remarks=[other], unit=parks, person=parks.writer)


def test_one_position_holds_for_a_group_and_stands_by_each_remark(client, form, editor, head):
    remarks = [make_remark(form, f"Ten sam list nr {number}.") for number in range(3)]
    group = grouping.make_group(
        consultation=form.consultation, name="List w sprawie lip", remarks=[each.pk for each in remarks], person=editor
    )  # fmt: skip
    Cluster.objects.update(is_form_letter=True)
    judging.withdraw(intake=remarks[2].intake)
    made = positions.write_for_cluster(cluster=group, stand=GOOD, person=editor)
    assert [each.remark_id for each in made] == [remarks[0].pk, remarks[1].pk] and all(each.is_of_cluster for each in made)
    assert positions.move_all(remarks=remarks, deed="review", person=editor) == 2
    assert positions.move_all(remarks=remarks, deed="approve", person=head) == 2
    page = client.get(remarks[1].get_absolute_url()).content.decode()
    assert "3 zgłoszenia o tej samej treści" in page and "List w sprawie lip" in page
    with pytest.raises(rules.RemarkRefused, match="wycofał"):
        positions.write_position(remark=remarks[2], stand=GOOD, person=editor)
    assert "wycofane przez autora" in client.get(remarks[2].get_absolute_url()).content.decode().lower()


def test_weak_reasons_are_warned_of_and_refuse_nothing(form, editor, head):
    for words in ("J.w.", "Uwaga bezprzedmiotowa.", "Uwaga bezprzedmiotowa."):
        make_position(make_remark(form), editor, head, verdict="rejected", reasons=words)
    Remark.objects.update(unit=form.consultation.owner_unit)
    found: list[Gap] = list(plugged.gaps(form.consultation, database_now()))
    assert all(each.is_warning for each in found)
    assert sorted({each.code for each in found}) == ["remarks.same_reasons", "remarks.weak"]
    assert len([each for each in found if "znaków" in each.words]) == 3


def test_what_waits_for_a_moderator_is_seen_by_nobody_until_it_is_let_out(client, editor):
    form = make_form()
    remark = make_intake(form, "Tekst do sprawdzenia.").remarks.get()
    assert Item.objects.get(thing=remark.key).source == "before"
    assert client.get(remark.get_absolute_url()).status_code == 404
    showing.show_by_staff(remark=remark, person=editor)
    assert client.get(remark.get_absolute_url()).status_code == 200 and not Item.objects.open().exists()
    showing.change_words_by_staff(remark=remark, words="Tekst bez nazwiska.", person=editor)
    assert "Tekst bez nazwiska." in client.get(remark.get_absolute_url()).content.decode()
    showing.hide_by_staff(remark=remark, person=editor)
    assert client.get(remark.get_absolute_url()).status_code == 404
    listed = reverse("remarks:list", args=[form.consultation.slug])
    assert "Tekst" not in client.get(listed).content.decode()


@pytest.mark.slow
def test_what_a_moderator_hid_is_shown_by_staff_only_knowingly(client, staff_client):
    remark = make_remark(make_form(), "Wstyd dla całego miasta.")
    put_in_queue(thing=remark.key, source=Source.BEFORE)
    moderator = AppointmentFactory(role_code="moderator").person
    judge(item=Item.objects.get(), deed="hide", reason="insult", facts="Obraża ludzi.", person=moderator)
    desk, page = staff_client("editor"), reverse("remarks_remark", args=[remark.pk])
    told = desk.get(page).content.decode()
    assert "Decyzja moderatora z" in told and "Obraża ludzi." in told and "najpierw przeczyta ją moderator" not in told
    refused = desk.post(reverse("remarks_act", args=[remark.pk]), {"deed": "show"}, follow=True).content.decode()
    assert "Moderator ukrył tę uwagę" in refused and client.get(remark.get_absolute_url()).status_code == 404
    desk.post(reverse("remarks_act", args=[remark.pk]), {"deed": "show", "overrules": "1"})
    assert (
        client.get(remark.get_absolute_url()).status_code == 200 and "Decyzja moderatora z" not in desk.get(page).content.decode()
    )


def test_words_that_look_like_somebodys_data_go_to_a_moderator_first(client, form):
    shown = make_intake(form, "Proszę o ławki.").remarks.get()
    held = make_intake(form, "Mój telefon 600 700 800.").remarks.get()
    assert (shown.is_public, held.is_public) == (True, False) and Item.objects.get().thing == held.key
    firm = make_intake(form, "Więcej koszy.", author=Author("Ewa", "", "firm", "Zieleń, tel. 600 700 800")).remarks.get()
    assert not firm.is_public and "Zieleń, tel. 600 700 800" in judged.show(firm).context
    said = {"content": "Więcej lip.", "category": "resident", "organisation": "Ewa Przykładowa"}
    client.post(
        reverse("remarks:write", args=[form.consultation.slug, form.pk]), said | guard_fields("remarks.remark", database_now())
    )
    assert [each.organisation for each in Intake.objects.filter(remarks__content="Więcej lip.")] == [""]


def test_rejecting_keeps_everything_needs_a_second_person_and_may_be_complained_of(client, form, editor, head, desk):
    paper = make_intake(form, "Za.", person=desk, channel="hand")
    with pytest.raises(rules.RemarkRefused, match="dwie osoby"):
        judging.reject(intake=paper, code="N05", person=editor)
    with pytest.raises(rules.RemarkRefused, match="z listy"):
        judging.reject(intake=paper, code="N77", second=desk, person=editor)
    judging.reject(intake=paper, code="N05", second=desk, note_words="Zalana kartka.", person=editor)
    remark = paper.remarks.get()
    assert not remark.is_public and remark.content == "Za."
    made = judging.complain(intake=paper, words="Kartka jest czytelna.")
    with pytest.raises(rules.RemarkRefused, match="ktoś inny"):
        judging.answer_complaint(complaint=made, is_upheld=True, answer="Tak.", person=editor)
    judging.answer_complaint(complaint=made, is_upheld=True, answer="Odczytaliśmy ją.", person=head)
    again = Intake.objects.get(pk=paper.pk)
    assert (again.state, again.reason_code) == ("accepted", "") and Remark.objects.get().is_public
    assert [(each.received, each.valid) for each in queries.counts_of(form)] == [(1, 1)]
    assert Position.objects.count() == 0
