"""Screens of submissions: hand something in, the list, one submission with its steps, how it will look, its versions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_until
from ratusz.foundation.once.sending import once_only
from ratusz.foundation.units.models import Unit
from ratusz.publishing.editing import actions, queries, rules, wording
from ratusz.publishing.editing.about import names_of
from ratusz.publishing.editing.checks import findings_on, missing_of, what_holds
from ratusz.publishing.editing.clocks import due_times
from ratusz.publishing.editing.content import Content
from ratusz.publishing.editing.forms import LinkForm, MomentForm, StartForm, WordsForm
from ratusz.publishing.editing.gate_rows import rows_of_gates
from ratusz.publishing.editing.models import ReleaseSet, Submission
from ratusz.publishing.editing.page_changes import changes_since
from ratusz.publishing.editing.pages import list_of_news, page_as_it_will_be, stream_of
from ratusz.publishing.gates.forms import OverrideForm
from ratusz.publishing.messages.outlets import outlet_of

PAGE = 50


def seen(request: HttpRequest, pk: int) -> Submission:
    """A submission this person may see; 404 for all others, so that numbers tell nothing."""
    found = Submission.objects.select_related("unit", "author", "claimed_by", "approved_by", "last_edited_by", "page")
    submission = get_object_or_404(found, pk=pk)
    if not rules.may(request.user, "see", submission, database_now()):
        raise Http404
    return submission


@require_safe
def submissions(request: HttpRequest) -> HttpResponse:
    """All the person may see, with whose move it is and until when."""
    at = database_now()
    if not rules.may_write(request.user, at):
        raise PermissionDenied
    chosen = {name: request.GET.get(name, "") for name in ("state", "unit", "which")}
    found = queries.listed(request.user, at, state=chosen["state"], unit=chosen["unit"], which=chosen["which"] or "open")
    page = Paginator(found, PAGE).get_page(request.GET.get("p"))
    due = due_times(page.object_list)
    rows = [
        {"submission": each, "state": wording.state_words(each),
         "move": wording.whose_move(each, getattr(each, "set_name", None) or ""),
         "due": polish_until(due[each.pk]) if each.pk in due else "",
         "is_late": each.pk in due and due[each.pk] <= at}
        for each in page
    ]  # fmt: skip
    context = {
        "page": page, "rows": rows, "chosen": chosen, "states": Submission.State.choices,
        "is_department": rules.is_department(request.user, at), "units": Unit.objects.working(),
    }  # fmt: skip
    return render(request, "editing/staff/submissions.html", context)


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def new_submission(request: HttpRequest) -> HttpResponse:
    """The first step: for which unit, and what it is; then the text."""
    at = database_now()
    if not rules.may_write(request.user, at):
        raise PermissionDenied
    form = StartForm(request.POST if request.method == "POST" else None, person=request.user, at=at)
    if request.method == "POST" and form.is_valid():
        unit, kind, page = (form.cleaned_data[name] for name in ("unit", "kind", "page"))
        if kind == Submission.Kind.PAGE_CHANGE:
            submission = actions.start_change(unit=unit, page=page, person=request.user)
        else:
            content = Content(title="", contact=unit.email)
            submission = actions.start_submission(unit=unit, kind=kind, content=content, person=request.user)
        return redirect("editing_edit", submission.pk)
    return render(request, "editing/staff/new.html", {"form": form})


@require_safe
def submission(request: HttpRequest, pk: int) -> HttpResponse:
    """One submission: what it says, what stands in its way, what can be done now, its history."""
    found, at = seen(request, pk), database_now()
    return render(request, "editing/staff/submission.html", context_of(request, found, at))


def context_of(
    request: HttpRequest, found: Submission, at: Any, *, sent: OverrideForm | None = None, **more: Any
) -> dict[str, Any]:
    """What the page of one submission shows."""
    deeds = [deed for deed in rules.STATES if rules.may(request.user, deed, found, at)]
    is_open = found.state not in (Submission.State.PUBLISHED, Submission.State.CLOSED)
    findings, due = findings_on(found, at) if is_open else [], due_times([found])
    release = ReleaseSet.objects.holding("submission", str(found.pk)).first()
    context = {
        "submission": found, "state": wording.state_words(found),
        "move": wording.whose_move(found, release.name if release else ""), "deeds": deeds, "release": release,
        "due": polish_until(due[found.pk]) if found.pk in due else "",
        "troubles": [*missing_of(found), *what_holds(found, at)] if is_open else [],
        "gates": rows_of_gates(request.user, findings, at, sent),
        "advice": [finding for finding in findings if finding.severity != "block"],
        "about": names_of(found), "outlets": [outlet_of(code).name for code in found.outlets],
        "history": queries.history_of(found), "links": queries.links_of(found), "lone": getattr(found, "lone_publication", None),
        "body": stream_of(found), "page_changes": changes_since(found) if is_open else None,
        "words": WordsForm(), "moment": MomentForm(), "link": LinkForm(),
        "second_pair_needed": found.state == Submission.State.SENT and not rules.is_second_pair(request.user, found),
        "is_department": rules.is_department(request.user, at),
    }  # fmt: skip
    return context | more


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The page as readers will see it, drawn by the portal's own template."""
    found = seen(request, pk)
    page = page_as_it_will_be(found, database_now())
    if page.pk is None:
        parent = list_of_news()
        if parent is None:
            raise Http404
        _put_under(page, parent)
    back = {"preview_of": reverse("editing_submission", args=[found.pk])}
    return page.make_preview_request(request, page.default_preview_mode, extra_request_attrs=back)


def _put_under(page: Any, parent: Any) -> None:
    """A place in the tree for a page that is not saved: the next free one, as Wagtail's own preview does it."""
    page.locale, page.depth = parent.locale, parent.depth + 1
    last = parent.get_last_child()
    page.path = last._inc_path() if last is not None else page._get_path(parent.path, page.depth, 1)
    page.slug = "podglad"
    page.set_url_path(parent)


@require_safe
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version with what changed in it."""
    found = seen(request, pk)
    kept = list(found.versions.select_related("made_by"))
    rows = [
        {"version": new, "changes": wording.compared(Content.kept(new.content), Content.kept(old.content)) if old else []}
        for new, old in zip(kept, [*kept[1:], None], strict=True)
    ]
    return render(request, "editing/staff/versions.html", {"submission": found, "rows": rows})


def refused(request: HttpRequest, refusal: rules.NotNow) -> None:
    """Says why nothing was done; each thing that is missing on a line of its own."""
    findings = getattr(refusal, "findings", None) or [(str(refusal), "")]
    for words, _address in findings:
        messages.error(request, words)
