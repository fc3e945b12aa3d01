"""The staff page of what a kind of meeting asks to be known of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from ratusz.casework.meetings import actions, particulars, rules
from ratusz.casework.meetings.kinds import Ask
from ratusz.casework.meetings.models import Meeting
from ratusz.casework.meetings.views.staff.deeds import meeting_for

MOST = {"line": 300, "text": 4000}


class ParticularsForm(forms.Form):
    """A field for each thing the kind asks at this time; a draft may be saved with some of them empty."""

    def __init__(self, *args: Any, meeting: Meeting, when: tuple[str, ...], **named: Any):
        super().__init__(*args, initial=meeting.particulars, **named)
        for each in particulars.asked(meeting.rules_of_kind, *when):
            self.fields[each.code] = _field(each)


def _field(ask: Ask) -> forms.Field:
    hint = "" if ask.is_needed else _("May stay empty.")
    if ask.write == "number":
        return forms.IntegerField(label=ask.label, min_value=0, max_value=10_000, required=False, help_text=hint)
    widget = forms.Textarea(attrs={"rows": 4}) if ask.write == "text" else forms.TextInput()
    return forms.CharField(label=ask.label, max_length=MOST[ask.write], required=False, widget=widget, help_text=hint)


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Before the meeting what has to be known; from its beginning the note and the figures too."""
    meeting, at = meeting_for(request, pk, "write_particulars")
    if not meeting.rules_of_kind.asks:
        raise Http404
    has_begun = meeting.starts_at <= at
    form = ParticularsForm(request.POST or None, meeting=meeting, when=("before", "after") if has_begun else ("before",))
    if form.is_valid():
        try:
            actions.save_particulars(meeting=meeting, answers=form.cleaned_data, person=request.user)
        except rules.NotYours as refusal:
            raise PermissionDenied from refusal
        except rules.Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("meetings_meeting", pk)
    context = {"meeting": meeting, "tab": "particulars", "form": form, "has_begun": has_begun}
    return render(request, "meetings/staff/particulars.html", context)
