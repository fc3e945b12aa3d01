"""Odd ballots for staff: the search, cases with what their ballots have in common, verification, limits with their days."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_moment
from ratusz.foundation.once.sending import once_only
from ratusz.participation.voting import actions, receipt_codes, searching, shown_opened, wording_of_votes
from ratusz.participation.voting.forms_staff import GroundsForm, KnownLineForm, LimitsForm, ReasonsForm
from ratusz.participation.voting.models import AnomalyCase, SealedBallot, Vote
from ratusz.participation.voting.rules import VoteRefused
from ratusz.participation.voting.views.staff import vote_for
from ratusz.participation.voting.views.staff_verification import page_of

SHOWN = 500
"""Ballots of a case on a page: a form of more fields than a thousand is refused whole."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def anomalies(request: HttpRequest, pk: int) -> HttpResponse:
    """Cases, those to look at first; a press searches again."""
    vote = vote_for(request, pk)
    if request.method == "POST":
        try:
            found = actions.look_for_anomalies(vote=vote, person=request.user)
            words = ngettext("%(n)s ballot more came into cases.", "%(n)s ballots more came into cases.", found) % {"n": found}
            messages.success(request, words if found else _("The search found nothing new."))
        except VoteRefused as refusal:
            messages.error(request, str(refusal))
        return redirect("voting_staff_anomalies", vote.pk)
    order = list(AnomalyCase.State)
    cases = sorted(vote.cases.prefetch_related("flagged"), key=lambda case: (order.index(case.state), case.number))
    rows = [
        {
            "case": case,
            "count": len(case.flagged.all()),
            "found": polish_moment(case.found_at),
            "signals": _signals(signal for ballot in case.flagged.all() for signal in ballot.signals),
        }
        for case in cases
    ]
    opened = shown_opened.report(vote)
    context = page_of(
        request, vote, "anomalies", rows=rows, limits=limits_shown(vote), lines=vote.known_lines.all(), opened=opened,
        opened_tables=shown_opened.tables(opened) if opened else [],
    )  # fmt: skip
    return render(request, "voting/staff/anomalies.html", context)


def _signals(found: Any) -> list[str]:
    counts = Counter(found)
    return [f"{wording_of_votes.SIGNALS[signal]} ({counts[signal]})" for signal in wording_of_votes.SIGNALS if counts[signal]]


