""" "You asked, we did": the list by district, topic, unit and state, and the card of one decision."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ratusz.foundation.files.actions import read_allowed_file
from ratusz.foundation.files.models import FileState
from ratusz.foundation.files.rules import IMAGES
from ratusz.foundation.files.views.public import attachment
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_date
from ratusz.governance.decisions import presentation, queries
from ratusz.governance.decisions.forms import PublicFilter
from ratusz.governance.decisions.models import Decision, Evidence, Report

PAGE = 20


@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """The list: late ones first, then open ones by their day, then what ended."""
    at = database_now()
    form = PublicFilter(request.GET)
    chosen = form.chosen()
    rows = queries.filtered(Decision.objects.shown(), chosen, at)
    page = Paginator(queries.for_list(queries.in_order(rows, at)), PAGE).get_page(request.GET.get("strona"))
    query = request.GET.copy()
    query.pop("strona", None)
    context = {
        "form": form, "page": page, "rows": [presentation.row(each, at) for each in page], "is_narrowed": bool(chosen),
        "figures": queries.figures(rows, at)[0], "narrowed_by": query.urlencode(),
    }  # fmt: skip
    return render(request, "decisions/list.html", context)


def shown_or_404(slug: str) -> Decision:
    """The decision that everybody may see, by its number in the address."""
    return get_object_or_404(queries.for_card(Decision.objects.shown()), number=slug.replace("-", "/"))


@require_safe
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """What people asked, what was decided, who, by when with every move, what was done, the proof."""
    at = database_now()
    return render(request, "decisions/card.html", _context(shown_or_404(slug), at))


def _context(decision: Decision, at: datetime) -> dict[str, Any]:
    reports = decision.accepted_reports  # type: ignore[attr-defined]
    return {
        "decision": decision, "state": presentation.state_tag(decision, at), "facts": presentation.facts(decision, at),
        "moves": presentation.moves_in_words(decision), "course": presentation.course(decision),
        "report": reports[0] if reports else None, "proofs": presentation.proofs(reports),
        "late": presentation.lateness(decision, at), "ended": polish_date(decision.settled_at) if decision.settled_at else "",
        "question": decision.question if decision.question and decision.question.published_at else None,
        "kicker": _("Decision %(number)s") % {"number": decision.number},
    }  # fmt: skip


@require_safe
def evidence(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The file of one public proof of an accepted report; pictures show, everything else is downloaded."""
    found = Evidence.objects.filter(
        public_id=public_id, is_public=True, file__isnull=False, report__answer=Report.Answer.ACCEPTED,
        report__decision__in=Decision.objects.shown(),
    ).select_related("file", "report__decision").first()  # fmt: skip
    if found is None or found.file is None or found.file.state != FileState.CLEAN:
        raise Http404
    response = attachment(found.file, read_allowed_file(file=found.file))
    # Names of files met no gate: "Umowa Jan Kowalski.pdf" stays in the Office.
    ending = found.file.name.rpartition(".")[2]
    response["Content-Disposition"] = f'attachment; filename="dowod-{found.report.decision.slug}-{found.pk}.{ending}"'
    if found.file.kind in IMAGES and isinstance(response, FileResponse):
        response["Content-Disposition"] = "inline"
    response["Cache-Control"] = "public, max-age=3600"
    return response
