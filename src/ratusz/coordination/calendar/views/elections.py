"""Elections mode in the Wagtail admin: set-up, phases, held things with decisions, the log, a text to try."""

from __future__ import annotations

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ratusz.coordination.calendar import actions, holds, rules
from ratusz.coordination.calendar.forms import CandidatesForm, ElectionForm, ReasonForm, TryForm
from ratusz.coordination.calendar.models import Decision, Election, HeldItem
from ratusz.coordination.calendar.phase_line import stages_of
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.once.sending import once_only
from ratusz.publishing.messages.outlets import outlet_of

PAGE = 50
PLACES = {
    "www": gettext_lazy("our website"),
    "follow-email": gettext_lazy("e-mail to those who follow"),
    "banner": gettext_lazy("banner"),
}


def place_in_words(channel: str) -> str:
    """Where a held thing was about to appear: an outlet of messages by its name, another place by ours."""
    return str(PLACES.get(channel) or outlet_of(channel).name)


def for_the_department(view):
    """Whoever may see elections mode at all."""

    @wraps(view)
    def checked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not rules.may(request.user, "see", None, database_now()):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return checked


@require_safe
@for_the_department
def elections(request: HttpRequest) -> HttpResponse:
    """All elections with their phase now, what waits for a decision, and what was decided."""
    at = database_now()
    held = HeldItem.objects.open().select_related("election", "tried_by")
    log = Paginator(HeldItem.objects.exclude(decision=Decision.OPEN).select_related("election", "decided_by"), PAGE)
    page = log.get_page(request.GET.get("p"))
    rows = [(each, rules.PHASE_NAMES[rules.phase_at(each, at).code]) for each in Election.objects.all()]
    context = {
        "rows": rows,
        "held": [(each, rules.phase_at(each.election, at).code == rules.SILENCE, place_in_words(each.channel)) for each in held],
        "log": page, "decided": [(each, place_in_words(each.channel)) for each in page],
        "may_set_up": rules.may(request.user, "set_up", None, at),
        "may_decide": rules.may(request.user, "decide", None, at), "may_override": rules.may(request.user, "override", None, at),
    }  # fmt: skip
    return render(request, "calendar/staff/elections.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_the_department
def election(request: HttpRequest, pk: int) -> HttpResponse:
    """One election: its phases as a line, its candidates, a text to try; POST tries the text."""
    found, at = get_object_or_404(Election, pk=pk), database_now()
    form = TryForm(request.POST if request.method == "POST" else None)
    names = holds.named_in(form.cleaned_data["text"], [found]) if form.is_valid() else None
    context = {
        "election": found, "stages": stages_of(found, at), "candidates": found.candidates.count(), "form": form, "names": names,
        "may_set_up": rules.may(request.user, "set_up", found, at),
    }  # fmt: skip
    return render(request, "calendar/staff/election.html", context)


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
@for_the_department
def set_up(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new election, or what is still to come of one."""
    at = database_now()
    if not rules.may(request.user, "set_up", None, at):
        raise PermissionDenied
    found = get_object_or_404(Election, pk=pk) if pk else None
    typed = request.POST if request.method == "POST" else None
    form = ElectionForm(typed, instance=get_object_or_404(Election, pk=pk) if pk else None, day=local_day(at))
    if form.is_valid():
        try:
            with transaction.atomic():
                made = actions.set_up_election(person=request.user, election=found, **form.cleaned_data)
        except rules.Refused as refusal:
            form.add_error(None, str(refusal))
        except IntegrityError:
            form.add_error("name", _("This election is entered already."))
        else:
            messages.success(request, _("Kept. Look whether the phases are right."))
            return redirect("calendar_election", pk=made.pk)
    return render(request, "calendar/staff/set_up.html", {"form": form, "election": found})


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
@for_the_department
def candidates(request: HttpRequest, pk: int) -> HttpResponse:
    """The list of candidates, pasted; "empty" takes all away."""
    if not rules.may(request.user, "set_up", None, database_now()):
        raise PermissionDenied
    found = get_object_or_404(Election, pk=pk)
    if request.method == "POST" and request.POST.get("deed") == "empty":
        actions.remove_candidates(election=found, person=request.user)
        messages.success(request, _("The list is empty."))
        return redirect("calendar_candidates", pk=pk)
    form = CandidatesForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        count = actions.read_candidates(election=found, rows=form.cleaned_data["rows"], person=request.user)
        words = ngettext("%(count)s candidate read in.", "%(count)s candidates read in.", count) % {"count": count}
        messages.success(request, words)
        return redirect("calendar_election", pk=pk)
    listed = found.candidates.all()[:500]
    return render(request, "calendar/staff/candidates.html", {"form": form, "election": found, "candidates": listed})


DEEDS = {"release": actions.release_held, "drop": actions.drop_held, "override": actions.override_held}


@for_the_department
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets a held thing go, keeps it for good, or lets it out in the silence with a reason."""
    item, form = get_object_or_404(HeldItem, pk=pk), ReasonForm(request.POST)
    deed = DEEDS.get(request.POST.get("deed", ""))
    if deed is None or not form.is_valid():
        messages.warning(request, _("Choose what is to happen, and keep the reason below 500 characters."))
        return redirect("calendar_elections")
    try:
        deed(item=item, person=request.user, reason=form.cleaned_data["reason"], seen=request.POST.get("seen", ""))
    except rules.Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        leaves = _("Decided and recorded. A message leaves by itself within a minute; a page is published by whoever wrote it.")
        messages.success(request, _("Decided and recorded.") if deed is actions.drop_held else leaves)
    return redirect("calendar_elections")
