"""The register of cases, one case with its papers and packages, the file plan."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from ratusz.casework.documents import actions, queries, rules
from ratusz.casework.documents.adapters import document_system
from ratusz.casework.documents.file_plan import classes_on
from ratusz.casework.documents.forms import NumberForm, RegisterFilter
from ratusz.casework.documents.models import Case, Package
from ratusz.casework.documents.registries import case_kinds
from ratusz.foundation.audit.actions import record, record_read
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.foundation.units.who_asks import with_deed

PAGE = 50


def _check(request: HttpRequest, deed: str, case: Case | None = None) -> None:
    if not rules.may(request.user, deed, case, database_now()):
        raise PermissionDenied


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """All cases, newest first."""
    _check(request, "list")
    form = RegisterFilter(request.GET)
    page = Paginator(queries.register(**form.chosen()), PAGE).get_page(request.GET.get("p"))
    query = request.GET.copy()
    addresses = {}
    for name, number in (("earlier", page.number - 1), ("later", page.number + 1)):
        query["p"] = str(number)
        addresses[name] = query.urlencode()
    rows = [{"case": case, "kind": _kind(case), "package": next(iter(case.packages.all()), None)} for case in page]
    return render(request, "documents/staff/register.html", {"form": form, "page": page, "rows": rows, **addresses})


def _kind(case: Case) -> str:
    return str(case_kinds[case.kind].name) if case.kind in case_kinds else case.kind


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One case; its papers may hold personal data, so reading is recorded."""
    case = get_object_or_404(Case.objects.select_related("unit"), pk=pk)
    _check(request, "see", case)
    return _page(request, case, NumberForm(initial={"number": case.foreign_number}))


def _page(request: HttpRequest, case: Case, form: NumberForm) -> HttpResponse:
    record_read(subject=case, fields=["title"], actor=request.user)
    papers = list(case_kinds[case.kind].papers(case.subject)) if case.kind in case_kinds else []
    may_hand = rules.may(*with_deed(request, "hand"))
    facts = {
        "case": case, "kind": _kind(case), "form": form, "papers": papers, "packages": case.packages.defer("content"),
        "may_hand": may_hand, "is_connected": document_system() is not None,
    }  # fmt: skip
    return render(request, "documents/staff/case.html", facts)


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Packs, hands over, keeps a number: one deed; a refusal is said in words."""
    _check(request, "hand")
    case = get_object_or_404(Case.objects.select_related("unit"), pk=pk)
    deed = request.POST.get("deed", "")
    try:
        if deed == "number":
            form = NumberForm(request.POST)
            if not form.is_valid():
                return _page(request, case, form)
            actions.note_number(case=case, number=form.cleaned_data["number"], person=request.user)
            messages.success(request, _("The number is kept."))
        elif deed == "pack":
            package = actions.make_package(case=case, person=request.user)
            messages.success(request, _("Package %(number)s is ready.") % {"number": package.number})
        elif deed == "hand":
            package = get_object_or_404(case.packages, number=plain_number(request.POST.get("package", "")) or 0)
            actions.hand_over(package=package, person=request.user)
            messages.success(request, _("The package leaves within a minute. Its number comes back by itself."))
    except rules.CaseRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("documents_case", pk)


@require_safe
def package(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The package as a file; the download is recorded."""
    _check(request, "hand")
    found = get_object_or_404(Package.objects.select_related("case__unit"), case=pk, number=number)
    record(deed="documents.download_package", subject=found, after={"sha256": found.sha256}, actor=request.user)
    headers = {"Content-Disposition": f'attachment; filename="{found.file_name}"', "Cache-Control": "no-store"}
    return HttpResponse(bytes(found.content), content_type="application/zip", headers=headers)


@require_safe
def file_plan(request: HttpRequest) -> HttpResponse:
    """The classes of today with their categories and how sure we are, and which kinds of cases stand in them."""
    _check(request, "list")
    day = local_day(database_now())
    kinds: dict[str, list[str]] = {}
    for kind in case_kinds:
        kinds.setdefault(kind.plan_class, []).append(str(kind.name))
    rows = [{"class": each, "kinds": kinds.get(each.symbol, [])} for each in classes_on(day)]
    return render(request, "documents/staff/file_plan.html", {"rows": rows, "day": day})
