"""Who may do what with a survey, and what is refused in which words; pure, the moment is an argument."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext

from ratusz.foundation.kit.words import grouped
from ratusz.foundation.units.rules import holds_department_role, holds_role
from ratusz.participation.surveys.models import Door, Questionnaire, Survey
from ratusz.participation.surveys.questions.checks import Problem, problems_of

MANAGE = ("head", "deputy_head", "editor")
WRITES_FOR_ITS_UNIT = "unit_editor"
LANGUAGES = {"pl": "Polski", "en": "English", "uk": "Українська"}
ANSWERS, ANSWERS_WITHIN = 60, timedelta(hours=1)
"""Answers from one connection: a school sends a class or two, a script many more."""
KIOSK_ANSWERS = 300
INVALID = ("N01", "N02", "N03", "N04", "N05", "N06", "N07", "N08", "N09")
"""Codes of the reasons why a paper card does not count, the same in every consultation (see `wording.reasons`)."""
LINKS, CODES = 5, 20
"""Links to drafts, and tries of codes, of one connection within an hour."""


SETTLED = (
    "slug", "languages", "unit", "door", "sample", "is_anonymous", "smallest_cell", "opens_at", "closes_at",
)  # fmt: skip
"""Facts of a survey that stay as they are once people may answer."""


class SurveyRefused(ValueError):
    """It cannot be done so; the message says why and what to do."""


class AnswersWrong(SurveyRefused):
    """Some answers have to be mended: `errors` is the code of a question to its sentence."""

    def __init__(self, errors: dict[str, str]):
        super().__init__(gettext("Some answers have to be mended."))
        self.errors = errors


class QuotaFull(SurveyRefused):
    """There are enough answers of this group."""


class NotYours(Exception):
    """The person's roles do not let them do this."""


def may(person: Any, deed: str, survey: Survey | None, at: datetime) -> bool:
    """`see` (questions and counts), `draft` (questions and facts before the start), `publish` (also close, codes, quotas), `enter`.

    The department does everything; a unit's editor drafts surveys of the own unit; the service desk types paper cards; the
    data-protection officer sees. Without a survey: whether there is any that the person may do it with.
    """
    if holds_department_role(person, *MANAGE, at=at):
        return True
    if deed in ("see", "draft") and holds_role(person, WRITES_FOR_ITS_UNIT, at=at, unit=survey.unit if survey else None):
        return True
    if deed in ("see", "enter") and holds_role(person, "desk_officer", at=at):
        return True
    return deed == "see" and holds_role(person, "data_protection_officer", at=at)


def sees_all(person: Any, at: datetime) -> bool:
    """Whether the person sees every survey, drafts of all units included."""
    return holds_department_role(person, *MANAGE, at=at) or holds_role(person, "desk_officer", "data_protection_officer", at=at)


MOST_CELLS = 5_000_000
"""Of a workbook: what is written within a minute, and what a spreadsheet still opens. CSV has no limit.

Fifteen million took 101 seconds of a processor and 231 MB (bench survey_export), CSV 27.
"""
MOST_ROWS = 1_048_575
"""Rows of answers that one sheet of a workbook holds."""


def check_workbook(answers: int, columns: int) -> None:
    """A workbook that is too large is refused before it is written. Raises SurveyRefused."""
    if answers <= MOST_ROWS and answers * columns <= MOST_CELLS:
        return
    words = gettext(
        "%(answers)s answers in %(columns)s columns are too many for a workbook: it takes long to write and a spreadsheet does not"
        " open it. Prepare CSV (ZIP): it has the same answers, the codebook and the same checksum."
    )
    raise SurveyRefused(words % {"answers": grouped(answers), "columns": columns})


def check_may(person: Any, deed: str, survey: Survey | None, at: datetime) -> None:
    """Raises NotYours."""
    if not may(person, deed, survey, at):
        raise NotYours


def check_open(survey: Survey, at: datetime) -> None:
    """Raises SurveyRefused outside the time in which answers are taken."""
    if survey.takes_answers(at):
        return
    if survey.is_over(at):
        raise SurveyRefused(gettext("The survey is over: it takes no more answers. Its results will stand on its page."))
    raise SurveyRefused(gettext("The survey does not take answers yet."))


def check_not_published(survey: Survey) -> None:
    """Raises SurveyRefused for what is settled when a survey is published."""
    if survey.published_at is not None:
        raise SurveyRefused(gettext("The survey is published: whom it asks and what it promises stays as it is."))


def check_version(version: Questionnaire | None) -> Questionnaire:
    """The version whose questions may change; raises SurveyRefused for a published one."""
    if version is None or version.published_at is not None:
        raise SurveyRefused(gettext("These questions are published and stay as they are. Begin a new version to change them."))
    return version


def problems(survey: Survey, version: Questionnaire | None, at: datetime) -> list[Problem]:
    """Everything that stands in the way of publishing, and warnings; of a survey that goes on, of its new version alone."""
    found = problems_of(version.content, survey.languages) if version else [Problem("", gettext("There is no new version."))]
    if survey.published_at is not None:
        return found
    if not survey.opens_at or not survey.closes_at:
        found.append(Problem("", gettext("Set the day it opens and the day it closes.")))
    elif survey.closes_at <= at:
        found.append(Problem("", gettext("The day it closes is past. Set another one.")))
    if not survey.lead:
        found.append(Problem("", gettext("Write what the survey is for and what becomes of the answers.")))
    if not survey.who_could or not survey.reached_by:
        found.append(Problem("", gettext("Write who can answer and how people learn of it: the note on the results says so.")))
    lacking = [language for language in survey.languages if language != "pl" and not _is_translated(survey, language)]
    found += [
        Problem("", gettext("Title and words are missing in: %(language)s") % {"language": LANGUAGES[one]}) for one in lacking
    ]
    return found


def _is_translated(survey: Survey, language: str) -> bool:
    words = survey.words.get(language, {})
    return bool(words.get("title") and words.get("lead"))


def check_publishable(survey: Survey, version: Questionnaire | None, at: datetime) -> None:
    """Raises SurveyRefused with everything that stands in the way."""
    hindering = [each.words for each in problems(survey, version, at) if not each.is_warning]
    if hindering:
        raise SurveyRefused(" ".join(dict.fromkeys(hindering)))


def needs_code(survey: Survey) -> bool:
    """Whether somebody answers only with a right that is used up."""
    return survey.door in (Door.CODE, Door.TOKEN)


def language_of(survey: Survey, asked: str) -> str:
    """The language asked for where the survey speaks it, else Polish."""
    return asked if asked in survey.languages and asked in LANGUAGES else "pl"
