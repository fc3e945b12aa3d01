"""Pages of the data-protection officer: what we hold about a person, its export and erasure, the register of processing."""

from __future__ import annotations

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from ratusz.foundation.people.actions.privacy import erase_person, export_person, find_person
from ratusz.foundation.people.forms_privacy import PersonForm
from ratusz.foundation.people.models import Erasure
from ratusz.foundation.people.queries import register_of_processing
from ratusz.foundation.people.rules import may


def for_officer(view):
    """Only the data-protection officer."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        if not may(request.user, "answer_person", None):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


@for_officer
def person(request):
    """POST alone reads, exports and erases: an address of a person never stands in an address of a page."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return DEEDS[form.cleaned_data["deed"]](request, form)
    return render(request, "people/person.html", {"form": form, "erasures": Erasure.objects.all()[:20]})


def _show(request, form):
    found = export_person(person=find_person(form.cleaned_data["address"]), reason=form.cleaned_data["reason"])
    counts = [(name, len(rows)) for name, rows in found.items()]
    return render(request, "people/person.html", {"form": form, "counts": counts, "erasures": Erasure.objects.all()[:20]})


def _export(request, form):
    found = export_person(person=find_person(form.cleaned_data["address"]), reason=form.cleaned_data["reason"])
    answer = JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 1, "default": str})
    answer["content-disposition"] = 'attachment; filename="dane-osoby.json"'
    answer["cache-control"] = "no-store"
    return answer


def _erase(request, form):
    erasure = erase_person(person=find_person(form.cleaned_data["address"]), reason=form.cleaned_data["reason"])
    total = sum(erasure.counts.values())
    messages.success(request, ngettext("Erased %(total)d row.", "Erased %(total)d rows.", total) % {"total": total})
    return redirect("people_privacy")


DEEDS = {"show": _show, "export": _export, "erase": _erase}


@for_officer
def register(request):
    return render(
        request,
        "people/register_of_processing.html",
        {"lines": register_of_processing(), "page_title": _("Register of processing")},
    )
