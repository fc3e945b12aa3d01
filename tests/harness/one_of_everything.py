"""One row of every model that holds personal data, made by the actions that make such rows: a person who did everything."""

from __future__ import annotations

import hashlib
import io
from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
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
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications import actions as notifications
from ratusz.foundation.notifications.models import PrintBatch, PrintedLetter
from ratusz.foundation.people import actions as people
from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.people.models import Role
from ratusz.foundation.units import actions as units
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.publishing.following.models import Follow, ThingFollow
from ratusz.publishing.intranet import actions as intranet
from ratusz.publishing.intranet.factories import make_notice
from ratusz.publishing.intranet.models import SignedSheet
from ratusz.publishing.website.models import Topic
from ratusz.publishing.website.subjects.actions import save_topic
from tests.harness.rows_of_participation import take_part
from tests.harness.somebody import ADDRESS, NAME, NUMBER, STREET


def make_everything(account) -> None:
    """A row of each kind for one account; a new personal model gets its line here."""
    _sign_in_things(account)
    _messages(account)
    _followed(account)
    _of_the_office(account)
    _requests(account)
    take_part(account)
    _came_for_advice()
    _texts(account)
    _in_the_intranet(account)
    _in_an_election(account)
    _on_duty(account)
    _moderates(account)
    _at_a_meeting(account)
    _asked_the_president(account)


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


def _came_for_advice() -> None:
    """A booked conversation with everything a person may say."""
    from ratusz.casework.advice import factories

    adviser = AppointmentFactory(role_code="desk_officer").person
    said = {"name": NAME, "words": f"Pyta {NAME}", "needs": f"Pisze {NAME}", "contact": ADDRESS}
    factories.make_appointment(factories.make_point(), adviser, **said)


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
