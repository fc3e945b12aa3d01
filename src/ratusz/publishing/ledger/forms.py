"""What staff and readers type: why a page goes down."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from .models import Unpublishing

REASONS = [
    (Unpublishing.Reason.MERGED, _("Merged: another page now says the same. Readers are led there.")),
    (
        Unpublishing.Reason.WITHDRAWN,
        _("Withdrawn: it no longer holds, but people still need to find it. It stays under a dated notice."),
    ),
    (Unpublishing.Reason.ERROR, _("In error: it should never have been published. The address says that the page is gone.")),
]


class TakeDownForm(forms.Form):
    """The reason first; what it asks for is checked by the rules."""

    reason = forms.ChoiceField(
        label=_("Why does the page go?"),
        choices=REASONS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why the page goes.")},
    )
    public_note = forms.CharField(
        label=_("What readers are told"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences. Needed for a withdrawn page; no names of persons."),
    )
    redirect_to = forms.ModelChoiceField(
        Page.objects.live(),
        label=_("Page to which readers are led"),
        required=False,
        widget=AdminPageChooser,
        help_text=_("Needed for a merged page; may be left out for one published in error."),
        error_messages={"invalid_choice": _("That page is not published. Choose one that readers can open.")},
    )
