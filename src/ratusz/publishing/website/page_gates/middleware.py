"""Whatever way a page was to be published by, whoever did it comes back to the editor with the list of what stops it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.gates.findings import GatesShut

from .holding import note_held
from .refusing import back_to_the_editor


class StoppedAtTheGates:
    """Turns GatesShut into the editor of the page; the draft was saved before, so nothing typed is lost."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, GatesShut) and exception.edit_url:
            note_held(exception, database_now())
            return back_to_the_editor(request, exception)
        return None
