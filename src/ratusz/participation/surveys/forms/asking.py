"""A part of a questionnaire as a form of plain fields: read by any browser, judged by `questions.judging`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.foundation.people.sending_guard import GuardedForm
from ratusz.foundation.territory.city_map import city_map
from ratusz.foundation.territory.queries import find_district
from ratusz.participation.surveys.forms import places
from ratusz.participation.surveys.questions import content as c
from ratusz.participation.surveys.questions.values import as_number, longest, most_places
from ratusz.participation.surveys.questions.wording import shown_words
from ratusz.ui.forms import DateParts

EMPTY: list[Any] = [None, "", [], {}]


class NumberField(forms.CharField):
    """A number as people write it."""

    def __init__(self, **facts: Any):
        super().__init__(max_length=30, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **facts)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        number = as_number(text) if text else None
        if text and number is None:
            raise ValidationError(_("Write a number."))
        return number


class AskingForm(forms.Form):
    """The given items in a language. `given()` has typed values; what is required is for the rules to say."""

    def __init__(
        self, data: Any = None, files: Any = None, *, items: Iterable[c.Item], language: str = "pl",
        content: c.Content | None = None, answers: dict[str, Any] | None = None, districts: list[tuple[int, str]] | None = None,
    ):  # fmt: skip
        """`content` numbers the questions and puts conditions into words."""
        self.items, self.language, self.content, self.answers = list(items), language, content or {}, answers or {}
        self.numbers = c.numbers_of(self.content)
        data, self.added = self._with_place(data)
        super().__init__(data, files, initial=_initial(self.items, self.answers), label_suffix="")
        for item in self.items:
            for name, field in self._fields(item, self.answers, districts or []):
                number = self.numbers.get(item["code"])
                is_whole = name == item["code"] and item["kind"] != c.MAP
                if number:
                    self._number(field, item, f"{number}. ", is_whole=is_whole)
                # What stands inside one question does not say "optional" once more.
                field.is_conditional = not is_whole or is_asked_for(item)  # type: ignore[attr-defined]
                self.fields[name] = field

    def _number(self, field: forms.Field, item: c.Item, number: str, *, is_whole: bool) -> None:
        """The number of its question, which a field inside a question has among the errors on top of the page alone."""
        if is_whole:
            field.label = f"{number}{field.label}"
            return
        asked = number + c.text_of(item["text"], self.language).rstrip("?: ")
        within = "" if item["kind"] in (*c.WITH_ROWS, c.RANKING) else f", {field.label}"
        field.summary_label = asked + within  # type: ignore[attr-defined]

    def _with_place(self, data: Any) -> tuple[Any, dict[str, str] | None]:
        """Data with one more place where the button for it was pressed, and what is wrong with that place by its question."""
        deed = str(data.get("deed", "")) if data is not None else ""
        item = next((each for each in self.items if each["kind"] == c.MAP and deed == places.DEED + each["code"]), None)
        if item is None:
            return data, None
        data, wrong = places.with_next_place(item, data)
        return data, {item["code"]: wrong} if wrong else {}

    @property
    def is_only_drawn(self) -> bool:
        """Whether the form was sent only to be drawn with one more place: then nothing in it is judged."""
        return self.added is not None

    def full_clean(self) -> None:
        if self.added is None:
            super().full_clean()
            return
        self._errors, self.cleaned_data = ErrorDict(renderer=self.renderer), {}
        for name, words in self.added.items():
            self.add_error(name, words)
        self.ask_files_again()

    def _fields(self, item: c.Item, answers: dict[str, Any], districts: list[tuple[int, str]]) -> Iterator[tuple[str, forms.Field]]:
        if item["kind"] != c.MAP:
            return _fields(item, self.language, districts)
        marked = places.marked_so_far(item, self.data if self.is_bound else None, answers.get(item["code"]))
        return _map_fields(item, self.language, marked)

    def given(self) -> dict[str, Any]:
        """Typed values by codes of questions, without the empty ones; nothing else that was sent."""
        read = {item["code"]: _value(item, self.cleaned_data) for item in self.items if item["kind"] != c.INFO}
        for item in self.items:
            if words := self.cleaned_data.get(f"{item['code']}-other"):
                read[item["code"] + c.OTHER] = words
        return {code: value for code, value in read.items() if value not in EMPTY}

    def uploads(self) -> dict[str, Any]:
        """Files sent now by codes of questions."""
        return {
            each["code"]: self.files[each["code"]] for each in self.items if each["kind"] == c.FILE and each["code"] in self.files
        }

    def clean(self) -> dict[str, Any]:
        """An address that no district is found by is said at once: otherwise the answer would be lost without a word."""
        clean: dict[str, Any] = super().clean() or self.cleaned_data
        for item in self.items:
            name = f"{item['code']}-address"
            typed = clean.get(name, "").strip() if item["kind"] == c.DISTRICT else ""
            if typed and _value(item, clean) is None:
                self.add_error(name, _("We do not find this address. Write the street with its number, or choose from the list."))
        return clean

    def blame(self, errors: dict[str, str]) -> None:
        """Puts sentences beside the questions; those of other parts on top."""
        for code, words in errors.items():
            item = next((each for each in self.items if each["code"] == code), None)
            name = (code if code in self.fields else _first_name(item)) if item else None
            self.add_error(name, words)

    def blame_the_rest(self, errors: dict[str, str]) -> None:
        """Beside what was typed wrongly also what else is to be mended, so that nobody is sent back twice."""
        wrong = set(self.errors)
        own = {item["code"] for item in self.items if not any(_belongs(name, item["code"]) for name in wrong)}
        self.blame({code: words for code, words in errors.items() if code in own})

    def ask_files_again(self) -> None:
        """A browser forgets the file of a form that comes back: whoever sent one is told so."""
        for code in self.uploads():
            if code not in self.errors:
                self.add_error(code, _("Choose the file once more: the browser did not keep it."))

    def parts(self) -> Iterator[dict[str, Any]]:
        """What a template draws in order: an item with its bound fields."""
        for item in self.items:
            names = [name for name in self.fields if _belongs(name, item["code"])]
            yield {
                "item": item, "fields": [self[name] for name in names], "text": c.text_of(item["text"], self.language),
                "number": self.numbers.get(item["code"]), "hint": c.text_of(item.get("hint"), self.language) or _own_hint(item),
                "condition": shown_words(self.content, item, self.language),
                "is_optional": not is_asked_for(item),
                "is_many": item["kind"] in (*c.WITH_ROWS, c.RANKING, c.MAP), "is_info": item["kind"] == c.INFO,
                "map": self._sectors_drawn(item), "adds": places.DEED + item["code"] if self._takes_more(item) else "",
            }  # fmt: skip

    def _takes_more(self, item: c.Item) -> bool:
        """Whether one more place may be added to those marked so far and the one being drawn."""
        if item["kind"] != c.MAP or f"{item['code']}-more" not in self.fields:
            return False
        drop = self.fields.get(f"{item['code']}-drop")
        return len(getattr(drop, "choices", ())) + 1 < most_places(item)

    def _sectors_drawn(self, item: c.Item) -> Any:
        """The map of the sectors; the list below it says the same and is what one answers on."""
        drawn = [(c.text_of(row["text"], self.language), row["shape"]) for row in item.get("rows", ()) if row.get("shape")]
        return city_map(drawn, is_close=True) if drawn and item["kind"] == c.SECTORS else None


class SentForm(GuardedForm, AskingForm):
    """The whole survey as it is sent: machines are kept out; a school sends a class or two from one line."""

    guard_purpose = "surveys.answer"
    sendings_an_hour = 60
    waited_an_hour = 60


class BeginForm(GuardedForm):
    """The button that begins a survey in parts."""

    guard_purpose = "surveys.begin"
    sendings_an_hour = 60
    waited_an_hour = 60


def is_asked_for(item: c.Item) -> bool:
    """Whether it must be answered, always or by its condition: such a question is never called optional."""
    return bool(item.get("required", item["kind"] == c.CONSENT)) or bool(item.get("required_if"))


def _belongs(name: str, code: str) -> bool:
    """Whether a field is one of those of a question."""
    return name == code or name.startswith(code + "-")


def _first_name(item: c.Item | None) -> str:
    if item is None:
        return ""
    if item["kind"] in c.WITH_ROWS and item.get("rows"):
        return f"{item['code']}-{item['rows'][0]['code']}"
    if item["kind"] == c.RANKING and item.get("choices"):
        return f"{item['code']}-{item['choices'][0]['code']}"
    return item["code"]


def _initial(items: list[c.Item], answers: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for item in items:
        code, value = item["code"], answers.get(item["code"])
        if value is None:
            continue
        if value == {"na": True}:
            found[f"{code}-na"] = True
        elif item["kind"] in c.WITH_ROWS:
            found |= {f"{code}-{row}": choice for row, choice in value.items()}
        elif item["kind"] == c.RANKING:
            found |= {f"{code}-{choice}": str(place) for place, choice in enumerate(value, 1)}
        elif item["kind"] == c.MAP:
            single = value["features"][0] if value["features"] and most_places(item) < 2 else None
            found |= {code: single, f"{code}-more": json.dumps(value["features"]), f"{code}-place": value["place"]}
        elif item["kind"] != c.FILE:
            found[code] = value
        if words := answers.get(code + c.OTHER):
            found[f"{code}-other"] = words
    return found


def _options(item: c.Item, language: str) -> list[tuple[str, str]]:
    """Code and words of every choice."""
    if item["kind"] in (c.YES_NO, c.SECTORS):
        words = {c.YES: _("Yes"), c.NO: _("No"), c.NO_OPINION: _("No opinion")}
        found = [(code, words[code]) for code in c.choice_codes(item) if code in words]
    elif item["kind"] == c.SCALE:
        found = [(str(point), _scale_words(item, point, language)) for point in c.scale_of(item)]
    else:
        found = [(each["code"], c.text_of(each["text"], language)) for each in item.get("choices", ())]
    if item.get("not_applicable") and item["kind"] != c.RANKING:
        found.append((c.NOT_APPLICABLE, c.text_of(item["not_applicable"], language)))
    return found


def _scale_words(item: c.Item, point: int, language: str) -> str:
    ends = {c.scale_of(item)[0]: item.get("low_words"), c.scale_of(item)[-1]: item.get("high_words")}
    words = c.text_of(ends.get(point), language)
    return f"{point} – {words}" if words else str(point)


def _fields(item: c.Item, language: str, districts: list[tuple[int, str]]) -> Iterator[tuple[str, forms.Field]]:
    """Names and fields of one item."""
    code, kind = item["code"], item["kind"]
    facts = {"label": c.text_of(item["text"], language), "help_text": c.text_of(item.get("hint"), language), "required": False}
    if kind in c.WITH_ROWS:
        for row in item.get("rows", ()):
            yield f"{code}-{row['code']}", _radios(_options(item, language), label=c.text_of(row["text"], language), required=False)
    elif kind == c.RANKING:
        yield from _ranking(item, language)
    elif kind != c.INFO:
        yield code, _field(item, language, facts, districts)
    if any(each.get("other") for each in item.get("choices", ())) and kind in (c.SINGLE, c.MULTIPLE):
        yield (
            f"{code}-other",
            forms.CharField(label=_("Other answer, in your own words"), max_length=c.LONGEST_SHORT, required=False),
        )
    if kind == c.DISTRICT:
        yield f"{code}-address", _address()
    if item.get("not_applicable") and kind in (c.NUMBER, c.DATE, *c.WORDS, c.FILE, c.DISTRICT, c.RANKING):
        yield _not_applicable(item, language)


def _not_applicable(item: c.Item, language: str) -> tuple[str, forms.Field]:
    return f"{item['code']}-na", forms.BooleanField(label=c.text_of(item["not_applicable"], language), required=False)


def _map_fields(item: c.Item, language: str, marked: list[dict[str, Any]]) -> Iterator[tuple[str, forms.Field]]:
    """The drawing, places marked so far, and the way in words for whoever draws nothing."""
    yield from places.fields_of(item, marked, {"help_text": c.text_of(item.get("hint"), language), "required": False})
    label = _("or the address or a description of the place")
    yield f"{item['code']}-place", forms.CharField(label=label, max_length=c.LONGEST_SHORT, required=False)
    if item.get("not_applicable"):
        yield _not_applicable(item, language)


def _address() -> forms.CharField:
    hint = _("We find the district by it and do not keep it.")
    return forms.CharField(label=_("or street and house number"), max_length=160, required=False, help_text=hint)


def _own_hint(item: c.Item) -> str:
    """What a kind of question says of itself where its author says nothing."""
    return _("1 stands for what matters most.") if item["kind"] == c.RANKING else ""


def _ranking(item: c.Item, language: str) -> Iterator[tuple[str, forms.Field]]:
    most = int(item.get("most") or len(item["choices"]))
    places = [("", "–"), *((str(place), str(place)) for place in range(1, min(most, len(item["choices"])) + 1))]
    for each in item["choices"]:
        label = c.text_of(each["text"], language)
        yield f"{item['code']}-{each['code']}", forms.ChoiceField(label=label, choices=places, required=False)


def _radios(options: list[tuple[str, str]], **facts: Any) -> forms.ChoiceField:
    return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **facts)


def _field(item: c.Item, language: str, facts: dict[str, Any], districts: list[tuple[int, str]]) -> forms.Field:
    kind = item["kind"]
    if kind in (c.SINGLE, c.YES_NO, c.SCALE):
        return _radios(_options(item, language), **facts)
    if kind == c.MULTIPLE:
        facts["help_text"] = facts["help_text"] or _("You may choose several.")
        return forms.MultipleChoiceField(choices=_options(item, language), widget=forms.CheckboxSelectMultiple, **facts)
    if kind == c.SHORT:
        return forms.CharField(max_length=longest(item), **facts)
    if kind == c.LONG:
        return forms.CharField(max_length=longest(item), widget=forms.Textarea(attrs={"rows": 6}), **facts)
    if kind == c.DISTRICT:
        return forms.ChoiceField(choices=[("", _("choose")), ("0", _("outside the city")), *districts], **facts)
    if kind == c.FILE:
        facts["help_text"] = facts["help_text"] or _("JPG, PNG, WEBP, PDF, DOCX or ODT, at most 15 MB.")
    plain = {c.NUMBER: NumberField, c.DATE: DateParts, c.FILE: forms.FileField, c.CONSENT: forms.BooleanField}
    return plain[kind](**facts)


def _value(item: c.Item, clean: dict[str, Any]) -> Any:
    """The typed value of one question."""
    code, kind = item["code"], item["kind"]
    if clean.get(f"{code}-na"):
        return {"na": True}
    if kind in c.WITH_ROWS:
        return {row: chosen for row in c.row_codes(item) if (chosen := clean.get(f"{code}-{row}"))}
    if kind == c.RANKING:
        return _ranked(item, clean)
    value = clean.get(code)
    if kind == c.MAP:
        return _marked(clean, code, value)
    if kind == c.DISTRICT:
        return _district(value, clean.get(f"{code}-address", ""))
    if kind == c.SCALE and value and value != c.NOT_APPLICABLE:
        return int(value)
    if kind == c.DATE:
        return value.isoformat() if value else None
    if kind == c.FILE:
        return None
    return value.strip() if isinstance(value, str) else value


def _marked(clean: dict[str, Any], code: str, drawn: Any) -> dict[str, Any] | None:
    """Every place that is to stay, and the words."""
    words = clean.get(f"{code}-place", "").strip()
    added = drawn.geometry if drawn else None
    features = places.kept(clean.get(f"{code}-more") or [], clean.get(f"{code}-drop") or [], added)
    return {"features": features, "place": words} if features or words else None


def _ranked(item: c.Item, clean: dict[str, Any]) -> list[str]:
    """Choices from the first place on; two at one place stand twice, which the rules refuse."""
    places: dict[str, list[str]] = {}
    for choice in c.choice_codes(item):
        if place := clean.get(f"{item['code']}-{choice}"):
            places.setdefault(place, []).append(choice)
    found = [choice for _place, many in sorted(places.items(), key=lambda each: int(each[0])) for choice in many]
    is_tied = any(len(many) > 1 for many in places.values())
    return [*found, found[0]] if is_tied else found


def _district(value: Any, address: str) -> int | None:
    if value not in EMPTY:
        return int(value)
    found = find_district(address=address) if address.strip() else None
    return found.number if found else None


class HiddenFacts(forms.Form):
    """What goes with every form: its key, and a field that only machines fill."""

    klucz = forms.RegexField(regex=r"^[0-9a-z]{20,40}$", widget=forms.HiddenInput)
    homepage = forms.CharField(label=gettext_lazy("Leave this field empty"), required=False, max_length=200)
