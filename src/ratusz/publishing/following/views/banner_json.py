"""The emergency banner for other websites, screens and applications."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from ratusz.publishing.following.frame import shown_now


@require_safe
def banner(request: HttpRequest) -> JsonResponse:
    """{"banner": null} while there is none. Ask as often as you like: it costs one query."""
    answer = JsonResponse({"banner": shown_now(request)}, json_dumps_params={"ensure_ascii": False})
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = "no-cache"
    return answer
