"""Serves the assets: for a year under their content's address, compressed where the browser takes it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from ratusz.ui import assets


@require_safe
def serve_asset(request: HttpRequest, digest: str, name: str) -> HttpResponse:
    try:
        found = assets.asset(name)
    except KeyError:
        raise Http404 from None
    if digest != found.digest:  # a page kept by a cache from before an upgrade
        return redirect(assets.address(name))
    packed = bool(found.packed) and "gzip" in request.headers.get("Accept-Encoding", "")
    answer = HttpResponse(found.packed if packed else found.content, content_type=found.type)
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    if found.packed:
        answer["Vary"] = "Accept-Encoding"
    if packed:
        answer["Content-Encoding"] = "gzip"
    return answer
