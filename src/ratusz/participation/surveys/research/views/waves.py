"""Waves of a card's series for staff: questions worded otherwise, side by side, and what was said of them."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ratusz.foundation.once.sending import once_only
from ratusz.participation.surveys.research import actions, comparing, queries, reading, rules
from ratusz.participation.surveys.research.views.staff import card_for, press


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def waves(request: HttpRequest, pk: int) -> HttpResponse:
    """Pairs of wordings of this card's series; each is told to be the same question or another one."""
    found, at = card_for(request, pk, "see")
    if request.method == "POST":
        key, wordings = request.POST.get("key", "")[:60], request.POST.get("wordings", "")[:64]
        is_same = request.POST.get("deed") == "same"
        done = partial(
            actions.say_of_wording, card=found, key=key, wordings=wordings, is_same=is_same, person=request.user
        )  # fmt: skip
        return press(request, done, _("Noted: the comparison follows it."), "research_waves", pk)
    series = found.series
    all_waves = reading.waves(series, at) if series else []
    said = reading.said(series) if series else {}
    context = {
        "card": found, "series": series, "may_say": rules.may(request.user, "publish", found, at) and found.is_public,
        "waves": queries.waves_of(series) if series else [],
        "pairs": [pair for pair in comparing.pairs(all_waves, said) if pair.wave.pk == found.pk],
        "trends": comparing.trends(all_waves, said),
    }  # fmt: skip
    return render(request, "surveys/research/staff/waves.html", context)
