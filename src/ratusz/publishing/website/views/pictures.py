"""Serves the pictures of the portal in the sizes its pages use; originals and everything else of the media folder stay unserved."""

from __future__ import annotations

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

FOLDER = "images"
"""Where Wagtail keeps pictures in one size, the re-encoded ones; `original_images` holds what was uploaded."""
FOR_A_DAY = "public, max-age=86400"


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """One picture in one size. A proxy may serve the same folder itself (docs/handbook/installation.md)."""
    answer = serve(request, name, document_root=settings.MEDIA_ROOT / FOLDER)
    if isinstance(answer, FileResponse):
        answer["Cache-Control"] = FOR_A_DAY
    return answer
