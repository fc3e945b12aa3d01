"""The public log of a vote: what was frozen, signed heads as a page and a feed, every entry, proofs for whoever checks."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ratusz.foundation.kit.dates import polish_end, polish_moment
from ratusz.participation.budget import presentation
from ratusz.participation.voting import feeds, heads, queries, receipt_codes, wording, wording_of_votes
from ratusz.participation.voting.models import LogLeaf, SignedHead, Vote

SHOWN = 50


def _vote(edition_slug: str) -> Vote:
    return get_object_or_404(Vote.objects.select_related("edition").exclude(state=Vote.State.PREPARED), edition__slug=edition_slug)


@never_cache
@require_safe
def page(request: HttpRequest, edition_slug: str) -> HttpResponse:
    """What anybody needs to keep watch over a vote."""
    vote = _vote(edition_slug)
    shown = [
        {"head": head, "at": polish_moment(head.signed_at), "root": bytes(head.root).hex()}
        for head in queries.newest_heads(vote, SHOWN)
    ]
    context = {
        "is_counted": vote.state == Vote.State.COUNTED,
        "vote": vote, "edition": vote.edition, "heads": shown, "public_key": heads.public_key().hex(),
        "opens": polish_moment(vote.opens_at), "closes": polish_end(vote.closes_at),
        "fingerprints": [(wording_of_votes.FROZEN.get(name, name), value) for name, value in sorted(vote.fingerprints.items())],
        "has_numbers": vote.codes.exists(), "ballot_key": bytes(vote.public_key or b"").hex(),
        "crumbs": presentation.crumbs(), "ballot_url": reverse("ballot:start", args=[vote.edition.slug, "pl"]),
    }  # fmt: skip
    return render(request, "voting/log.html", context)


@never_cache
@require_safe
def feed(request: HttpRequest, edition_slug: str) -> HttpResponse:
    """Signed heads as Atom, so that second parties need not be told."""
    vote = _vote(edition_slug)
    content = feeds.atom_of_heads(vote, queries.newest_heads(vote, SHOWN), request.build_absolute_uri("/").rstrip("/"))
    return HttpResponse(content, content_type="application/atom+xml; charset=utf-8")


@require_safe
def entries(request: HttpRequest, edition_slug: str) -> StreamingHttpResponse:
    """Every entry of the newest published head, one a line, as it is hashed. Nothing newer: a moment of casting stays unknown."""
    vote = _vote(edition_slug)
    head = queries.newest_head(vote)
    return StreamingHttpResponse(_lines(vote, head.size if head else 0), content_type="text/plain; charset=utf-8")


def _lines(vote: Vote, size: int) -> Iterator[str]:
    leaves = LogLeaf.objects.filter(vote=vote, number__lt=size).order_by("number")
    for entry in leaves.values_list("entry", flat=True).iterator():
        yield f"{entry}\n"


@never_cache
@require_safe
def numbers(request: HttpRequest, edition_slug: str) -> HttpResponse:
    """Every number of a ballot with its end, once envelopes and voters are apart; none stands beside a choice."""
    vote = _vote(edition_slug)
    lines = [f"{receipt_codes.shown(code)} {wording.state(end)}\n" for code, end in queries.ends_of(vote)]
    if not lines:
        raise Http404
    return HttpResponse("".join(lines), content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def proof(request: HttpRequest, edition_slug: str) -> JsonResponse:
    """`?wpis=7`: that entry 7 is in the newest head's log; `?od=100`: that the log of 100 entries is its beginning."""
    vote = _vote(edition_slug)
    head = queries.newest_head(vote)
    if head is None:
        raise Http404
    try:
        return JsonResponse({"head": heads.as_data(head), **_proof(request, vote, head)})
    except (ValueError, IndexError) as problem:
        raise Http404 from problem


def _proof(request: HttpRequest, vote: Vote, head: SignedHead) -> dict[str, object]:
    if "wpis" in request.GET:
        number = int(request.GET["wpis"])
        leaf = LogLeaf.objects.filter(vote=vote, number=number).first()
        return {"number": number, "entry": leaf.entry if leaf else "", "inclusion": queries.inclusion(vote, number, head)}
    earlier = int(request.GET.get("od", ""))
    return {"earlier": earlier, "consistency": queries.consistency(vote, earlier, head)}
