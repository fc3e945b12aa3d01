"""A card of anything the city has said, for other websites: a frame that follows every correction, or text to paste.

The card sets no cookie, runs no script and is the only page that others may frame.
"""

from __future__ import annotations

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from ratusz.publishing.website.models import WireItem


def _item(code: str) -> WireItem:
    return get_object_or_404(WireItem.objects.shown(), code=code)


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def card(request: HttpRequest, code: str) -> HttpResponse:
    """What it says now, with its moment, its correction, or that it was withdrawn."""
    item = _item(code)
    with override(item.language):
        return render(request, "following/card.html", {"item": item, "url": request.build_absolute_uri(item.url)})


@require_safe
def embed(request: HttpRequest, code: str) -> HttpResponse:
    """How to put the card on a website of one's own."""
    item = _item(code)
    with override(item.language):
        context = {"item": item, "url": request.build_absolute_uri(item.url)}
        context["card_url"] = request.build_absolute_uri(reverse("card", args=[code]))
        frame = render_to_string("following/card_frame.html", context).strip()
        still = render_to_string("following/card_still.html", context).strip()
        return render(request, "following/embed.html", context | {"frame": frame, "still": still})
