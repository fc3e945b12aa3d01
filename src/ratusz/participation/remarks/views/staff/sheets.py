"""The register as files for staff, and positions back from a workbook with every row checked."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from ratusz.foundation.kit.made_files import XLSX, made_file
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.remarks import queries, rules, sheets
from ratusz.participation.remarks.actions.importing import import_positions
from ratusz.participation.remarks.forms_staff import RegisterFilter, SheetForm
from ratusz.participation.remarks.views.staff.deeds import check

LARGEST = 20_000_000


@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The narrowed register as a workbook to fill in; whoever answers gets the own remarks."""
    at = check(request, "see")
    found = get_object_or_404(Consultation, pk=pk)
    wanted = RegisterFilter(request.GET, consultation=found).wanted()
    narrowed = queries.narrowed(queries.register_of(found, request.user, at), wanted)
    content = sheets.workbook(found, queries.register_rows(narrowed, is_public=False))
    return made_file(content, XLSX, f"stanowiska-{found.slug}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest, pk: int) -> HttpResponse:
    """The workbook comes back: faults are listed by row and nothing is written, or all drafts are."""
    check(request, "answer")
    found = get_object_or_404(Consultation, pk=pk)
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    faults = []
    if form.is_valid():
        try:
            content = form.cleaned_data["sheet"].read(LARGEST)
            brought = import_positions(consultation=found, content=content, person=request.user)
        except rules.NotYours as refusal:
            raise PermissionDenied from refusal
        except rules.RemarkRefused as refusal:
            form.add_error("sheet", str(refusal))
        else:
            faults = brought.faults
            if not faults:
                words = _("Drafts written: %(written)s. Rows that changed nothing: %(same)s.")
                messages.success(request, words % {"written": brought.written, "same": brought.same})
                return redirect("remarks_register", pk)
    return render(request, "remarks/staff/bring.html", {"consultation": found, "form": form, "faults": faults[:200]})
