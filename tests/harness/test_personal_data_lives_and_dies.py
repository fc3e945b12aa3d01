"""One row of every model that holds personal data: each is exported, erased, and gone when its time is over. A new model needs a row here."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.core.files.storage import storages
from django.db import connection
from django.test import Client
from wagtail.users.models import UserProfile

from ratusz.casework.moderation import actions as moderation
from ratusz.casework.moderation.models import Example
from ratusz.casework.requests.actions import settle_request
from ratusz.casework.requests.factories import make_request
from ratusz.coordination.calendar.models import Candidate, Election, HeldItem
from ratusz.coordination.desk.models import DutyTurn
from ratusz.foundation.files.actions import accept_upload
from ratusz.foundation.files.factories import make_pdf
from ratusz.foundation.files.registry import FilePurpose, file_purposes
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.registries import personal_data
from ratusz.foundation.notifications import actions as notifications
from ratusz.foundation.notifications.actions import consents, outbox
from ratusz.foundation.notifications.models import PrintBatch, PrintedLetter
from ratusz.foundation.notifications.registry import Purpose, purposes
from ratusz.foundation.people import actions as people
from ratusz.foundation.people.actions.privacy import erase_person, expire_personal_data, export_person
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.people.models import Role
from ratusz.foundation.units import actions as units
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.participation.budget.factories import EditionFactory
from ratusz.publishing.following.models import Follow, ThingFollow
from ratusz.publishing.intranet import actions as intranet
from ratusz.publishing.intranet.factories import make_notice
from ratusz.publishing.intranet.models import SignedSheet
from ratusz.publishing.website.models import Topic
from ratusz.publishing.website.subjects.actions import save_topic

pytestmark = pytest.mark.django_db
ADDRESS, NAME, NUMBER, STREET = (
    "grażyna".replace("ż", "z") + ".jedyna@example.pl",
    "Jedyna-Niepowtarzalna",
    "+48600111222",
    "ul. Jedynacka 7",
)
DIGESTS_ONLY = {
    "sessions.Session", "ratusz_people.Attempt", "ratusz_people.OneTimeCode", "ratusz_people.Erasure", "ratusz_forum.OldAuthor",
}  # fmt: skip
"""Hold keyed digests or sealed data alone: nothing in them can be shown or tells who it was."""
OF_NO_ACCOUNT = {"ratusz_calendar.Candidate"}
"""A public list without addresses: nobody in it can be told from a namesake. It goes half a year after the voting."""
CLEANED_BY_THEMSELVES = {
    "ratusz_audit.Entry": "ratusz_audit_expire() in the database; test_record.py",
    "ratusz_audit.Detail": "goes with its entry",
    "ratusz_notifications.Content": "forget_contents, below",
    "ratusz_notifications.OutboxMessage": "forget_contents, below",
    "ratusz_notifications.PrintedLetter": "forget_contents, below",
    "ratusz_notifications.RecipientHour": "forget_contents, below",
    "ratusz_notifications.ConsentRequest": "forget_requests, below",
    "ratusz_intranet.Acknowledgement": "forget_confirmations; test_confirming.py",
    **dict.fromkeys(
        (f"ratusz_moderation.{model}" for model in ("Item", "Flag", "Judgement", "Appeal")), "forget_words; test_judging.py"
    ),
    **dict.fromkeys(
        (f"ratusz_projects.{model}" for model in ("Call", "Appeal", "Remark")), "forget_statements; test_remarks_on_projects.py"
    ),
    "ratusz_intranet.SignedSheet": "forget_confirmations; test_confirming.py",
}


@pytest.fixture
def person(settings, tmp_path, monkeypatch):
    """Somebody with one row of everything, made by the actions that make such rows."""
    settings.HOME = tmp_path
    monkeypatch.setattr(storages["private"], "_location", str(tmp_path))
    for name in ("base_location", "location"):
        storages["private"].__dict__.pop(name, None)
    monkeypatch.setitem(file_purposes._entries, "test.letter", FilePurpose(name="Pismo", keep_days=10))
    monkeypatch.setitem(purposes._entries, "test.news", Purpose(name="Wieści", consent_text="Tak.", has_rhythm=True))
    monkeypatch.setitem(purposes._entries, "test.more", Purpose(name="Więcej", consent_text="Tak."))
    account = UserFactory(email=ADDRESS, first_name="Grażyna", last_name=NAME, is_staff=True)
    _sign_in_things(account)
    _messages(account)
    _followed(account)
    _of_the_office(account)
    _requests(account)
    _project(account)
    _supported(account)
    _applied_for_a_consultation()
    _in_a_committee()
    _wrote_for_a_hearing()
    _asks_to_speak()
    _founds_a_committee()
    _declared(account)
    _came_for_advice()
    _saved_a_survey()
    _on_the_platform()
    _wrote_remarks(account)
    _texts(account)
    _in_the_intranet(account)
    _in_an_election(account)
    _on_duty(account)
    _moderates(account)
    _at_a_meeting(account)
    _asked_the_president(account)
    yield account
    for name in ("base_location", "location"):
        storages["private"].__dict__.pop(name, None)


def _sign_in_things(account) -> None:
    EmailAddress.objects.create(user=account, email=ADDRESS, verified=True, primary=True)
    TOTP.activate(account, "JBSWY3DPEHPK3PXP")
    SocialAccount.objects.create(user=account, provider="miasto", uid=f"uid-{NAME}", extra_data={"name": NAME})
    UserProfile.objects.create(user=account, preferred_language="pl")
    Client().force_login(account)
    people.send_code(purpose="b", address=ADDRESS, bound_to="f", deliver=people.through_outbox(channel="email"))
    people.change_account(account=account, first_name="Grażyna Maria", actor=account)


def _messages(account) -> None:
    address = notifications.add_address(channel="email", value=ADDRESS, person=account)
    notifications.give_consent(address=address, purpose="test.news", through="desk")
    notifications.ask_consent(email=ADDRESS, purpose="test.more")
    notifications.choose_rhythm(address=address, purpose="test.news", rhythm="weekly")
    notifications.collect(to=address, purpose="test.news", title=f"Sprawa {NAME}", dedup_key="s1")
    content = {"subject": "Pismo", "text": f"Szanowna Pani {NAME}"}
    postal = notifications.add_address(channel="letter", value=f"Grażyna {NAME}\n{STREET}\n40-001 Katowice", person=account)
    message = notifications.send(to=postal, purpose="notifications.account", dedup_key="l1", **content)
    batch = PrintBatch.objects.create(made_at=database_now())
    PrintedLetter.objects.create(
        message=message, recipient=postal.value, subject="s", text="t", ready_at=database_now(), batch=batch
    )
    notifications.suppress(
        channel="sms", lookup=notifications.add_address(channel="sms", value=NUMBER, person=account).lookup, reason="asked"
    )


def _followed(account) -> None:
    """A resident who follows a topic; the consent is withdrawn, so that their rows come to the end of their time."""
    address = notifications.add_address(channel="email", value=ADDRESS)
    topic = save_topic(topic=Topic(name="Kultura", description="Koncerty."))
    Follow.objects.create(address=address, topic=topic, followed_at=database_now())
    ThingFollow.objects.create(address=address, thing="projects.delivery:1", followed_at=database_now())


def _of_the_office(account) -> None:
    accept_upload(upload=io.BytesIO(make_pdf()), name=f"{NAME}.pdf", purpose="test.letter", uploaded_by=account)
    unit, role, now = UnitFactory(is_department=True), Role.objects.get(code="editor"), database_now()
    units.appoint(person=account, role=role, unit=unit, starts=now)
    units.invite(purpose="x.y", unit=unit, subject=unit, expires_at=now + timedelta(days=1), recipient=ADDRESS, label=NAME)
    head = UserFactory(is_superuser=True)
    account.email = "chwilowo@example.pl"
    account.save()
    facts = {"email": ADDRESS, "first_name": "Grażyna", "last_name": NAME, "role": role, "unit": unit, "starts": now}
    units.invite_account(**facts, person=head)
    account.email = ADDRESS
    account.save()


def _requests(account) -> None:
    made = make_request(text=f"Pisze {NAME}, {STREET}", name=NAME, contact_value=ADDRESS, wanted=NUMBER)
    unit = UnitFactory(is_department=True)
    editor = AppointmentFactory(role_code="editor", unit=unit).person
    settle_request(request=made, outcome="answered", text=f"Szanowna Pani {NAME}", person=editor)


def _project(account) -> None:
    from ratusz.participation.projects import actions
    from ratusz.participation.projects.factories import FACTS, LINES

    draft, _token = actions.start_draft(edition=EditionFactory(number=14, year=2027))
    person = {"name": f"Grażyna {NAME}", "address": STREET, "email": ADDRESS, "phone": NUMBER}
    actions.save_draft(application=draft, facts=FACTS | person | {"pool": None}, lines=LINES, version=0)
    now, said = database_now(), f"Pisze {NAME}, {STREET}"
    draft.calls.create(kind="complete", text="Dopisz.", link_digest="x", sent_at=now, due_at=now, answer=said, answered_at=now)
    draft.appeals.create(
        stage="formal", filed_at=now, is_late=False, reasons=said, entered_by=account, is_upheld=False, grounds="Bez zgody.",
        decided_at=now, decided_by=account,
    )  # fmt: skip
    draft.remarks.create(kind="remark", words="Dobry pomysł.", email=ADDRESS, written_at=now)


def _supported(account) -> None:
    """A signature of theirs, a line they typed and one that they settled."""
    from ratusz.casework.signatures import actions
    from ratusz.casework.signatures.factories import make_collection, make_sheet, make_signature, type_twice

    collection = make_collection()
    make_signature(collection, name=f"Grażyna {NAME}", home=STREET, email=ADDRESS)
    desk = [AppointmentFactory(role_code="budget_coordinator").person for _number in range(2)]
    AppointmentFactory(person=account, role_code="desk_officer")
    first, second = make_sheet(collection, desk[0]).lines.all()
    read = actions.Written("Jan Próbny", "ul. Próbna 1")
    type_twice(first, [account, desk[0]], read)
    type_twice(second, desk, read, actions.Written("Jan Inny", "ul. Próbna 1"))
    actions.settle_line(line=second, written=read, person=account)


def _applied_for_a_consultation() -> None:
    """An application of which they are the contact person."""
    from ratusz.participation.consultations.applications.factories import make_application

    make_application(submitted=True, email=ADDRESS, contact_name=f"Grażyna {NAME}", contact_address=STREET)


def _in_a_committee() -> None:
    """A committee of a citizens' initiative that they speak for."""
    from ratusz.participation.initiatives.factories import COMMITTEE, make_initiative

    make_initiative(email=ADDRESS, members=f"{COMMITTEE}\nGrażyna {NAME}; {STREET}")


