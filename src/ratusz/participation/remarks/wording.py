"""Words of receipts, pages and files about remarks: the clause, the state in plain words, who speaks for whom."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import moment_in_words, polish_date
from ratusz.participation.remarks import terms
from ratusz.participation.remarks.models import Intake, Position, Remark


def clause(consultation: Any, at: datetime) -> str:
    """What happens to the data, beside each form and on paper."""
    days = terms.term("kept_days", at)
    years = ngettext("%(count)s year", "%(count)s years", days // 365) % {"count": days // 365}
    return _(
        "The city uses these data only to consider your remark and to tell you what became of it: art. 6(1)(c) and (e) of the GDPR,"
        " a public task. Your name, address and e-mail are not published. They are deleted %(years)s after the end of the"
        " consultation; the remark stays. You may ask to see, mend or erase them: write to the data protection officer of the"
        " Office."
    ) % {"years": years}  # fmt: skip


def speaks(intake: Intake) -> str:
    """Who speaks for whom: public, without a private person's name."""
    category = str(intake.get_category_display())
    said = f"{category}: {intake.organisation}" if intake.organisation else category
    if intake.supporters > 1:
        said += ", " + ngettext("%(count)s person", "%(count)s people", intake.supporters) % {"count": intake.supporters}
    return said


def status(intake: Intake) -> str:
    """Where the intake stands, in a sentence for its author."""
    State = Intake.State
    if intake.is_incomplete:
        return _("We have it, but its form needs something more. Add it on your page, or wait until we write.")
    return {
        State.REGISTERED: _("We have it. We are checking whether it is complete."),
        State.COMPLETION_ASKED: _("Something is missing. Complete it, so that it counts."),
        State.ACCEPTED: _("It is in the register of the consultation."),
        State.LATE: _("It came after the end. We keep it and show it as late."),
        State.OUT_OF_SCOPE: _("It is kept, but it is outside the subject of this consultation."),
        State.REJECTED: _("It does not count."),
        State.WRONG_FORM: _("It came in another form than the consultation asked for. It is kept and reported apart."),
        State.WITHDRAWN: _("You took it back. Its number stays."),
    }[State(intake.state)]


def steps(changes: Any) -> list[dict[str, str]]:
    """The dated steps of "what became of my remark"."""
    return [
        {
            "when": moment_in_words(each.happened_at, get_language() or "pl"),
            "what": _capital(str(each.get_kind_display())),
            "words": each.words,
        }
        for each in changes
    ]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def same_words(count: int) -> str:
    """How many say the same; "" for one alone."""
    if count < 2:
        return ""
    return ngettext("%(count)s intake with the same words", "%(count)s intakes with the same words", count) % {"count": count}


def position_words(position: Position | None) -> str:
    """The verdict, and the day of a further analysis."""
    if position is None:
        return ""
    words = str(position.get_verdict_display())
    return f"{words} ({polish_date(position.due_on)})" if position.due_on else words


def area_words(intake: Intake) -> str:
    """Inside or outside the area, or not known."""
    return {True: _("inside the area"), False: _("outside the area"), None: _("area not known")}[intake.is_in_area]


def where_words(remark: Remark) -> str:
    """The passage and place a remark is about, in words."""
    passage = _("passage %(number)s") % {"number": remark.passage.rpartition("-")[2]} if remark.passage else ""
    return ", ".join(filter(None, (passage, remark.place_words)))
