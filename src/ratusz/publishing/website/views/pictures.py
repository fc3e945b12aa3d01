"""Serves the pictures of the portal in the sizes its pages use; originals and everything else of the media folder stay unserved."""

from __future__ import annotations

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.website.models import PortalRendition
from ratusz.publishing.website.passports.rules import may

FOLDER = "images"
"""Where Wagtail keeps pictures in one size, the re-encoded ones; `original_images` holds what was uploaded."""
FOR_A_DAY = "public, max-age=86400"


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """One picture in one size, unless its consent was withdrawn."""
    is_withdrawn = PortalRendition.objects.filter(file=f"{FOLDER}/{name}", image__passport__withdrawn_at__isnull=False).exists()
    if is_withdrawn and not may(request.user, "see", None, database_now()):
        raise Http404
    answer = serve(request, name, document_root=settings.MEDIA_ROOT / FOLDER)
    if isinstance(answer, FileResponse):
        answer["Cache-Control"] = "private, no-store" if is_withdrawn else FOR_A_DAY
    return answer
