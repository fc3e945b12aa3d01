"""Waves of a card's series for staff: questions worded otherwise, side by side, and what was said of them."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ratusz.foundation.once.sending import once_only
from ratusz.participation.surveys.models import ResearchCard
from ratusz.participation.surveys.research import actions, comparing, queries, reading, rules
from ratusz.participation.surveys.research.views.staff import card_for, press


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def waves(request: HttpRequest, pk: int) -> HttpResponse:
    """Pairs of wordings of this card's series; each is told to be the same question or another one."""
    found, at = card_for(request, pk, "see")
    if request.method == "POST":
        return press(request, _deed(request, found), _("Noted: the comparison follows it."), "research_waves", pk)
    series = found.series
    all_waves = reading.waves(series, at) if series else []
    said = reading.said(series) if series else {}
    context = {
        "card": found, "series": series, "may_say": rules.may(request.user, "publish", found, at) and found.is_public,
        "waves": queries.waves_of(series) if series else [],
        "pairs": [pair for pair in comparing.pairs(all_waves, said) if pair.wave.pk == found.pk],
        "trends": comparing.trends(all_waves, said), "joined": found.matches.exclude(asked_as=""),
    }  # fmt: skip
    context["new"], context["gone"] = comparing.to_join(all_waves, found.pk) if found.is_public else ({}, {})
    return render(request, "surveys/research/staff/waves.html", context)


def _deed(request: HttpRequest, card: ResearchCard) -> partial[Any]:
    said = {name: request.POST.get(name, "")[:64] for name in ("deed", "key", "wordings", "asked_as")}
    common: dict[str, Any] = {"card": card, "key": said["key"], "person": request.user}
    if said["deed"] == "join":
        return partial(actions.join_questions, asked_as=said["asked_as"], **common)
    if said["deed"] == "part":
        return partial(actions.part_questions, **common)
    return partial(actions.say_of_wording, wordings=said["wordings"], is_same=said["deed"] == "same", **common)
