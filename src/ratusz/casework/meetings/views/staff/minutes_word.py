"""A protocol from Word on the desk: sent, marked paragraph by paragraph, taken into the minutes."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from ratusz.casework.meetings import actions
from ratusz.casework.meetings.forms_minutes import ProtocolForm
from ratusz.casework.meetings.minutes.marking import MARKS, note_words
from ratusz.casework.meetings.rules import NotYours, Refused
from ratusz.casework.meetings.views.staff.minutes import minutes_for
from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.once.sending import once_only


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a DOCX; a file that is not what its name says is refused in words."""
    minutes = minutes_for(request, pk, "write_minutes")
    form = ProtocolForm(request.POST, request.FILES) if request.method == "POST" else ProtocolForm()
    if form.is_bound and form.is_valid():
        try:
            kept = actions.upload_protocol(minutes=minutes, upload=form.cleaned_data["document"], person=request.user)
            return redirect("meetings_minutes_mark", pk, kept.pk)
        except FileRefused as refusal:
            form.add_error("document", refusal.message)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"minutes": minutes, "meeting": minutes.meeting, "form": form, "uploads": minutes.uploads.all()}
    return render(request, "meetings/staff/minutes_word.html", context, status=422 if form.errors else 200)


@once_only
@require_http_methods(["GET", "HEAD", "POST"])
def mark(request: HttpRequest, pk: int, upload_pk: int) -> HttpResponse:
    """Each paragraph with what it is; saved as often as one likes, then taken in as a whole."""
    minutes = minutes_for(request, pk, "write_minutes")
    kept = get_object_or_404(minutes.uploads.select_related("minutes"), pk=upload_pk)
    if request.method == "POST":
        try:
            return _taken(request, kept)
        except NotYours as refusal:
            raise PermissionDenied from refusal
        except Refused as refusal:
            messages.error(request, str(refusal))
    rows = [(place, each, MARKS[each["mark"]]) for place, each in enumerate(kept.paragraphs)]
    context = {
        "minutes": minutes, "meeting": minutes.meeting, "upload": kept, "rows": rows, "marks": MARKS.items(),
        "notes": note_words(kept.notes),
    }  # fmt: skip
    return render(request, "meetings/staff/minutes_mark.html", context)


def _taken(request: HttpRequest, kept) -> HttpResponse:
    marks = {place: request.POST[f"mark-{place}"] for place in range(len(kept.paragraphs)) if f"mark-{place}" in request.POST}
    actions.mark_protocol(upload=kept, marks=marks, person=request.user)
    if request.POST.get("deed") != "take":
        messages.success(request, _("Saved."))
        return redirect("meetings_minutes_mark", kept.minutes.meeting_id, kept.pk)
    count = actions.take_protocol(upload=kept, person=request.user)
    words = ngettext("%(count)s block is in the minutes.", "%(count)s blocks are in the minutes.", count)
    messages.success(request, words % {"count": count})
    return redirect("meetings_minutes_write", kept.minutes.meeting_id)