def _wrote_for_a_hearing() -> None:
    """An opinion for a public hearing, with a name."""
    from ratusz.participation.initiatives.factories import make_hearing, make_opinion

    make_opinion(make_hearing(), f"Tak uważa {NAME}.", who=f"Grażyna {NAME}", email=ADDRESS)


def _asks_to_speak() -> None:
    """A form for the debate on the state of the municipality, with a scan."""
    from ratusz.participation.initiatives.factories import make_debate, make_entry

    make_entry(make_debate(), f"Grażyna {NAME}", STREET, email=ADDRESS)


def _founds_a_committee() -> None:
    """A notice of a committee that waits for the Office."""
    from ratusz.participation.initiatives.factories import COMMITTEE, make_notice

    make_notice(email=ADDRESS, members=f"{COMMITTEE}\nGrażyna {NAME}; {STREET}")


def _declared(account) -> None:
    """A declaration of residence for a vote that has long closed."""
    from ratusz.participation.voting.actions import declare
    from ratusz.participation.voting.factories import edition_to_vote_on, open_vote_on

    vote = open_vote_on(edition_to_vote_on(), identity="pesel")
    words = {"name": f"Grażyna {NAME}", "street": STREET, "contact": ADDRESS, "grounds": f"Pisze {NAME}"}
    declare(vote=vote, voter_key=b"x" * 32, district="L1", age_band="30-44", needs_guardian=False, has_pesel=False, **words)


