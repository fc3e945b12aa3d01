"""The chair's screens: the ceremony whose shares are shown once, the drill, the opening with shares typed here and kept nowhere."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from ratusz.participation.voting import actions, clauses, committee_keys
from ratusz.participation.voting.committee_keys import SharesRefused
from ratusz.participation.voting.forms_staff import CeremonyForm, OpenBallotsForm, SharesForm
from ratusz.participation.voting.models import KeyCeremony, Vote
from ratusz.participation.voting.rules import VoteRefused
from ratusz.participation.voting.views.staff import vote_for


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("shares", "sheets")
def ceremony(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes the key. The answer to the press is the only place where the shares ever are: a sheet for each holder."""
    vote = vote_for(request, pk, "hold_ceremony")
    known = KeyCeremony.objects.filter(vote=vote).first()
    wanted = _("a new key in place of the old one") if known else _("I make the key")
    form = CeremonyForm(request.POST or None, wanted=wanted)
    if request.method == "POST" and form.is_valid():
        functions = form.cleaned_data["functions"]
        try:
            shares = actions.hold_ceremony(
                vote=vote,
                needed=form.cleaned_data["needed"],
                functions=functions,
                replaces=request.POST.get("seen", ""),
                person=request.user,
            )
        except VoteRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _sheets(request, vote, functions, shares)
    context = {
        "vote": vote,
        "form": form,
        "known": known,
        "seen": bytes(vote.public_key or b"").hex(),
        "is_committee": clauses.allows(vote.edition, clauses.COMMITTEE),
        "clause": next(one for one in clauses.all_of(vote.edition) if one.name == clauses.COMMITTEE),
    }
    return render(request, "voting/staff/ceremony.html", context, status=422 if form.errors else 200)


@sensitive_variables()
def _sheets(request: HttpRequest, vote: Vote, functions: list[str], shares: tuple[str, ...]) -> HttpResponse:
    sheets = [
        {
            "number": number,
            "function": function,
            "words": list(enumerate(share.split(), 1)),
            "fingerprint": committee_keys.fingerprint(share),
        }
        for number, (function, share) in enumerate(zip(functions, shares, strict=True), 1)
    ]
    made = KeyCeremony.objects.get(vote=vote)
    return render(request, "voting/staff/sheets.html", {"vote": vote, "sheets": sheets, "ceremony": made})


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def drill(request: HttpRequest, pk: int) -> HttpResponse:
    """Enough holders type their shares and open the test envelope."""
    vote = vote_for(request, pk, "hold_ceremony")
    made = KeyCeremony.objects.filter(vote=vote).first()
    if made is None:
        messages.error(request, _("There is no key yet: first the committee makes it in the ceremony."))
        return redirect("voting_staff_vote", vote.pk)
    form = SharesForm(request.POST or None, needed=made.needed)
    if request.method == "POST" and form.is_valid() and _try(form, actions.drill, vote, request.user):
        messages.success(request, _("The test envelope opened. The vote can be opened."))
        return redirect("voting_staff_vote", vote.pk)
    context = {"vote": vote, "form": form, "holders": made.holders.all(), "needed": made.needed, "is_drill": True}
    return render(request, "voting/staff/shares.html", context, status=422 if form.errors else 200)


@sensitive_variables()
def _try(form: SharesForm, act: Any, vote: Vote, person: Any) -> bool:
    """Whether the deed was done; what is wrong stands on the form, without what was typed."""
    try:
        act(vote=vote, shares=form.shares(), person=person)
    except (VoteRefused, SharesRefused) as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def open_ballots(request: HttpRequest, pk: int) -> HttpResponse:
    """All envelopes open before observers, or none does."""
    vote = vote_for(request, pk, "open_ballots")
    made = KeyCeremony.objects.filter(vote=vote, public_key=vote.public_key).first()
    if vote.state != Vote.State.STRIPPED or made is None:
        messages.error(request, _("Ballots are opened after the envelopes were parted from voters, and once."))
        return redirect("voting_staff_vote", vote.pk)
    form = OpenBallotsForm(request.POST or None, needed=made.needed, wanted=_("we open the ballots"))
    if request.method == "POST" and form.is_valid() and _try(form, actions.open_ballots, vote, request.user):
        messages.success(request, _("All ballots are opened and stand with the pools. Now they are counted."))
        return redirect("voting_staff_vote", vote.pk)
    context = {
        "vote": vote,
        "form": form,
        "holders": made.holders.all(),
        "needed": made.needed,
        "count": vote.inner_envelopes.count(),
    }
    return render(request, "voting/staff/shares.html", context, status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def check_opening(request: HttpRequest, pk: int) -> HttpResponse:
    """Until the result stands: the envelopes open once more and are compared with the ballots that are counted."""
    vote = vote_for(request, pk, "open_ballots")
    made = KeyCeremony.objects.filter(vote=vote, public_key=vote.public_key).first()
    if vote.state != Vote.State.OPENED or made is None:
        messages.error(request, _("Envelopes can be opened again between the opening and the publication of the result."))
        return redirect("voting_staff_vote", vote.pk)
    form = SharesForm(request.POST or None, needed=made.needed)
    if request.method == "POST" and form.is_valid() and _try(form, actions.check_opening, vote, request.user):
        messages.success(request, _("The ballots that are counted are those in the envelopes."))
        return redirect("voting_staff_result", vote.pk)
    context = {
        "vote": vote, "form": form, "holders": made.holders.all(), "needed": made.needed, "count": vote.inner_envelopes.count(),
        "is_check": True,
    }  # fmt: skip
    return render(request, "voting/staff/shares.html", context, status=422 if form.errors else 200)
