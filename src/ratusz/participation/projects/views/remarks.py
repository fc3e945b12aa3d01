"""A resident writes a remark or an objection to a project, without an account; a moderator reads it before everybody does."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ratusz.foundation.audit.addresses import client_line
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.actions.limits import use_up
from ratusz.participation.projects import actions, announced, calendar, rules
from ratusz.participation.projects.forms_remarks import RemarkForm
from ratusz.participation.projects.models import Application

REMARKS, REMARKS_WITHIN = 10, timedelta(hours=1)
"""Remarks from one connection: a library's computer writes several, a script many more."""


@never_cache
@csrf_protect
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def remark(request: HttpRequest, edition_slug: str, project_slug: str) -> HttpResponse:
    """The form with what becomes of a remark; a refusal loses nothing of what was typed."""
    found = Application.objects.submitted().select_related("edition", "pool")
    application, at = get_object_or_404(found, edition__slug=edition_slug, slug=project_slug), database_now()
    is_open = rules.takes_remarks(announced.shown_state(application), calendar.is_open(application.edition, "remarks", at))
    form = RemarkForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound and form.is_valid():
        if not use_up(kind="project-remark", key=client_line(request), most=REMARKS, within=REMARKS_WITHIN):
            form.add_error(None, _("Many remarks were sent from this connection within an hour. Wait an hour, or call us."))
            status = 429
        else:
            try:
                actions.write_remark(application=application, **form.cleaned_data)
            except rules.ApplicationRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("We have your remark. It is shown here once a moderator has read it."))
                return redirect("projects:remark", edition_slug, project_slug)
    context = {"application": application, "edition": application.edition, "form": form, "is_open": is_open}
    return render(request, "projects/remark.html", context, status=status)