def _came_for_advice() -> None:
    """A booked conversation with everything a person may say."""
    from ratusz.casework.advice import factories

    adviser = AppointmentFactory(role_code="desk_officer").person
    said = {"name": NAME, "words": f"Pyta {NAME}", "needs": f"Pisze {NAME}", "contact": ADDRESS}
    factories.make_appointment(factories.make_point(), adviser, **said)


def _saved_a_survey() -> None:
    """Answers that wait behind a link in a mailbox."""
    from ratusz.participation.surveys import actions, factories, links, queries

    survey = factories.make_survey(factories.content_of(factories.question("p1", "long_text")))
    draft = actions.start_draft(version=queries.version_in_force(survey), key=links.new_key())
    actions.keep_page(draft=draft, pages=[0], given={"p1": f"Pisze {NAME}"})
    actions.send_draft_link(draft=draft, key=links.new_key(), email=ADDRESS)


def _on_the_platform() -> None:
    """An account of the platform, a comment and a support."""
    from ratusz.participation.forum import actions, factories

    own = factories.make_participant(f"Grażyna {NAME}", email=ADDRESS)
    opening = factories.make_opening(participant=own, words=f"Pisze {NAME}, {ADDRESS}")
    other = factories.make_participant("Ktoś inny")
    answer = actions.write_comment(thread=opening.thread, words="Zgoda.", participant=other)
    actions.support(comment=answer, participant=own)


