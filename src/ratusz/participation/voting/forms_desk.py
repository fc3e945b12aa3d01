"""What officers type of people before them or of a card: a PESEL or name, street and year; points by numbers of projects."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.kit.pesel import OLDEST_AGE
from ratusz.participation.budget.edition_rules import rules_of
from ratusz.participation.voting import residents
from ratusz.participation.voting.actions.paper import CardFacts
from ratusz.participation.voting.actions.proofs import IdentityProof
from ratusz.participation.voting.models import Vote, VotingPoint
from ratusz.participation.voting.queries import sheet_of
from ratusz.participation.voting.rules import age_band
from ratusz.participation.voting.views.codes import ContactField, Forgetful
from ratusz.participation.voting.views.pesel_identity import PeselField

DOCUMENTS = [
    ("id", gettext_lazy("identity card")), ("mobywatel", gettext_lazy("mObywatel, checked in the application")),
    ("passport", gettext_lazy("passport")), ("school", gettext_lazy("school card")),
    ("other", gettext_lazy("another document with a photograph")),
]  # fmt: skip
WHY_INVALID = [
    ("", gettext_lazy("The card is valid")), ("unsigned", gettext_lazy("No signature")),
    ("illegible", gettext_lazy("It cannot be read whose card it is")), ("empty", gettext_lazy("No points on it")),
    ("unknown", gettext_lazy("Numbers that are on no list")), ("torn", gettext_lazy("Torn or crossed out as a whole")),
]  # fmt: skip
MOST_ROWS = 10


class PersonForm(forms.Form):
    """One person: by PESEL where the edition knows voters so, else by name, street and year of birth. Nothing comes back."""

    pesel = PeselField(required=False)
    name = forms.CharField(label=gettext_lazy("First name and surname"), max_length=120, required=False, widget=Forgetful())
    street = forms.CharField(label=gettext_lazy("Street, house and flat"), max_length=160, required=False, widget=Forgetful())
    born = forms.IntegerField(label=gettext_lazy("Year of birth"), required=False, widget=Forgetful({"inputmode": "numeric"}))

    def __init__(self, *args: Any, vote: Vote, is_needed: bool = True, **facts: Any):
        super().__init__(*args, **facts)
        self.vote, self.is_needed = vote, is_needed
        if residents.is_known_by_pesel(vote.identity):
            self.fields["name"].help_text = _("Only for somebody without a PESEL, let in by a declaration.")
        else:
            del self.fields["pesel"]

    def clean(self) -> Any:
        """One way or the other, whole."""
        given = super().clean() or self.cleaned_data
        by_name = [given.get(name) for name in ("name", "street", "born")]
        if self.errors or given.get("pesel") or all(by_name):
            year, now = given.get("born"), local_day(database_now()).year
            if year and not now - OLDEST_AGE <= year <= now:
                self.add_error("born", _("Check the year of birth."))
        elif any(by_name) or self.is_needed:
            self.add_error(None, _("Give the PESEL, or name, street and year of birth together."))
        return given

    @property
    def is_empty(self) -> bool:
        """Nobody was named."""
        return not self.cleaned_data.get("pesel") and not self.cleaned_data.get("name")

    def proof(self) -> IdentityProof:
        """By what the person is known."""
        given, day = self.cleaned_data, local_day(self.vote.opens_at)
        below = rules_of(self.vote.edition).value("who.guardian_below")
        if pesel := given.get("pesel"):
            is_child = residents.needs_guardian(pesel.birth_date, day, below)
            key, band = residents.key_by_pesel(self.vote.pk, pesel), residents.band_on(pesel.birth_date, day)
        else:
            age = day.year - given["born"]
            is_child, band = age < below, age_band(age)
            key = residents.key_by_address(self.vote.pk, given["name"], given["street"], given["born"])
        return IdentityProof(key, "", band, channel_facts={residents.CHILD: "1"} if is_child else {})


class DocumentForm(forms.Form):
    """What was shown, in which language the ballot opens, where a notice goes."""

    document = forms.ChoiceField(label=gettext_lazy("Document shown"), choices=DOCUMENTS)
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the ballot"), choices=[("pl", "Polski"), ("en", "English"), ("uk", "Українська")]
    )
    contact = ContactField(
        label=gettext_lazy("Telephone number or e-mail for a notice"), required=False, help_text="", widget=Forgetful()
    )


class PointForm(forms.Form):
    """A place where people vote."""

    code = forms.RegexField(
        r"^[A-Z0-9]{1,10}\Z", label=gettext_lazy("Sign of the point"), help_text=gettext_lazy("Capital letters and digits: B12")
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    address = forms.CharField(label=gettext_lazy("Address"), max_length=160, required=False)


class IssueForm(forms.Form):
    """New numbered cards for a point."""

    point = forms.ModelChoiceField(VotingPoint.objects.none(), label=gettext_lazy("Voting point"))
    count = forms.IntegerField(label=gettext_lazy("How many cards"), min_value=1, max_value=500)

    def __init__(self, *args: Any, vote: Vote, **facts: Any):
        super().__init__(*args, **facts)
        self.fields["point"].queryset = vote.points.all()  # type: ignore[attr-defined]


class CardForm(forms.Form):
    """Points of a card, row by row as it was filled in, or why it is not valid."""

    why_invalid = forms.ChoiceField(label=gettext_lazy("Is the card valid"), choices=WHY_INVALID, required=False)

    def __init__(self, *args: Any, vote: Vote, **facts: Any):
        super().__init__(*args, **facts)
        self.sheet = sheet_of(vote)
        self.pool_of = {number: part.code for part in self.sheet.parts.values() for number in part.numbers}
        levels: dict[str, int] = {}
        for part in self.sheet.parts.values():
            levels[part.level] = min(MOST_ROWS, part.rule.max or part.most_points or 3)
        self.rows = sum(levels.values())
        for row in range(self.rows):
            words = {"row": row + 1}
            self.fields[f"number{row}"] = forms.CharField(
                label=_("Row %(row)s: number of the project") % words, max_length=20, required=False
            )
            self.fields[f"points{row}"] = forms.IntegerField(
                label=_("Row %(row)s: points") % words, min_value=1, max_value=1000, required=False
            )

    def clean(self) -> Any:
        """Every row has both or neither, each project once, and is on the list."""
        given, seen = super().clean() or self.cleaned_data, set()
        for row in range(self.rows):
            number, points = (given.get(f"number{row}") or "").strip().upper(), given.get(f"points{row}")
            if bool(number) != (points is not None):
                self.add_error(
                    f"number{row}", _("A row has a number and points. If the card has only one of them, leave the row empty.")
                )
            elif number and number not in self.pool_of:
                self.add_error(
                    f"number{row}", _("There is no such project. If the card says so, it is not valid: choose why above.")
                )
            elif number in seen:
                self.add_error(
                    f"number{row}", _("This project stands here twice. If the card says so, write it once with the sum.")
                )
            seen |= {number} if number else set()
        return given

    def choices(self) -> dict[str, dict[str, int]]:
        """Points as they are cast."""
        found: dict[str, dict[str, int]] = {}
        for row in range(self.rows):
            number = (self.cleaned_data.get(f"number{row}") or "").strip().upper()
            if number:
                found.setdefault(self.pool_of[number], {})[number] = self.cleaned_data[f"points{row}"]
        return found

    def facts(self, person: PersonForm, guardian: PersonForm) -> CardFacts:
        """The whole reading."""
        if why := self.cleaned_data["why_invalid"]:
            return CardFacts(why_invalid=why)
        known = person.proof()
        guardian_key = "" if guardian.is_empty else guardian.proof().voter_key.hex()
        return CardFacts(
            known.voter_key.hex(), "", known.age_band, bool(known.channel_facts.get(residents.CHILD)), guardian_key, self.choices()
        )
