"""Screens of heads of units: places with their moderators, how each publishes, appointments with their letters."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ratusz.casework.documents.blocks import Document, Facts, Signatures, Text
from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.casework.moderation import actions, office, rules, wording
from ratusz.casework.moderation.forms_of_the_office import MandateForm, ModeForm, OutsiderForm
from ratusz.casework.moderation.models import Mandate, Mode, PlaceRules
from ratusz.casework.moderation.registries import Place
from ratusz.foundation.audit.actions import record_read
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_date, polish_moment, polish_until
from ratusz.foundation.kit.made_files import made_file
from ratusz.foundation.once.sending import once_only
from ratusz.foundation.units.models import Unit
from ratusz.foundation.units.rules import AlreadyHasAccount, AlreadyInvited

REFUSALS = (rules.ModerationRefused, AlreadyHasAccount, AlreadyInvited)


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """Current places of the units the person keeps: how each publishes, who moderates it, and where nobody does."""
    at = database_now()
    if not rules.may(request.user, "keep", None, at):
        raise PermissionDenied
    found = [each for each in office.current_places(at) if rules.may(request.user, "keep", _unit(each), at)]
    modes, mandates = office.modes_of(found, at), office.mandates_of(found, at)
    gaps = {gap.place.key: gap for gap in office.uncovered(at)}
    rows = [
        {
            "place": each, "mode": Mode(modes[each.key]).label, "until": polish_until(each.ends_at) if each.ends_at else "",
            "mandates": [_told(mandate) for mandate in mandates[each.key]], "gap": _gap(gaps.get(each.key)),
        }
        for each in found
    ]  # fmt: skip
    return render(request, "moderation/staff/places.html", {"rows": rows})


def _unit(place: Place) -> Any:
    return place.unit or Unit.objects.the_department()


def _gap(gap: Any) -> str:
    return _("nobody from %(day)s") % {"day": polish_date(gap.first)} if gap else ""


def _told(mandate: Mandate) -> dict[str, Any]:
    who = mandate.person or mandate.invitation
    name = mandate.person.display_name if mandate.person else f"{who.first_name} {who.last_name}" if who else _("invited")
    return {
        "mandate": mandate, "name": name, "days": wording.mandate_days(mandate),
        "is_invited": mandate.person is None and (who is None or who.accepted_at is None),
        "trained": polish_date(mandate.trained_on) if mandate.trained_on else "",
    }  # fmt: skip


def _place(request: HttpRequest, key: str, at) -> Place:
    found = rules.place_of(key)
    if found is None:
        raise Http404
    if not rules.may(request.user, "keep", _unit(found), at):
        raise PermissionDenied
    return found


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def place(request: HttpRequest, key: str) -> HttpResponse:
    """One place: its history, its moderators, and the three forms; each refusal stands beside what was typed."""
    at = database_now()
    found = _place(request, key, at)
    deed = request.POST.get("deed", "") if request.method == "POST" else ""
    forms: dict[str, Any] = {
        "mode": ModeForm(request.POST if deed == "mode" else None, prefix="mode"),
        "mandate": MandateForm(request.POST if deed == "mandate" else None, prefix="mandate", at=at),
        "outsider": OutsiderForm(request.POST if deed == "outsider" else None, prefix="outsider", at=at),
    }  # fmt: skip
    chosen = forms.get(deed)
    if chosen is not None and chosen.is_valid():
        try:
            _do(deed, key, chosen, request.user)
        except REFUSALS as refusal:
            chosen.add_error(None, str(refusal))
        except PermissionDenied:
            chosen.add_error(None, _("Only the head of this unit, or an administrator, invites somebody to an account in it."))
        else:
            messages.success(request, _("Done. The history of the place has it."))
            return redirect("moderation_place", key)
    context = {"place": found, **_history(found, at), **{f"{name}_form": form for name, form in forms.items()}}
    return render(request, "moderation/staff/place.html", context, status=422 if chosen is not None and chosen.errors else 200)


def _do(deed: str, key: str, form: Any, person: Any) -> None:
    if deed == "mode":
        actions.set_mode(place=key, person=person, **form.cleaned_data)
    elif deed == "mandate":
        actions.appoint_moderator(place=key, person=person, **form.cleaned_data)
    else:
        actions.appoint_moderator(place=key, person=person, **form.facts())


def _history(place: Place, at) -> dict[str, Any]:
    mandates = Mandate.objects.filter(place=place.key).select_related("person", "substitute", "invitation", "unit", "appointed_by")
    running = set(Mandate.objects.in_force(at).filter(place=place.key).values_list("pk", flat=True))
    rules_before = PlaceRules.objects.filter(place=place.key).select_related("set_by")
    return {
        "mode": Mode(office.modes_of([place], at)[place.key]).label,
        "until": polish_until(place.ends_at) if place.ends_at else "",
        "settings": [{"rules": each, "since": polish_moment(each.starts)} for each in rules_before],
        "mandates": [{**_told(each), "is_running": each.pk in running or each.starts > at} for each in mandates],
    }  # fmt: skip


@require_POST
def end_mandate(request: HttpRequest, pk: int) -> HttpResponse:
    """The moderator is called off."""
    mandate = get_object_or_404(Mandate, pk=pk)
    try:
        actions.end_mandate(mandate=mandate, why=request.POST.get("why", ""), person=request.user)
    except rules.NotYours as refusal:
        raise PermissionDenied from refusal
    except rules.ModerationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The appointment is over and the moderator is told."))
    return redirect("moderation_place", mandate.place)


@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter of appointment as PDF, to be signed; reading it is recorded."""
    at = database_now()
    mandate = get_object_or_404(Mandate.objects.select_related("person", "substitute", "invitation", "unit"), pk=pk)
    if not rules.may(request.user, "keep", mandate.unit, at):
        raise PermissionDenied
    record_read(subject=mandate, fields=["person", "substitute"], actor=request.user)
    told = _told(mandate)
    facts = [
        (_("Moderator"), told["name"]), (_("Place"), mandate.place_name), (_("Unit"), str(mandate.unit)),
        (_("Time"), wording.mandate_days(mandate)), (_("Day of the training"), told["trained"] or _("not yet")),
    ]  # fmt: skip
    blocks = [
        Facts(facts),
        *(Text(each) for each in wording.appointment(mandate).split("\n\n")),
        Signatures([_("head of the unit")]),
    ]
    document = Document(_("Appointment of a moderator"), blocks, subtitle=polish_date(mandate.appointed_at))
    return made_file(pdf_of_document(document), "application/pdf", f"powolanie-{mandate.pk}.pdf")
