"""Staff: all votes with whose move it is, one vote as a path of steps, and the steps that one press does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_end, polish_moment
from ratusz.participation.budget.models import Edition, Stage, StageCode
from ratusz.participation.voting import actions, clauses, rules, steps, wording_of_votes
from ratusz.participation.voting.forms_staff import ConfirmForm
from ratusz.participation.voting.models import Vote
from ratusz.participation.voting.rules import VoteRefused


def vote_for(request: HttpRequest, pk: int, deed: str = "see_vote") -> Vote:
    """The vote, for whoever may do the deed. Others learn nothing of which there are."""
    if not rules.may(request.user, deed, None, database_now()):
        raise PermissionDenied
    return get_object_or_404(Vote.objects.select_related("edition"), pk=pk)


def may_of(request: HttpRequest, vote: Vote | None = None) -> dict[str, bool]:
    """Every deed and whether this person may do it."""
    at = database_now()
    return {deed: rules.may(request.user, deed, vote, at) for deed in rules.DEEDS}


@require_safe
def votes(request: HttpRequest) -> HttpResponse:
    """The list, and editions whose calendar has a voting and that have no vote yet."""
    at = database_now()
    if not rules.may(request.user, "see_vote", None, at):
        raise PermissionDenied
    rows = []
    for vote in Vote.objects.select_related("edition").order_by("-opens_at", "-pk"):
        step = next((step for step in steps.steps_of(vote, at) if step.is_now), None)
        rows.append(
            {
                "vote": vote,
                "state": wording_of_votes.staff_state(vote, at),
                "step": step,
                "more": list(steps.decisions(vote)),
                "opens": polish_moment(vote.opens_at),
                "closes": polish_end(vote.closes_at),
            }
        )
    coming = Stage.objects.filter(code=StageCode.VOTING, edition__opened_at__isnull=False, edition__vote=None)
    context = {
        "rows": rows,
        "coming": [
            {"edition": stage.edition, "starts": polish_moment(stage.starts_at), "ends": polish_end(stage.closes_at)}
            for stage in coming.select_related("edition").order_by("starts_at")
        ],
        "may_prepare": rules.may(request.user, "prepare_vote", None, at),
    }
    return render(request, "voting/staff/votes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: HttpRequest, edition: int) -> HttpResponse:
    """Makes the vote of an edition from its calendar and rules."""
    if not rules.may(request.user, "prepare_vote", None, database_now()):
        raise PermissionDenied
    found = get_object_or_404(Edition, pk=edition)
    if request.method != "POST":
        return redirect("voting_staff_votes")
    try:
        vote = actions.prepare_from_edition(edition=found, person=request.user)
    except VoteRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("voting_staff_votes")
    messages.success(request, _("The vote is prepared. Its page shows what comes next."))
    return redirect("voting_staff_vote", vote.pk)


@never_cache
@require_safe
def vote_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The path of a vote."""
    vote, at = vote_for(request, pk), database_now()
    may, path = may_of(request, vote), steps.steps_of(vote, at)
    context = {
        "vote": vote,
        "state": wording_of_votes.staff_state(vote, at),
        "may": may,
        "clauses": clauses.all_of(vote.edition),
        "path": [
            {
                "step": step,
                "is_mine": bool(step.deed) and may[step.deed],
                "words": wording_of_votes.step_state(step),
                "at": polish_moment(step.done_at) if step.done_at else "",
            }
            for step in path
        ],
        "decisions": [(step, may[step.deed]) for step in steps.decisions(vote)],
        "opens": polish_moment(vote.opens_at),
        "closes": polish_end(vote.closes_at),
        "is_running": vote.state in ("open", "closed"),
        "tabs": tabs(vote, may, "vote"),
        "may_register": rules.may(request.user, "see_register", vote, database_now()),
        "log_url": reverse("voting:log", args=[vote.edition.slug]) if vote.state != Vote.State.PREPARED else "",
        "way": wording_of_votes.way_in(vote),
        "holders": vote.ceremony.holders.all() if hasattr(vote, "ceremony") else [],
    }
    return render(request, "voting/staff/vote.html", context)


