"""Who may do what with research cards, and what is refused in which words; pure, the moment is an argument."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import FIRST_DAY, LAST_DAY, local_day
from ratusz.foundation.kit.personal_marks import MAIL, MOBILE
from ratusz.foundation.kit.plain_numbers import long_number
from ratusz.foundation.units.rules import holds_department_role, holds_role
from ratusz.participation.surveys.models import Origin, ResearchCard, ResearchState
from ratusz.participation.surveys.models.research import PURPOSIVE
from ratusz.participation.surveys.rules import MANAGE, WRITES_FOR_ITS_UNIT, NotYours, SurveyRefused

USE = "research.use"
"""Clock: until when the unit says what it did with the results."""
MOST_BYTES = 10 * 1024 * 1024


class ResearchRefused(SurveyRefused):
    """It cannot be done so; the message says why and what to do."""


def may(person: Any, deed: str, card: ResearchCard | None, at: datetime) -> bool:
    """`see`, `draft` (with files and results), `tell` (what was done), `publish` (also withdraw, and change what is published).

    The department does everything; a unit's editor drafts and tells for the own unit; the data-protection officer sees. Without a
    card: whether there is any that the person may do it with.
    """
    if holds_department_role(person, *MANAGE, at=at):
        return True
    if deed in ("see", "draft", "tell") and holds_role(person, WRITES_FOR_ITS_UNIT, at=at, unit=card.unit if card else None):
        return deed != "draft" or card is None or card.state == ResearchState.DRAFT
    if deed == "see" and card is not None and card.state != ResearchState.DRAFT:
        return may(person, "see", None, at)
    return deed == "see" and holds_role(person, "data_protection_officer", at=at)


def sees_all(person: Any, at: datetime) -> bool:
    """Whether the person sees the drafts of every unit."""
    return holds_department_role(person, *MANAGE, at=at) or holds_role(person, "data_protection_officer", at=at)


def check_may(person: Any, deed: str, card: ResearchCard | None, at: datetime) -> None:
    """Raises NotYours."""
    if not may(person, deed, card, at):
        raise NotYours


def check_speaks_for(person: Any, unit: Any, at: datetime) -> None:
    """Raises NotYours for whoever tells in the name of a unit that is not theirs; the department does for all."""
    if not (holds_department_role(person, *MANAGE, at=at) or holds_role(person, WRITES_FOR_ITS_UNIT, at=at, unit=unit)):
        raise NotYours


def check_days(starts_on: date, ends_on: date) -> None:
    """Raises ResearchRefused for asking that ends before it begins, and for a slip in the year."""
    if not FIRST_DAY <= starts_on <= LAST_DAY or not FIRST_DAY <= ends_on <= LAST_DAY:
        raise ResearchRefused(_("Write a day from 2000 to 2099."))
    if ends_on < starts_on:
        raise ResearchRefused(_("The last day of asking is before the first one. Mend one of them."))


def check_facts(facts: dict[str, Any]) -> None:
    """Raises ResearchRefused for facts of a card that contradict one another."""
    check_days(facts["starts_on"], facts["ends_on"])
    if facts["origin"] == Origin.OWN and (facts.get("contract") or facts.get("agency")):
        raise ResearchRefused(_("Own research has no agency and no contract. Empty both fields, or choose “commissioned”."))
    if facts["origin"] == Origin.COMMISSIONED and facts.get("survey"):
        raise ResearchRefused(_("A survey of this program is own research. Choose “own”, or take the survey away."))


def gaps(card: ResearchCard, at: datetime) -> list[str]:
    """Everything that stands in the way of publishing, in words."""
    found = []
    if not card.summary.strip():
        found.append(_("Write in plain words what came out."))
    if long_number(card.summary):
        found.append(_("A long number stands in the words, such as a PESEL or a telephone. Take it out: everybody reads them."))
    found += [_contact_in(label) for label, words in _public_words(card) if _has_contact(words)]
    if card.origin == Origin.COMMISSIONED and not card.agency.strip():
        found.append(_("Write which agency did the research."))
    if card.ends_on > local_day(at):
        found.append(_("People are still asked. Publish the card after the last day of asking."))
    if card.survey_id is None and card.report_id is None and not card.results.exists():
        found.append(_("Add the report, or bring the results in: a card without results tells nothing."))
    if card.survey_id is None and card.questionnaire_id is None and card.sample != PURPOSIVE:
        found.append(_("Add the questionnaire: everybody may see what was asked."))
    return found


def _has_contact(words: str) -> bool:
    """Whether a mailbox or a mobile telephone stands in the words."""
    return bool(MAIL.search(words) or MOBILE.search(words))


def _public_words(card: ResearchCard) -> list[tuple[str, str]]:
    """The fields that everybody reads, with what the form calls them."""
    summary = "" if long_number(card.summary) else card.summary
    return [
        (_("What came out"), summary), (_("Series"), card.series.title if card.series else ""),
        (_("Title"), card.title), (_("Agency that did the research"), card.agency),
        (_("Contract: number, day, price"), card.contract), (_("Whom the research speaks of"), card.population),
    ]  # fmt: skip


def check_publishable(card: ResearchCard, at: datetime) -> None:
    """Raises ResearchRefused with everything that is missing."""
    if card.state != ResearchState.DRAFT:
        raise ResearchRefused(_("This card was published already."))
    if missing := gaps(card, at):
        raise ResearchRefused(" ".join(missing))


def check_reason(words: str) -> str:
    """The words without spaces around; raises ResearchRefused when there are none."""
    if not words.strip():
        raise ResearchRefused(_("Write why the card is withdrawn: everybody reads it."))
    if long_number(words) or _has_contact(words):
        raise ResearchRefused(_contact_in(_("Why it is withdrawn; everybody reads it")))
    return words.strip()[:500]


def _contact_in(field: str) -> str:
    return _("A telephone number or an e-mail address stands in “%(field)s”. Take it out: everybody reads it.") % {"field": field}


def check_use(card: ResearchCard, words: str, used_on: date, at: datetime) -> str:
    """The words of a use; raises ResearchRefused."""
    if card.state != ResearchState.PUBLISHED:
        raise ResearchRefused(_("Only of published research it is told what was done with it."))
    if not words.strip():
        raise ResearchRefused(_("Write what was done with the results."))
    if long_number(words):
        raise ResearchRefused(
            _("A long number stands in the words, such as a PESEL or a telephone. Take it out: everybody reads them.")
        )
    if _has_contact(words):
        raise ResearchRefused(_contact_in(_("What was done with the results")))
    if used_on > local_day(at):
        raise ResearchRefused(_("This day is still to come. Write what was done, not what is planned."))
    if used_on < card.starts_on:
        raise ResearchRefused(_("On this day nobody had been asked yet. Mend the day."))
    return words.strip()


def check_size(size: int) -> None:
    """Raises ResearchRefused for a file that no table of results is."""
    if size > MOST_BYTES:
        raise ResearchRefused(_("The file is larger than 10 MB. A table of results is small: leave out pictures and other sheets."))