def _wrote_remarks(account) -> None:
    """A remark on paper typed by two people, rejected and complained of, and a remark of somebody else that is followed."""
    from ratusz.foundation.notifications.models import Address
    from ratusz.participation.remarks import factories
    from ratusz.participation.remarks.actions import judging, paper
    from ratusz.participation.remarks.models import Follower

    form, clerks = (
        factories.make_form(is_read_before=False),
        [AppointmentFactory(role_code="desk_officer").person for _turn in "12"],
    )
    came = paper.receive_paper(form=form, channel="hand", arrived_at=database_now(), person=clerks[0])
    facts = {"content": "Więcej drzew.", "category": "resident", "name": f"Grażyna {NAME}", "address": STREET, "email": ADDRESS}
    for clerk in clerks:
        came = paper.type_paper(paper=came, facts=facts, person=clerk)
    editor = AppointmentFactory(role_code="editor").person
    judging.reject(intake=came.intake, code="N05", second=clerks[0], person=editor)
    judging.complain(intake=came.intake, words=f"Pisze {NAME}")
    other = factories.make_remark(form, "Cudza uwaga.")
    Follower.objects.create(remark=other, address=Address.objects.get(value=ADDRESS), followed_at=database_now())


def _moderates(account) -> None:
    """A place with its rules and moderator, a turn and an absence, a word, a fault, a frozen month, an author held off."""
    from datetime import date, time

    from ratusz.casework.moderation import models

    now, day = database_now(), date(2026, 3, 2)
    place, unit = {"place": "test.place:1"}, UnitFactory()
    models.PlaceRules.objects.create(mode="pre", why="Próba", starts=now, set_by=account, **place)
    models.Mandate.objects.create(
        place_name="Próba", unit=unit, person=account, starts=now, appointed_by=account, appointed_at=now, **place
    )
    models.Shift.objects.create(unit=unit, weekday=0, opens=time(8), closes=time(12), person=account, first_date=day)
    models.Absence.objects.create(person=account, first_date=day, last_date=day)
    models.BannedWord.objects.create(words="próba", starts=now, added_by=account, key="proba", reason="insult", weight=50)
    models.Fault.objects.create(words="Nie działa szukanie.", reported_by=account, reported_at=now)
    models.MonthTable.objects.create(month=date(2026, 2, 1), version=1, rows={}, made_by=account, made_at=now)
    judgement = models.Judgement.objects.first()
    models.Suspension.objects.create(judgement=judgement, author=account, starts=now, ends=now + timedelta(days=3))


def _texts(account) -> None:
    """A text written, read and let out, and a link of approval that went to the person."""
    from ratusz.publishing.editing import actions, factories
    from ratusz.publishing.editing.models import ApprovalLink, LonePublication

    submission = factories.sent(author=account, unit=factories.a_unit(short_name="ODO"))
    actions.make_link(submission=submission, recipient=f"Grażyna {NAME}", email=ADDRESS, person=factories.appointed("editor"))
    link = ApprovalLink.objects.get()
    token = actions.links.address_of(link).rstrip("/").rpartition("/")[2]
    actions.answer_link(token=token, decision="comment", name=f"Grażyna {NAME}", comment="Uwaga")
    now = database_now()
    facts = {"reason": "pilne", "published_by": account, "published_at": now}
    LonePublication.objects.create(submission=submission, version=1, **facts)
    actions.make_set(name="Paczka", person=account)


