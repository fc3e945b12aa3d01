"""Minutes for everybody: the published text with its older versions and files; and the page of remarks behind a personal link."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from ratusz.casework.documents.blocks import SHOWN, plain
from ratusz.casework.meetings import actions, queries_minutes
from ratusz.casework.meetings.forms_minutes import SuggestionForm
from ratusz.casework.meetings.minutes import checking
from ratusz.casework.meetings.minutes.addresses import number_of, path_of, slug_of
from ratusz.casework.meetings.minutes.content import content_of
from ratusz.casework.meetings.minutes.document import document_of
from ratusz.casework.meetings.minutes.places import places_of
from ratusz.casework.meetings.minutes.rendition import public_of
from ratusz.casework.meetings.models import MinutesVersion, ReviewLink
from ratusz.casework.meetings.rules import Refused
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_date, polish_moment
from ratusz.foundation.kit.made_files import DOCX

PAGE = 30


@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """All published minutes, the newest meeting first."""
    page = Paginator(queries_minutes.published(), PAGE).get_page(request.GET.get("strona"))
    rows = [
        {
            "number": each.number, "url": path_of(each), "title": each.meeting.title, "day": polish_date(each.meeting.starts_at),
            "district": str(each.meeting.district or ""),
        }
        for each in page
    ]  # fmt: skip
    return render(request, "meetings/minutes/list.html", {"rows": rows, "page": page})


def _version(number: str, version: int | None) -> MinutesVersion:
    found = queries_minutes.published_versions(number_of(number))
    for each in found:
        if version in (None, each.number):
            each.newest = found[0]
            return each
    raise Http404


@require_safe
def show(request: HttpRequest, number: str, version: int | None = None) -> HttpResponse:
    """The newest published version, or an older one that says so."""
    if number != number.lower():
        return redirect(request.path.lower())
    found = _version(number, version)
    content = checking.public_content(found)
    versions = queries_minutes.published_versions(found.minutes.number)
    return render(
        request,
        "meetings/minutes/show.html",
        {
            "version": found, "newest": found.newest, "title": content["title"],
            "number": found.minutes.number, "slug": slug_of(found.minutes.number),
            "blocks": plain(document_of(content)), "mark": found.public_sha256[:SHOWN], "sha256": found.public_sha256,
            "is_old": found.pk != found.newest.pk, "newest_url": path_of(found.minutes), "meeting": found.minutes.meeting,
            "published": polish_date(found.publication.published_at),
            "versions": [
                {
                    "number": each.number, "url": path_of(found.minutes, each.number), "what_changed": each.what_changed,
                    "published": polish_date(each.publication.published_at), "is_this": each.pk == found.pk,
                }
                for each in versions
            ],
        },
    )  # fmt: skip


@require_safe
def pdf(request: HttpRequest, number: str, version: int) -> HttpResponse:
    """The very file that was made when the version went out."""
    found = _version(number, version)
    return _file(bytes(found.publication.pdf), "application/pdf", number, version, "pdf")


@require_safe
def docx(request: HttpRequest, number: str, version: int) -> HttpResponse:
    """The same as DOCX."""
    found = _version(number, version)
    return _file(bytes(found.publication.docx), DOCX, number, version, "docx")


@require_safe
def text(request: HttpRequest, number: str, version: int) -> HttpResponse:
    """The approved public text, byte for byte: its SHA-256 is the one that is printed."""
    found = _version(number, version)
    return _file(found.public_canonical.encode(), "application/json", number, version, "json")


def _file(content: bytes, kind: str, number: str, version: int, ending: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'inline; filename="protokol-{number}-{version}.{ending}"'
    return answer


@never_cache
@csrf_protect
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, token: str) -> HttpResponse:
    """The text with its places; a mail scanner that opens the link changes nothing, only the buttons do."""
    try:
        link = actions.look_at_review(token=token)
    except actions.LinkOver as refusal:
        answer = render(request, "meetings/minutes/link_over.html", {"refusal": refusal}, status=404)
    else:
        answer = _review(request, token, link)
    answer["Referrer-Policy"] = "same-origin"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _review(request: HttpRequest, token: str, link: ReviewLink) -> HttpResponse:
    form, status = None, 200
    key = request.POST.get("place", request.GET.get("miejsce", ""))
    places = list(places_of(link.minutes, sees_all=link.sees_all))
    chosen = next((each for each in places if each.key == key), None)
    if request.method == "POST":
        form = SuggestionForm(request.POST)
        try:
            return _answered(request, token, form)
        except Refused as refusal:
            form.is_valid()
            form.add_error(None, str(refusal))
            status = 409
    if form is None:
        form = SuggestionForm(initial={"place": key if chosen else "", "proposed": chosen.text if chosen else ""})
    return render(request, "meetings/minutes/review.html", _review_context(link, form, places, chosen), status=status)


def _answered(request: HttpRequest, token: str, form: SuggestionForm) -> HttpResponse:
    if request.POST.get("deed") == "agree":
        actions.agree_to_minutes(token=token)
        return redirect(f"{request.path}?zapisano=zgoda")
    if not form.is_valid():
        raise Refused(_("Check what you wrote."))
    actions.suggest_words(token=token, **form.cleaned_data)
    return redirect(f"{request.path}?zapisano=uwaga")


def _review_context(link: ReviewLink, form: SuggestionForm, places: list, chosen: object) -> dict:
    minutes, at = link.minutes, database_now()
    content = content_of(minutes, list(minutes.blocks.standing()), at)
    shown = content if link.sees_all else public_of(content)
    is_open = minutes.is_open and minutes.corrections_until is not None and at < minutes.corrections_until
    return {
        "link": link, "minutes": minutes, "title": content["title"], "blocks": plain(document_of(shown)), "form": form,
        "places": places, "chosen": chosen, "is_open": is_open, "suggestions": link.suggestions.all(),
        "until": polish_moment(minutes.corrections_until) if minutes.corrections_until else "",
    }  # fmt: skip
