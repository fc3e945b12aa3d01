"""Projects as the Office sees them: the list of an edition, one project with its people, entering a paper form."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages

from ratusz.foundation.audit.actions import record_read
from ratusz.foundation.files.links import download_path
from ratusz.foundation.files.models import FileState
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_moment, polish_until
from ratusz.foundation.kit.money import zlotys
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.foundation.once.sending import once_only
from ratusz.participation.budget.models import Edition
from ratusz.participation.projects import actions, offered, offered_assessment, queries, rules, standing_in, wording
from ratusz.participation.projects.forms import SPARE_LINES, ApplicationForm, CostForms, PaperForm, lines_of, show_refusal
from ratusz.participation.projects.forms_lists import ListFilter
from ratusz.participation.projects.models import Application

PAGE = 50


def check(request: HttpRequest, deed: str, at: datetime) -> None:
    """Refuses whoever may not do the deed."""
    if not rules.may(request.user, deed, None, at):
        raise PermissionDenied


@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """Submitted projects of an edition, narrowed; nobody's name stands here."""
    at = database_now()
    check(request, "see", at)
    editions = list(queries.editions_with_projects())
    asked = next((each for each in editions if each.slug == request.GET.get("edycja")), None)
    edition = asked or next((each for each in editions if each.opened_at), editions[0] if editions else None)
    if edition is None:
        return render(request, "projects/staff/list.html", {"edition": None})
    form = ListFilter(request.GET, edition=edition)
    page = Paginator(queries.listed(edition, **form.chosen(), whose=_whose(request, at)), PAGE).get_page(request.GET.get("p"))
    query, pages = request.GET.copy(), {}
    for name, number in (("earlier", page.number - 1), ("later", page.number + 1)):
        query["p"] = str(number)
        pages[name] = query.urlencode()
    rows = [
        {
            "made": each, "state": wording.state_words(each.state), "move": wording.whose_move(each),
            "where": wording.place_of(each.contest), "cost": zlotys(each.cost_grosze), "submitted": polish_moment(each.arrived),
        }
        for each in page
    ]  # fmt: skip
    context = {
        "edition": edition, "editions": editions, "form": form, "page": page, "rows": rows,
        "drafts": Application.objects.drafts().filter(edition=edition).count(),
        "may_enter": rules.may(request.user, "enter", None, at), "may_check": rules.may(request.user, "check", None, at),
        "verifiers": queries.verifiers(at) if rules.may(request.user, "assign", None, at) else [], "mine": "moje" in request.GET,
        "queues": [
            each | {"due": polish_until(each["due"]) if each["due"] else ""} for each in queries.queues(edition, at)
        ] if rules.may(request.user, "assign", None, at) else [],
        "may_assign": rules.may(request.user, "assign", None, at),
        "may_publish": rules.may(request.user, "publish_list", None, at),
    }  # fmt: skip
    return render(request, "projects/staff/list.html", context | pages)


def _whose(request: HttpRequest, at: datetime) -> Q | None:
    """Whose queue is shown: one's own with those one stands in for, or for whoever shares the work out anybody's."""
    if "moje" in request.GET:
        return standing_in.in_queue(request.user, at)
    asked = plain_number(request.GET.get("kolejka", ""))
    if not asked or not rules.may(request.user, "assign", None, at):
        return None
    return Q(check_of__verifier=asked) | Q(check_of__substitute=asked)


@require_safe
def project(request: HttpRequest, pk: int) -> HttpResponse:
    """One project; whoever may read who stands behind it leaves a record of the reading."""
    at = database_now()
    check(request, "see", at)
    application = get_object_or_404(Application.objects.submitted().select_related("edition", "pool"), pk=pk)
    return render(request, "projects/staff/project.html", context_of(request, application, at))


def context_of(request: HttpRequest, application: Application, at: datetime, typed: Any = None) -> dict[str, Any]:
    """What the page of a project shows to this person; `typed`: a form that was refused."""
    parties: list[Any] = []
    if rules.may(request.user, "read_people", application, at):
        parties = list(application.parties.all())
        record_read(subject=application, fields=["name", "address", "email", "phone"], actor=request.user)
    files = [
        (each, download_path(each.file) if parties and each.file.state == FileState.CLEAN else "")
        for each in application.attachments.select_related("file")
    ]
    return {
        "application": application, "state": wording.state_words(application.state), "move": wording.whose_move(application),
        "facts": wording.facts(application, is_assessed=True), "texts": wording.texts(application),
        "lines": wording.cost_lines(application), "course": wording.course(application.course.all()), "parties": parties,
        "files": files, "typed": typed, **offered.formal(request.user, application, at, typed),
        **offered_assessment.assessment(request.user, application, at, typed),
    }  # fmt: skip


@once_only
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """The form that residents have, for what came on paper, through a proxy or by another way."""
    at = database_now()
    check(request, "enter", at)
    edition = get_object_or_404(Edition, pk=pk)
    posted = request.POST.copy() if request.method == "POST" else None
    wants_lines = posted is not None and posted.get("deed") == "lines"
    if posted is not None and wants_lines:
        posted["costs-TOTAL_FORMS"] = str((plain_number(posted.get("costs-TOTAL_FORMS", "")) or 0) + SPARE_LINES)
    form, way = ApplicationForm(posted, edition=edition), PaperForm(posted, at=at)
    costs = CostForms(posted, prefix="costs")
    if posted is not None and not wants_lines and form.is_valid() & costs.is_valid() & way.is_valid():
        try:
            made = actions.enter_paper(
                edition=edition, facts=form.facts(), lines=lines_of(costs), person=request.user, **way.cleaned_data
            )
        except rules.ApplicationRefused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Entered. Its number: %(number)s") % {"number": made.number})
            return redirect("projects_project", made.pk)
    context = {"edition": edition, "form": form, "way": way, "costs": costs, "sections": form.sections()}
    return render(request, "projects/staff/enter.html", context)
