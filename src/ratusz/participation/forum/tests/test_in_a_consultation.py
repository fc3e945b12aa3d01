"""Talk within a consultation: the form "pks", comments taken as remarks once each, opinions of organisations, what the report gets."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.participation.consultations.factories import ConsultationFactory, FormFactory
from ratusz.participation.consultations.registries import form_kinds
from ratusz.participation.forum import actions, of_consultation, rules
from ratusz.participation.forum.factories import TopicFactory, make_opening
from ratusz.participation.forum.models import Topic
from ratusz.participation.forum.tests.conftest import guard
from ratusz.participation.remarks.models import Intake, Remark

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def consultation(db):
    return ConsultationFactory(running=True)


@pytest.fixture
def topic(consultation):
    return TopicFactory(consultation=consultation, is_formal=True, takes_opinions=True)


def test_a_comment_is_taken_as_a_remark_once_and_its_author_is_told(staff_client, client, topic, ewa):
    first = make_opening(topic, ewa)
    head = staff_client("head")
    page = f"/admin/pks/wpisy/{first.pk}/"
    assert "Do rejestru uwag" in head.get(page).text
    assert head.post(f"{page}uwaga/", {"content": "Więcej cienia na placu."}).status_code == 302
    intake = Intake.objects.get()
    assert (intake.channel, intake.source_key, intake.contact) == ("forum", first.key, ewa.contact)
    assert Remark.objects.get().content == "Więcej cienia na placu."
    first.refresh_from_db()
    assert actions.mark_remark(comment=first, content="", person=head.person) == intake and Intake.objects.count() == 1
    assert OutboxMessage.objects.filter(purpose="forum.office", address=ewa.contact).count() == 1
    assert intake.receipt in client.get(f"/pks/watek/{first.thread_id}/").text and "w rejestrze uwag" not in page
    with pytest.raises(rules.ForumRefused, match="nie można już zmienić"):
        actions.edit_comment(comment=first, words="Inaczej", reason="", participant=ewa)
    with pytest.raises(rules.ForumRefused, match="do rejestru|rejestrze"):
        actions.move_thread(thread=first.thread, to=TopicFactory(), person=head.person)
    with pytest.raises(rules.ForumRefused, match="żadnych konsultacji"):
        actions.mark_remark(comment=make_opening(TopicFactory(), ewa), content="", person=head.person)


def test_an_organisation_gives_its_opinion_beside_the_thread(client, topic, ewa):
    first = make_opening(topic, ewa)
    where = f"/pks/watek/{first.thread_id}/opinia/"
    assert "Formularz opinii" in client.get(f"/pks/watek/{first.thread_id}/").text and client.get(where).status_code == 200
    said = {"organisation": "Stowarzyszenie Próbne", "krs": "0000123456", "email": "biuro@example.pl", "words": "Punkt jeden.\n\nPunkt dwa.",
            "form_key": str(uuid.uuid4())}  # fmt: skip
    assert "10 cyfr" in client.post(where, {**said, "krs": "12", **guard("forum.opinion")}).text
    assert client.post(where, {**said, **guard("forum.opinion")}).status_code == 302
    client.post(where, {**said, **guard("forum.opinion")})
    intake = Intake.objects.get()
    assert (intake.channel, intake.category, intake.organisation, intake.remarks.count()) == (
        "opinion",
        "ngo",
        "Stowarzyszenie Próbne",
        2,
    )
    Topic.objects.update(closes_at=database_now())
    assert client.post(where, {**said, "words": "Inne", **guard("forum.opinion")}).status_code == 422
    Topic.objects.update(takes_opinions=False)
    assert client.get(where).status_code == 404


def test_the_form_pks_of_a_consultation(consultation, ewa, staff_client):
    at, head = database_now(), staff_client("head")
    form = FormFactory(consultation=consultation, kind="pks", title="Rozmowa na platformie")
    kind = form_kinds["pks"]
    assert [gap.code for gap in kind.gaps(form, at)] == ["forum.topic"] and list(kind.counts(form)) == []
    form.subject = kind.prepare(form, head.person)
    form.save()
    topic = Topic.objects.get()
    assert topic.is_formal and topic.closes_at == consultation.ends_at and kind.take_part_url(form, at) == topic.get_absolute_url()
    topic.moderation = "post"
    topic.save()
    first = make_opening(topic, ewa, asks_office=True)
    assert [(each.received, each.valid) for each in kind.counts(form)] == [(1, 1)]
    later = topic.closes_at + timedelta(days=1)
    assert [gap.code for gap in kind.gaps(form, at)] == ["forum.open", "forum.owed"]
    assert [(gap.code, gap.is_warning) for gap in kind.gaps(form, later)] == [("forum.owed", True)]
    assert len(kind.report_blocks(form, at)) == 3 and kind.staff_url(form) == f"/admin/pks/tematy/{topic.pk}/"
    assert of_consultation.public_part(consultation, at).template == "forum/part.html"
    assert of_consultation.staff_part(consultation, head.person, at) and of_consultation.staff_part(consultation, None, at) is None
    actions.hide_comment(comment=first, person=None)
    assert [(each.received, each.valid) for each in kind.counts(form)] == [(0, 0)]