def tabs(vote: Vote, may: dict[str, bool], current: str) -> list[tuple[str, str, bool]]:
    """Pages of one vote: words, address, whether it is this one."""
    names = [("vote", _("Steps"))]
    if vote.state != Vote.State.PREPARED:
        names += [
            ("course", _("Course of the vote")),
            ("complaints", _("Complaints")),
            ("anomalies", _("Odd ballots")),
            ("annulments", _("Annulments")),
            ("sums", _("Sums")),
        ]
        if vote.state in (Vote.State.OPENED, Vote.State.COUNTED):
            names += [("result", _("Result"))]
    else:
        names += [("limits", _("Limits"))]
    return [(str(words), reverse(f"voting_staff_{name}", args=[vote.pk]), name == current) for name, words in names]


@dataclass(frozen=True)
class OnePress:
    """A step that needs no more than words that confirm it."""

    deed: str
    title: Any
    about: Any
    words: Any
    button: Any
    act: Callable[..., Any]
    done: Any
    is_final: bool = False


def _prepare_again(vote: Vote, person: Any) -> Vote:
    return actions.prepare_from_edition(edition=vote.edition, person=person)


STEPS: dict[str, OnePress] = {
    "prepare": OnePress(
        "prepare_vote",
        gettext_lazy("Bring the vote up to date with the edition"),
        gettext_lazy("Hours, the way voters are known and what a second ballot means are read anew from the calendar and rules."),
        gettext_lazy("I bring it up to date"),
        gettext_lazy("Bring it up to date"),
        _prepare_again,
        gettext_lazy("The vote has the hours and rules of the edition."),
    ),
    "open": OnePress(
        "open_vote",
        gettext_lazy("Open the vote"),
        gettext_lazy(
            "The ballot, the rules, the committee's key and the version of the program are frozen and published in the log."
            " From the hour of the beginning residents vote. None of it can be changed later; only the end can move."
        ),
        gettext_lazy("I open the vote"),
        gettext_lazy("Open the vote"),
        actions.open_vote,
        gettext_lazy("The vote is open. Ballots come in from the hour of its beginning."),
        True,
    ),
    "close": OnePress(
        "close_vote",
        gettext_lazy("Close the vote"),
        gettext_lazy("The program closes a vote itself within a minute of its hour. Use this only when it has not."),
        gettext_lazy("I close the vote"),
        gettext_lazy("Close the vote"),
        actions.close_vote,
        gettext_lazy("The vote is closed."),
        True,
    ),
    "end_verification": OnePress(
        "end_verification",
        gettext_lazy("End the verification"),
        gettext_lazy(
            "The program checks that nothing is undecided and that roll and envelopes agree. Afterwards no single ballot can"
            " be annulled: only the whole vote can be repeated."
        ),
        gettext_lazy("I end the verification"),
        gettext_lazy("End the verification"),
        actions.end_verification,
        gettext_lazy("The verification has ended. The sums are kept."),
        True,
    ),
    "strip": OnePress(
        "open_ballots",
        gettext_lazy("Part envelopes from voters"),
        gettext_lazy(
            "The database keeps the numbers of ballots with their ends, and the sealed ballots alone in random order. Who cast"
            " which envelope is gone for good. Afterwards destroy older backups by the city's schedule."
        ),
        gettext_lazy("I part envelopes from voters"),
        gettext_lazy("Part envelopes from voters"),
        actions.strip,
        gettext_lazy("Envelopes and voters are apart."),
        True,
    ),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One step: what it does, the words that confirm it, the deed."""
    press = STEPS.get(name)
    vote = vote_for(request, pk, press.deed if press else "see_vote")
    if press is None:
        raise Http404
    form = ConfirmForm(request.POST or None, wanted=str(press.words))
    if request.method == "POST" and form.is_valid():
        try:
            press.act(vote=vote, person=request.user)
        except VoteRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, str(press.done))
            return redirect("voting_staff_vote", vote.pk)
    path = steps.steps_of(vote, database_now())
    context = {"vote": vote, "press": press, "form": form, "step": next(one for one in path if one.code == name)}
    return render(request, "voting/staff/step.html", context, status=422 if form.errors else 200)
