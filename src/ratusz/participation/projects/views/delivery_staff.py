"""Buildings as the department and units see them: the list, one building with its deeds and photos, the report by units."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.casework.documents.xlsx import xlsx_of
from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_until
from ratusz.foundation.kit.money import zlotys
from ratusz.foundation.once.sending import once_only
from ratusz.foundation.units.models import Appointment, Unit
from ratusz.participation.budget.models import Edition
from ratusz.participation.projects.actions import delivery as actions
from ratusz.participation.projects.delivery import deeds, parts, queries, reports_made, rules, wording
from ratusz.participation.projects.delivery.forms import DeliveryFilter
from ratusz.participation.projects.models import Delivery, DeliveryPhoto
from ratusz.participation.projects.models.delivery import DeliveryQuerySet
from ratusz.participation.projects.wording import place_of
from ratusz.publishing.website.passports.rules import ConsentWithdrawn

PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _check(request: HttpRequest, deed: str, delivery: Delivery | None, at: datetime) -> None:
    if not rules.may(request.user, deed, delivery, at):
        raise PermissionDenied


def _theirs(request: HttpRequest, at: datetime) -> DeliveryQuerySet:
    """All for the department; for people of units what their own units build."""
    if rules.may(request.user, "see_all", None, at):
        return Delivery.objects.all()
    held = Appointment.objects.in_force(at).filter(person=request.user.pk, role__code__in=rules.UNIT).values("unit")
    return Delivery.objects.filter(unit__in=held)


def _edition(request: HttpRequest) -> tuple[Edition | None, list[Edition]]:
    editions = list(Edition.objects.published().of_this_city().newest_first())
    asked = request.GET.get("edycja")
    return next((each for each in editions if each.slug == asked), editions[0] if editions else None), editions


@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    """The winners of an edition, narrowed, late ones told."""
    at = database_now()
    _check(request, "see", None, at)
    rows = _theirs(request, at)
    edition, editions = _edition(request)
    if edition is None:
        return render(request, "projects/staff/deliveries.html", {"edition": None})
    units = Unit.objects.filter(pk__in=rows.values("unit")).order_by("sort_key", "name")
    form = DeliveryFilter(request.GET, edition=edition, units=units, at=at, is_staff=True)
    found = rows.of(edition)
    page = Paginator(queries.listed(found, form.chosen(), at), PAGE).get_page(request.GET.get("p"))
    query, pages = request.GET.copy(), {}
    for name, number in (("earlier", page.number - 1), ("later", page.number + 1)):
        query["p"] = str(number)
        pages[name] = query.urlencode()
    context = {
        "edition": edition, "editions": editions, "form": form, "page": page, "rows": [_row(each, at) for each in page],
        "figures": queries.figures(list(found.with_days()), at), "may_open": rules.may(request.user, "open", None, at),
        "sees_all": rules.may(request.user, "see_all", None, at), "missing": queries.without_delivery(edition).count(),
    }  # fmt: skip
    return render(request, "projects/staff/deliveries.html", context | pages)


def _row(delivery: Delivery, at: datetime) -> dict[str, Any]:
    next_on, due_on = delivery.next_on, delivery.due_on
    return {
        "delivery": delivery, "stage": wording.capital(wording.public_state(delivery)), "state": delivery.get_state_display(),
        "late": wording.late_words(delivery, at, next_on), "when": wording.due_words(delivery, due_on) or "–",
        "cost": zlotys(delivery.ballot_grosze), "where": place_of(delivery.project.pool),
    }  # fmt: skip


@require_POST
def open_missing(request: HttpRequest, pk: int) -> HttpResponse:
    """Opens the buildings of an edition whose results were published earlier."""
    _check(request, "open", None, database_now())
    edition = get_object_or_404(Edition, pk=pk)
    try:
        count = actions.open_deliveries(edition=edition, person=request.user)
    except rules.NotYours as refusal:
        raise PermissionDenied from refusal
    messages.success(request, _("Opened: %(count)s") % {"count": wording.projects(count)})
    return redirect(f"{reverse('projects_deliveries')}?edycja={edition.slug}")


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """One building: its page as everybody reads it, what only the Office sees, and the deeds that are open to this person."""
    at = database_now()
    _check(request, "see", None, at)
    found = get_object_or_404(queries.whole(Delivery.objects.all()), pk=pk)
    _check(request, "see", found, at)
    open_deeds = deeds.offered(found, at, lambda right: rules.may(request.user, right, found, at))
    typed = None
    if request.method == "POST":
        deed = next((each for each in open_deeds if each.code == request.POST.get("deed")), None)
        if deed is None:
            messages.error(request, _("This cannot be done now. Somebody may have changed it a moment ago; look at it again."))
            return redirect("projects_delivery", pk)
        form, photos = deeds.read(deed, found, at, request.POST, request.FILES)
        if _carry_out(request, found, deed, form, photos):
            return redirect("projects_delivery", pk)
        typed = (deed.code, form, photos)
        messages.error(request, _("Nothing was written down. See what to mend in: %(form)s.") % {"form": deed.title})
    return render(request, "projects/staff/delivery.html", _context(request, found, at, open_deeds, typed))


def _carry_out(request: HttpRequest, found: Delivery, deed: deeds.Deed, form: Any, photos: Any) -> bool:
    """Whether it was done; a refusal stands in the form."""
    if not form.is_valid() or (photos is not None and not photos.is_valid()):
        return False
    try:
        with transaction.atomic():
            deed.action(delivery=found, person=request.user, **deeds.facts_of(form, photos))
    except rules.NotYours as refusal:
        raise PermissionDenied from refusal
    except FileRefused as refusal:
        form.add_error(None, " ".join(refusal.messages))
        return False
    except rules.DeliveryRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Written down."))
    return True


def _context(request: HttpRequest, found: Delivery, at: datetime, open_deeds: Any, typed: Any) -> dict[str, Any]:
    photos = [(photo, queries.photo_refused(photo, at)) for photo in found.photos.all()]
    steps = [
        (wording.polish_date(each.day), wording.told(each), each.by, each.unit, each.kind in each.INSIDE)
        for each in reversed(found.steps.all())
    ]
    return parts.project_context(found, at) | {
        "deeds": deeds.drawn(open_deeds, found, at, typed), "all_photos": photos, "all_steps": steps,
        "may_gate": rules.may(request.user, "photo_gate", found, at),
        "clocks": [{"name": each.rule.name, "until": polish_until(each.due_at)} for each in queries.clocks_of(found)],
        "followers": queries.followers_of(found),
    }  # fmt: skip


@require_POST
def photo(request: HttpRequest, pk: int) -> HttpResponse:
    """The gate of one photo: nobody can be recognised, or it goes."""
    _check(request, "photo_gate", None, database_now())
    found = get_object_or_404(DeliveryPhoto.objects.select_related("delivery", "image"), pk=pk)
    number = found.delivery_id
    try:
        if request.POST.get("deed") == "show":
            actions.let_photo_show(photo=found, person=request.user)
        elif request.POST.get("deed") == "remove":
            actions.remove_photo(photo=found, reason=request.POST.get("reason", ""), person=request.user)
        else:
            raise Http404
    except rules.NotYours as refusal:
        raise PermissionDenied from refusal
    except (rules.DeliveryRefused, ConsentWithdrawn) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Written down."))
    return redirect("projects_delivery", number)


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """What each unit builds and how it goes: units in their own order, nobody is ranked."""
    at = database_now()
    _check(request, "see_all", None, at)
    edition, editions = _edition(request)
    form = request.GET.get("plik", "")
    rows = reports_made.rows(edition, at)
    if form == "pdf":
        return _file(pdf_of_document(reports_made.document(edition, rows, at)), "application/pdf", "realizacja-komorki.pdf")
    if form == "xlsx":
        return _file(xlsx_of(reports_made.title(edition), [reports_made.sheet(rows)]), XLSX, "realizacja-komorki.xlsx")
    headings = reports_made.headings()
    context = {
        "edition": edition, "editions": editions, "title": reports_made.title(edition), "headings": headings,
        "rows": [list(zip(headings, reports_made.as_text(row), strict=True)) for row in rows],
    }  # fmt: skip
    return render(request, "projects/staff/delivery_report.html", context)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
