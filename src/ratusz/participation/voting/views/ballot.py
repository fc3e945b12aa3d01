"""The way to the ballot box: what to know first, the district, the ballot, a last look, the receipt. No step needs JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache, wraps
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ratusz.foundation.audit.addresses import client_line
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_end, polish_moment
from ratusz.foundation.people.actions.limits import use_up
from ratusz.participation.voting import ballot_forms, identity, receipt_codes, wording
from ratusz.participation.voting.actions import cast_into, complain
from ratusz.participation.voting.actions.proofs import IdentityProof
from ratusz.participation.voting.models import Vote
from ratusz.participation.voting.queries import ballot_end, offered_sheet
from ratusz.participation.voting.registries import identity_adapters, other_ways
from ratusz.participation.voting.rules import (
    AlreadyVoted,
    AnotherVoter,
    BallotRefused,
    BallotSheet,
    Closed,
    VoteRefused,
    check_ballot,
)

LANGUAGES = {"pl": "Polski", "en": "English", "uk": "Українська"}

COMPLAINTS_WITHIN = timedelta(hours=1)
View = Callable[..., HttpResponse]


def in_language(view: View) -> View:
    """The page in the language of its address; these pages alone speak Ukrainian."""

    @wraps(view)
    def speaking(request: HttpRequest, language: str, **named: Any) -> HttpResponse:
        if language not in LANGUAGES:
            raise Http404
        with override(language):
            answer = view(request, language=language, **named)
        answer.headers.setdefault("Content-Language", language)
        return answer

    return speaking


def context_of(vote: Vote, language: str, page: str) -> dict[str, Any]:
    """What every page of the ballot shows."""
    links = [(code, name, reverse(f"ballot:{page}", args=[vote.edition.slug, code])) for code, name in LANGUAGES.items()]
    with override(language if language == "en" else "pl"):
        log_url = reverse("voting:log", args=[vote.edition.slug])
    is_final = vote.double_vote != Vote.DoubleVote.LAST
    return {
        "vote": vote, "edition": vote.edition, "language": language, "languages": links, "log_url": log_url, "is_final": is_final,
        "makes_void": vote.double_vote == Vote.DoubleVote.ALL_VOID,
    }  # fmt: skip


def moment(when: Any, language: str) -> str:
    """A day and hour in the language of the page."""
    if language == "pl":
        return polish_moment(when)
    return date_format(localtime(when), "j E Y, H:i" if language == "uk" else "j F Y, H:i")


def last_moment(ends: Any, language: str) -> str:
    """The end of the hours of a vote: midnight belongs to the day that it ends, so nobody comes a day late."""
    if language == "pl":
        return polish_end(ends)
    local = localtime(ends)
    if (local.hour, local.minute) != (0, 0):
        return moment(ends, language)
    return f"{moment(ends - timedelta(minutes=1), language).rpartition(', ')[0]}, 24:00"


def vote_of(edition_slug: str) -> Vote:
    """The vote of an edition that has one."""
    return get_object_or_404(Vote.objects.select_related("edition"), edition__slug=edition_slug)


def takes_ballots(vote: Vote) -> bool:
    """Whether somebody may begin now; at the cast itself the database judges."""
    return vote.may_take_ballots and vote.opens_at <= database_now() < vote.closes_at


@require_safe
def entrance(request: HttpRequest, edition_slug: str) -> HttpResponse:
    """The short address on posters."""
    return redirect("ballot:start", edition_slug, "pl")


@never_cache
@require_safe
@in_language
def start(request: HttpRequest, edition_slug: str, language: str) -> HttpResponse:
    """Hours, what to have at hand, how secrecy is kept, and the way in."""
    vote = vote_of(edition_slug)
    adapter = dict(identity_adapters.items()).get(vote.identity)
    context = context_of(vote, language, "start") | {
        "opens": moment(vote.opens_at, language), "closes": last_moment(vote.closes_at, language),
        "is_open": takes_ballots(vote), "is_over": database_now() >= vote.closes_at,
        "adapter": adapter, "begin_url": adapter.first_page(vote, language) if adapter else "",
        "other_ways": [(way.name, way.first_page(vote, language)) for _key, way in other_ways.items() if way.is_open(vote)],
    }  # fmt: skip
    return render(request, "voting/start.html", context)


def _need_proof(vote: Vote, language: str, request: HttpRequest) -> HttpResponse:
    """The half hour is over, or nobody came through the door: nothing of what was chosen is kept."""
    return render(request, "voting/stop.html", context_of(vote, language, "start") | {"why": "no_proof"}, status=403)


def _closed(vote: Vote, language: str, request: HttpRequest) -> HttpResponse:
    return render(request, "voting/stop.html", context_of(vote, language, "start") | {"why": "closed"}, status=409)


def another_came_in(request: HttpRequest, vote: Vote, language: str) -> HttpResponse:
    """What one person filled in is never taken as the word of another one."""
    return render(request, "voting/stop.html", context_of(vote, language, "start") | {"why": "another"}, status=409)


def _needs_district(sheet: BallotSheet, proof: IdentityProof) -> bool:
    """Whether the voter chooses a district: one pool of some level for each voter, and the proof does not say which."""
    return any(level.access in ("one", "own") for level in sheet.rules.levels if _many(sheet, level.code)) and not (
        proof.district in sheet.parts and sheet.rules.level(sheet.parts[proof.district].level).access == "own"
    )


def _many(sheet: BallotSheet, level: str) -> bool:
    return sum(part.level == level for part in sheet.parts.values()) > 1


def _shown(sheet: BallotSheet, district: str) -> list[str]:
    """Codes of the parts one voter fills in: the chosen district's, and those of levels where all have the same."""
    return [code for code, part in sheet.parts.items() if code == district or not _many(sheet, part.level)
            or sheet.rules.level(part.level).access in ("any", "up_to_n")]  # fmt: skip


