"""Serves the pictures of the portal in the sizes its pages use; originals and everything else of the media folder stay unserved."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.website.models import PortalRendition
from ratusz.publishing.website.passports.rules import is_hidden, may

FOLDER = "images"
"""Where Wagtail keeps pictures in one size, the re-encoded ones; `original_images` holds what was uploaded."""
FOR_FIVE_MINUTES = "public, max-age=300"
"""A withdrawn picture is nowhere five minutes later; known ones are answered without their bytes."""


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """One picture in one size that the portal knows of, unless its passport hides it; files left behind are not served."""
    size = PortalRendition.objects.select_related("image__passport").filter(file=f"{FOLDER}/{name}").first()
    is_kept_back = size is not None and is_hidden(getattr(size.image, "passport", None))
    if size is None or (is_kept_back and not may(request.user, "see", None, database_now())):
        raise Http404
    answer = serve(request, name, document_root=str(settings.MEDIA_ROOT / FOLDER))
    answer["Cache-Control"] = "private, no-store" if is_kept_back else FOR_FIVE_MINUTES
    return answer