def _in_the_intranet(account) -> None:
    now = database_now()
    notice = make_notice(
        account, is_required=True, due_at=now + timedelta(days=1), valid_until=now + timedelta(days=2), comments_open=True
    )
    intranet.acknowledge(notice=notice, person=account, number=1)
    intranet.note_reading(notice=notice, person=account)
    comment = intranet.write_comment(notice=notice, text=f"Pisze {NAME}", person=account)
    _judged(account, comment)
    photo = accept_upload(upload=io.BytesIO(make_pdf()), name=f"{NAME}.pdf", purpose="test.letter", uploaded_by=account)
    facts = {"unit": notice.owner_unit, "signed_on": now.date(), "entered_by": account, "entered_at": now, "photo": photo}
    SignedSheet.objects.create(version=notice.versions.get(), **facts)


def _judged(account, comment) -> None:
    """A comment of the person that was flagged, judged and appealed; they flagged another, and wrote an example of the catalogue."""
    moderator, other, reader = (AppointmentFactory(role_code="head").person for _number in range(3))
    item = moderation.put_in_queue(thing=comment.key, reporter=reader, words=f"Pisze o {NAME}")
    facts = {"reason": "personal_data", "facts": f"Podaje nazwisko {NAME}"}
    made = moderation.judge(item=item, deed="quarantine", person=other, **facts)
    filed = moderation.appeal(judgement=made, words=f"To moje nazwisko, {NAME}")
    answer = {"answer": f"Szanowna Pani {NAME}", "words": f"Pisze {NAME}, inaczej"}
    moderation.decide_appeal(appeal=filed, outcome="partly", person=moderator, **answer)
    another = intranet.write_comment(notice=comment.notice, text="Spam", person=moderator)
    moderation.put_in_queue(thing=another.key, reporter=account, words=f"Zgłasza {NAME}")
    Example.objects.create(reason="spam", case="x", reading="y", added_by=account, added_at=database_now())


def _in_an_election(account) -> None:
    election = Election.objects.create(
        kind="local", name="Wybory", ordering_act="x", ordered_on="2026-01-01", voting_day="2026-03-01", territory="x",
        made_by=account, made_at=database_now(),
    )  # fmt: skip
    Candidate.objects.create(
        election=election, first_name="Anna", last_name="Wzorcowa", first_forms=["Anna"], last_forms=["Wzorcowa"]
    )
    HeldItem.objects.create(
        election=election, subject="x:1", channel="www", title="x", hold_code="elections.silence", held_at=database_now(),
        decision="dropped", decided_by=account, decided_at=database_now(),
    )  # fmt: skip


def _on_duty(account) -> None:
    now = database_now()
    DutyTurn.objects.create(person=account, starts=now, ends=now + timedelta(days=1), set_by=account, set_at=now)


def _at_a_meeting(account) -> None:
    """A registration with everything a person may say, and an invitation."""
    from ratusz.casework.meetings.factories import give_task, make_invitation, make_meeting, make_registration

    meeting = make_meeting()
    give_task(meeting, account)
    said = {"needs": ["loop"], "needs_words": f"Pisze {NAME}", "question": f"Pyta {NAME}", "consents": ["image"]}
    phone = notifications.add_address(channel="sms", value=NUMBER)
    make_registration(meeting, email=ADDRESS, name=NAME, second_address=phone, newsroom=NAME, newsroom_key=NAME, **said)
    make_invitation(meeting, email=ADDRESS, name=NAME, organisation=NAME)
    _said_at(meeting)
    _read_minutes(account)


def _read_minutes(account) -> None:
    """Whoever was asked to read minutes and wrote a remark; minutes that the account approved and published."""
    from ratusz.casework.meetings import actions
    from ratusz.casework.meetings.factories_minutes import make_minute_taker, make_minutes
    from ratusz.casework.meetings.links import token_of
    from ratusz.casework.meetings.models import MinutesPublication, MinutesVersion

    person, now = make_minute_taker(), database_now()
    minutes = make_minutes(person=person)
    link = actions.invite_reviewer(minutes=minutes, name=NAME, email=ADDRESS, person=person)
    actions.suggest_words(token=token_of(link), remark=f"Pisze {NAME}")
    digest = hashlib.sha256(b"{}").hexdigest()
    version = MinutesVersion.objects.create(
        minutes=minutes, number=1, canonical="{}", sha256=digest, public_canonical="{}", public_sha256=digest, approved_by=account,
        approved_at=now,
    )  # fmt: skip
    MinutesPublication.objects.create(version=version, published_at=now, published_by=account, pdf=b"x", docx=b"x")


