"""The page behind somebody's own link, without an account: a code is typed there, and what is theirs is changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ratusz.foundation.people.contact_forms import CodeForm

CONFIRM = "confirm"
"""The deed that takes the code."""


def deed_of_own_page(
    request: HttpRequest, do: Callable[[str, str], str], *, refused: type[Exception], leads_to: Mapping[str, str]
) -> tuple[CodeForm, HttpResponse | None]:
    """Does what a button of the page asks for; `do(deed, digits)` gives what to tell, `refused` brings its own words.

    Gives the form of the code and, unless the page is to be drawn, the answer: back to the page, or where the deed `leads_to`.
    """
    deed = request.POST.get("deed", "") if request.method == "POST" else ""
    form = CodeForm(request.POST if deed == CONFIRM else None)
    if not deed or (deed == CONFIRM and not form.is_valid()):
        return form, None
    try:
        said = do(deed, form.cleaned_data["code"] if deed == CONFIRM else "")
    except refused as refusal:
        if deed == CONFIRM:
            form.add_error("code", str(refusal))
            return form, None
        messages.warning(request, str(refusal))
        return form, redirect(request.path)
    messages.success(request, said)
    return form, redirect(leads_to.get(deed, request.path))
