"""Verification for staff: complaints decided with reasons, annulments decided by another person, the sums."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_moment
from ratusz.participation.voting import actions, clauses, receipt_codes, reconciliation, wording, wording_of_votes
from ratusz.participation.voting.forms_staff import ComplaintForm, ConfirmForm, GroundsForm
from ratusz.participation.voting.models import Annulment, Complaint, SealedBallot, Vote, VoteTable
from ratusz.participation.voting.rules import VoteRefused
from ratusz.participation.voting.views.staff import may_of, tabs, vote_for


def page_of(request: HttpRequest, vote: Vote, name: str, **more: Any) -> dict[str, Any]:
    """What every page of the verification shows."""
    may = may_of(request, vote)
    annulment = next(one for one in clauses.all_of(vote.edition) if one.name == clauses.ANNULMENT)
    is_open = vote.state in actions.UNDER_VERIFICATION
    return {
        "vote": vote,
        "may": may,
        "tabs": tabs(vote, may, name),
        "clause": annulment,
        "is_open": is_open,
        "state": wording_of_votes.staff_state(vote, database_now()),
    } | more


@never_cache
@require_safe
def complaints(request: HttpRequest, pk: int) -> HttpResponse:
    """The queue: the oldest open one first, then the decided ones."""
    vote = vote_for(request, pk)
    found = list(vote.complaints.order_by("made_at", "pk"))
    ends = dict(SealedBallot.objects.filter(code__in=[each.ballot_code for each in found]).values_list("code", "state"))
    rows = [
        {
            "complaint": each,
            "code": receipt_codes.shown(each.ballot_code),
            "made": polish_moment(each.made_at),
            "ended": polish_moment(each.ended_at) if each.ended_at else "",
            "is_annulled": ends.get(each.ballot_code) == "annulled",
        }
        for each in sorted(found, key=lambda each: each.state != Complaint.State.OPEN)
    ]
    return render(request, "voting/staff/complaints.html", page_of(request, vote, "complaints", rows=rows))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def complaint(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One complaint: what is known of the ballot, asking for its annulment, the decision."""
    vote = vote_for(request, pk)
    said = get_object_or_404(vote.complaints, pk=number)
    deed = request.POST.get("deed", "")
    grounds, decision = (
        form(request.POST if deed == name else None) for form, name in ((GroundsForm, "ask"), (ComplaintForm, "decide"))
    )
    form = {"ask": grounds, "decide": decision}.get(deed)
    refused = form is not None and not form.is_valid()
    if request.method == "POST" and form is not None and not refused:
        try:
            messages.success(request, _carry_out(request, said, deed, form.cleaned_data))
            return redirect("voting_staff_complaint", vote.pk, said.pk)
        except VoteRefused as refusal:
            refused = True
            messages.error(request, str(refusal))
    ballot = SealedBallot.objects.filter(pk=said.ballot_code).defer("inner").first()
    asked = vote.annulments.filter(ballot_code=said.ballot_code).select_related("asked_by", "decided_by")
    context = page_of(
        request,
        vote,
        "complaints",
        complaint=said,
        code=receipt_codes.shown(said.ballot_code),
        made=polish_moment(said.made_at),
        ballot=ballot,
        cast=polish_moment(ballot.cast_at) if ballot else "",
        channel=wording_of_votes.channel(ballot.channel) if ballot else "",
        annulments=[(each, wording.REASONS.get(each.reason, each.reason)) for each in asked],
        grounds_form=grounds,
        decision_form=decision,
        is_asked=any(each.decision != Annulment.Decision.REFUSED for each in asked),
    )
    return render(request, "voting/staff/complaint.html", context, status=422 if refused else 200)


