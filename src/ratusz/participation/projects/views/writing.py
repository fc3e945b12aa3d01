"""Writing an application without an account: the draft at its link, files, co-authors, submitting, the receipt."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ratusz.foundation.audit.addresses import client_line
from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_end, polish_moment
from ratusz.foundation.kit.money import zlotys
from ratusz.foundation.kit.plain_numbers import plain_number
from ratusz.foundation.people.actions.limits import use_up
from ratusz.foundation.territory.city_map import city_map
from ratusz.participation.budget.models import Edition
from ratusz.participation.budget.rules_page import shown
from ratusz.participation.projects import actions, calendar, queries, rules
from ratusz.participation.projects.forms import (
    AcceptForm,
    ApplicationForm,
    CostForms,
    FileForm,
    InviteForm,
    initial_costs,
    initial_of,
    lines_of,
    prices,
    show_refusal,
)
from ratusz.participation.projects.models import Application, Party, State
from ratusz.participation.projects.settings import entry
from ratusz.participation.projects.similar import similar_to
from ratusz.participation.projects.views.supporting import panel
from ratusz.ui import chrome

STARTS, STARTS_WITHIN = 20, timedelta(hours=1)
"""Drafts begun from one connection: a library's computer begins many in a day, a script many more in a minute."""
ASKED_FIRST = ("local_cost_share_percent", "city_cost_share_percent", "guardian_age")
"""Rules of the edition that people ask for before they begin."""
INVITATIONS, INVITATIONS_WITHIN = 10, timedelta(hours=1)


@never_cache
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, edition_slug: str) -> HttpResponse:
    """What it takes, until when; the button makes a draft with a link of its own."""
    edition, at = get_object_or_404(Edition, slug=edition_slug), database_now()
    status = 200
    if request.method == "POST":
        if use_up(kind="project-draft", key=client_line(request), most=STARTS, within=STARTS_WITHIN):
            try:
                _draft, token = actions.start_draft(edition=edition)
                return redirect("projects:draft", edition.slug, token)
            except rules.ApplicationRefused as refusal:
                messages.error(request, str(refusal))
        else:
            messages.error(request, _("Many drafts were begun from this connection within an hour. Wait an hour, or call us."))
            status = 429
    end = calendar.ends_at(edition, "submission")
    context = {
        "edition": edition, "is_open": calendar.is_open(edition, "submission", at), "is_over": end is not None and at >= end,
        "until": polish_end(end) if end else "", "prices": prices(),
        "rules": [(each, shown(each)) for each in (entry(edition, name) for name in ASKED_FIRST)],
    }  # fmt: skip
    return render(request, "projects/start.html", context, status=status)


@never_cache
@csrf_protect
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, edition_slug: str, token: str) -> HttpResponse:
    """The draft of a link: saved with gaps, submitted when nothing is missing; a refusal loses nothing of what was typed."""
    application = _application(edition_slug, token)
    if application.number:
        return redirect("projects:receipt", edition_slug, token)
    posted = request.POST if request.method == "POST" else None
    form = ApplicationForm(posted, edition=application.edition, initial=initial_of(application))
    costs = CostForms(posted, prefix="costs", initial=initial_costs(application))
    if posted is not None and form.is_valid() & costs.is_valid():
        version = plain_number(posted.get("version", "")) or 0
        try:
            if posted.get("deed") == "submit":
                actions.submit(application=application, facts=form.facts(), lines=lines_of(costs), version=version)
                return redirect("projects:receipt", edition_slug, token)
            actions.save_draft(application=application, facts=form.facts(), lines=lines_of(costs), version=version)
        except rules.ApplicationRefused as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("Saved. Come back to it by the address of this page."))
            return redirect("projects:draft", edition_slug, token)
    return _private(render(request, "projects/draft.html", _of_draft(request, application, token, form, costs)))


