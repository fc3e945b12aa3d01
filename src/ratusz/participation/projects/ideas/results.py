"""What an idea survey came to: numbers for each choice by way, cards counted and entered, words let out. Read only."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from ratusz.foundation.kit.spreadsheets import csv_lines
from ratusz.participation.projects.models import IdeaSurvey, IdeaWords

MOST_WORDS = 200
"""Words of one question on the page; the file has all."""


@dataclass(frozen=True)
class ChoiceResult:
    words: str
    online: int
    paper: int

    @property
    def together(self) -> int:
        return self.online + self.paper


@dataclass(frozen=True)
class QuestionResult:
    code: str
    words: str
    answered: int
    choices: tuple[ChoiceResult, ...]
    said: tuple[str, ...] = ()
    hidden: int = 0
    """Words that wait for a moderator or are not shown."""


@dataclass(frozen=True)
class SurveyResult:
    online: int
    paper: int
    blank: int
    urns: tuple[dict[str, Any], ...]
    questions: tuple[QuestionResult, ...]


def result_of(survey: IdeaSurvey) -> SurveyResult:
    """Everything in four queries, whatever the number of answers."""
    rows = list(survey.answers.values_list("pk", "urn", "choices"))
    words: dict[str, list[IdeaWords]] = {}
    for each in IdeaWords.objects.filter(answer__survey=survey).order_by("pk"):
        words.setdefault(each.code, []).append(each)
    spoken = {each.answer_id for found in words.values() for each in found}
    urns = survey.urns.annotate(entered=Count("answers")).order_by("pk")
    return SurveyResult(
        online=sum(urn is None for _pk, urn, _choices in rows), paper=sum(urn is not None for _pk, urn, _choices in rows),
        blank=sum(urn is not None and not choices and pk not in spoken for pk, urn, choices in rows),
        urns=tuple({"place": urn.place, "cards": urn.cards, "entered": urn.entered} for urn in urns),
        questions=tuple(_question(each, rows, words.get(each["code"], [])) for each in survey.questions),
    )  # fmt: skip


def _question(asked: dict[str, Any], rows: list[tuple], words: list[IdeaWords]) -> QuestionResult:
    code = asked["code"]
    chosen = [(urn is not None, choices.get(code) or []) for _pk, urn, choices in rows]
    counts = Counter((is_paper, number) for is_paper, numbers in chosen for number in numbers)
    choices = tuple(ChoiceResult(text, counts[False, number], counts[True, number]) for number, text in enumerate(asked["choices"]))
    said = tuple(each.words for each in words if each.shown_at)
    answered = len(words) if asked["kind"] == "text" else sum(bool(numbers) for _is_paper, numbers in chosen)
    return QuestionResult(code, asked["words"], answered, choices, said, len(words) - len(said))


def as_csv(result: SurveyResult) -> str:
    """One line for each choice and for each of the words let out."""
    rows: list[list[Any]] = [[_("question"), _("choice or words"), _("online"), _("on paper"), _("together")]]
    for question in result.questions:
        rows += [[question.words, choice.words, choice.online, choice.paper, choice.together] for choice in question.choices]
        rows += [[question.words, words, "", "", ""] for words in question.said]
    return "".join(csv_lines(rows))
