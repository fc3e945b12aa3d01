"""The page of a city's entity or company behind its signed link: report, plan, amounts, done. Opening it does nothing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect

from ratusz.foundation.audit.acting import acting
from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.links import LinkRefused
from ratusz.foundation.notifications.views.public import private
from ratusz.foundation.once.sending import once_only
from ratusz.foundation.units.models import Unit
from ratusz.participation.projects.actions import delivery as actions
from ratusz.participation.projects.delivery import deeds, parts, queries, rules
from ratusz.participation.projects.models import Delivery, DeliveryState, DeliveryStep


@private
@csrf_protect
def page(request: HttpRequest, token: str) -> HttpResponse:
    """One page for everything."""
    try:
        delivery, unit = actions.look_at_link(token=token)
    except LinkRefused as refusal:
        return render(request, "projects/delivery/bad_link.html", {"refusal": refusal}, status=404)
    delivery = queries.whole(Delivery.objects.all()).get(pk=delivery.pk)
    deed = _deed(request.POST.get("deed", ""), delivery, unit) if request.method == "POST" else None
    return _act(request, token, delivery, unit, deed) if deed else _show(request, delivery, unit)


def _open_deeds(delivery: Delivery, unit: Unit) -> list[deeds.Deed]:
    has_it = delivery.unit_id == unit.pk
    return deeds.offered(delivery, database_now(), lambda right: has_it and right in rules.OF_UNIT)


def _deed(code: str, delivery: Delivery, unit: Unit) -> deeds.Deed | None:
    return next((each for each in _open_deeds(delivery, unit) if each.code == code), None)


@once_only
def _act(request: HttpRequest, token: str, delivery: Delivery, unit: Unit, deed: deeds.Deed) -> HttpResponse:
    form, photos = deeds.read(deed, delivery, database_now(), request.POST, request.FILES)
    typed = (deed.code, form, photos)
    if not form.is_valid() or (photos is not None and not photos.is_valid()):
        return _show(request, delivery, unit, typed)
    try:
        with transaction.atomic():
            # A refused deed takes no use of the link.
            found, by_unit, actor = actions.use_link(token=token)
            with acting(actor):
                deed.action(delivery=found, by_unit=by_unit, **deeds.facts_of(form, photos))
    except LinkRefused as refusal:
        # It was taken back between the look and the press.
        return render(request, "projects/delivery/bad_link.html", {"refusal": refusal}, status=404)
    except FileRefused as refusal:
        form.add_error(None, " ".join(refusal.messages))
        return _show(request, delivery, unit, typed)
    except rules.DeliveryRefused as refusal:
        form.add_error(None, str(refusal))
        return _show(request, delivery, unit, typed)
    messages.success(request, _("Thank you. It is written down."))
    return redirect(request.path)


def _show(request: HttpRequest, delivery: Delivery, unit: Unit, typed: Any = None) -> HttpResponse:
    at = database_now()
    offered = _open_deeds(delivery, unit)
    context = parts.project_context(delivery, at) | {
        "unit": unit, "has_it": delivery.unit_id == unit.pk, "deeds": deeds.drawn(offered, delivery, at, typed),
        "waiting": "" if offered else _waiting(delivery, unit), "sent_back": _sent_back(delivery), "typed": typed,
    }  # fmt: skip
    return render(request, "projects/delivery/building.html", context)


def _sent_back(delivery: Delivery) -> str:
    """What the department wrote when it sent the last report back, until the next one."""
    if delivery.state != DeliveryState.OPEN:
        return ""
    last = next((each for each in reversed(delivery.steps.all()) if each.kind in DeliveryStep.INSIDE), None)
    return last.text if last and last.kind == DeliveryStep.Kind.SENT_BACK else ""


def _waiting(delivery: Delivery, unit: Unit) -> str:
    """Why there is nothing to do."""
    if delivery.unit_id != unit.pk:
        return _("This project is with another unit now. Nothing is needed from you.")
    if delivery.state == DeliveryState.REPORTED:
        return _("Your report waits for confirmation. Nothing is needed from you now.")
    return _("This project has come to its end. Thank you.")
