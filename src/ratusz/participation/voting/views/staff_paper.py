"""Screens of paper: points, numbered cards to print, two clerks who type each card, a third who settles, what became of each."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.foundation.once.sending import once_only
from ratusz.participation.voting import papers, rules
from ratusz.participation.voting.actions.casting import Cast
from ratusz.participation.voting.actions.paper import add_point, differences, finish_card, issue_cards, reject_card, type_card
from ratusz.participation.voting.forms_desk import WHY_INVALID, CardForm, IssueForm, PersonForm, PointForm
from ratusz.participation.voting.models import PaperCard, Vote
from ratusz.participation.voting.rules import VoteRefused
from ratusz.participation.voting.views.staff_doors import as_pdf, attempt, vote_for

State = PaperCard.State


def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Points and cards of a vote, by state."""
    vote = vote_for(request, pk, "type_paper")
    if request.method == "POST" and (number := plain_number(request.POST.get("karta", ""))) is not None:
        if vote.cards.filter(number=number).exists():
            return redirect("voting_card", pk, number)
        messages.error(request, _("There is no card with this number: it was not given out here."))
    return render(request, "voting/staff/paper.html", _context(request, vote))


def _context(request: HttpRequest, vote: Vote, **given: object) -> dict[str, object]:
    numbers = Counter(vote.cards.values_list("state", flat=True))
    open_ones = vote.cards.filter(state__in=[State.READ_ONCE, State.DIFFERS, State.AGREED]).select_related("point")
    return {
        "vote": vote, "points": vote.points.all(), "states": [(state.label, numbers[state]) for state in State],
        "open": open_ones[:200], "invalid": [(card, _why(card)) for card in vote.cards.filter(state=State.INVALID)[:200]],
        "point_form": given.get("point_form") or PointForm(prefix="punkt"),
        "issue_form": given.get("issue_form") or IssueForm(vote=vote, prefix="karty"),
        "may_add": rules.may(request.user, "make_letters", vote, database_now()),
    }  # fmt: skip


def _why(card: PaperCard) -> str:
    """Why a card is not valid, in words."""
    return str(dict(WHY_INVALID).get(card.reason, card.reason))


def point(request: HttpRequest, pk: int) -> HttpResponse:
    """A new point, or newer words of one."""
    vote = vote_for(request, pk, "make_letters")
    form = PointForm(request.POST or None, prefix="punkt")
    if request.method == "POST" and form.is_valid():
        add_point(vote=vote, person=request.user, **form.cleaned_data)
        messages.success(request, _("The point is here."))
        return redirect("voting_paper", pk)
    return render(request, "voting/staff/paper.html", _context(request, vote, point_form=form), status=422 if form.errors else 200)


@once_only
def cards(request: HttpRequest, pk: int) -> HttpResponse:
    """New cards for a point, as one PDF."""
    vote = vote_for(request, pk, "type_paper")
    form = IssueForm(request.POST or None, vote=vote, prefix="karty")
    if request.method == "POST" and form.is_valid():
        where = form.cleaned_data["point"]
        try:
            numbers = issue_cards(point=where, count=form.cleaned_data["count"], person=request.user)
        except VoteRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return as_pdf(papers.pdf_of_cards(vote, where, numbers), f"karty-{where.code}-{numbers[0]:06}-{numbers[-1]:06}.pdf")
    return render(request, "voting/staff/paper.html", _context(request, vote, issue_form=form), status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters()
def card(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One card: type it, settle between two readings, put it into the box, put it aside."""
    vote = vote_for(request, pk, "type_paper")
    found = get_object_or_404(PaperCard.objects.select_related("point", "vote"), vote=vote, number=number)
    deed = request.POST.get("deed", "")
    if deed == "finish":
        return _finish(request, found)
    if deed == "reject":
        attempt(
            request,
            lambda: reject_card(card=found, reason=request.POST.get("reason", ""), person=request.user),
            _("The card is put aside."),
        )
        return redirect("voting_card", pk, number)
    sent = request.POST if request.method == "POST" else None
    is_invalid = bool(sent and sent.get("karta-why_invalid"))
    person = PersonForm(sent, vote=vote, is_needed=not is_invalid, prefix="osoba")
    guardian = PersonForm(sent, vote=vote, is_needed=False, prefix="opiekun")
    form = CardForm(sent, vote=vote, prefix="karta")
    if sent and all(each.is_valid() for each in (person, guardian, form)):
        try:
            found, cast = type_card(card=found, facts=form.facts(person, guardian), person=request.user)
        except VoteRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _ended(request, found, cast)
    typed = set(found.readings.values_list("clerk", flat=True))
    context = {
        "vote": vote, "card": found, "person": person, "guardian": guardian, "form": form,
        "reason": _why(found) if found.reason else "",
        "may_type": not found.ended_at and found.state != State.AGREED, "typed_by_me": request.user.pk in typed,
        "differences": differences(found) if found.state == State.DIFFERS else [],
        "is_third": len(typed) == 2 and request.user.pk not in typed,
        "may_reject": rules.may(request.user, "decide_declaration", vote, database_now()) and request.user.pk not in typed,
        "waits": found.state == State.AGREED,
    }  # fmt: skip
    status = 422 if any(each.errors for each in (person, guardian, form)) else 200
    return render(request, "voting/staff/card.html", context, status=status)


def _finish(request: HttpRequest, found: PaperCard) -> HttpResponse:
    try:
        found, cast = finish_card(card=found, person=request.user)
    except VoteRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("voting_card", found.vote_id, found.number)
    return _ended(request, found, cast)


def _ended(request: HttpRequest, found: PaperCard, cast: Cast | None) -> HttpResponse:
    """What became of the card; the receipt is shown once, to print for the voter, and kept beside no card."""
    words = {
        State.READ_ONCE: _("Typed once. Another person types the card next; they do not see your reading."),
        State.DIFFERS: _("The two readings differ. Look at the card together, or let a third person type it."),
        State.CAST: _("Both readings agree; the ballot is in the box."),
        State.SECOND: _("Both readings agree. This person had voted before, so the card is not taken."),
        State.INVALID: _("The card is not valid and was not taken."),
    }
    if cast is None:
        messages.info(request, words[State(found.state)])
        if found.state == State.SECOND and found.vote.double_vote == Vote.DoubleVote.ALL_VOID:
            messages.warning(request, _("By the rules of this edition the ballot cast before does not count either."))
        return redirect("voting_card", found.vote_id, found.number)
    return render(
        request, "voting/staff/card_receipt.html", {"card": found, "vote": found.vote, "cast": cast, "words": words[State.CAST]}
    )
