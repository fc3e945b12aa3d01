"""The small forms of the department's steps: words, moments, links of approval, release sets."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Page

from ratusz.publishing.editing import moments, release_kinds, rules
from ratusz.publishing.editing.models import ReleaseItem, ReleaseSet, Submission
from ratusz.publishing.messages.models import Variant


class WordsForm(forms.Form):
    """A reason or a remark that goes with a step."""

    words = forms.CharField(label=_("Your words"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


WHICH = [
    (moments.FIRST, _("the first, before the clocks go back")),
    (moments.SECOND, _("the second, after it")),
]


class AsksWhich(forms.Form):
    """A day and an hour on the clocks of Warsaw; which of two hours is asked only when the hour typed comes twice."""

    which = forms.ChoiceField(
        label=_("Which of the two hours"), required=False, choices=WHICH, widget=forms.RadioSelect,
        help_text=_("The clocks go back that night, so the hour between 2.00 and 3.00 comes twice."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not self.is_bound and not self.initial.get("which"):
            del self.fields["which"]

    def read_moment(self, cleaned: dict[str, Any]) -> None:
        """The moment of the day and hour given, or what is wrong with them beside the field."""
        try:
            cleaned["moment"] = moments.moment_of(cleaned["day"], cleaned["hour"], cleaned.get("which", ""))
            if moments.comes_twice(cleaned["moment"]):
                return
        except moments.HourComesTwice as question:
            if "which" not in self.errors:
                self.add_error("which", str(question))
            return
        except rules.NotNow as refusal:
            self.add_error("hour", str(refusal))
        self.ask_nothing()

    def ask_nothing(self) -> None:
        """The hour comes once, or there is none yet: what was asked before is of no meaning any more."""
        self.fields.pop("which", None)
        self.errors.pop("which", None)


class MomentForm(AsksWhich):
    """A day and an hour."""

    day = forms.DateField(label=_("Day"), widget=AdminDateInput)
    hour = forms.TimeField(label=_("Hour"), widget=forms.TimeInput(attrs={"placeholder": "8:00"}), input_formats=["%H:%M", "%H.%M"])
    field_order = ["day", "hour", "which"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("day") and cleaned.get("hour") is not None:
            self.read_moment(cleaned)
        else:
            self.ask_nothing()
        return cleaned


class LinkForm(forms.Form):
    """Whom to ask by a link of approval."""

    recipient = forms.CharField(label=_("Who is asked"), max_length=160, help_text=_("For example: director of the library."))
    email = forms.EmailField(label=_("Their e-mail address"))
    asks_code = forms.BooleanField(
        label=_("Ask for a code first"), required=False,
        help_text=_("For sensitive texts: a code goes to the same address before the text shows."),
    )  # fmt: skip


class AnswerForm(forms.Form):
    """The answer of somebody asked by a link."""

    signed_name = forms.CharField(
        label=_("Your first name and surname"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    comment = forms.CharField(
        label=_("What is to be changed, or a remark"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )


class CodeForm(forms.Form):
    """The code from the letter."""

    code = forms.CharField(
        label=_("Code from the e-mail"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class SetForm(AsksWhich):
    """The name of a release set and its moment."""

    name = forms.CharField(label=_("Name of the set"), max_length=160, help_text=_("What it is about: “Summer in the city”."))
    day = forms.DateField(label=_("Day"), widget=AdminDateInput, required=False, help_text=_("Empty: somebody lets it go by hand."))
    hour = forms.TimeField(
        label=_("Hour"), required=False, widget=forms.TimeInput(attrs={"placeholder": "8:00"}), input_formats=["%H:%M", "%H.%M"]
    )
    field_order = ["name", "day", "hour", "which"]

    def __init__(self, *args: Any, release: ReleaseSet | None = None, **kwargs: Any):
        initial = {}
        if release is not None:
            local = release.goes_out_at and localtime(release.goes_out_at)
            initial = {"name": release.name, "day": local and local.date(), "hour": local and f"{local:%H:%M}"}
            if local and moments.comes_twice(local):
                initial["which"] = moments.SECOND if local.fold else moments.FIRST
        super().__init__(*args, initial=initial, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day, hour, cleaned["moment"] = cleaned.get("day"), cleaned.get("hour"), None
        if day and hour is not None:
            self.read_moment(cleaned)
            return cleaned
        self.ask_nothing()
        if "day" not in self.errors and "hour" not in self.errors and (day or hour is not None):
            self.add_error("hour", gettext("Give both the day and the hour, or neither."))
        return cleaned


class ItemForm(forms.Form):
    """One more thing for a set: an approved submission, a page with its newest revision, or a redirect."""

    submission = forms.ModelChoiceField(label=_("An approved submission"), queryset=Submission.objects.none(), required=False)
    page = forms.ModelChoiceField(
        label=_("A page with changes that are not published"), queryset=Page.objects.none(), required=False
    )
    message = forms.ModelChoiceField(label=_("An approved text of a message"), queryset=Variant.objects.none(), required=False)
    old = forms.CharField(
        label=_("A redirect: the old address"), required=False, max_length=200, help_text=_("A path of this portal: /stary-adres/")
    )
    new = forms.CharField(
        label=_("leads to"), required=False, max_length=200, help_text=_("A path of this portal, or an address with https://.")
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        held = ReleaseItem.objects.filter(is_held=True)
        approved = Submission.objects.filter(state=Submission.State.APPROVED, scheduled_for=None)
        self.fields["submission"].queryset = approved.exclude(pk__in=_held(held, "submission"))
        waiting = Variant.objects.filter(state="approved").select_related("message__facts")
        self.fields["message"].queryset = waiting.exclude(pk__in=_held(held, "message"))
        self.fields["page"].queryset = Page.objects.filter(has_unpublished_changes=True, depth__gt=1).order_by("title")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        given = [name for name in ("submission", "page", "message", "old") if cleaned.get(name)]
        if len(given) != 1:
            raise forms.ValidationError(gettext("Choose one thing to add."))
        cleaned["kind"] = {"old": "redirect"}.get(given[0], given[0])
        if cleaned["kind"] in ("submission", "message"):
            cleaned["key"] = str(cleaned[cleaned["kind"]].pk)
        elif cleaned["kind"] == "page":
            cleaned["key"] = release_kinds.key_of_page(cleaned["page"])
        elif not cleaned.get("new"):
            self.add_error("new", gettext("Say where the old address leads to."))
        else:
            cleaned["key"] = release_kinds.key_of_redirect(cleaned["old"], cleaned["new"])
        return cleaned


def _held(held: Any, kind: str) -> list[int]:
    """Numbers of the things of a kind that wait in some set."""
    return [int(key) for key in held.filter(kind=kind).values_list("key", flat=True)]
