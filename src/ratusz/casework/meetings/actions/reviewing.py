"""Minutes are read by people without an account: invited by a link, they remark, suggest other words or agree; staff decide."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.casework.meetings.actions.minutes import locked, open_for
from ratusz.casework.meetings.actions.voices import change_voice
from ratusz.casework.meetings.links import token_of
from ratusz.casework.meetings.minutes.checking import personal_words_of
from ratusz.casework.meetings.minutes.links import review_link_of, review_url
from ratusz.casework.meetings.minutes.places import Place, place_of
from ratusz.casework.meetings.models import Minutes, MinutesState, ReviewLink, Suggestion
from ratusz.casework.meetings.rules import Refused
from ratusz.foundation.audit.acting import Actor, acting
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_moment
from ratusz.foundation.notifications.actions import add_address, send
from ratusz.foundation.people.keys import digest_of_token

PURPOSE = "meetings.review"
LIVES_AFTER = timedelta(days=30)
"""The link opens that long after the window, so that a reviewer sees what became of their remarks."""
MOST_SUGGESTIONS = 200


class LinkOver(Refused):
    """The link is taken back, over or unknown."""


@transaction.atomic
def invite_reviewer(
    *, minutes: Minutes, name: str, email: str, person: Any, sees_all: bool = False, silence_agrees: bool = False
) -> ReviewLink:
    """Writes to somebody to read the minutes; the first invitation opens the window for remarks. The same address has one link.

    Who reads the public text is not written to while it holds data that nobody may publish. Raises NotYours, Refused.
    """
    held, now = open_for(minutes, person), database_now()
    address = add_address(channel="email", value=email)
    if known := held.review_links.filter(address=address, revoked_at=None).first():
        return known
    if not sees_all and (found := personal_words_of(held, now, let_through=True)):
        raise Refused(" ".join(found))
    if held.state == MinutesState.DRAFT:
        held.state = MinutesState.IN_REVIEW
    if held.corrections_until is None or held.corrections_until <= now:
        held.corrections_until = now + timedelta(days=held.meeting.rules_of_kind.minutes.corrections)
    held.silence_agrees = held.silence_agrees or silence_agrees
    held.save(update_fields=["state", "corrections_until", "silence_agrees"])
    link = ReviewLink(
        minutes=held, public_id=uuid.uuid4(), name=name.strip()[:160], address=address, sees_all=sees_all,
        silence_agrees=silence_agrees, made_at=now, made_by=person, expires_at=held.corrections_until + LIVES_AFTER,
    )  # fmt: skip
    link.token_digest = digest_of_token(token_of(link))
    link.save()
    after = {"sees_all": sees_all, "silence_agrees": silence_agrees, "until": held.corrections_until}
    record(deed="meetings.invite_reviewer", subject=link, after=after, actor=person)
    context = {"minutes": held, "meeting": held.meeting, "link": link, "until": polish_moment(held.corrections_until)}
    send(
        to=address, purpose=PURPOSE, template="meetings/mail/review", context=context,
        button=(_("Read the minutes"), review_url(link)), dedup_key=f"meetings-review:{link.pk}",
    )  # fmt: skip
    return link


@transaction.atomic
def revoke_review(*, link: ReviewLink, person: Any) -> None:
    """From now on the link opens nothing; what was said by it stays. Raises NotYours, Refused."""
    open_for(link.minutes, person)
    if ReviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=database_now()):
        record(deed="meetings.revoke_review", subject=link, actor=person)


def look_at_review(*, token: str) -> ReviewLink:
    """The link behind a token, for showing the page; looking changes nothing. Raises LinkOver."""
    link = review_link_of(token)
    if link is None or not link.opens(database_now()):
        raise LinkOver(_("This link is no longer good. Write to the organiser of the meeting for a new one."))
    return link


def _held(token: str) -> tuple[ReviewLink, Minutes]:
    """The link and its minutes, locked; while remarks are taken. Raises LinkOver, Refused."""
    link = look_at_review(token=token)
    minutes = locked(link.minutes)
    until = minutes.corrections_until
    if not minutes.is_open:
        raise Refused(_("The minutes are approved: remarks are no longer taken. Write to the organiser of the meeting."))
    if until is None or database_now() >= until:
        raise Refused(_("The time for remarks is over. Write to the organiser of the meeting."))
    return link, minutes


@transaction.atomic
def suggest_words(*, token: str, place: str = "", proposed: str = "", remark: str = "") -> Suggestion:
    """Keeps a remark or another wording of one place. The same words sent twice are one. Raises LinkOver, Refused."""
    link, minutes = _held(token)
    proposed, remark = proposed.replace("\r\n", "\n").strip()[:6000], remark.strip()[:3000]
    where = place_of(minutes, place, sees_all=link.sees_all) if place else Place("", _("the whole text"), "")
    if where is None:
        raise Refused(_("This place of the text has changed meanwhile. Open the page again."))
    if proposed == where.text:
        proposed = ""
    if not proposed and not remark:
        raise Refused(_("Change the words, or write a remark."))
    facts = {"place": where.key, "proposed": proposed, "remark": remark}
    if known := link.suggestions.filter(**facts, state=Suggestion.State.OPEN).first():
        return known
    if link.suggestions.count() >= MOST_SUGGESTIONS:
        raise Refused(_("That is very many suggestions. Write to the organiser of the meeting instead."))
    made = Suggestion.objects.create(
        link=link, minutes=minutes, place_words=where.words[:200], was=where.text, made_at=database_now(), **facts
    )
    _answered(link, minutes, "meetings.suggest_words", {"place": where.key})
    return made


@transaction.atomic
def agree_to_minutes(*, token: str) -> ReviewLink:
    """The reviewer has read the minutes and has no remarks; said twice, it is said once. Raises LinkOver, Refused."""
    link, minutes = _held(token)
    if link.agreed_at is None:
        link.agreed_at = database_now()
        link.save(update_fields=["agreed_at"])
        _answered(link, minutes, "meetings.agree_to_minutes", {})
    return link


def _answered(link: ReviewLink, minutes: Minutes, deed: str, after: dict[str, Any]) -> None:
    if link.opened_at is None:
        link.opened_at = database_now()
        link.save(update_fields=["opened_at"])
    if deed == "meetings.suggest_words" and minutes.state == MinutesState.IN_REVIEW:
        minutes.state = MinutesState.CORRECTIONS
        minutes.save(update_fields=["state"])
    with acting(Actor(kind="link", id=str(link.pk), label=str(_("by a link to review minutes")))):
        record(deed=deed, subject=link, after=after)


@transaction.atomic
def decide_suggestion(*, suggestion: Suggestion, accept: bool, person: Any, reason: str = "") -> Suggestion:
    """Accepts it (another wording goes into the text) or rejects it with a reason. Raises NotYours, Refused."""
    held, now = open_for(suggestion.minutes, person), database_now()
    suggestion = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    if suggestion.state != Suggestion.State.OPEN:
        raise Refused(_("This suggestion is decided already."))
    if not accept and not reason.strip():
        raise Refused(_("Say why the suggestion is rejected: the reviewer reads it."))
    if accept and suggestion.proposed:
        where = place_of(held, suggestion.place, sees_all=True)
        if where is None or where.text != suggestion.was:
            words = _("The text has changed since the suggestion was made. Change it by hand, then reject this one and say so.")
            raise Refused(words)
        _write(held, where, suggestion.proposed, person)
    suggestion.state = Suggestion.State.ACCEPTED if accept else Suggestion.State.REJECTED
    suggestion.reason, suggestion.decided_at, suggestion.decided_by = reason.strip()[:500], now, person
    suggestion.save()
    record(deed="meetings.decide_suggestion", subject=suggestion, after={"state": suggestion.state}, actor=person)
    return suggestion


def _write(minutes: Minutes, where: Place, words: str, person: Any) -> None:
    """Other words into a block, or into the register of the day where the words of a voice stand."""
    kind, number, name = where.key.split(":")
    if kind == "voice":
        change_voice(voice=minutes.meeting.voices.get(pk=int(number)), person=person, **{name: words})
        return
    block = minutes.blocks.get(key=number)
    block.fields = {**block.fields, name: words}
    block.revision, block.changed_at, block.changed_by = block.revision + 1, database_now(), person
    block.save()


@transaction.atomic
def close_review(*, minutes: Minutes, person: Any) -> Minutes:
    """Brings the text back from reviewers to be mended. Raises NotYours, Refused."""
    held = open_for(minutes, person)
    if held.state != MinutesState.IN_REVIEW:
        raise Refused(_("These minutes are not with reviewers."))
    held.state = MinutesState.CORRECTIONS
    held.save(update_fields=["state"])
    record(deed="meetings.close_review", subject=held, after={"state": held.state}, actor=person)
    return held


@transaction.atomic
def erase_review_links(*, links: Any) -> int:
    """Erases who read and their own words; that somebody did, of which place and what was decided, stays."""
    now, count = database_now(), 0
    for each in links:
        gone = {"name": "", "address": None, "erased_at": now, "revoked_at": each.revoked_at or now}
        if ReviewLink.objects.filter(pk=each.pk, erased_at=None).update(**gone):
            each.suggestions.update(proposed="", remark="–")
            record(deed="meetings.erase_review_link", subject=each)
            count += 1
    return count