@never_cache
@csrf_protect
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@in_language
def ballot(request: HttpRequest, edition_slug: str, language: str) -> HttpResponse:
    """The ballot; a POST shows the last look, or the ballot again with what is wrong and everything that was given.

    The district comes by POST as well: where somebody votes stands in no address and no log.
    """
    vote = vote_of(edition_slug)
    proof = identity.proof_of(request, vote)
    if proof is None:
        return _need_proof(vote, language, request)
    if not takes_ballots(vote):
        return _closed(vote, language, request)
    if identity.is_anothers(request):
        return another_came_in(request, vote, language)
    sheet = offered_sheet(vote)
    district = request.POST.get("dzielnica", "") if _needs_district(sheet, proof) else proof.district
    if district not in sheet.parts or "zmien" in request.POST:
        return _choose_district(request, vote, language, sheet, proof)
    choices, shown = ballot_forms.read_choices(request.POST), _shown(sheet, district)
    is_back = "popraw" in request.POST
    faults = check_ballot(sheet, choices, proof.district) if request.method == "POST" and not is_back else []
    context = context_of(vote, language, "ballot") | {
        "district": district, "parts": ballot_forms.drawn_parts(vote.edition, sheet, shown, choices, faults),
        "may_change_district": _needs_district(sheet, proof), "mark": identity.mark_of(request),
    }  # fmt: skip
    if request.method == "POST" and not faults and not is_back:
        return render(request, "voting/summary.html", context | {"key": uuid4().hex, "keeps": "jezyk"})
    whole = [wording.fault(fault) for fault in faults if fault.pool not in shown]
    return render(
        request,
        "voting/ballot.html",
        context | {"whole": whole, "faults": faults, "keeps": "popraw"},
        status=422 if faults else 200,
    )


def _choose_district(request: HttpRequest, vote: Vote, language: str, sheet: BallotSheet, proof: IdentityProof) -> HttpResponse:
    pools = [pool for pool in vote.edition.pools.order_by("position") if pool.code in sheet.parts and not pool.is_city_wide]
    # Whoever comes back from the ballot to choose another district keeps what was given.
    given = [(name, value) for name, value in request.POST.items() if name.startswith(ballot_forms.PREFIX)]
    context = context_of(vote, language, "ballot") | {
        "pools": pools,
        "own": request.POST.get("dzielnica", proof.district),
        "given": given, "keeps": "zmien", "mark": identity.mark_of(request),
    }  # fmt: skip
    return render(request, "voting/district.html", context)


