"""Files made for a place: the package, the poster."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ratusz.publishing.messages.made_files import MADE
from ratusz.publishing.messages.models import Message
from ratusz.publishing.messages.outlets import outlet_of
from ratusz.publishing.messages.views.staff.opening import opened, variant_of


@require_safe
@opened("view")
def made_file(request: HttpRequest, message: Message, variant_pk: int, code: str) -> HttpResponse:
    """One file made from what is out, or from what is approved; a draft has none."""
    variant = variant_of(message, variant_pk)
    if code not in dict(outlet_of(variant.outlet).downloads) or not (variant.release or variant.approved_at):
        raise Http404
    made = MADE[code](variant)
    response = HttpResponse(made.content, content_type=made.media_type)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    response["Cache-Control"] = "private, no-store"
    return response
