"""Pages of the data-protection officer: what we hold about a person, its export and erasure, the register of processing."""

from __future__ import annotations

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from wagtail.admin import messages

from ratusz.foundation.kit.dates import polish_moment
from ratusz.foundation.people import sheets
from ratusz.foundation.people.actions.privacy import erase_person, export_person, find_person
from ratusz.foundation.people.forms_privacy import PersonForm
from ratusz.foundation.people.models import Erasure
from ratusz.foundation.people.queries import register_of_processing
from ratusz.foundation.people.rules import may
from ratusz.ui import chrome


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
    return _page(request, form)


def _page(request, form, **found):
    return render(request, "people/person.html", {"form": form, "erasures": Erasure.objects.all()[:20], **found})


def _found(form):
    person = find_person(form.cleaned_data["address"])
    return export_person(person=person, reason=form.cleaned_data["reason"])


def _show(request, form):
    return _page(request, form, sections=sheets.sections_of(_found(form)), is_shown=True)


def _export(request, form):
    answer = JsonResponse(_found(form), json_dumps_params={"ensure_ascii": False, "indent": 1, "default": str})
    return _attached(answer, "dane-osoby.json")


def _print(request, form):
    """What a person gets on paper or opens with a screen reader; their address stands in the document, not in its name."""
    sections = sheets.sections_of(_found(form))
    return _pdf("dane-osoby.pdf", _("What we hold about you"), form.cleaned_data["address"], sections)


def _pdf(name: str, title: str, subtitle: str, sections) -> HttpResponse:
    footer = _("%(city)s, printed on %(when)s") % {"city": chrome.of(None).city, "when": polish_moment(timezone.now())}
    content = sheets.printed("pdf", title=title, subtitle=subtitle, footer=footer, sections=sections)
    return _attached(HttpResponse(content, content_type="application/pdf"), name)


def _attached(answer, name: str):
    answer["content-disposition"] = f'attachment; filename="{name}"'
    answer["cache-control"] = "no-store"
    return answer


def _erase(request, form):
    erasure = erase_person(person=find_person(form.cleaned_data["address"]), reason=form.cleaned_data["reason"])
    total = sum(erasure.counts.values())
    messages.success(request, ngettext("Erased %(total)d row.", "Erased %(total)d rows.", total) % {"total": total})
    return redirect("people_erasure", erasure.pk)


DEEDS = {"show": _show, "export": _export, "print": _print, "erase": _erase}


@for_officer
@require_safe
def erasure(request, pk: int):
    """What one erasure took and what stayed by duty of the law; the answer to the person is written from it."""
    found = get_object_or_404(Erasure, pk=pk)
    sections = sheets.report_of(found)
    if request.GET.get("format") == "pdf":
        return _pdf("usuniecie-danych.pdf", _("Erasure of personal data"), found.reason, sections)
    return render(request, "people/erasure.html", {"erasure": found, "sections": sections})


@for_officer
@require_safe
def register(request):
    section = sheets.register_section(register_of_processing())
    if request.GET.get("format") == "pdf":
        return _pdf("rejestr-czynnosci.pdf", _("Register of processing"), _("art. 30 RODO"), [section])
    return render(request, "people/register_of_processing.html", {"section": section})
