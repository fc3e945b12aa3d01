"""What every page's template may read: menu, footer, language versions. Lazy, so that nothing is asked in vain."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .menus import portal_frame


def portal(request: HttpRequest) -> dict[str, object]:
    """`portal.menu`, `portal.footer`, `portal.languages`, `portal.home_url` for the language of the request."""
    return {"portal": SimpleLazyObject(lambda: portal_frame(request))}