def put_in(request: HttpRequest, vote: Vote, proof: IdentityProof, language: str) -> HttpResponse:
    """The form's ballot into the box, and the way to its receipt; raises what `cast_into` raises."""
    if identity.is_anothers(request):
        raise AnotherVoter
    facts = proof.channel_facts
    done = cast_into(
        vote=vote, voter_key=proof.voter_key, choices=ballot_forms.read_choices(request.POST),
        channel=facts.get("channel", "web"), age_band=proof.age_band, district=proof.district,
        idempotency_key=request.POST.get("klucz", "")[:64], client_nonce=request.POST.get("los", "")[:64],
        officer=int(facts["officer"]) if facts.get("officer") else None, point=facts.get("point", "")[:40],
        line=client_line(request), contact=proof.contact, language=language,
    )  # fmt: skip
    answer = HttpResponseRedirect(way_to_receipt(request.resolver_match.kwargs["edition_slug"], language))
    identity.set_cookie(answer, identity.RECEIPT_COOKIE, done.code)
    return answer


@lru_cache(maxsize=64)
def way_to_receipt(edition_slug: str, language: str) -> str:
    """The address of the receipt, without its number."""
    return reverse("ballot:done", args=[edition_slug, language])


@never_cache
@csrf_protect
@sensitive_post_parameters()
@require_POST
@in_language
def cast(request: HttpRequest, edition_slug: str, language: str) -> HttpResponse:
    """Into the box. What is answered after this was committed; the same form sent twice gives the same receipt.

    `box` answers ballots that are taken at once before they come here; what is refused, and why, is said here.
    """
    vote = vote_of(edition_slug)
    proof = identity.proof_of(request, vote)
    if proof is None:
        return _need_proof(vote, language, request)
    try:
        return put_in(request, vote, proof, language)
    except BallotRefused:
        return ballot(request, edition_slug=edition_slug, language=language)
    except AnotherVoter:
        return another_came_in(request, vote, language)
    except Closed:
        return _closed(vote, language, request)
    except AlreadyVoted as why:
        context = context_of(vote, language, "start") | {"why": "voted", "words": str(why)}
        return render(request, "voting/stop.html", context, status=409)


@never_cache
@require_safe
@in_language
def done(request: HttpRequest, edition_slug: str, language: str) -> HttpResponse:
    """The receipt. Its number comes in a cookie, so that it stands in no address and no log."""
    vote, code = vote_of(edition_slug), identity.read_cookie(request, identity.RECEIPT_COOKIE)
    end = ballot_end(code) if code else None
    if end is None or end.vote.pk != vote.pk:
        return redirect("ballot:start", edition_slug, language)
    context = context_of(vote, language, "done") | {"code": receipt_codes.shown(code), "state": wording.state(end)}
    return render(request, "voting/done.html", context)


def _where_to(proof: IdentityProof | None, language: str, edition_slug: str) -> str:
    """After a ballot at a point the officer's desk waits for the next person."""
    desk = proof.channel_facts.get("desk") if proof else ""
    return desk or reverse("ballot:start", args=[edition_slug, language])


@csrf_protect
@require_POST
def leave(request: HttpRequest, edition_slug: str, language: str) -> HttpResponse:
    """Whoever leaves a shared computer leaves nothing on it."""
    proof = identity.proof_of(request, vote_of(edition_slug))
    answer = redirect(_where_to(proof, language, edition_slug))
    answer.delete_cookie(identity.RECEIPT_COOKIE, path=identity.PATH)
    return identity.leave(request, answer)


@never_cache
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
@in_language
def not_me(request: HttpRequest, token: str, language: str) -> HttpResponse:
    """ "This was not me": a press on the button flags the ballot; opening the link alone does nothing."""
    context: dict[str, Any] = {"language": language, "token": token, "languages": []}
    if request.method != "POST":
        return render(request, "voting/not_me.html", context)
    if not use_up(kind="complaint", key=client_line(request), most=20, within=COMPLAINTS_WITHIN):
        context["refused"] = _("Too many tries from this connection. Wait an hour.")
        return render(request, "voting/not_me.html", context, status=429)
    try:
        complain(token=token)
    except VoteRefused as why:
        return render(request, "voting/not_me.html", context | {"refused": str(why)}, status=404)
    return render(request, "voting/not_me.html", context | {"is_done": True})
