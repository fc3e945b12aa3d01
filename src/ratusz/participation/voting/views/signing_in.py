"""What every sign-in elsewhere shares: whoever leaves is bound to this browser, comes back once, and a guardian names the child."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from ratusz.foundation.kit.pesel import Pesel
from ratusz.participation.voting import door, identity, residents
from ratusz.participation.voting.actions.guardians import give_consent, is_adult_of
from ratusz.participation.voting.actions.proofs import IdentityProof, hold_proof, take_proof
from ratusz.participation.voting.models import RegisterEntry, Vote
from ratusz.participation.voting.rules import VoteRefused
from ratusz.participation.voting.views.ballot import another_came_in, context_of, in_language, vote_of
from ratusz.participation.voting.views.codes import MANY
from ratusz.participation.voting.views.guardian import NO_ADULT, SIGN_IN, Yes
from ratusz.participation.voting.views.pesel_identity import PeselField

WHOM = ("ja", "dziecko")
GUARDIAN_COOKIE, FOR_CHILD = "glosowanie-opiekun", "for_child"
ComeIn = Callable[[HttpRequest, Vote, IdentityProof, str], HttpResponse]


class ChildForm(Yes):
    """The child a guardian who has signed in says yes for."""

    pesel = PeselField(label=gettext_lazy("PESEL of the child"))
    field_order = ("pesel", "agrees")


def away_with(answer: HttpResponse, vote: Vote, cookie: str, language: str, whom: str, bound: Mapping[str, str]) -> HttpResponse:
    """The answer that sends the browser away, with what the one who comes back has to fit to."""
    facts = {**bound, "language": language, FOR_CHILD: "1" if whom == "dziecko" else ""}
    identity.set_cookie(answer, cookie, f"{vote.pk}:{hold_proof(vote=vote, proof=IdentityProof(b'', channel_facts=facts))}")
    return answer


def back_from(request: HttpRequest, preset: str, cookie: str, come_in: ComeIn) -> HttpResponse:
    """Whoever comes back, good once and for the browser that left; `come_in` checks what they bring."""
    number, _sign, key = identity.read_cookie(request, cookie).partition(":")
    if not number.isdecimal():
        raise Http404
    vote = get_object_or_404(Vote.objects.select_related("edition"), pk=number, identity=preset)
    away = take_proof(key=key, vote=vote)
    if away is None:
        return redirect("ballot:start", vote.edition.slug, "pl")
    language = away.channel_facts["language"]
    with override(language):
        answer = come_in(request, vote, away, language)
    answer.headers.setdefault("Content-Language", language)
    answer.delete_cookie(cookie, path=identity.PATH)
    return answer


@sensitive_variables("pesel")
def known_now(request: HttpRequest, vote: Vote, pesel: Pesel, facts: Mapping[str, str]) -> HttpResponse:
    """Whoever signed in stands at the door, or says which child they came for."""
    proof = IdentityProof(residents.key_by_pesel(vote.pk, pesel), channel_facts={"channel": "web"})
    if not facts[FOR_CHILD]:
        return door.let_in(request, vote, proof, facts["language"])
    answer = redirect("ballot:child", vote.edition.slug, facts["language"])
    identity.set_cookie(answer, GUARDIAN_COOKIE, f"{vote.pk}:{hold_proof(vote=vote, proof=proof)}")
    return answer


@never_cache
@csrf_protect
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@in_language
def child(request: HttpRequest, edition_slug: str, language: str) -> HttpResponse:
    """Which child the guardian who signed in says yes for."""
    vote = vote_of(edition_slug)
    if vote.identity not in SIGN_IN:
        raise Http404
    guardian = door.waiting_proof(request, vote, GUARDIAN_COOKIE)
    if guardian is None:
        return redirect("ballot:start", edition_slug, language)
    if identity.is_anothers(request, GUARDIAN_COOKIE):
        return another_came_in(request, vote, language)
    form = ChildForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (proof := _child_of(request, vote, guardian, form)):
        answer = door.let_in(request, vote, proof, language)
        answer.delete_cookie(GUARDIAN_COOKIE, path=identity.PATH)
        return answer
    context = context_of(vote, language, "child") | {
        "form": form, "title": _("The child who votes"), "mark": identity.mark_of(request, GUARDIAN_COOKIE),
    }  # fmt: skip
    return render(request, "voting/child.html", context, status=422 if form.errors else 200)


def _child_of(request: HttpRequest, vote: Vote, guardian: IdentityProof, form: forms.Form) -> IdentityProof | None:
    key = residents.key_by_pesel(vote.pk, form.cleaned_data["pesel"])
    if not door.may_try(request, vote, f"guardian-{guardian.voter_key.hex()}"):
        form.add_error(None, MANY)
        return None
    if not is_adult_of(vote, guardian.voter_key):
        form.add_error(None, NO_ADULT)
        return None
    # Nobody votes for an adult by calling them a child.
    if not RegisterEntry.objects.filter(vote=vote, voter_key=key, needs_guardian=True).exists():
        form.add_error(None, _("There is no such child in the register. Declare that the child lives here, or come to a point."))
        return None
    try:
        give_consent(vote=vote, child_key=key, guardian_key=guardian.voter_key)
    except VoteRefused as refusal:
        form.add_error(None, str(refusal))
        return None
    return IdentityProof(key, channel_facts={"channel": "web", door.GUARDIAN: "1"})
