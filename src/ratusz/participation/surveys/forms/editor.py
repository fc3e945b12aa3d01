"""The editor of one question and of one part, without any code: what the kind needs, in each language of the survey."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.participation.surveys.forms.choice_lines import lines_of, parts_from, rows_from_geojson
from ratusz.participation.surveys.forms.condition_rows import condition_from, fields_for
from ratusz.participation.surveys.models import Survey
from ratusz.participation.surveys.questions import content as c
from ratusz.participation.surveys.questions.editing import MOST_CHOICES, MOST_ROWS
from ratusz.participation.surveys.questions.values import MOST_FEATURES
from ratusz.participation.surveys.rules import LANGUAGES

KIND_WORDS = {
    c.SINGLE: gettext_lazy("one answer of several"), c.MULTIPLE: gettext_lazy("several answers"),
    c.YES_NO: gettext_lazy("yes / no / no opinion"), c.SCALE: gettext_lazy("scale"),
    c.MATRIX: gettext_lazy("table: one answer in each row"),
    c.RANKING: gettext_lazy("ranking: from the most important"), c.NUMBER: gettext_lazy("a number in figures"),
    c.DATE: gettext_lazy("day"),
    c.SHORT: gettext_lazy("short own words"), c.LONG: gettext_lazy("long own words"), c.FILE: gettext_lazy("file"),
    c.MAP: gettext_lazy("place on the map"), c.SECTORS: gettext_lazy("sectors: yes or no for each"),
    c.DISTRICT: gettext_lazy("district, from the list or from the address"), c.INFO: gettext_lazy("words to read, no question"),
    c.CONSENT: gettext_lazy("consent"),
}  # fmt: skip
MEASURE_WORDS = [
    ("", gettext_lazy("nothing of the header")), ("age", gettext_lazy("age")), ("sex", gettext_lazy("sex")),
    ("district", gettext_lazy("district")), ("group", gettext_lazy("group: parts respondents, results are never mixed")),
]  # fmt: skip
SHAPE_WORDS = [
    ("point", gettext_lazy("points")), ("line", gettext_lazy("lines")), ("polygon", gettext_lazy("areas")),
    ("any", gettext_lazy("points, lines or areas")),
]  # fmt: skip
HAS_NUMBERS = (c.NUMBER, c.SCALE)


class ItemForm(forms.Form):
    """One question of a kind. `item()` gives it as `questions.content` writes it."""

    def __init__(self, *args: Any, survey: Survey, content: c.Content, old: c.Item, before: list[c.Item], **named: Any):
        super().__init__(*args, label_suffix="", **named)
        self.survey, self.content, self.old = survey, content, old
        for name, field in [*self._words(), *self._parts(), *self._limits(), *self._demands(before)]:
            self.fields[name] = field

    def _in_each(
        self, name: str, label: Any, *, rows: int = 0, most: int = 500, is_needed: bool = False
    ) -> Iterator[tuple[str, forms.Field]]:
        for language in self.survey.languages:
            tail = f" ({LANGUAGES[language]})" if len(self.survey.languages) > 1 else ""
            widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
            words = (self.old.get(name) or {}).get(language, "")
            yield (
                f"{name}_{language}",
                forms.CharField(
                    label=f"{label}{tail}", max_length=most, required=is_needed and language == "pl", widget=widget, initial=words
                ),
            )

    def _words(self) -> Iterator[tuple[str, forms.Field]]:
        is_info = self.old["kind"] == c.INFO
        yield from self._in_each(
            "text", _("Words to read") if is_info else _("Question"), rows=4 if is_info else 2, most=2000, is_needed=True
        )
        if not is_info:
            yield from self._in_each("hint", _("Hint below the question"))

    def _parts(self) -> Iterator[tuple[str, forms.Field]]:
        kind = self.old["kind"]
        if kind in c.WITH_CHOICES:
            hint = _(
                "One in a line. The code before “=” stays when you change the words. At the end may stand: [własne słowa], [sama]."
            )
            yield from self._lines("choices", _("Answers to choose from"), hint)
        if kind in c.WITH_ROWS:
            yield from self._lines("rows", _("Rows"), _("One in a line."))
        if kind == c.SECTORS:
            yield "geojson", forms.CharField(
                label=_("Sectors from a GeoJSON file (paste it here; it replaces the rows)"), required=False, max_length=400_000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )  # fmt: skip
        if kind == c.MAP:
            yield "shape", forms.ChoiceField(label=_("What is marked"), choices=SHAPE_WORDS, initial=self.old.get("shape", "point"))
        if kind in (c.YES_NO, c.SECTORS):
            yield "no_opinion", _tick(_("With the answer “no opinion”"), self.old.get("no_opinion", True))

    def _lines(self, name: str, label: str, hint: str) -> Iterator[tuple[str, forms.Field]]:
        for language in self.survey.languages:
            tail = f" ({LANGUAGES[language]})" if len(self.survey.languages) > 1 else ""
            yield f"{name}_{language}", forms.CharField(
                label=label + tail, max_length=20_000, required=language == "pl" and name == "choices", help_text=hint,
                widget=forms.Textarea(attrs={"rows": 6}), initial=lines_of(self.old.get(name, []), language),
            )  # fmt: skip

    def _limits(self) -> Iterator[tuple[str, forms.Field]]:
        kind = self.old["kind"]
        if kind in HAS_NUMBERS:
            low, high = (_("Lowest point"), _("Highest point")) if kind == c.SCALE else (_("Lowest number"), _("Highest number"))
            start = (1, 5) if kind == c.SCALE else (None, None)
            yield "lowest", forms.FloatField(label=low, required=kind == c.SCALE, initial=self.old.get("lowest", start[0]))
            yield "highest", forms.FloatField(label=high, required=kind == c.SCALE, initial=self.old.get("highest", start[1]))
        if kind == c.NUMBER:
            yield "whole", _tick(_("Whole numbers only"), self.old.get("whole", False))
        if kind == c.DATE:
            for name, label in (("lowest", _("First day")), ("highest", _("Last day"))):
                widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
                yield name, forms.DateField(label=label, required=False, widget=widget, initial=self.old.get(name))
        if kind == c.SCALE:
            yield from self._in_each("low_words", _("Words at the lowest point"))
            yield from self._in_each("high_words", _("Words at the highest point"))
        if kind in (c.MULTIPLE, c.RANKING, c.MAP, *c.WORDS):
            label = _("At most so many characters") if kind in c.WORDS else _("At most so many answers")
            label, top = (_("At most so many places"), MOST_FEATURES) if kind == c.MAP else (label, c.LONGEST_WORDS)
            yield (
                "most",
                forms.IntegerField(label=label, min_value=1, max_value=top, required=False, initial=self.old.get("most")),
            )
        if kind == c.SHORT:
            yield (
                "pattern",
                forms.CharField(
                    label=_("Pattern (regular expression)"), max_length=200, required=False, initial=self.old.get("pattern")
                ),
            )
            yield from self._in_each("pattern_words", _("What to write, when the pattern does not fit"))

    def _demands(self, before: list[c.Item]) -> Iterator[tuple[str, forms.Field]]:
        kind = self.old["kind"]
        if kind != c.INFO:
            yield "required", _tick(_("Must be answered"), self.old.get("required", kind == c.CONSENT))
        if kind not in (c.INFO, c.CONSENT):
            yield from self._in_each(
                "not_applicable", _("Answer “does not concern me”, in your words; empty: there is none"), most=120
            )
        if kind in (c.SINGLE, c.DISTRICT):
            yield (
                "measures",
                forms.ChoiceField(
                    label=_("What it measures"), choices=MEASURE_WORDS, required=False, initial=self.old.get("measures", "")
                ),
            )
        yield from fields_for(self.content, before, self.old.get("show_if"), "show")
        if kind not in (c.INFO, c.CONSENT):
            yield from fields_for(self.content, before, self.old.get("required_if"), "demand")

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        for prefix, name in (("show", "show_if"), ("demand", "required_if")):
            try:
                clean[name] = condition_from(clean, prefix, self.old.get(name))
            except ValueError as wrong:
                self.add_error(f"{prefix}_{wrong}_value", _("Write the number or the day."))
        if text := clean.get("geojson"):
            try:
                clean["sectors"] = rows_from_geojson(text)
            except (ValueError, AttributeError, TypeError, RecursionError):
                self.add_error("geojson", _("This is no GeoJSON of sectors: each needs a name and a shape."))
        return clean

    def item(self) -> c.Item:
        """The question, with what is empty left out."""
        clean, old = self.cleaned_data, self.old
        made: dict[str, Any] = {"code": old.get("code", ""), "kind": old["kind"]}
        for name in ("text", "hint", "low_words", "high_words", "pattern_words", "not_applicable"):
            made[name] = {each: clean[f"{name}_{each}"] for each in self.survey.languages if clean.get(f"{name}_{each}")}
        for name, most in (("choices", MOST_CHOICES), ("rows", MOST_ROWS)):
            if f"{name}_pl" in clean:
                made[name] = parts_from(self._typed(name), old.get(name, []))[:most]
        if clean.get("sectors"):
            made["rows"] = clean["sectors"][:MOST_ROWS]
        for name in ("shape", "most", "pattern", "whole", "required", "measures", "show_if", "required_if"):
            made[name] = clean.get(name)
        for name in ("lowest", "highest"):
            made[name] = _plain(clean.get(name))
        if old["kind"] in (c.YES_NO, c.SECTORS):
            made["no_opinion"] = clean["no_opinion"]
        return {
            name: value for name, value in made.items() if value not in (None, "", {}, []) and (value is not False or name in KEPT)
        }

    def _typed(self, name: str) -> dict[str, str]:
        return {language: self.cleaned_data.get(f"{name}_{language}", "") for language in self.survey.languages}


KEPT = ("required", "no_opinion")
"""Where "no" says something else than nothing."""


def _tick(label: str, initial: bool) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, initial=initial)


def _plain(value: Any) -> Any:
    """Whole numbers whole, days as text."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return int(value) if isinstance(value, float) and value == int(value) else value


class PartForm(forms.Form):
    """Title and condition of a part."""

    def __init__(self, *args: Any, survey: Survey, content: c.Content, page: dict[str, Any], before: list[c.Item], **named: Any):
        super().__init__(*args, label_suffix="", **named)
        self.survey, self.page = survey, page
        for language in survey.languages:
            tail = f" ({LANGUAGES[language]})" if len(survey.languages) > 1 else ""
            words = (page.get("title") or {}).get(language, "")
            self.fields[f"title_{language}"] = forms.CharField(
                label=_("Title of the part") + tail, max_length=200, required=False, initial=words
            )
        for name, field in fields_for(content, before, page.get("show_if"), "show"):
            self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        try:
            clean["show_if"] = condition_from(clean, "show", self.page.get("show_if"))
        except ValueError as wrong:
            self.add_error(f"show_{wrong}_value", _("Write the number or the day."))
        return clean

    def title(self) -> dict[str, str]:
        """Its words by language."""
        return {
            each: self.cleaned_data[f"title_{each}"] for each in self.survey.languages if self.cleaned_data.get(f"title_{each}")
        }
