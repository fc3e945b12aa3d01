"""The result for staff: both counts, the preview for the committee, publication with the words that confirm it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_moment
from ratusz.foundation.kit.made_files import DOCX
from ratusz.foundation.kit.money import zlotys
from ratusz.participation.voting import actions, protocol, results, shown_opened, wording_of_votes
from ratusz.participation.voting.forms_staff import ConfirmForm
from ratusz.participation.voting.models import Vote
from ratusz.participation.voting.rules import VoteRefused
from ratusz.participation.voting.views.staff import may_of, tabs, vote_for

PDF = "application/pdf"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """What both counts say, pool by pool; counting again; publishing what was looked at and nothing else."""
    vote = vote_for(request, pk)
    if vote.state not in (Vote.State.OPENED, Vote.State.COUNTED):
        messages.error(request, _("Ballots are counted after the committee opened them."))
        return redirect("voting_staff_vote", vote.pk)
    form = ConfirmForm(request.POST if request.POST.get("deed") == "publish" else None, wanted=_("I publish the result"))
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        try:
            messages.success(request, _carry_out(request, vote))
        except VoteRefused as refusal:
            messages.error(request, str(refusal))
        return redirect("voting_staff_result", vote.pk)
    counted, may = vote.second_counts.first(), may_of(request, vote)
    rows = [
        {"row": row, "spent": zlotys(row.result.spent_grosze), "budget": zlotys(row.result.budget_grosze)}
        for row in results.preview_of(vote)
    ]
    context = {
        "vote": vote, "may": may, "tabs": tabs(vote, may, "result"), "form": form,
        "state": wording_of_votes.staff_state(vote, database_now()),
        "rows": rows, "counted": counted, "at": polish_moment(counted.counted_at) if counted else "",
        "opened": shown_opened.report(vote),
        "is_changed": (is_changed := results.has_change_to_count(vote)),
        "may_count": may["count_vote"] and (is_changed or vote.state == Vote.State.OPENED),
        "is_published": vote.state == Vote.State.COUNTED, "has_drafts": any(row["row"].is_new for row in rows),
        "waits": any(row["row"].waits for row in rows),
    }  # fmt: skip
    return render(request, "voting/staff/result.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
def draft(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The protocol as it stands; before publication it says that it is a draft for the committee."""
    vote = vote_for(request, pk)
    known = {"pdf": (protocol.pdf_of, PDF), "docx": (protocol.docx_of, DOCX)}
    if kind not in known or vote.state not in (Vote.State.OPENED, Vote.State.COUNTED) or not vote.second_counts.exists():
        raise Http404
    make, content_type = known[kind]
    answer = HttpResponse(make(vote), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="protokol-{vote.edition.slug}.{kind}"'
    return answer


def _carry_out(request: HttpRequest, vote: Vote) -> str:
    """Counts, or publishes the result whose SHA-256 the person saw."""
    deed = request.POST.get("deed", "")
    if deed == "count":
        counted = actions.count_vote(vote=vote, person=request.user)
        return (
            _("Counted twice: both counts agree.")
            if counted.is_equal
            else _("Counted twice: the counts differ. Read below what differs.")
        )
    if deed != "publish":
        raise VoteRefused(_("Choose what to do."))
    actions.publish_vote(vote=vote, seen=request.POST.get("seen", ""), person=request.user)
    return _("The result is published.")
