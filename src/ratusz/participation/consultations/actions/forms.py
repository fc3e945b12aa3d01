"""Forms of a consultation are planned, prepared, held and cancelled."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.participation.consultations import rules
from ratusz.participation.consultations.actions.steps import begin, noted, plain, show
from ratusz.participation.consultations.models import Consultation, Form
from ratusz.participation.consultations.registries import form_kinds

EDITABLE = ("title", "area", "starts_at", "ends_at", "place", "accessibility", "details", "position")


@transaction.atomic
def add_form(*, consultation: Consultation, kind: str, facts: dict[str, Any], person: Any) -> Form:
    """A form is planned; with an announced consultation it is announced at once. Raises NotYours, ConsultationRefused."""
    fresh, at = begin(consultation, "plan", person)
    rules.check_not_over(fresh)
    made = Form(consultation=fresh, kind=kind)
    _write(made, facts)
    made.save(force_insert=True)
    noted("add_form", made, person, kind=kind, title=made.title)
    show(fresh, at, _("A new way to take part: %(form)s.") % {"form": made.title})
    return made


@transaction.atomic
def change_form(*, form: Form, facts: dict[str, Any], person: Any) -> Form:
    """Changes title, days, place and particulars. Raises NotYours, ConsultationRefused."""
    fresh, at = _begin(form, person)
    before = {name: plain(getattr(fresh, name)) for name in facts if name in EDITABLE}
    _write(fresh, facts)
    fresh.save()
    noted("change_form", fresh, person, before, **{name: plain(getattr(fresh, name)) for name in before})
    is_moved = any(before.get(name) != plain(getattr(fresh, name)) for name in ("starts_at", "ends_at", "place") if name in before)
    show(fresh.consultation, at, _("Day or place changed: %(form)s.") % {"form": fresh.title} if is_moved else "")
    return fresh


def _begin(form: Form, person: Any) -> tuple[Form, Any]:
    consultation, at = begin(form.consultation, "plan", person)
    rules.check_not_over(consultation)
    fresh = Form.objects.select_for_update().get(pk=form.pk)
    fresh.consultation = consultation
    rules.check_form_changes(fresh)
    return fresh, at


def _write(form: Form, facts: dict[str, Any]) -> None:
    for name, value in facts.items():
        if name in EDITABLE:
            setattr(form, name, value)
    if form.starts_at and form.ends_at and form.ends_at <= form.starts_at:
        raise rules.ConsultationRefused(_("The form ends before it begins. Change one of the times."))
    if form.area is not None and form.area.consultation_id != form.consultation_id:
        raise rules.ConsultationRefused(_("This area belongs to another consultation."))


@transaction.atomic
def remove_form(*, form: Form, person: Any) -> None:
    """A form of a plan that nobody saw and nothing stands behind goes. Raises NotYours, ConsultationRefused."""
    fresh, _at = _begin(form, person)
    rules.check_planned(fresh.consultation)
    if fresh.subject:
        raise rules.ConsultationRefused(_("Something was prepared for this form already. Cancel the form with a reason."))
    noted("remove_form", fresh, person, {"kind": fresh.kind, "title": fresh.title})
    fresh.delete()


@transaction.atomic
def prepare_form(*, form: Form, person: Any) -> Form:
    """Makes the thing behind the form: a meeting, a survey. Prepared twice it is prepared once. Raises NotYours, Refused."""
    fresh, at = _begin(form, person)
    if fresh.subject:
        return fresh
    prepare = form_kinds[fresh.kind].prepare if fresh.kind in form_kinds else None
    if prepare is None:
        raise rules.ConsultationRefused(_("Nothing has to be prepared for this form."))
    fresh.subject = prepare(fresh, person)
    fresh.save(update_fields=["subject"])
    noted("prepare_form", fresh, person, thing=fresh.subject)
    show(fresh.consultation, at)
    return fresh


@transaction.atomic
def hold_form(*, form: Form, result_summary: str, person: Any, said: dict[str, Any] | None = None) -> Form:
    """The form took place; what came of it in short, and what its kind asks afterwards. Raises NotYours, ConsultationRefused."""
    consultation, at = begin(form.consultation, "plan", person)
    fresh = Form.objects.select_for_update().get(pk=form.pk)
    rules.check_form_changes(fresh)
    if consultation.announced_at is None:
        raise rules.ConsultationRefused(_("The consultation is not announced yet: nothing can have been held."))
    fresh.held_at, fresh.result_summary = at, result_summary.strip()
    fresh.details = fresh.details | ({"said": {**fresh.said, **said}} if said else {})
    fresh.save(update_fields=["held_at", "result_summary", "details"])
    noted("hold_form", fresh, person, held_at=at)
    show(consultation, at)
    return fresh


@transaction.atomic
def cancel_form(*, form: Form, reason: str, person: Any) -> Form:
    """The form does not take place, for a public reason. Raises NotYours, ConsultationRefused."""
    fresh, at = _begin(form, person)
    if not reason.strip():
        raise rules.ConsultationRefused(_("Write why it is cancelled: everybody reads it."))
    fresh.cancelled_at, fresh.cancel_reason = at, reason.strip()
    fresh.save(update_fields=["cancelled_at", "cancel_reason"])
    noted("cancel_form", fresh, person, reason=fresh.cancel_reason)
    show(fresh.consultation, at, _("Cancelled: %(form)s. %(reason)s") % {"form": fresh.title, "reason": fresh.cancel_reason})
    return fresh
