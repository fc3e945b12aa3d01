"""What is done with public hearings: planned, announced, opinions taken and answered, the dossier handed over, the vote noted."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ratusz.casework.documents.actions import take_number
from ratusz.casework.meetings import actions as meetings
from ratusz.casework.meetings.kinds import NoSuchKind
from ratusz.casework.meetings.rules import NotYours as NotTheirMeeting
from ratusz.casework.meetings.rules import Refused
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.codes import random_code
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.working_days import end_of_day
from ratusz.foundation.notifications.actions import add_address, send
from ratusz.participation.initiatives import rules as ours
from ratusz.participation.initiatives import terms
from ratusz.participation.initiatives.hearings import queries, rules
from ratusz.participation.initiatives.models import Hearing, HearingOpinion
from ratusz.publishing.website.actions import refresh_after_commit
from ratusz.publishing.website.own_sites import full_address

SERIES, PURPOSE, KIND = "initiatives.hearing", "initiatives.hearing", "hearing"
FACTS = ("title", "draft", "author", "chair", "ordered_by", "ordered_on", "opinions_until")
CODE_LENGTH = 12


@transaction.atomic
def plan_hearing(
    *, facts: dict[str, Any], starts_at: datetime, ends_at: datetime, place: Any, contact: str, speakers: int | None,
    form_key: uuid.UUID, person: Any,
) -> Hearing:  # fmt: skip
    """A hearing with the draft of its meeting: FACTS are its own, the rest the meeting's; `speakers` at most, None for no limit.

    Sent twice it is one. Raises NotYours, InitiativeRefused.
    """
    now = database_now()
    ours.check_may(person, "handle", None, now)
    if found := Hearing.objects.filter(form_key=form_key).first():
        return found
    ours.check_fields(rules.day_problems(facts["ordered_on"], facts["opinions_until"], local_day(starts_at)))
    said = {
        "title": _("Public hearing: %(title)s") % {"title": facts["title"]}, "place": place, "contact": contact,
        "who_may_come": _("everybody; whoever wants to speak registers by the day before"), "summary": facts["draft"][:2000],
    }  # fmt: skip
    said["title"] = said["title"][:200]
    meeting = _of_meetings(meetings.plan_meeting, kind=KIND, starts_at=starts_at, ends_at=ends_at, facts=said, person=person)
    if speakers:
        name = meeting.rules_of_kind.groups[0]
        meetings.set_seat_groups(meeting=meeting, groups=[{"name": name, "capacity": speakers}], person=person)
    number = take_number(series=SERIES, subject=f"{SERIES}:{form_key}", at=now).text
    made = Hearing.objects.create(
        **{name: facts[name] for name in FACTS}, meeting=meeting, number=number, form_key=form_key, made_at=now
    )
    record(deed="initiatives.plan_hearing", subject=made, after={"starts_at": starts_at}, actor=person)
    return made


def _of_meetings(deed: Any, **named: Any) -> Any:
    """A deed on the meeting; what meetings refuse is refused in their words."""
    try:
        return deed(**named)
    except NotTheirMeeting as refusal:
        raise ours.NotYours from refusal
    except NoSuchKind as refusal:
        words = _("On that day the city had no rules on hearings yet. Check the year.")
        raise ours.InitiativeRefused(fields={"day": words}) from refusal
    except Refused as refusal:
        raise ours.InitiativeRefused(str(refusal)) from refusal


def _locked(hearing: Hearing, person: Any, now: datetime) -> Hearing:
    ours.check_may(person, "handle", None, now)
    return Hearing.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=hearing.pk)


@transaction.atomic
def change_hearing(*, hearing: Hearing, facts: dict[str, Any], person: Any) -> Hearing:
    """Changes what is said of it; its day and place are changed at its meeting. Raises NotYours, InitiativeRefused."""
    mine = _locked(hearing, person, database_now())
    rules.check_open_dossier(mine)
    before = {name: getattr(mine, name) for name in ("title", "ordered_by", "opinions_until")}
    for name in FACTS:
        setattr(mine, name, facts.get(name, getattr(mine, name)))
    ours.check_fields(rules.day_problems(mine.ordered_on, mine.opinions_until, local_day(mine.meeting.starts_at)))
    mine.save(update_fields=FACTS)
    record(
        deed="initiatives.change_hearing",
        subject=mine,
        before=before,
        after={name: getattr(mine, name) for name in before},
        actor=person,
    )
    refresh_after_commit(source="hearings", key=f"hearing:{mine.pk}")
    return mine


@transaction.atomic
def announce_hearing(*, hearing: Hearing, person: Any) -> Hearing:
    """Everybody sees it; people may ask to speak and write opinions. Raises NotYours, InitiativeRefused."""
    mine = _locked(hearing, person, database_now())
    mine.meeting = _of_meetings(meetings.announce, meeting=mine.meeting, person=person)
    record(deed="initiatives.announce_hearing", subject=mine, actor=person)
    refresh_after_commit(source="hearings", key=f"hearing:{mine.pk}")
    return mine


@transaction.atomic
def list_speakers(*, hearing: Hearing, person: Any) -> int:
    """After the last day: whoever asked to speak stands in the line of the meeting in the order of coming; gives how many.

    Whoever got a turn after that comes at the end of the line, by the same deed. The room's screen leads them from there. Raises
    NotYours, InitiativeRefused.
    """
    now = database_now()
    mine = _locked(hearing, person, now)
    found = queries.not_in_line(mine)
    rules.check_may_list(mine, len(found), now)
    for each in found:
        _of_meetings(meetings.sign_up_speaker, meeting=mine.meeting, who=queries.named(each), person=person)
    mine.listed_at, mine.speaker_count = now, mine.speaker_count + len(found)
    mine.save(update_fields=["listed_at", "speaker_count"])
    record(deed="initiatives.list_speakers", subject=mine, after={"speakers": len(found)}, actor=person)
    return len(found)


@transaction.atomic
def file_opinion(
    *, hearing: Hearing, who: str, organisation: str, email: str, text: str, form_key: uuid.UUID,
    channel: str = HearingOpinion.Channel.ONLINE, received_on: date | None = None, person: Any = None,
) -> HearingOpinion:  # fmt: skip
    """A written opinion, from the website or written down by a clerk with the day it came; sent twice it is one.

    Raises InitiativeRefused after the last day, NotYours.
    """
    mine, now = Hearing.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=hearing.pk), database_now()
    if channel != HearingOpinion.Channel.ONLINE:
        ours.check_may(person, "handle", None, now)
    if found := HearingOpinion.objects.filter(form_key=form_key).first():
        return found
    rules.check_came(received_on or local_day(now), now)
    filed_at = now if received_on is None or received_on == local_day(now) else end_of_day(received_on) - timedelta(seconds=1)
    rules.check_takes_opinions(mine, filed_at)
    made = HearingOpinion.objects.create(
        hearing=mine, form_key=form_key, channel=channel, who=who, organisation=organisation, text=text, filed_at=filed_at,
        contact=add_address(channel="email", value=email) if email else None, code=random_code(CODE_LENGTH), person=person,
        number=(mine.opinions.aggregate(last=Max("number"))["last"] or 0) + 1,
    )  # fmt: skip
    record(deed="initiatives.file_opinion", subject=made, after={"channel": channel}, actor=person)
    _tell(made, "filed", _("We have your opinion. Its number on the receipt: %(code)s.") % {"code": made.receipt})
    return made


def _tell(opinion: HearingOpinion, event: str, text: str) -> None:
    if opinion.contact is not None:
        subject = _("Your opinion for the public hearing %(number)s") % {"number": opinion.hearing.number}
        button = (_("Page of the hearing"), full_address(opinion.hearing.get_absolute_url()))
        text, key = f"{opinion.hearing.title}\n\n{text}", f"initiatives.opinion:{opinion.pk}:{event}"
        send(to=opinion.contact, purpose=PURPOSE, subject=subject, text=text, button=button, dedup_key=key)


@transaction.atomic
def answer_opinion(
    *, opinion: HearingOpinion, position: str, reasons: str, shown_text: str, person: Any, organisation: str | None = None
) -> HearingOpinion:
    """The position of the author of the draft on one opinion, with reasons; from here everybody reads both.

    `organisation` as everybody reads it, None to leave what was written. Raises NotYours, InitiativeRefused.
    """
    now = database_now()
    hearing = _locked(opinion.hearing, person, now)
    rules.check_open_dossier(hearing)
    rules.check_position(position, reasons, shown_text, now, organisation or "")
    mine = HearingOpinion.objects.select_for_update(of=("self",)).select_related("contact").get(pk=opinion.pk)
    rules.check_not_gone(mine)
    is_new, mine.hearing = not mine.position, hearing
    mine.position, mine.reasons, mine.shown_text, mine.answered_at = position, reasons.strip(), shown_text.strip(), now
    mine.organisation = mine.organisation if organisation is None else organisation.strip()
    mine.save(update_fields=["position", "reasons", "shown_text", "answered_at", "organisation"])
    record(deed="initiatives.answer_opinion", subject=mine, after={"position": position}, actor=person)
    if is_new:
        said = {"position": mine.get_position_display(), "reasons": mine.reasons}
        _tell(mine, "answered", _("The author of the draft has answered your opinion: %(position)s. %(reasons)s") % said)
    return mine


@transaction.atomic
def hand_over(*, hearing: Hearing, person: Any) -> Hearing:
    """Councillors get the dossier: every opinion with its position. From here it does not change.

    Raises NotYours, InitiativeRefused.
    """
    now = database_now()
    mine = _locked(hearing, person, now)
    rules.check_open_dossier(mine)
    rules.check_complete(rules.gaps(mine, mine.opinions.all(), now))
    mine.handed_at = now
    mine.save(update_fields=["handed_at"])
    record(deed="initiatives.hand_over", subject=mine, after={"opinions": mine.opinions.count()}, actor=person)
    return mine


@transaction.atomic
def note_vote(*, hearing: Hearing, session_on: date, is_adopted: bool, resolution: str, words: str, person: Any) -> Hearing:
    """What the Council resolved on the draft. Raises NotYours, InitiativeRefused."""
    now = database_now()
    mine = _locked(hearing, person, now)
    rules.check_vote(mine, session_on, is_adopted, resolution, now)
    mine.session_on, mine.is_adopted, mine.resolution, mine.words = session_on, is_adopted, resolution.strip(), words.strip()
    mine.save(update_fields=["session_on", "is_adopted", "resolution", "words"])
    record(deed="initiatives.note_vote", subject=mine, after={"is_adopted": is_adopted, "session_on": session_on}, actor=person)
    refresh_after_commit(source="hearings", key=f"hearing:{mine.pk}")
    return mine


@transaction.atomic
def erase_opinions(*, opinions: Iterable[HearingOpinion]) -> int:
    """Whoever wrote them goes; the words as everybody reads them stay, with the position."""
    now, count = database_now(), 0
    for mine in HearingOpinion.objects.select_for_update(of=("self",)).filter(
        pk__in=[each.pk for each in opinions], erased_at=None
    ):
        mine.who, mine.contact, mine.text, mine.erased_at = "", None, "", now
        mine.save(update_fields=["who", "contact", "text", "erased_at"])
        record(deed="initiatives.erase_opinion", subject=mine)
        count += 1
    return count


def forget_opinions(*, at: datetime | None = None) -> int:
    """Every night: authors of opinions whose hearing was longer ago than the pack keeps them."""
    now = at or database_now()
    old = now - timedelta(days=terms.term("hearing_kept_days", now))
    return erase_opinions(opinions=HearingOpinion.objects.filter(hearing__meeting__ends_at__lt=old, erased_at=None))
