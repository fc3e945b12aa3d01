"""The public page of an opened edition's rules, and the file whose SHA-256 it prints."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from ratusz.foundation.kit.clock import database_now
from ratusz.participation.budget import current, presentation, rules_page
from ratusz.participation.budget.edition_rules import canonical
from ratusz.participation.budget.models import Edition, RulesVersion


def rules(request: HttpRequest, edition_slug: str) -> HttpResponse:
    """Zasady edycji: every rule with its legal basis, calendar, pools term by term, log of changes, the hash."""
    edition = get_object_or_404(Edition.objects.exclude(opened_at=None), slug=edition_slug)
    at = database_now()
    context = rules_page.context_of(edition) | {"crumbs": presentation.crumbs(), "links": current.links_of(edition, at)}
    return render(request, "budget/rules.html", context)


def rules_file(request: HttpRequest, edition_slug: str, number: int) -> HttpResponse:
    """One version of the rules: exactly the bytes that were hashed."""
    version = get_object_or_404(RulesVersion, edition__slug=edition_slug, number=number)
    name = _("rules")
    headers = {"Content-Disposition": f'attachment; filename="{name}-{edition_slug}-{number}.json"'}
    return HttpResponse(canonical(version.content), content_type="application/json", headers=headers)
