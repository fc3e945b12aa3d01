"""Pages behind personal links: one's own place, an invitation. Opening them changes nothing, only a press of a button does."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect

from ratusz.casework.meetings import actions, links, queries, signing_up, wording
from ratusz.casework.meetings.actions.telling import door_picture, position_of
from ratusz.casework.meetings.models import Invitation, Registration, Standing
from ratusz.casework.meetings.models.registrations import SEATED
from ratusz.casework.meetings.sign_up_forms import NeedsForm, SubstituteForm
from ratusz.foundation.kit import page_dates
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications.views.public import private


def _bad_link(request: HttpRequest) -> HttpResponse:
    return render(request, "meetings/bad_link.html", status=404)


@csrf_protect
@private
def my_place(request: HttpRequest, token: str) -> HttpResponse:
    """One link for all: confirm, accept, change, give up, come back to the list; good until 30 days after the meeting."""
    at = database_now()
    mine = links.registration_of(token)
    if mine is None or at >= signing_up.link_ends(mine.meeting):
        return _bad_link(request)
    deed = request.POST.get("deed", "") if request.method == "POST" else ""
    form = NeedsForm.of(mine, at, request.POST if deed == "change" else None)
    if deed and (deed != "change" or form.is_valid()):
        try:
            messages.success(request, _do(deed, mine, form))
            return redirect(request.path)
        except signing_up.SignUpRefused as refusal:
            if deed == "change":
                form.add_error(None, str(refusal))
            else:
                messages.warning(request, str(refusal))
                return redirect(request.path)
    return render(request, "meetings/my_place.html", _context(mine, form, at))


def _do(deed: str, mine: Registration, form: NeedsForm) -> str:
    """Does it; gives what to tell."""
    if deed == "confirm":
        done = actions.confirm_registration(registration=mine)
        return str(SAID.get(done.standing, _("Done.")))
    if deed == "accept":
        actions.accept_offer(registration=mine)
        return _("The place is yours.")
    if deed == "keep":
        actions.keep_seat_after_move(registration=mine)
        return _("Thank you. We wait for you on the new day.")
    if deed == "give_up":
        actions.give_up_seat(registration=mine)
        return _("Thank you for telling us. The place goes to somebody else.")
    if deed == "rejoin":
        return str(SAID.get(actions.rejoin(registration=mine).standing, _("Done.")))
    if deed == "change":
        actions.change_registration(registration=mine, **form.change())
        return _("Your registration is changed.")
    return _("Nothing was changed.")


SAID: dict[str, Any] = {
    Standing.CONFIRMED: gettext_lazy("You have a place."), Standing.WAITING: gettext_lazy("You are on the waiting list."),
    Standing.PENDING: gettext_lazy("The address is confirmed. The organiser decides and we write to you."),
}  # fmt: skip


def _context(mine: Registration, form: NeedsForm, at: datetime) -> dict[str, Any]:
    standing = signing_up.shown_standing(mine, at)
    is_ahead = mine.meeting.state == "announced" and at < mine.meeting.starts_at
    speakers = signing_up.speakers_of(mine.meeting)
    qr = mark_safe(door_picture(mine, "svg").decode()) if standing in SEATED else ""
    return {
        "mine": mine, "meeting": mine.meeting, "standing": standing, "said": wording.page(mine.meeting, at), "form": form,
        "position": position_of(mine) if standing == Standing.WAITING else 0, "qr": qr, "is_ahead": is_ahead,
        "has_speakers": speakers is not None, "speaks": speakers is not None and mine.group_id == speakers.pk,
        "turn": queries.place_in_order(mine) if speakers and standing in SEATED else 0, "asks": "speaks" in form.fields,
        "until": page_dates.until(mine.offer_expires_at) if mine.offer_expires_at else "", "number": mine.number,
        "may_change": is_ahead and standing in (*SEATED[:1], Standing.WAITING, Standing.OFFERED, Standing.PENDING),
        "may_rejoin": is_ahead and standing in (Standing.EXPIRED, Standing.CANCELLED) and (mine.confirmed_at or mine.waiting_since),
        "may_confirm": is_ahead and mine.confirmed_at is None and mine.standing in (Standing.UNCONFIRMED, Standing.EXPIRED)
        and mine.offer_expires_at is None,
    }  # fmt: skip


@csrf_protect
@private
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept, decline, or name who comes instead."""
    at = database_now()
    mine = links.invitation_of(token)
    if mine is None or at >= signing_up.link_ends(mine.meeting):
        return _bad_link(request)
    deed = request.POST.get("deed", "") if request.method == "POST" else ""
    form = NeedsForm(request.POST if deed == "accept" else None, meeting=mine.meeting)
    other = SubstituteForm(request.POST if deed == "substitute" else None)
    wanted = {"accept": form, "substitute": other}.get(deed)
    if deed and (wanted is None or wanted.is_valid()):
        try:
            return _answered(request, deed, mine, form, other)
        except signing_up.SignUpRefused as refusal:
            messages.warning(request, str(refusal))
            return redirect(request.path)
    context = {"mine": mine, "meeting": mine.meeting, "said": wording.page(mine.meeting, at), "form": form, "other": other}
    context["is_open"] = mine.meeting.state == "announced" and at < mine.meeting.starts_at
    context["place_url"] = links.place_url(mine.registration) if mine.registration else ""
    return render(request, "meetings/invitation.html", context)


def _answered(request: HttpRequest, deed: str, mine: Invitation, form: NeedsForm, other: SubstituteForm) -> HttpResponse:
    if deed == "accept" and mine.address is not None:
        contact = ((mine.address.channel, mine.address.value),)
        person = actions.Person(mine.name, contact, group=mine.group, language=get_language() or "pl", **form.said())
        done = actions.accept_invitation(invitation=mine, person=person)
        messages.success(request, SAID.get(done.registration.standing if done.registration else "", _("Done.")))
    elif deed == "decline":
        actions.decline_invitation(invitation=mine)
        messages.success(request, _("Thank you for your answer."))
    elif deed == "substitute":
        actions.name_substitute(invitation=mine, name=other.cleaned_data["name"], email=other.cleaned_data["email"])
        messages.success(request, _("Thank you. We have written to the person who comes instead of you."))
    return redirect(request.path)
