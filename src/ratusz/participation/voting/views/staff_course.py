"""A running vote for staff: how many ballots came, never which; heads of the log; the extension after an outage by two people."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.db.models.functions import TruncHour
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_date, polish_moment
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.participation.budget import actions as budget
from ratusz.participation.budget.models import EditionChange, StageCode
from ratusz.participation.budget.rules import NotAllowed, NotPossible
from ratusz.participation.voting import clauses, rules, wording_of_votes
from ratusz.participation.voting.forms_staff import ExtensionForm
from ratusz.participation.voting.models import SealedBallot, Vote
from ratusz.participation.voting.queries import newest_heads
from ratusz.participation.voting.views.staff import may_of, tabs, vote_for

HOURS = 72
HEADS = 12


@never_cache
@require_safe
def course(request: HttpRequest, pk: int) -> HttpResponse:
    """Counts by hour, way and district. No choice is known to anybody."""
    vote = vote_for(request, pk)
    cells = list(vote.roll.values("channel", "district").annotate(n=Count("pk")).order_by("channel", "district"))
    ways, districts = Counter[str](), Counter[str]()
    for cell in cells:
        ways[cell["channel"]] += cell["n"]
        districts[cell["district"]] += cell["n"]
    names = dict(vote.edition.pools.values_list("code", "name"))
    places = [(names.get(code, _("only the city-wide part")), count) for code, count in sorted(districts.items())]
    context = {
        "vote": vote, "tabs": tabs(vote, may_of(request, vote), "course"),
        "state": wording_of_votes.staff_state(vote, database_now()),
        "all": sum(ways.values()), "ways": [(wording_of_votes.channel(code), count) for code, count in sorted(ways.items())],
        "districts": places, "hours": _hours(vote), "extension": _extension(request, vote),
        "heads": [{"at": polish_moment(head.signed_at), "size": head.size, "root": bytes(head.root).hex()}
                  for head in newest_heads(vote, HEADS)],
    }  # fmt: skip
    return render(request, "voting/staff/course.html", context)


def _hours(vote: Vote) -> list[dict[str, Any]]:
    """The newest hours in which ballots came, with how wide their bar is."""
    live = vote.sealed_ballots.exclude(state=SealedBallot.State.SUPERSEDED)
    found = live.annotate(hour=TruncHour("cast_at")).values("hour").annotate(n=Count("pk")).order_by("-hour")[:HOURS]
    rows = list(found)
    most = max((row["n"] for row in rows), default=1)
    return [
        {"day": polish_date(row["hour"]), "hour": f"{localtime(row['hour']).hour}.00", "count": row["n"], "most": most}
        for row in rows
    ]


def _extension(request: HttpRequest, vote: Vote) -> dict[str, Any]:
    """The extension that waits for the second person, else the form for the first, else the missing clause."""
    waiting = vote.edition.changes.filter(kind=EditionChange.Kind.OUTAGE, settled_at=None).select_related("proposed_by").first()
    clause = next(one for one in clauses.all_of(vote.edition) if one.name == clauses.EXTENSION)
    may = rules.may(request.user, "propose_extension", vote, database_now()) and vote.state in (Vote.State.OPEN, Vote.State.CLOSED)
    return {
        "waiting": waiting, "clause": clause, "may": may, "form": ExtensionForm() if may and clause.is_on and not waiting else None,
        "is_own": waiting is not None and waiting.proposed_by_id == request.user.pk,
    }  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def extension(request: HttpRequest, pk: int) -> HttpResponse:
    """Proposes an extension, or settles the one that waits."""
    vote = vote_for(request, pk, "propose_extension")
    form = ExtensionForm(request.POST if request.method == "POST" and "outage" in request.POST else None)
    if request.method == "POST":
        try:
            if said := _said(request, vote, form):
                messages.success(request, said)
                return redirect("voting_staff_course", vote.pk)
        except (NotPossible, NotAllowed) as refusal:
            form.add_error(None, str(refusal)) if form.is_bound else messages.error(request, str(refusal))
            if not form.is_bound:
                return redirect("voting_staff_course", vote.pk)
    known = _extension(request, vote)
    if not form.is_bound and (known["form"] is None or request.method == "POST"):
        return redirect("voting_staff_course", vote.pk)
    context = {"vote": vote, "form": form, "clause": known["clause"]}
    return render(request, "voting/staff/extension.html", context, status=422 if form.errors else 200)


def _said(request: HttpRequest, vote: Vote, form: ExtensionForm) -> str:
    """What is true after the deed; "" when the form is not right."""
    deed = request.POST.get("deed", "")
    if deed in ("approve", "reject"):
        waiting = vote.edition.changes.filter(kind=EditionChange.Kind.OUTAGE)
        change = get_object_or_404(waiting, pk=plain_number(request.POST.get("change", "")) or 0)
        budget.settle_change(change=change, approve=deed == "approve", person=request.user)
        return _("The vote is extended. Residents read it in the log.") if deed == "approve" else _("The extension is rejected.")
    if not form.is_valid():
        return ""
    facts = form.cleaned_data
    budget.propose_extension(
        edition=vote.edition, code=StageCode.VOTING, outage=facts["outage"], minutes=facts["minutes"], reason=facts["reason"],
        person=request.user,
    )  # fmt: skip
    return _("The extension waits for the second person.")
