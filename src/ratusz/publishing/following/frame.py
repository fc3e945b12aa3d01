"""The banner on top of every page: read in the same query as the content version, so it costs none and is never late."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from ratusz.publishing.website.page_cache import frame_value
from ratusz.ui.parts import Banner as ShownBanner

NAME = "following.banner"
SQL = """(
    SELECT jsonb_build_object(
        'id', id, 'text', text, 'text_in_english', text_in_english, 'url', url, 'level', level,
        'starts_at', starts_at, 'expires_at', expires_at
    )::text
    FROM ratusz_following_banner
    WHERE approved_at IS NOT NULL AND withdrawn_at IS NULL
      AND starts_at <= clock_timestamp() AND expires_at > clock_timestamp()
    ORDER BY level = 'danger' DESC, starts_at DESC, id DESC LIMIT 1
)"""


def shown_now(request: HttpRequest) -> dict[str, Any] | None:
    """The facts of the banner that shows now, the gravest and newest of several."""
    found = frame_value(request, NAME)
    return json.loads(found) if found else None


def banner_of_request(request: HttpRequest | None) -> ShownBanner | None:
    """What the frame of a page draws, in the language of the page where there are words in it."""
    facts = shown_now(request) if request is not None else None
    if facts is None:
        return None
    is_polish = get_language() == "pl"
    text = facts["text"] if is_polish else facts["text_in_english"] or facts["text"]
    is_foreign = not is_polish and not facts["text_in_english"]
    return ShownBanner(text=text, url=facts["url"], is_danger=facts["level"] == "danger", language="pl" if is_foreign else "")
