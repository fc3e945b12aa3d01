"""How the remark box of a form works."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from ratusz.participation.consultations.models import Form
from ratusz.participation.remarks import boxes, rules
from ratusz.participation.remarks.actions.boxes import set_box
from ratusz.participation.remarks.forms import known_fields
from ratusz.participation.remarks.forms_staff import BoxForm
from ratusz.participation.remarks.views.staff.deeds import check


@require_http_methods(["GET", "HEAD", "POST"])
def box(request: HttpRequest, pk: int) -> HttpResponse:
    """Schema, proof, the rule on repeated intakes, who reads first; declared facts are fixed once people take part."""
    at = check(request, "run")
    found = get_object_or_404(Form.objects.select_related("consultation"), pk=pk, kind__in=boxes.KINDS)
    mine = boxes.box_of(found)
    form = BoxForm(request.POST if request.method == "POST" else None, instance=mine, at=at)
    if form.is_valid():
        try:
            set_box(form=found, person=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("remarks_box", pk)
        except rules.NotYours as refusal:
            raise PermissionDenied from refusal
        except rules.RemarkRefused as refusal:
            form.add_error(None, str(refusal))
    known = known_fields()
    context = {
        "form": form, "box_form": found, "consultation": found.consultation, "schema": boxes.schema_of(found, mine, at),
        "left_out": [known[name].label for name in boxes.left_out(found, mine, at)],
    }  # fmt: skip
    return render(request, "remarks/staff/box.html", context)
