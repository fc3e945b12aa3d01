"""What staff and readers type: why a page goes down."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Page

from ratusz.foundation.units.models import Unit

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


class PagesFilter(forms.Form):
    """What narrows the list of pages; what is wrong is left out."""

    szukaj = forms.CharField(label=_("Search"), required=False, max_length=100)
    komorka = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"), required=False, empty_label=_("all"))
    stan = forms.ChoiceField(
        label=_("What waits"),
        required=False,
        choices=[
            ("", _("all")),
            ("bez_opiekuna", _("without an owner")),
            ("po_terminie", _("review overdue")),
            ("bez_terminu", _("no review day")),
            ("zepsute", _("broken links")),
            ("trudne", _("hard to read")),
            ("archiwum", _("in the archive")),
            ("wycofane", _("withdrawn pages")),
        ],
    )
    wedlug = forms.ChoiceField(
        label=_("Order by"),
        required=False,
        choices=[
            ("przeglad", _("next review")),
            ("tytul", _("title of the page")),
            ("komorka", _("unit")),
            ("linki", _("number of broken links")),
            ("fog", _("hardest text")),
            ("pomocna", _("answers “no”")),
        ],
    )

    def __init__(self, *args, seen: set[int] | None, **kwargs):
        super().__init__(*args, **kwargs)
        units = Unit.objects.working()
        self.fields["komorka"].queryset = units if seen is None else units.filter(pk__in=seen)

    def chosen(self) -> dict:
        """What was chosen and is right; nothing for the rest."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or (None if name == "komorka" else "") for name in self.fields}


class CommentForm(forms.Form):
    """A reader's words."""

    comment = forms.CharField(
        label=_("What was missing or wrong?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("No names, numbers or addresses of persons, please. Nobody answers here: for an answer write to the Office."),
        error_messages={"required": _("Write a sentence, or go back to the page.")},
    )
