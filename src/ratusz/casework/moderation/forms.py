"""Forms of moderators: the queue narrowed, a decision with its reason, the end of an appeal, an example of the catalogue."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ratusz.casework.moderation import catalogue, rules
from ratusz.casework.moderation.actions.judging import Seen
from ratusz.casework.moderation.models import Deed, Item, Outcome, Source, State
from ratusz.casework.moderation.registries import judged_kinds
from ratusz.foundation.kit.dates import local_day


def _long(label: Any, most: int, hint: Any = "", *, required: bool = False, rows: int = 5) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=most, help_text=hint, required=required, widget=widget)


class QueueFilter(forms.Form):
    """Narrows the queue."""

    stan = forms.ChoiceField(
        label=_("State"), required=False,
        choices=[
            ("otwarte", _("open")), ("po_terminie", _("late")), (State.QUARANTINE, _("in quarantine")),
            (State.WITH_AUTHOR, _("with the author")), ("zamkniete", _("closed")), ("wszystkie", _("all")),
        ],
    )  # fmt: skip
    rodzaj = forms.ChoiceField(label=_("Kind"), required=False)
    skad = forms.ChoiceField(label=_("Why it is here"), required=False, choices=[("", _("all")), *Source.choices])
    powod = forms.ChoiceField(label=_("Reason of a decision"), required=False)
    szukaj = forms.CharField(label=_("Number or words of the title"), required=False, max_length=80)
    moje = forms.BooleanField(label=_("Only mine"), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        kinds = [(name, kind.name) for name, kind in judged_kinds.items()]
        self.fields["rodzaj"].choices = [("", _("all")), *kinds]  # type: ignore[attr-defined]
        self.fields["powod"].choices = [("", _("all")), *catalogue.reason_names()]  # type: ignore[attr-defined]

    def chosen(self) -> dict[str, Any]:
        """What was chosen and is right."""
        self.is_valid()
        return self.cleaned_data


class JudgeForm(forms.Form):
    """A decision: what, why by the catalogue, the facts, and the new words of an edit. What each deed needs, the rules say."""

    deed = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect, error_messages={"required": _("Choose the decision.")})
    reason = forms.ChoiceField(
        label=_("Reason"),
        required=False,
        help_text=_("Needed for every decision but leaving it as it is. The author gets the rule."),
    )
    facts = _long(_("Facts"), 2000, _("What in the words breaks the rule. The author reads exactly this."))
    words = _long(_("New words"), 2000, _("Only when you change the words. The author sees what was before and what is now."))
    target = forms.ChoiceField(label=_("Where it belongs"), required=False, help_text=_("Only when you move it."))
    until = forms.DateField(
        label=_("Last day of the suspension"), required=False, help_text=_("When you suspend the author. It always has an end."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10_000)

    def __init__(self, *args: Any, item: Item, at: datetime, seen: Seen | None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        names = dict(Deed.choices) | ({Deed.APPROVE: _("show it to everybody as it is")} if seen and seen.shown.is_hidden else {})
        self.fields["deed"].choices = [(each.value, names[each]) for each in rules.deeds_for(item)]  # type: ignore[attr-defined]
        reasons = catalogue.reasons_on(local_day(at)).values()
        self.fields["reason"].choices = [("", "–"), *((each.code, each.name) for each in reasons)]  # type: ignore[attr-defined]
        self.fields["words"].initial = seen.shown.words if seen else ""
        self.fields["seen"].initial = item.judgements.count()
        targets = seen.kind.may_move_to(seen.thing) if seen else ()
        self.fields["target"].choices = [("", "–"), *targets]  # type: ignore[attr-defined]
        for deed, name in ((Deed.EDIT, "words"), (Deed.MOVE, "target"), (Deed.SUSPEND, "until")):
            if deed not in rules.deeds_for(item):
                del self.fields[name]

    def facts_of_decision(self) -> dict[str, Any]:
        """As the action takes them."""
        return {"words": "", "target": "", "until": None, **self.cleaned_data}


class DecideForm(forms.Form):
    """The end of an appeal and the words the author gets."""

    outcome = forms.ChoiceField(
        label=_("How does it end?"), choices=Outcome.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose how the appeal ends.")},
    )  # fmt: skip
    answer = _long(_("Answer"), 3000, _("The author gets exactly these words."), required=True)
    words = _long(_("Words with which it comes back"), 2000, _("Only when the appeal was partly right."))

    def __init__(self, *args: Any, words: str = "", can_edit: bool = True, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["answer"].error_messages["required"] = _("Write the answer: the author gets exactly these words.")
        self.fields["words"].initial = words
        if not can_edit:
            del self.fields["words"]
            self.fields["outcome"].choices = [each for each in Outcome.choices if each[0] != Outcome.PARTLY]  # type: ignore[attr-defined]


class ExampleForm(forms.Form):
    """A reading the moderators agreed on."""

    reason = forms.ChoiceField(label=_("Reason"))
    case = _long(_("The case, without anybody's data"), 1000, required=True, rows=3)
    reading = _long(_("How we judge it"), 1000, required=True, rows=3)
    source = forms.CharField(
        label=_("Where it was agreed"),
        max_length=200,
        required=False,
        help_text=_("For example: the moderators' meeting of 5 May."),
    )
    is_public = forms.BooleanField(label=_("Show it on the public page of rules"), required=False)

    def __init__(self, *args: Any, at: datetime, **kwargs: Any):
        super().__init__(*args, **kwargs)
        reasons = catalogue.reasons_on(local_day(at)).values()
        self.fields["reason"].choices = [(each.code, each.name) for each in reasons]  # type: ignore[attr-defined]


class AppealForm(forms.Form):
    """The author's words; none are needed."""

    words = _long(_("Why do you disagree?"), 2000, _("You may leave this empty and just press the button."))


class ChangeForm(forms.Form):
    """The author's changed words."""

    words = _long(_("Your words"), 2000, required=True, rows=8)
