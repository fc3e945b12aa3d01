"""The note that stands beside every result: who could answer, how they learnt of it, and what the numbers may not be taken for."""

from __future__ import annotations

import math

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ratusz.foundation.kit.words import decimal_comma, grouped
from ratusz.participation.surveys.models import Sample, Survey


def selection_note(survey: Survey, answers: int | None = None) -> str:
    """Sentences for page, chart and export. `answers`: how many there are; None while it goes on."""
    said = [_("Who could answer: %(who)s.") % {"who": survey.who_could.rstrip(".")}] if survey.who_could else []
    if survey.reached_by:
        said.append(_("How people learnt of it: %(how)s.") % {"how": survey.reached_by.rstrip(".")})
    if answers is not None:
        said.append(_count(survey, answers))
    said += about_sample(survey.sample, answers)
    return " ".join(said)


def margin_of_error(answers: float) -> float:
    """Half the width of the 95 % interval of a share of one half (0 to 1) in a sample drawn by lot: 1,000 give 0.031.

    With weights, `answers` is the effective number of Kish, (Σw)²/Σw² (consultations.md section 8). ValueError below one.
    """
    if answers < 1:
        raise ValueError("a sample has at least one answer")
    return 0.98 / math.sqrt(answers)


def _count(survey: Survey, answers: int) -> str:
    words = ngettext("%(count)s answer.", "%(count)s answers.", answers) % {"count": grouped(answers)}
    if survey.population:
        share = f"{100 * answers / survey.population:.1f}".replace(".", ",")
        words += " " + _("That is %(share)s%% of those whom it concerns.") % {"share": share}
    return words


def about_sample(sample: str, answers: int | None) -> list[str]:
    """What a kind of sample lets one say, with the margin of error where there is one; nothing for a kind that counts nobody."""
    said = [words] if (words := _kinds().get(sample, "")) else []
    if answers and sample == Sample.PROBABILITY:
        margin = decimal_comma(100 * margin_of_error(answers), 1)
        said.append(_("Margin of error: at most ±%(margin)s percentage points in 95 samples of 100.") % {"margin": margin})
    return said


def _kinds() -> dict[str, str]:
    return {
        Sample.SELF_SELECTED: _(
            "Whoever wanted to answer did: this is no sample of all residents, and no margin of error can be given."
        ),
        Sample.CENSUS: _("Everybody concerned was asked: the numbers are those of the people who answered."),
        Sample.QUOTA: _("Respondents were chosen to given numbers of each group: no margin of error can be given."),
        Sample.PROBABILITY: _("Respondents were drawn by lot."),
    }