def _of_draft(request: HttpRequest, application: Application, token: str, form: Any, costs: Any) -> dict[str, Any]:
    at, end = database_now(), calendar.ends_at(application.edition, "submission")
    return {
        "application": application, "edition": application.edition, "token": token, "form": form, "costs": costs,
        "sections": form.sections(), "is_open": calendar.is_open(application.edition, "submission", at),
        "until": polish_end(end) if end else "", "total": zlotys(application.cost_grosze), "prices": prices(),
        "similar": similar_to(application.edition, application.title), "file_form": FileForm(),
        "invite_form": InviteForm(auto_id="id_co_author_%s"),
        "files": application.attachments.select_related("file"), "address": request.build_absolute_uri(),
        "co_authors": application.parties.filter(role=Party.Role.CO_AUTHOR), "supporters": panel(application, at),
        "map": city_map(),
    }  # fmt: skip


@never_cache
@require_safe
def similar(request: HttpRequest, edition_slug: str) -> HttpResponse:
    """Projects like the title that is being typed: a part of a page, asked for while somebody types."""
    edition = get_object_or_404(Edition, slug=edition_slug)
    return render(request, "projects/similar.html", {"similar": similar_to(edition, request.GET.get("title", "")[:200])})


@never_cache
@csrf_protect
@require_POST
def attach(request: HttpRequest, edition_slug: str, token: str) -> HttpResponse:
    """Adds a file to the draft."""
    application = _application(edition_slug, token)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            actions.add_attachment(application=application, upload=upload, name=upload.name, what=form.cleaned_data["what"])
            messages.success(request, _("The file is added."))
        except (rules.ApplicationRefused, FileRefused) as refusal:
            messages.error(request, " ".join(getattr(refusal, "messages", [str(refusal)])))
    else:
        messages.error(request, _("Choose a file first."))
    return redirect("projects:draft", edition_slug, token)


@never_cache
@csrf_protect
@sensitive_post_parameters()
@require_POST
def invite(request: HttpRequest, edition_slug: str, token: str) -> HttpResponse:
    """Writes to a co-author."""
    application = _application(edition_slug, token)
    form = InviteForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("This is no e-mail address. Check it and send again."))
    elif not use_up(kind="project-invite", key=str(application.pk), most=INVITATIONS, within=INVITATIONS_WITHIN):
        messages.error(request, _("Many invitations were sent within an hour. Wait an hour."))
    else:
        try:
            actions.invite_co_author(application=application, email=form.cleaned_data["email"])
            messages.success(request, _("The invitation is sent."))
        except rules.ApplicationRefused as refusal:
            messages.error(request, str(refusal))
    return redirect("projects:draft", edition_slug, token)


@never_cache
@csrf_protect
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, edition_slug: str, token: str) -> HttpResponse:
    """A co-author sees what they are asked to, and says yes."""
    party = queries.by_invitation(edition_slug, token)
    if party is None:
        raise Http404
    form = AcceptForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.accept_invitation(party=party, **form.cleaned_data)
        return redirect("projects:invitation", edition_slug, token)
    context = {"party": party, "application": party.application, "edition": party.application.edition, "form": form}
    return _private(render(request, "projects/invitation.html", context))


@never_cache
@require_safe
def receipt(request: HttpRequest, edition_slug: str, token: str) -> HttpResponse:
    """The number, to keep and to print."""
    application = _application(edition_slug, token)
    if application.state == State.DRAFT:
        raise Http404
    author = application.parties.filter(role=Party.Role.AUTHOR).first()
    context = {
        "application": application, "edition": application.edition, "moment": polish_moment(application.arrived),
        "total": zlotys(application.cost_grosze), "is_sent": bool(author and author.email),
        "number_url": chrome.of(request).check_number_url, "token": token, "supporters": panel(application, database_now()),
    }  # fmt: skip
    return _private(render(request, "projects/receipt.html", context))


def _application(edition_slug: str, token: str) -> Application:
    found = queries.by_link(edition_slug, token)
    if found is None:
        raise Http404
    return found


def _private(response: HttpResponse) -> HttpResponse:
    """The address is a key: it goes to nobody as a referrer."""
    response["Referrer-Policy"] = "same-origin"
    return response
