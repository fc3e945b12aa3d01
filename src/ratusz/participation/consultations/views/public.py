"""Consultations for everybody: the list, the page of one, its calendar and feed, the evidence of its notices."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ratusz.foundation.files.actions import read_allowed_file
from ratusz.foundation.files.models import FileState
from ratusz.foundation.files.views.public import attachment
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.ics import calendar_file
from ratusz.participation.consultations import moves, presentation, queries, rules, wording
from ratusz.participation.consultations.forms import STAGES, PublicFilter
from ratusz.participation.consultations.models import Consultation, Notice
from ratusz.publishing.website import feeds
from ratusz.publishing.website.models import GuidePage
from ratusz.publishing.website.views.feeds import open_to_all
from ratusz.ui import chrome

PAGE, ITEMS = 20, 50


@require_safe
def consultations(request: HttpRequest) -> HttpResponse:
    """What one can take part in first, then what comes, what waits for its report, what is late, what is over."""
    at = database_now()
    form = PublicFilter(request.GET)
    chosen = form.chosen()
    rows = queries.listed(Consultation.objects.public(), chosen, local_day(at))
    page = Paginator(queries.with_row_facts(rows), PAGE).get_page(request.GET.get("strona"))
    counted = queries.stage_counts(Consultation.objects.public(), local_day(at))
    query = request.GET.copy()
    query.pop("strona", None)
    context = {
        "form": form, "page": page, "rows": [presentation.row(each, at) for each in page], "is_narrowed": bool(chosen),
        "counts": [(str(words), counted[code], code) for code, words in STAGES], "narrowed_by": query.urlencode(),
    }  # fmt: skip
    return render(request, "consultations/list.html", context)


def shown_or_404(slug: str) -> Consultation:
    """The consultation that everybody may see."""
    found = queries.whole(Consultation.objects.public().filter(slug=slug))
    if found is None:
        raise Http404
    return found


@require_safe
def consultation(request: HttpRequest, slug: str) -> HttpResponse:
    """One consultation: state, days, what can change, every way to take part, notices with evidence, what others said."""
    at = getattr(request, "moment", None) or database_now()
    found = shown_or_404(slug)
    context = {
        "consultation": found, "badge": rules.badge_of(found, local_day(at)), "facts": presentation.facts(found),
        "passages": list(wording.passages(found)), "forms": presentation.forms(found, at), "stages": presentation.stages(found, at),
        "notices": presentation.notices(found), "opinions": presentation.opinions(found, at), "course": presentation.course(found),
        "parts": presentation.parts(found, request, at), "follow_url": reverse("following:thing", args=[KIND, found.pk]),
        "label": str(found.get_label_display()), "people_know": presentation.people_know(found),
    }  # fmt: skip
    return render(request, "consultations/consultation.html", context)


@require_safe
def how(request: HttpRequest) -> HttpResponse:
    """The card of the civic guide on consultations; the list where the portal has none."""
    card = GuidePage.objects.live().public().filter(process=GuidePage.Process.CONSULTATIONS).order_by("pk").first()
    return redirect(card.url if card is not None and card.url else "consultations:list")


KIND = "consultations.consultation"


@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Its days and its meetings as one calendar."""
    found = shown_or_404(slug)
    things = moves.things_of(found)
    content = calendar_file(things, name=found.title, address=request.build_absolute_uri("/").rstrip("/"), stamp=database_now())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.slug}.ics"'
    return response


@require_safe
def evidence(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """The file that proves one notice."""
    rows = Notice.objects.standing().select_related("file", "consultation")
    found = rows.filter(pk=pk, consultation__slug=slug, consultation__announced_at__isnull=False).first()
    if found is None or found.file is None or found.file.state != FileState.CLEAN:
        raise Http404
    response = attachment(found.file, read_allowed_file(file=found.file))
    # Names of files met no gate: what was typed on somebody's machine stays in the Office.
    ending = found.file.name.rpartition(".")[2]
    response["Content-Disposition"] = f'attachment; filename="ogloszenie-{found.consultation.slug}-{found.pk}.{ending}"'
    return response


@require_safe
def feed(request: HttpRequest, form: str) -> HttpResponse:
    """The newest consultations, narrowed as the list is."""
    at = database_now()
    rows = queries.listed(Consultation.objects.public(), PublicFilter(request.GET).chosen(), local_day(at))
    items = [_item(request, each, at) for each in queries.with_row_facts(rows.order_by("-announced_at", "-pk"))[:ITEMS]]
    query = request.GET.urlencode()
    made = feeds.Feed(
        title=_("Public consultations") + f" – {chrome.city()}", url=request.build_absolute_uri(request.get_full_path()),
        page_url=request.build_absolute_uri(reverse("consultations:list") + (f"?{query}" if query else "")), language="pl",
        items=items, licence=settings.RATUSZ_LICENCE,
    )  # fmt: skip
    if form == "atom":
        return open_to_all(
            request, HttpResponse(feeds.atom(made), content_type="application/atom+xml; charset=utf-8"), made.updated
        )
    if form == "json":
        response = JsonResponse(
            feeds.json_feed(made), json_dumps_params={"ensure_ascii": False}, content_type="application/feed+json"
        )
        return open_to_all(request, response, made.updated)
    raise Http404


def _item(request: HttpRequest, consultation: Consultation, at: Any) -> feeds.FeedItem:
    shown = presentation.row(consultation, at)
    assert consultation.announced_at is not None
    happened = (consultation.announced_at, consultation.cancelled_at, consultation.reported_at)
    return feeds.FeedItem(
        id=f"tag:{request.get_host().split(':')[0]},2026:consultations:{consultation.number}",
        url=request.build_absolute_uri(consultation.get_absolute_url()), title=consultation.title,
        summary=f"{shown['badge'].words}. {shown['days']}. {consultation.summary}", published=consultation.announced_at,
        updated=max(each for each in happened if each), topics=(),
        territory=tuple(area.district.name for area in consultation.areas.all() if area.district),
    )  # fmt: skip
