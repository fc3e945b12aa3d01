"""What residents type on the platform."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ratusz.casework.moderation import catalogue
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.notifications.forms import clean_mailbox
from ratusz.foundation.once.fields import FormKeyField
from ratusz.foundation.people.sending_guard import GuardedForm
from ratusz.participation.forum import rules, terms
from ratusz.participation.forum.models import Comment
from ratusz.publishing.editing.forms.writing import ManyFilesField

HINT = _("Write of the matter, not of people. **bold**, *italics*, lists with a hyphen and addresses of pages work.")


class EmailForm(GuardedForm):
    """Where the code goes."""

    guard_purpose = "forum.account"
    email = forms.CharField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We send a code there. Nobody on the platform sees the address."),
    )  # fmt: skip

    def clean_email(self) -> str:
        return clean_mailbox(self.cleaned_data["email"])


class NameForm(forms.Form):
    """The name everybody reads, and that the rules were read."""

    nickname = forms.CharField(
        label=_("Name shown under what you write"), max_length=rules.LONGEST_NAME,
        help_text=_("It need not be your own name. 3 to 40 letters and digits."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )  # fmt: skip
    accepts = forms.BooleanField(label=_("I have read the rules of discussion and keep to them"))


class CommentForm(GuardedForm):
    """A comment with its stance."""

    guard_purpose = "forum.comment"
    sendings_an_hour = 60
    words = forms.CharField(
        label=_("Your comment"), max_length=rules.LONGEST, help_text=HINT, widget=forms.Textarea(attrs={"rows": 6})
    )
    stance = forms.ChoiceField(
        label=_("Your stance"), choices=Comment.Stance.choices, initial=Comment.Stance.NEUTRAL, widget=forms.RadioSelect
    )
    asks_office = forms.BooleanField(label=_("I ask the Office for an answer"), required=False)
    files = ManyFilesField(
        label=_("Files"), required=False,
        help_text=_("At most 3: pictures, PDF, Word or spreadsheets. Everybody can download them."),
    )  # fmt: skip

    def clean_files(self) -> list[Any]:
        given, most = self.cleaned_data["files"], terms.term("attachments", self.at)
        if len(given) > most:
            words = ngettext("At most %(most)s file can be attached.", "At most %(most)s files can be attached.", most)
            raise ValidationError(words % {"most": most})
        return given


class ThreadForm(CommentForm):
    """A new thread: its title first."""

    field_order = ("title", "words")
    title = forms.CharField(
        label=_("Title of the thread"), max_length=200, help_text=_("What it is about, in one sentence, so that others find it.")
    )


class EditForm(forms.Form):
    """Other words, and why."""

    words = forms.CharField(
        label=_("Your comment"), max_length=rules.LONGEST, help_text=HINT, widget=forms.Textarea(attrs={"rows": 8})
    )
    reason = forms.CharField(
        label=_("Why you change it"), max_length=200, required=False, help_text=_("Everybody reads it beside the comment.")
    )


class FlagForm(GuardedForm):
    """What is wrong with a comment."""

    guard_purpose = "forum.flag"
    reason = forms.ChoiceField(label=_("What is wrong with it?"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In your own words"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only moderators read this. The author does not learn who flagged the comment."),
    )  # fmt: skip

    def __init__(self, *args: Any, at: datetime, **named: Any):
        super().__init__(*args, at=at, **named)
        reasons: Any = self.fields["reason"]
        reasons.choices = [(each.code, each.name) for each in catalogue.reasons_on(local_day(at)).values()]


class OpinionForm(GuardedForm):
    """The opinion of an organisation on a draft of local law. `form_key` makes two sendings one."""

    guard_purpose = "forum.opinion"
    organisation = forms.CharField(label=_("Name of the organisation"), max_length=250)
    krs = forms.RegexField(
        r"\d{10}", label=_("KRS number"), required=False, help_text=_("10 digits. Leave it empty when the organisation has none."),
        error_messages={"invalid": _("A KRS number has 10 digits.")},
    )  # fmt: skip
    representative = forms.CharField(
        label=_("Who speaks for it: name and function"), max_length=200, required=False, help_text=_("Not published.")
    )
    email = forms.CharField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We write there what becomes of the opinion. Not published."),
    )  # fmt: skip
    words = forms.CharField(
        label=_("Opinion"), max_length=rules.LONGEST, widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_("Leave an empty line between points: each gets a number and a position of its own."),
    )  # fmt: skip
    form_key = FormKeyField()

    def clean_email(self) -> str:
        return clean_mailbox(self.cleaned_data["email"])


class SearchForm(forms.Form):
    """Words to look for on the platform."""

    q = forms.CharField(label=_("Search the platform"), required=False, max_length=200)
