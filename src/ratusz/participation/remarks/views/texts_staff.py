"""Screens of consulted texts: a file is sent, its passages are corrected, a version is published."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages

from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.once.sending import once_only
from ratusz.participation.consultations.models import Consultation, Form
from ratusz.participation.remarks import queries_texts as queries
from ratusz.participation.remarks.actions import texts
from ratusz.participation.remarks.forms_texts import FileForm, PassageForm, PublishForm
from ratusz.participation.remarks.models import ConsultedText, PlacedPassage, TextVersion
from ratusz.participation.remarks.rules_texts import TextRefused
from ratusz.participation.remarks.texts_plugged import KIND, text_url
from ratusz.participation.remarks.views.grouping import check

PAGE = 100


@require_safe
def all_texts(request: HttpRequest, pk: int) -> HttpResponse:
    """Texts of a consultation with their versions, and forms that still wait for a text."""
    check(request)
    return _all(request, get_object_or_404(Consultation, pk=pk))


def _all(request: HttpRequest, consultation: Consultation, refused: tuple[int, FileForm] | None = None) -> HttpResponse:
    found = list(queries.with_versions(consultation))
    typed = dict([refused]) if refused else {}
    rows = [{"text": each, "form": typed.get(each.pk) or FileForm(prefix=str(each.pk))} for each in found]
    waiting = Form.objects.filter(consultation=consultation, kind=KIND, text=None, cancelled_at=None)
    return render(request, "remarks/staff/texts.html", {"consultation": consultation, "rows": rows, "waiting": waiting})


@require_POST
@once_only
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes the text behind a form that has none yet."""
    check(request)
    form = get_object_or_404(Form.objects.select_related("consultation"), pk=pk, kind=KIND)
    texts.make_text(form=form, person=request.user)
    return redirect("remarks_texts_staff", form.consultation_id)


@require_POST
@once_only
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Reads a file into the draft of the next version."""
    check(request)
    text = get_object_or_404(ConsultedText.objects.select_related("consultation"), pk=pk)
    form = FileForm(request.POST, request.FILES, prefix=str(pk))
    if form.is_valid():
        try:
            version = texts.read_file(text=text, upload=form.cleaned_data["file"], person=request.user)
        except (FileRefused, TextRefused) as refusal:
            form.add_error("file", str(refusal))
        else:
            number = version.placed.count()
            told = ngettext("Read: %(number)s passage.", "Read: %(number)s passages.", number) % {"number": number}
            messages.success(request, told)
            return redirect("remarks_text_version", version.pk)
    return _all(request, text.consultation, (pk, form))


@require_http_methods(["GET", "HEAD", "POST"])
@once_only
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """One version with its passages; a draft is corrected, published or thrown away here."""
    check(request)
    found = get_object_or_404(TextVersion.objects.select_related("text__consultation", "text__form"), pk=pk)
    form = PublishForm(request.POST or None)
    if request.method == "POST" and "drop" in request.POST:
        return _dropped(request, found)
    if request.method == "POST" and form.is_valid():
        try:
            texts.publish_version(version=found, what_changes=form.cleaned_data["what_changes"], person=request.user)
        except TextRefused as refusal:
            form.add_error("what_changes", str(refusal))
        else:
            messages.success(request, _("The version is published. Remarks on its passages are taken as long as the form is open."))
            return redirect("remarks_texts_staff", found.text.consultation_id)
    page = Paginator(found.placed.select_related("passage"), PAGE).get_page(request.GET.get("p"))
    gone = queries.gone(found)
    context = {
        "version": found,
        "text": found.text,
        "page": page,
        "form": form,
        "gone": gone,
        "url": text_url(found.text, found.text.consultation),
    }
    return render(request, "remarks/staff/version.html", context)


def _dropped(request: HttpRequest, found: TextVersion) -> HttpResponse:
    try:
        texts.drop_draft(version=found, person=request.user)
    except TextRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The draft is gone. What is published stays as it is."))
    return redirect("remarks_texts_staff", found.text.consultation_id)


@require_http_methods(["GET", "HEAD", "POST"])
@once_only
def passage(request: HttpRequest, pk: int) -> HttpResponse:
    """One passage of a draft: its words, a split, a join, out of the text."""
    check(request)
    found = get_object_or_404(PlacedPassage.objects.select_related("version__text__consultation", "passage"), pk=pk)
    form = PassageForm(request.POST or None, initial={"kind": found.kind, "words": found.words})
    back = found.version_id
    if request.method == "POST" and (set(request.POST) & {"join", "out"} or form.is_valid()):
        try:
            _changed(request, found, form)
        except TextRefused as refusal:
            messages.error(request, str(refusal))
        else:
            return redirect("remarks_text_version", back)
    return render(request, "remarks/staff/passage.html", {"placed": found, "version": found.version, "form": form})


def _changed(request: HttpRequest, found: PlacedPassage, form: PassageForm) -> Any:
    if "join" in request.POST:
        return texts.join_passage(placed=found, person=request.user)
    if "out" in request.POST:
        return texts.take_out(placed=found, person=request.user)
    return texts.correct_passage(placed=found, person=request.user, **form.cleaned_data)
