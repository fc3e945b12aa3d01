"""Writing to staff in the Wagtail admin: drafts, publishing, the report by unit, sheets for those without a desk."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ratusz.foundation.audit.actions import record_read
from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.once.sending import once_only
from ratusz.foundation.people.models import User
from ratusz.foundation.units.models import Unit
from ratusz.publishing.intranet import actions, audience, print_sheet, queries, rules
from ratusz.publishing.intranet.forms import NoticeForm, PublishForm, SheetForm, initial_of
from ratusz.publishing.intranet.models import Notice, SignedSheet, State
from ratusz.publishing.intranet.structure import to_html
from ratusz.publishing.intranet.tree import read_tree

PAGE = 50


def for_writers(view):
    """Whoever writes to staff: the department, and heads of units."""

    @wraps(view)
    def checked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not rules.may(request.user, "write", None, database_now()):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


@require_safe
@for_writers
def notices(request: HttpRequest) -> HttpResponse:
    """Drafts of theirs, then whatever was published, the newest first."""
    at = database_now()
    listed = Notice.objects.exclude(state=State.DRAFT).select_related("owner_unit")
    drafts = [
        each
        for each in Notice.objects.filter(state=State.DRAFT).select_related("owner_unit")
        if rules.may(request.user, "change", each, at)
    ]
    page = Paginator(listed.order_by("-changed_at", "-pk"), PAGE).get_page(request.GET.get("p"))
    return render(request, "intranet/staff/notices.html", {"page": page, "drafts": drafts, "at": at})


def _form(request: HttpRequest, notice: Notice | None = None) -> NoticeForm:
    at = database_now()
    is_writer = rules.is_writer(request.user, at)
    units = Unit.objects.working()
    if not is_writer:
        units = units.filter(pk__in=audience.headed_units(request.user, at, read_tree()))
    own = _own_unit(request.user, at, units)
    # Whoever writes to the own unit alone finds it ticked already.
    initial = initial_of(notice) if notice else {"owner_unit": own, "units": [own] if own and not is_writer else []}
    data = request.POST if request.method == "POST" else None
    return NoticeForm(data, units=units, features=is_writer, at=at, initial=initial)


def _own_unit(person: Any, at, units) -> int | None:
    return audience.members(at).filter(person=person, unit__in=units).values_list("unit", flat=True).first()


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def write(request: HttpRequest) -> HttpResponse:
    """A new draft."""
    form = _form(request)
    if form.is_valid():
        try:
            notice = actions.write_notice(person=request.user, **form.facts())
        except rules.Refused as refusal:
            form.add_error("units", str(refusal))
        else:
            messages.success(request, _("The draft is kept. Look at it and publish it."))
            return redirect("intranet_publish", pk=notice.pk)
    return render(request, "intranet/staff/edit.html", {"form": form, "notice": None})


def _mine(request: HttpRequest, pk: int) -> Notice:
    notice = get_object_or_404(Notice.objects.select_related("owner_unit"), pk=pk)
    if not rules.may(request.user, "change", notice, database_now()):
        raise PermissionDenied
    return notice


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The working text and the settings."""
    notice, newer_text = _mine(request, pk), ""
    newer: Notice | None = None
    form = _form(request, notice)
    if form.is_valid():
        try:
            actions.change_notice(notice=notice, person=request.user, opened=form.cleaned_data["opened"], **form.facts())
        except rules.ChangedMeanwhile as refusal:
            newer = Notice.objects.get(pk=pk)
            newer_text = to_html(newer.body)
            form.opened_anew(refusal.edition)
            form.add_error(None, str(refusal))
        except rules.NotTheirUnit as refusal:
            form.add_error("units", str(refusal))
        except rules.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The changes are kept. Readers see new words when you publish them."))
            return redirect("intranet_publish", pk=pk)
    context = {"form": form, "notice": notice, "newer": newer, "newer_text": newer_text}
    return render(request, "intranet/staff/edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice as readers will see it, for whom it is, when they are told, and the button."""
    notice, at = _mine(request, pk), database_now()
    form = PublishForm(request.POST if request.method == "POST" else None, notice=notice)
    refused = ""
    if request.method == "POST" and (form.is_valid() or not notice.current_version):
        choice = form.cleaned_data if notice.current_version else {}
        try:
            actions.publish_notice(notice=notice, person=request.user, **choice)
        except rules.Refused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, _("Published. Staff see it now."))
            return redirect("intranet_report", pk=pk) if notice.is_required else redirect("intranet_notices")
    context = {
        "form": form, "notice": notice, "text": to_html(notice.body),
        "targets": notice.targets.select_related("unit", "building", "role"), "told": notice.is_required or notice.is_urgent,
        "people": audience.people_of(notice, at).count(), "told_at": rules.may_tell_at(at, notice.is_urgent),
        "at": at, "refused": refused,
    }  # fmt: skip
    return render(request, "intranet/staff/publish.html", context, status=422 if refused else 200)