def _carry_out(request: HttpRequest, said: Complaint, deed: str, facts: dict[str, Any]) -> str:
    """Does what the button says; gives the sentence of what is true now."""
    if deed == "ask":
        actions.ask_annulment(ballot_code=said.ballot_code, reason=facts["reason"], grounds=facts["grounds"], person=request.user)
        return _("The annulment waits for another person.")
    is_upheld = facts["state"] == Complaint.State.UPHELD
    actions.decide_complaint(complaint=said, is_upheld=is_upheld, reasons=facts["reasons"], person=request.user)
    return _("The complaint is decided.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def annulments(request: HttpRequest, pk: int) -> HttpResponse:
    """What is asked for, together where one person asked for many with the same grounds; another person decides."""
    vote = vote_for(request, pk)
    groups = _groups(vote)
    chosen = next((group for group in groups if group["key"] == request.POST.get("group")), None)
    form = ConfirmForm(request.POST or None, wanted=_("I annul")) if request.POST.get("deed") == "annul" else None
    if request.method == "POST" and chosen is None:
        messages.error(request, _("These ballots were decided or changed meanwhile. Look at the list again."))
        return redirect("voting_staff_annulments", vote.pk)
    if request.method == "POST" and chosen and (form is None or form.is_valid()) and request.POST.get("deed") in ("annul", "keep"):
        try:
            count = actions.decide_annulments(annulments=chosen["rows"], is_granted=form is not None, person=request.user)
            kept = ngettext("%(n)s ballot stays.", "%(n)s ballots stay.", count)
            said = ngettext("%(n)s ballot is annulled.", "%(n)s ballots are annulled.", count) if form else kept
            messages.success(request, said % {"n": count})
            return redirect("voting_staff_annulments", vote.pk)
        except VoteRefused as refusal:
            messages.error(request, str(refusal))
    decided = vote.annulments.exclude(decision="open").select_related("asked_by", "decided_by").order_by("-decided_at", "-pk")
    context = page_of(
        request,
        vote,
        "annulments",
        groups=groups,
        form=ConfirmForm(wanted=_("I annul")),
        refused=form if form and form.errors else None,
        refused_key=request.POST.get("group", ""),
        chosen_code=SHOWN,
        decided=[
            {
                "annulment": each,
                "code": receipt_codes.shown(each.ballot_code),
                "at": polish_moment(each.decided_at),
                "reason": wording.REASONS.get(each.reason, each.reason),
            }
            for each in decided[:SHOWN]
        ],
    )
    return render(request, "voting/staff/annulments.html", context, status=422 if form and form.errors else 200)


SHOWN = 200


def _groups(vote: Vote) -> list[dict[str, Any]]:
    """Open ones by who asked, the reason and the grounds."""
    found = vote.annulments.filter(decision=Annulment.Decision.OPEN).select_related("asked_by", "vote")
    rows = sorted(found, key=lambda one: (one.asked_by_id, one.reason, one.grounds, one.pk))
    groups = []
    for (_by, reason, grounds), part in groupby(rows, key=lambda one: (one.asked_by_id, one.reason, one.grounds)):
        same = list(part)
        groups.append(
            {
                "rows": same,
                "key": f"{same[0].pk}-{len(same)}",
                "reason": wording.REASONS.get(reason, reason),
                "grounds": grounds,
                "asked_by": same[0].asked_by,
                "asked_at": polish_moment(same[0].asked_at),
                "codes": [receipt_codes.shown(one.ballot_code) for one in same[:SHOWN]],
                "more": len(same) - SHOWN,
            }
        )
    return groups


@never_cache
@require_safe
def sums(request: HttpRequest, pk: int) -> HttpResponse:
    """For each way and district: people on the roll, envelopes, counted and annulled; kept as they were at the end."""
    vote = vote_for(request, pk)
    kept = vote.tables.filter(name=VoteTable.Name.SUMS).first()
    known = None if kept else reconciliation.sums_of(vote)
    names = dict(vote.edition.pools.values_list("code", "name"))
    rows = _kept_rows(kept) if kept else known.rows() if known else []
    lines = [
        {**row, "way": wording_of_votes.channel(row["channel"]), "place": names.get(row["district"], _("only the city-wide part"))}
        for row in rows
    ]
    totals = kept.content["totals"] if kept else known.totals() if known else {}
    faults = known.faults() if known else []
    context = page_of(request, vote, "sums", lines=lines, totals=totals, faults=faults, is_kept=kept is not None)
    return render(request, "voting/staff/sums.html", context)


def _kept_rows(kept: VoteTable) -> list[dict[str, Any]]:
    """The sums as they were taken before stripping."""
    return [
        {"channel": channel, "district": district, "roll": people, "envelopes": sealed, "annulled": gone, "to_count": sealed - gone,
         "agrees": people == sealed}
        for channel, district, people, sealed, gone in kept.content["rows"]
    ]  # fmt: skip