def _said_at(meeting) -> None:
    """A question sent ahead with the registration, and a request that is over, so that it may go."""
    from ratusz.casework.meetings.factories import make_meeting_request, make_question

    registration = meeting.registrations.get()
    make_question(meeting, f"Pyta {NAME}", who=NAME, when="ahead", registration=registration)
    over = {"outcome": "none", "outcome_reason": "nie dotyczy miasta", "triaged_at": database_now()}
    make_meeting_request(meeting, email=ADDRESS, name=NAME, text=f"Prosi {NAME}", **over)


def _asked_the_president(account) -> None:
    """Whoever asked for a decision that ended two years ago, and follows it."""
    from ratusz.governance.decisions import actions, factories
    from ratusz.governance.decisions.models import Decision, Follower

    office = factories.make_office()
    decision = factories.make_taken(office)
    asker = actions.add_asker(decision=decision, person=office, email=ADDRESS)
    Follower.objects.create(decision=decision, address=asker.address, followed_at=database_now())
    actions.withdraw_decision(decision=decision, reason="Plac sprzedano.", person=office)
    Decision.objects.filter(pk=decision.pk).update(settled_at=database_now() - timedelta(days=731))


def dump() -> str:
    text = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT t::text FROM {connection.ops.quote_name(table)} t")
            text += [f"{table} {row[0]}" for row in cursor.fetchall()]
    return "\n".join(text)


def marks() -> list[str]:
    """Tables and marks of the person still in the database."""
    return sorted(
        {f"{line.split(' ')[0]} {mark}" for line in dump().splitlines() for mark in (ADDRESS, NAME, NUMBER, STREET) if mark in line}
    )


@pytest.mark.slow
def test_everything_registered_is_exported(person):
    found = export_person(person=person, reason="wniosek")
    assert sorted({entry.model for entry in personal_data} - found.keys()) == sorted(DIGESTS_ONLY | OF_NO_ACCOUNT)


@pytest.mark.slow
def test_everything_registered_is_erased(person):
    assert len(marks()) > 10
    erasure = erase_person(person=person, reason="wniosek")
    assert marks() == [f"ratusz_audit_entry {NAME}"], "what staff did stays two years under their name: the ground is told"
    kept = {entry.model for entry in personal_data if entry.kept_because}
    assert erasure.kept.keys() <= kept
    assert {"ratusz_notifications.Suppression", "ratusz_notifications.Consent", "ratusz_units.Appointment"} <= erasure.kept.keys()


def test_whatever_has_a_period_has_something_that_ends_it():
    with_period = {entry.model for entry in personal_data if entry.retention_days is not None}
    assert sorted(with_period - {entry.model for entry in personal_data if entry.past} - CLEANED_BY_THEMSELVES.keys()) == []


@pytest.mark.slow
def test_rows_past_their_time_are_found_and_deleted(person):
    at = database_now() + timedelta(days=2500)
    due = expire_personal_data(dry_run=True, at=at)
    timed = {entry.model for entry in personal_data if entry.past}
    assert sorted(timed - due.keys()) == []
    expire_personal_data(at=at)
    assert expire_personal_data(dry_run=True, at=at) == {}


@pytest.mark.slow
def test_texts_letters_counts_and_questions_go_by_their_own_jobs(person, monkeypatch):
    from ratusz.foundation.notifications.models import Content, OutboxMessage, RecipientHour

    OutboxMessage.objects.update(state="sent", sent_at=database_now(), message_id="<1@x>")
    for module in (consents, outbox):
        monkeypatch.setattr(module, "database_now", lambda: database_now() + timedelta(days=91))
    notifications.forget_contents()
    notifications.forget_requests()
    assert Content.objects.exclude(text="").count() == 0
    assert PrintedLetter.objects.exclude(recipient="").count() == 0
    assert RecipientHour.objects.count() == 0
    assert "ratusz_notifications.ConsentRequest" not in export_person(person=person, reason="x")