def limits_shown(vote: Vote) -> dict[str, Any]:
    """The limits that hold, since when, by whom and why."""
    own, at = vote.limits.select_related("set_by").first(), database_now()
    pack = searching.first_limits(at)
    return searching.limit_values(vote, at) | {
        "since": polish_moment(own.valid_from) if own else "",
        "by": own.set_by if own else "",
        "why": own.reason if own else pack["source"],
        "is_own": own is not None,
        "is_confirmed": own is not None or pack["certainty"] == "confirmed",
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@once_only
def limits(request: HttpRequest, pk: int) -> HttpResponse:
    """Limits and lines of the city's points."""
    vote = vote_for(request, pk, "set_limits")
    deed = request.POST.get("deed", "")
    form = LimitsForm(request.POST if deed == "limits" else None, initial=searching.limit_values(vote, database_now()))
    line = KnownLineForm(request.POST if deed == "line" else None)
    bound = next((one for one in (form, line) if one.is_bound), None)
    if bound is not None and bound.is_valid():
        try:
            if bound is line:
                actions.add_known_line(vote=vote, person=request.user, **line.cleaned_data)
                messages.success(request, _("The point is named: many ballots over its line are not odd."))
            else:
                values = {name: form.cleaned_data[name] for name in searching.NAMES}
                actions.set_limits(vote=vote, values=values, reason=form.cleaned_data["reason"], person=request.user)
                messages.success(request, _("The limits hold from now on and stand in the public log."))
            return redirect("voting_staff_limits", vote.pk)
        except VoteRefused as refusal:
            bound.add_error(None, str(refusal))
    history = [(polish_moment(one.valid_from), one) for one in vote.limits.select_related("set_by")]
    context = page_of(
        request, vote, "limits", form=form, line_form=line, lines=vote.known_lines.all(), history=history, limits=limits_shown(vote)
    )
    return render(request, "voting/staff/limits.html", context, status=422 if bound is not None and bound.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One case: what is known of its ballots, verification, annulment, the end."""
    vote = vote_for(request, pk)
    found = get_object_or_404(vote.cases.select_related("vote__edition", "ended_by"), number=number)
    deed = request.POST.get("deed", "")
    grounds = GroundsForm(request.POST if deed == "ask" else None)
    reasons = ReasonsForm(request.POST if deed == "end" else None)
    form = {"ask": grounds, "end": reasons}.get(deed)
    refused = form is not None and not form.is_valid()
    if request.method == "POST" and not refused:
        try:
            messages.success(request, _carry_out(request, found, deed, form))
            return redirect("voting_staff_case", vote.pk, number)
        except VoteRefused as refusal:
            refused = True
            messages.error(request, str(refusal))
    chosen = set(request.POST.getlist("code"))
    context = page_of(
        request,
        vote,
        "anomalies",
        case=found,
        found=polish_moment(found.found_at),
        grounds_form=grounds,
        reasons_form=reasons,
        ended=polish_moment(found.ended_at) if found.ended_at else "",
        **_inside(found, chosen),
    )
    return render(request, "voting/staff/case.html", context, status=422 if refused else 200)


def _carry_out(request: HttpRequest, found: AnomalyCase, deed: str, form: Any) -> str:
    if deed == "quarantine":
        actions.quarantine(case=found, person=request.user)
        return _("The ballots are in verification until the case ends.")
    if deed == "ask":
        codes, facts = request.POST.getlist("code"), form.cleaned_data
        count = actions.ask_annulment_of_case(
            case=found, codes=codes, reason=facts["reason"], grounds=facts["grounds"], person=request.user
        )
        return ngettext(
            "The annulment of %(n)s ballot waits for another person.",
            "The annulment of %(n)s ballots waits for another person.",
            count,
        ) % {"n": count}
    if deed == "end":
        actions.end_case(case=found, reasons=form.cleaned_data["reasons"], person=request.user)
        return _("The case is ended. Ballots that were not annulled count.")
    raise VoteRefused(_("Choose what to do."))


def _inside(found: AnomalyCase, chosen: set[str]) -> dict[str, Any]:
    """The ballots of a case and what they have in common; nothing of choices, which nobody knows."""
    flagged = list(found.flagged.all())
    codes = [each.ballot_code for each in flagged]
    asked = set(
        found.vote.annulments.filter(ballot_code__in=codes).exclude(decision="refused").values_list("ballot_code", flat=True)
    )
    stored = {ballot.code: ballot for ballot in SealedBallot.objects.filter(code__in=codes).defer("inner")}
    known = list(stored.values())
    times = sorted(ballot.cast_at for ballot in known)
    facts = [
        (_("Ballots"), len(flagged)),
        (_("Different telephones and addresses"), len({bytes(each.contact_digest) for each in known if each.contact_digest})),
        (
            _("Age bands"),
            ", ".join(f"{band or '–'}: {count}" for band, count in sorted(Counter(each.age_band for each in known).items())),
        ),
        (
            _("Districts"),
            ", ".join(f"{code or '–'}: {count}" for code, count in sorted(Counter(each.district for each in known).items())),
        ),
        (_("From the first to the last"), f"{polish_moment(times[0])} – {polish_moment(times[-1])}" if times else "–"),
    ]
    ballots = [
        {
            "code": each.ballot_code,
            "shown": receipt_codes.shown(each.ballot_code),
            "ballot": stored.get(each.ballot_code),
            "signals": [str(wording_of_votes.SIGNALS[signal]) for signal in each.signals],
            "is_asked": each.ballot_code in asked,
            "is_chosen": each.ballot_code in chosen if chosen else True,
        }
        for each in sorted(flagged, key=lambda each: each.ballot_code in asked)[:SHOWN]
    ]
    return {"facts": facts, "ballots": ballots, "of_all": len(flagged), "is_cut": len(flagged) > SHOWN}
