"""A resident writes a remark, without an account; nothing typed is lost, the same form sent twice is one intake."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ratusz.foundation.audit.addresses import client_line
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.consultations.models import Form
from ratusz.participation.remarks import boxes, links, rules, wording
from ratusz.participation.remarks.actions import codes
from ratusz.participation.remarks.actions.intake import Arrival, take_in
from ratusz.participation.remarks.forms import RemarkForm
from ratusz.participation.remarks.mail.tags import address_of
from ratusz.participation.remarks.models import Intake
from ratusz.participation.remarks.queries_texts import Named, passage_named
from ratusz.ui.languages import in_ukrainian

MOST_READ = 8 * 1024 * 1024
"""Bytes of a refused text that are given back to whoever sent it."""


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, slug: str, form: int) -> HttpResponse:
    """The form of a remark box. A text larger than a form may be is refused by its length, and given back."""
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    if request.method == "POST" and length > (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or length):
        return _too_large(request, _form(slug, form), length)
    return _write(request, slug, form)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write_in_ukrainian(request: HttpRequest, slug: str, form: int) -> HttpResponse:
    """The same form in Ukrainian, which the rest of the portal does not speak."""
    return in_ukrainian(lambda: write(request, slug, form))


def _form(slug: str, number: int) -> Form:
    found = Form.objects.select_related("consultation", "area__district").filter(consultation__announced_at__isnull=False)
    return get_object_or_404(found, pk=number, consultation__slug=slug, kind__in=boxes.KINDS)


@csrf_protect
@sensitive_post_parameters()
def _write(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    form, at = _form(slug, number), database_now()
    box = boxes.box_of(form)
    schema = boxes.schema_of(form, box, at)
    posted = request.POST if request.method == "POST" else None
    fragment = {"passage": request.GET.get("fragment", "")}
    asked = RemarkForm(posted, schema=schema, box=box, at=at, line=client_line(request), initial=fragment)
    passage = passage_named(form.consultation, str(asked["passage"].value() or ""))
    if asked.is_valid():
        try:
            return redirect("remarks:mine", links.token_of(_taken(form, asked, passage)))
        except rules.RemarkRefused as refusal:
            asked.add_error(None, str(refusal))
    return render(request, "remarks/write.html", _context(form, asked, at) | {"passage": passage})


def _taken(form: Form, asked: RemarkForm, passage: Named | None) -> Intake:
    clean = asked.cleaned_data
    arrival = Arrival(form_key=clean["form_key"], language=get_language() or "pl", heard_from=clean["heard_from"])
    intake = take_in(
        consultation=form.consultation, form=form, points=[asked.point(passage)], author=asked.author(), arrival=arrival
    )  # fmt: skip
    if "code" in intake.missing:
        codes.send_author_code(intake=intake)
    return intake


def _context(form: Form, asked: RemarkForm, at: Any) -> dict[str, Any]:
    return {
        "form": asked, "box_form": form, "consultation": form.consultation, "is_open": rules.is_open(form.consultation, form, at),
        "until": rules.end_in_words(form.consultation, form), "clause": wording.clause(form.consultation, at),
        "basis": asked.schema.basis, "mail": address_of(form.consultation, form),
    }  # fmt: skip


def _too_large(request: HttpRequest, form: Form, length: int) -> HttpResponse:
    """Nothing is written, so no token is asked for: the text only goes back to whoever sent it, with how long it is."""
    at, box = database_now(), boxes.box_of(form)
    typed = QueryDict(request.read(min(length, MOST_READ)), encoding="utf-8", mutable=False) if length <= MOST_READ else None
    asked = RemarkForm(typed or {}, schema=boxes.schema_of(form, box, at), box=box, at=at)
    if typed is None:
        asked.add_error(None, _("What you sent is far too large. Go back: your text is still there. Shorten it, then send it."))
    return render(request, "remarks/write.html", _context(form, asked, at), status=413)