@for_writers
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Off the view for good; confirmations stay. A stray press beside the form closes nothing."""
    if request.POST.get("sure") != "yes":
        messages.warning(request, _("Tick that you want to close the notice: it cannot be opened again."))
        return redirect("intranet_edit", pk=pk)
    try:
        actions.close_notice(notice=_mine(request, pk), person=request.user)
        messages.success(request, _("The notice is closed. Confirmations are kept."))
    except rules.Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("intranet_notices")


def _required(pk: int) -> Notice:
    return get_object_or_404(Notice.objects.exclude(state=State.DRAFT).select_related("owner_unit"), pk=pk, is_required=True)


@require_safe
@for_writers
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Counts by unit: all for whoever may change the notice, their own for other heads. Names for the superior, recorded."""
    notice, at = _required(pk), database_now()
    found = queries.report(notice, request.user, at, whole=rules.may(request.user, "change", notice, at))
    if found.shows_names:
        record_read(subject=notice, fields=["missing"], actor=request.user, reason="intranet.report")
    sheets = SignedSheet.objects.filter(version__notice=notice).select_related("unit", "photo", "version").order_by("-entered_at")
    visible = {row.unit.pk for row in found.units if row.may_see_names}
    context = {"notice": notice, "report": found, "sheets": [each for each in sheets if each.unit_id in visible]}
    return render(request, "intranet/staff/report.html", context)


def _unit_of_superior(request: HttpRequest, number: int) -> Unit:
    unit = get_object_or_404(Unit, pk=number)
    if not rules.may(request.user, "missing", unit, database_now()):
        raise PermissionDenied
    return unit


@require_safe
@for_writers
def sheet(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    """The sheet to print: the notice, its QR code, a line for each of the unit who has yet to confirm."""
    notice, of_unit = _required(pk), _unit_of_superior(request, unit)
    people = queries.missing_in(notice, of_unit, database_now())
    record_read(subject=notice, fields=["missing"], actor=request.user, reason="intranet.sheet")
    address = request.build_absolute_uri(reverse("intranet:notice", args=[pk]))
    version = notice.versions.get(number=notice.current_version)
    content = print_sheet.pdf(notice, version, of_unit, [each.display_name for each in people], address)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="ogloszenie-{pk}-{of_unit.pk}.pdf"'
    return response


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
@for_writers
def enter_sheet(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    """Who signed, when, and the picture of the sheet; or who said so."""
    notice, of_unit, at = _required(pk), _unit_of_superior(request, unit), database_now()
    missing = [each for each in queries.missing_in(notice, of_unit, at) if each.pk != request.user.pk]
    record_read(subject=notice, fields=["missing"], actor=request.user, reason="intranet.enter_sheet")
    people = User.objects.filter(pk__in=[each.pk for each in missing]).order_by("last_name", "first_name", "pk")
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = SheetForm(data, files, people=people, at=at, initial={"number": notice.current_version})
    if form.is_valid():
        try:
            _enter(form.cleaned_data, notice, of_unit, request.user)
        except FileRefused as refusal:
            form.add_error("photo", refusal)
        except rules.OldSheet as refusal:
            form.add_error("number", str(refusal))
        except (rules.SignedTooEarly, rules.NotSignedYet) as refusal:
            form.add_error("signed_on", str(refusal))
        except rules.Refused as refusal:
            form.add_error("people", str(refusal))
        else:
            messages.success(request, _("Entered. The report counts them now."))
            return redirect("intranet_report", pk=pk)
    context = {"form": form, "notice": notice, "unit": of_unit, "missing": missing}
    return render(request, "intranet/staff/enter_sheet.html", context)


def _enter(facts: dict[str, Any], notice: Notice, unit: Unit, person: Any) -> None:
    common = {"notice": notice, "number": facts["number"], "unit": unit, "people": facts["people"], "person": person}
    if facts["way"] == "sheet":
        photo = facts["photo"]
        actions.enter_sheet(**common, signed_on=facts["signed_on"], photo=photo, photo_name=photo.name)
    else:
        actions.enter_for_people(**common)
