"""Forms of the day of a meeting: points, things to do, words asked of units, voices, requests, outcomes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ratusz.casework.meetings.models import AgendaItem, Meeting, MeetingDuty, Outcome, Question, Voice
from ratusz.casework.meetings.models.agenda import Visibility
from ratusz.foundation.people.models import User
from ratusz.foundation.units.models import Unit


class PointForm(forms.ModelForm):
    """One point of the agenda."""

    link = forms.URLField(label=_("Document to the point"), max_length=500, required=False, assume_scheme="https")

    class Meta:
        model = AgendaItem
        fields = ("title", "text", "owner", "planned_minutes", "visibility", "link")
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, meeting: Meeting, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["visibility"].initial = Visibility.PUBLIC


class TaskForm(forms.Form):
    """One thing to do, its owner and its moment."""

    what = forms.CharField(label=_("What to do"), max_length=300)
    owner = forms.ModelChoiceField(label=_("Whose"), queryset=User.objects.none(), required=False)
    due_at = forms.DateTimeField(
        label=_("By when"), required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )

    def __init__(self, *args: Any, meeting: Meeting, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["owner"].queryset = people_of(meeting)


class OwnerForm(forms.Form):
    """Whose a thing on the list is, and by when."""

    owner = forms.ModelChoiceField(label=_("Whose"), queryset=User.objects.none(), required=False)
    due_at = forms.DateTimeField(label=_("By when"), required=False)

    def __init__(self, *args: Any, meeting: Meeting, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["owner"].queryset = people_of(meeting)


class DutyForm(forms.Form):
    """A task and who gets it: somebody of those found by their name."""

    to = forms.ModelChoiceField(label=_("Who"), queryset=User.objects.none(), empty_label=_("choose"))
    task = forms.ChoiceField(label=_("Task"), choices=MeetingDuty.Task)
    also_later = forms.BooleanField(label=_("At later meetings of this series too"), required=False)

    def __init__(self, *args: Any, meeting: Meeting, found: QuerySet[User] | None = None, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["to"].queryset = staff_called("") if found is None else found
        if meeting.series_id is None:
            del self.fields["also_later"]


def staff_called(words: str) -> QuerySet[User]:
    """Staff whose name or address has every one of the words."""
    found = User.objects.filter(is_staff=True, is_active=True)
    for word in words.split()[:6]:
        found = found.filter(Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(email__icontains=word))
    return found.order_by("last_name", "first_name", "pk")


def people_of(meeting: Meeting) -> QuerySet[User]:
    """Who may own things of a meeting: staff with a task there, the department, and whoever owns something there already."""
    on_duty = Q(pk__in=MeetingDuty.objects.filter(meeting=meeting).values("person"))
    own = Q(pk__in=meeting.checklist.filter(owner__isnull=False).values("owner"))
    ours = Q(pk__in=User.objects.filter(appointments__unit__is_department=True).values("pk"))
    return staff_called("").filter(on_duty | own | ours)


class SheetForm(forms.Form):
    """The organiser's words of the preparation sheet."""

    note = forms.CharField(
        label=_("Words to the President"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    equipment = forms.CharField(
        label=_("Equipment, one thing in a line"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    letter = forms.CharField(
        label=_("Words of the invitation letter"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    speaker_minutes = forms.IntegerField(
        label=_("Minutes for one speaker"),
        min_value=1,
        max_value=60,
        required=False,
        help_text=_("Empty: as for this kind of meeting."),
    )

    def __init__(self, *args: Any, meeting: Meeting, **named: Any) -> None:
        super().__init__(*args, **named)


class AskUnitForm(forms.Form):
    """Words asked of a unit."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none())
    question = forms.CharField(label=_("What we ask the unit"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    due_at = forms.DateTimeField(
        label=_("Answer by"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )

    def __init__(self, *args: Any, meeting: Meeting, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["unit"].queryset = Unit.objects.working()


class UnitAnswerForm(forms.Form):
    """The unit's words."""

    answer = forms.CharField(label=_("Answer of your unit"), max_length=6000, widget=forms.Textarea(attrs={"rows": 8}))


class DoorForm(forms.Form):
    """One person at the door, by hand."""

    code = forms.CharField(label=_("Code or QR"), max_length=60)


class SpeakerForm(forms.Form):
    """Somebody asks to speak."""

    who = forms.CharField(
        label=_("Who speaks, in their words"), max_length=120, help_text=_("No name is needed: “resident, Ligota”.")
    )

    def __init__(self, *args: Any, meeting: Meeting, **named: Any) -> None:
        super().__init__(*args, **named)


class QuestionForm(forms.Form):
    """A question asked in writing in the room."""

    text = forms.CharField(label=_("Question"), max_length=1500, widget=forms.Textarea(attrs={"rows": 3}))
    who = forms.CharField(label=_("Who asks, in their words"), max_length=120, required=False)

    def __init__(self, *args: Any, meeting: Meeting, **named: Any) -> None:
        super().__init__(*args, **named)


class SettleForm(forms.Form):
    """What is done with a question."""

    question = forms.ModelChoiceField(queryset=Question.objects.none(), widget=forms.HiddenInput)
    state = forms.ChoiceField(label=_("State"), choices=Question.State.choices)
    group_words = forms.CharField(label=_("Subject"), max_length=120, required=False)
    because = forms.CharField(label=_("Why it is not shown"), max_length=300, required=False)

    def __init__(self, *args: Any, meeting: Meeting, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["question"].queryset = meeting.questions.all()


class VoiceForm(forms.ModelForm):
    """One voice."""

    class Meta:
        model = Voice
        fields = ("who", "question", "answer", "answered_by", "agenda_item")
        widgets = {"question": forms.Textarea(attrs={"rows": 3}), "answer": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"who": _("Without a name: “resident, Ligota”. Names of officials only.")}

    def __init__(self, *args: Any, meeting: Meeting, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["agenda_item"].queryset = meeting.agenda.order_by("order")


class FileRequestForm(forms.Form):
    """An individual request at the desk."""

    subject = forms.CharField(
        label=_("What it is about"), max_length=200, help_text=_("In a few words and without names: this stands in the minutes.")
    )
    text = forms.CharField(
        label=_("Text of the request"), max_length=8000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    scan = forms.FileField(label=_("Scan, if it is written by hand"), required=False, help_text=_("PDF, JPG or PNG."))
    name = forms.CharField(
        label=_("Name and surname"), max_length=160, required=False, help_text=_("Only if the person wants to give it.")
    )
    email = forms.EmailField(label=_("E-mail for the receipt and the answer"), required=False)
    is_complaint = forms.BooleanField(label=_("It is a complaint (skarga)"), required=False)

    def __init__(self, *args: Any, meeting: Meeting, **named: Any) -> None:
        super().__init__(*args, **named)


class OutcomeForm(forms.Form):
    """The one outcome of a voice or a request."""

    key = forms.CharField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(label=_("What becomes of it"), choices=[("", "–"), *Outcome.choices])
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.none(), required=False)
    reason = forms.CharField(label=_("Why nothing follows"), max_length=500, required=False)
    text = forms.CharField(
        label=_("Words of the decision"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    public_text = forms.CharField(
        label=_("Words for everybody"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    due_on = forms.DateField(label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, meeting: Meeting, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["unit"].queryset = Unit.objects.working()

    @property
    def facts(self) -> dict[str, Any]:
        """What a target needs."""
        return {name: self.cleaned_data[name] for name in ("text", "public_text", "unit", "due_on")}


class NumberForm(forms.Form):
    """The number the document system gave."""

    key = forms.CharField(widget=forms.HiddenInput)
    number = forms.CharField(label=_("Number in the document system (EZD)"), max_length=120)

    def __init__(self, *args: Any, meeting: Meeting, **named: Any) -> None:
        super().__init__(*args, **named)


class LaterForm(forms.Form):
    """The answer given later."""

    key = forms.CharField(widget=forms.HiddenInput)
    answer = forms.CharField(label=_("Answer"), max_length=6000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, meeting: Meeting, **named: Any) -> None:
        super().__init__(*args, **named)
