"""The list of supporters on the author's page: how many count, the link to share, sheets to print, scans to send."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from ratusz.casework.signatures.forms import PrintForm
from ratusz.casework.signatures.links import collection_url
from ratusz.foundation.kit.dates import polish_moment, polish_until
from ratusz.participation.budget.edition_rules import rules_of
from ratusz.participation.projects import actions, queries, rules, supporting
from ratusz.participation.projects.forms_supporting import ScanForm
from ratusz.participation.projects.models import Application


def panel(application: Application, at: datetime) -> dict[str, Any]:
    """What the author's page says of supporters; empty where the edition asks for none or there is no pool yet."""
    needed = supporting.needed(application)
    found = supporting.standing(application)
    told: dict[str, Any] = {
        "needed": needed, "standing": found, "is_collecting": application.state in supporting.COLLECTING,
        "online": _online(application),
    }  # fmt: skip
    if found is None:
        return told
    made = found.collection
    return told | {
        "words": supporting.words_of(found), "address": collection_url(made), "is_open": made.is_open(at),
        "until": polish_until(made.until) if made.until else "",
        "missing": _("Missing: %(count)s.") % {"count": found.missing} if found.missing else "",
        "print_form": PrintForm(), "scan_form": ScanForm(), "sheets": [_sheet(each) for each in made.sheets.order_by("number")],
    }  # fmt: skip


def _online(application: Application) -> dict[str, Any]:
    settings = rules_of(application.edition)
    return {"is_allowed": settings.value("signatures.online"), "clause": settings.needs_clause("signatures.online")}


def _sheet(sheet: Any) -> str:
    if sheet.received_at:
        return _("Sheet %(number)s: the Office has it, lines: %(lines)s.") % {"number": sheet.number, "lines": sheet.filled}
    if sheet.handed_in_at:
        moment = polish_moment(sheet.handed_in_at)
        return _("Sheet %(number)s: scan sent on %(moment)s.") % {"number": sheet.number, "moment": moment}
    return _("Sheet %(number)s: printed.") % {"number": sheet.number}


@never_cache
@csrf_protect
@require_POST
def supporters(request: HttpRequest, edition_slug: str, token: str) -> HttpResponse:
    """Begins collecting, or takes the scan of a sheet; both by the author's link."""
    application = queries.by_link(edition_slug, token)
    if application is None:
        raise Http404
    try:
        messages.success(request, _do(request, application))
    except rules.ApplicationRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("projects:draft" if not application.number else "projects:receipt", edition_slug, token)


def _do(request: HttpRequest, application: Application) -> str:
    deed = request.POST.get("deed", "")
    if deed == "start":
        actions.start_collecting(application=application)
        return _("You may collect signatures now. Print sheets, or send people the address below.")
    if deed != "scan":
        raise Http404
    form = ScanForm(request.POST, request.FILES)
    if not form.is_valid():
        raise rules.ApplicationRefused(_("Write the number of the sheet and choose its scan: PDF, JPEG or PNG."))
    upload = form.cleaned_data["scan"]
    sheet = actions.hand_in_scan(application=application, number=form.cleaned_data["sheet"], upload=upload, name=upload.name)
    return _("The scan of sheet %(number)s is with us.") % {"number": sheet.number}
