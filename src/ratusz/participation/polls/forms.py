"""Forms: the ballot online, typing a paper, setting a poll up, urns, files, the decision."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.notifications.forms import clean_mailbox
from ratusz.foundation.once.fields import FormKeyField
from ratusz.foundation.people.models import User
from ratusz.foundation.people.sending_guard import GuardedForm
from ratusz.participation.polls import rules
from ratusz.participation.polls.models import Poll, Urn
from ratusz.participation.remarks import terms
from ratusz.participation.remarks.actions.intake import Author
from ratusz.participation.remarks.models import Box, Intake

AREA = {"rows": 4}


class BallotForm(GuardedForm):
    """One answer, and whose it is."""

    guard_purpose = "polls.ballot"
    # A library or a household of many answers from one connection.
    sendings_an_hour = 60
    waited_an_hour = 60

    choice = forms.ChoiceField(widget=forms.RadioSelect, error_messages={"required": _("Choose one answer.")})
    name = forms.CharField(
        label=_("First name and surname"), max_length=200, help_text=_("It is not published."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    address = forms.CharField(
        label=_("Address where you live"), max_length=300,
        help_text=_("Street, house and flat. Registration is not needed. It is not published."),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )  # fmt: skip
    email = forms.CharField(
        label=_("E-mail address"), max_length=254, required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Only if you want the receipt by e-mail."),
    )  # fmt: skip
    declares = forms.BooleanField(
        label=_("I declare that I live at this address and that this is my only ballot."),
        error_messages={"required": _("Without this declaration a ballot does not count.")},
    )  # fmt: skip
    form_key = FormKeyField(initial=uuid.uuid4, required=False)

    def __init__(self, *args: Any, poll: Poll, **named: Any):
        super().__init__(*args, **named)
        self.label_suffix = ""
        choice: Any = self.fields["choice"]
        choice.label, choice.choices = poll.question, [(each["code"], each["words"]) for each in poll.answers]

    def clean_form_key(self) -> uuid.UUID:
        return self.cleaned_data["form_key"] or uuid.uuid4()

    def clean_email(self) -> str:
        return clean_mailbox(self.cleaned_data["email"])

    def author(self) -> Author:
        """Who votes, from the clean form."""
        clean = self.cleaned_data
        return Author(clean["name"], clean["address"], Intake.Category.RESIDENT, email=clean["email"])


class TypedBallotForm(forms.Form):
    """What is on a paper ballot, and what only whoever holds it can see."""

    choice = forms.ChoiceField(label=_("Marked answer"), required=False)
    name = forms.CharField(label=_("First name and surname"), max_length=200, required=False)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    seen = forms.ChoiceField(label=_("What is wrong with the paper"), required=False)
    urn = forms.ChoiceField(label=_("Out of which urn"), required=False)

    def __init__(self, *args: Any, poll: Poll, at: Any, **named: Any):
        super().__init__(*args, **named)
        fields: dict[str, Any] = self.fields
        answers = [(each["code"], each["words"]) for each in poll.answers]
        fields["choice"].choices = [("", _("none or several, or it cannot be read")), *answers]
        seen = [(code, f"{code}: {terms.reason_name(code, at)}") for code in rules.SEEN_BY_CLERKS]
        other = (Intake.State.WRONG_FORM.value, _("In another form: reported, not counted"))
        fields["seen"].choices = [("", _("nothing")), *seen, other]
        fields["urn"].choices = [("", _("none")), *((str(urn.pk), urn.place) for urn in poll.urns.all())]


class PollForm(forms.Form):
    """The question, answers, whose ballots count."""

    question = forms.CharField(label=_("Question"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    answers = forms.CharField(
        label=_("Answers"), widget=forms.Textarea(attrs=AREA), help_text=_("One in a line, in the order of the ballot."),
        initial="", max_length=3000,
    )  # fmt: skip
    residence = forms.ChoiceField(label=_("Whose ballots count"), choices=Poll.Residence.choices)
    uniqueness = forms.ChoiceField(
        label=_("Several ballots of one person"), choices=[each for each in Box.Uniqueness.choices if each[0] != "none"],
        help_text=_("Declared before people vote; it holds for paper and online together."),
    )  # fmt: skip
    is_online = forms.BooleanField(label=_("May be cast online"), required=False, initial=True)


class UrnForm(forms.Form):
    """Where an urn stands."""

    place = forms.CharField(label=_("Where it stands"), max_length=200)
    hours = forms.CharField(label=_("When one may come"), max_length=200, required=False)
    seal = forms.CharField(label=_("Number of the seal"), max_length=40, required=False)
    issued = forms.IntegerField(label=_("Ballots brought there"), min_value=0, max_value=1_000_000, initial=0)


class OpeningForm(forms.Form):
    """What two people found in an urn."""

    urn = forms.ModelChoiceField(Urn.objects.none(), label=_("Urn"))
    cards = forms.IntegerField(label=_("Ballots found in it"), min_value=0, max_value=1_000_000)
    returned = forms.IntegerField(label=_("Ballots not used"), min_value=0, max_value=1_000_000, required=False)
    second = forms.ModelChoiceField(User.objects.none(), label=_("Who opened it with you"))
    note = forms.CharField(label=_("What was seen"), max_length=1000, required=False)

    def __init__(self, *args: Any, urns: Any, people: Any, **named: Any):
        super().__init__(*args, **named)
        fields: dict[str, Any] = self.fields
        fields["urn"].queryset, fields["second"].queryset = urns, people


class BatchForm(forms.Form):
    """A file of typed ballots."""

    file = forms.FileField(label=_("File with typed ballots (XLSX or CSV)"))
    second = forms.ModelChoiceField(User.objects.none(), label=_("Who looked at the papers with you"))
    is_judged = forms.BooleanField(
        label=_("A committee has judged these ballots"), required=False,
        help_text=_("Only the reasons in the file hold; residence and repeated ones are not looked for."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: Any, **named: Any):
        super().__init__(*args, **named)
        self.fields["second"].queryset = people  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    """What was decided later, and why."""

    words = forms.CharField(label=_("What was decided, and why"), max_length=4000, widget=forms.Textarea(attrs=AREA))
    decided_on = forms.DateField(
        label=_("Day of the decision"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )  # fmt: skip
