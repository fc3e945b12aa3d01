"""Screens of an officer at a point: choose the point, know the person before you by a document, hand over to the ballot."""

from __future__ import annotations

from dataclasses import replace

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from ratusz.foundation.kit.clock import database_now
from ratusz.participation.voting import identity
from ratusz.participation.voting.actions.declarations import declare_at_point
from ratusz.participation.voting.actions.desk import NotListed, admit_at_point
from ratusz.participation.voting.actions.proofs import IdentityProof
from ratusz.participation.voting.forms_desk import DOCUMENTS, DocumentForm, PersonForm
from ratusz.participation.voting.models import Vote, VotingPoint
from ratusz.participation.voting.rules import VoteRefused
from ratusz.participation.voting.views.ballot import takes_ballots
from ratusz.participation.voting.views.declaration import DeclarationForm
from ratusz.participation.voting.views.staff_doors import require_may

FIRST_IS_FINAL = gettext_lazy("A ballot of this person is already in the box, and the first one is final.")
SECOND_VOIDS = gettext_lazy(
    "A ballot of this person is already in the box. A second one would make it void as well, so none is handed out here."
)


def points(request: HttpRequest) -> HttpResponse:
    """Open votes and their points: an officer chooses where they sit today."""
    require_may(request, "see_points")
    at = database_now()
    votes = Vote.objects.filter(state=Vote.State.OPEN, opens_at__lte=at, closes_at__gt=at).select_related("edition")
    rows = [{"vote": vote, "points": list(vote.points.all())} for vote in votes.order_by("closes_at")]
    paper = Vote.objects.filter(state__in=[Vote.State.PREPARED, Vote.State.OPEN, Vote.State.CLOSED]).select_related("edition")
    return render(request, "voting/staff/points.html", {"rows": rows, "paper": paper.order_by("-opens_at")})


def _point(request: HttpRequest, pk: int) -> VotingPoint:
    require_may(request, "serve_at_point")
    return get_object_or_404(VotingPoint.objects.select_related("vote__edition"), pk=pk)


@never_cache
@sensitive_post_parameters()
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    """Who stands before the officer; from here the ballot opens in this window."""
    point = _point(request, pk)
    if not takes_ballots(point.vote):
        messages.error(request, _("The vote takes no ballots now."))
        return redirect("voting_points")
    sent = request.POST if request.method == "POST" else None
    person = PersonForm(sent, vote=point.vote, prefix="osoba")
    guardian = PersonForm(sent, vote=point.vote, is_needed=False, prefix="opiekun")
    shown = DocumentForm(sent, prefix="dokument")
    if sent and all(form.is_valid() for form in (person, guardian, shown)):
        answer = _admit(request, point, person, guardian, shown)
        if answer:
            return answer
    context = {"point": point, "vote": point.vote, "person": person, "guardian": guardian, "shown": shown}
    status = 422 if any(form.errors for form in (person, guardian, shown)) else 200
    return render(request, "voting/staff/desk.html", context, status=status)


def _admit(
    request: HttpRequest, point: VotingPoint, person: PersonForm, guardian: PersonForm, shown: DocumentForm
) -> HttpResponse | None:
    given = shown.cleaned_data
    try:
        proof = admit_at_point(
            point=point, known=person.proof(), guardian_key=None if guardian.is_empty else guardian.proof().voter_key,
            document=given["document"], person=request.user, contact=given["contact"],
        )  # fmt: skip
    except NotListed as refusal:
        messages.warning(request, str(refusal))
        return redirect("voting_desk_declaration", point.pk)
    except VoteRefused as refusal:
        person.add_error(None, str(refusal))
        return None
    if proof == IdentityProof(b""):
        is_void = point.vote.double_vote == Vote.DoubleVote.ALL_VOID
        person.add_error(None, SECOND_VOIDS if is_void else FIRST_IS_FINAL)
        return None
    back = reverse("voting_desk", args=[point.pk])
    return identity.admit(
        request, point.vote, replace(proof, channel_facts={**proof.channel_facts, "desk": back}), given["language"]
    )


class DeskDeclarationForm(DeclarationForm):
    """A declaration made before an officer: no contact is needed, a document is."""

    field_order = ("document", "name", "street", "district", "born", "pesel", "grounds", "true")
    document = forms.ChoiceField(choices=DOCUMENTS)

    def __init__(self, *args: object, vote: Vote, **facts: object):
        super().__init__(*args, vote=vote, **facts)
        del self.fields["contact"]
        self.fields["document"].label = _("Document shown")

    def facts(self) -> dict[str, object]:
        """Without a contact."""
        self.cleaned_data["contact"] = ""
        return super().facts()


@never_cache
@sensitive_post_parameters()
def declaration(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody present who is in no register declares; the officer lets them in by a document."""
    point = _point(request, pk)
    form = DeskDeclarationForm(request.POST or None, vote=point.vote)
    if request.method == "POST" and form.is_valid():
        document = str(dict(DOCUMENTS)[form.cleaned_data["document"]])
        reasons = _("Declaration at the point %(point)s, document shown: %(document)s.") % {
            "point": point.code,
            "document": document,
        }
        try:
            declare_at_point(vote=point.vote, voter_key=form.voter_key(), reasons=reasons, person=request.user, **form.facts())
        except VoteRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The person is in the register now. Type them once more and hand over to the ballot."))
            return redirect("voting_desk", point.pk)
    context = {"point": point, "vote": point.vote, "form": form}
    return render(request, "voting/staff/desk_declaration.html", context, status=422 if form.errors else 200)
