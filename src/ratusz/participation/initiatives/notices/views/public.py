"""Pages of everybody: the form of a committee's notice, and its receipt."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from ratusz.foundation.audit.addresses import client_line
from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.once.sending import once_only
from ratusz.participation.initiatives import terms
from ratusz.participation.initiatives.models import CommitteeNotice
from ratusz.participation.initiatives.notices import actions
from ratusz.participation.initiatives.notices.forms import NoticeForm
from ratusz.participation.initiatives.rules import InitiativeRefused
from ratusz.ui.parts import Link


def _crumbs() -> list[Link]:
    return [Link(_("Citizens' resolution initiatives"), reverse("initiatives:register"))]


@never_cache
@csrf_protect
@sensitive_post_parameters()
@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """The notice of a committee; the Office admits it."""
    at = database_now()
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = NoticeForm(*posted, at=at, line=client_line(request))
    if form.is_bound and form.is_valid():
        try:
            made = actions.send_notice(**form.facts())
            return redirect("initiatives:notice-sent", made.form_key)
        except FileRefused as refusal:
            form.add_error("upload", refusal)
        except InitiativeRefused as refusal:
            form.add_error("members", str(refusal))
    context = {
        "form": form, "crumbs": _crumbs(), "least": terms.term("committee_least", at),
        "needed": terms.term("signatures_needed", at), "promotion": terms.entry("promotion", at),
    }  # fmt: skip
    return render(request, "initiatives/notices/write.html", context)


@never_cache
@require_safe
def sent(request: HttpRequest, key: Any) -> HttpResponse:
    """The receipt, by the key that nobody can guess."""
    made = get_object_or_404(CommitteeNotice, form_key=key)
    return render(request, "initiatives/notices/sent.html", {"made": made, "crumbs": _crumbs()})
