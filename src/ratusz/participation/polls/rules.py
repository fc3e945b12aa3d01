"""What a poll may ask, whose ballot counts, and what is refused in which words; pure, the moment is an argument."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ratusz.participation.polls.models import Poll
from ratusz.participation.remarks import rules as register
from ratusz.participation.remarks.rules import RemarkRefused

BALLOT = "ballot"
"""The code of such forms in consultations/packs/forms.toml."""
MOST_ANSWERS = 12
MOST_BYTES = 10_000_000
NO_DATA, REPEATED, OTHER_DISTRICT, OTHER_CITY = "N01", "N02", "N03", "N04"
UNREADABLE, NO_ANSWER, NO_SIGNATURE, LATE, NOT_OURS = "N05", "N06", "N07", "N08", "N09"
SEEN_BY_CLERKS = (UNREADABLE, NO_SIGNATURE, NOT_OURS)
"""What only whoever holds the paper can tell; the rest follows from what is typed."""


def may(person: Any, deed: str, object: Any, at: datetime) -> bool:
    """As in the register of remarks: `run` sets up, opens urns, brings files in; `enter` types papers."""
    return register.may(person, deed, object, at)


def check_may(person: Any, deed: str, object: Any, at: datetime) -> None:
    """Raises NotYours."""
    register.check_may(person, deed, object, at)


def answers_from(lines: str) -> list[dict[str, str]]:
    """Answers written one in a line, with codes a1, a2, …; raises RemarkRefused for fewer than two, too many or twice the same."""
    words = [" ".join(line.split()) for line in lines.splitlines() if line.strip()]
    if len(words) < 2:
        raise RemarkRefused(_("Write at least two answers, each in a line of its own."))
    if len(words) > MOST_ANSWERS:
        raise RemarkRefused(_("A ballot has at most %(most)s answers.") % {"most": MOST_ANSWERS})
    if len({each.casefold() for each in words}) < len(words):
        raise RemarkRefused(_("Two answers are the same. Change one of them."))
    return [{"code": f"a{number}", "words": each[:200]} for number, each in enumerate(words, 1)]


def check_unbegun(poll: Poll | None, form: Any, at: datetime) -> None:
    """Raises RemarkRefused once people take part: whoever answers later answers the same question."""
    starts, _ends = register.period_of(form.consultation, form)
    begun = form.consultation.announced_at is not None and starts is not None and starts <= at
    if begun or (poll is not None and poll.ballots.exists()):
        raise RemarkRefused(_("People take part already: the question, the answers and whose ballots count stay as announced."))


def check_choice(poll: Poll, code: str) -> None:
    """Raises RemarkRefused for an answer that is not on the ballot."""
    if code not in codes_of(poll):
        raise RemarkRefused(_("Choose one answer."))


def codes_of(poll: Poll) -> list[str]:
    """Codes of the answers, in the order of the ballot."""
    return [each["code"] for each in poll.answers]


def words_of(poll: Poll, code: str) -> str:
    """The words of an answer; "" for none."""
    return next((each["words"] for each in poll.answers if each["code"] == code), "")


def reason_of(
    poll: Poll, *, name: str, address: str, district: Any, is_inside: bool | None, choice: str, is_late: bool, seen: str = ""
) -> str:
    """The code of the reason why a ballot does not count, "" when it does; repeated ones are told apart later.

    In the order of a committee that looks at a paper: not ours, unreadable, late, incomplete, residence, signature, answer.
    """
    if seen in (NOT_OURS, UNREADABLE):
        return seen
    if is_late:
        return LATE
    if not name.strip() or not address.strip():
        return NO_DATA
    if reason := residence_reason(poll, district=district, is_inside=is_inside):
        return reason
    if seen == NO_SIGNATURE:
        return seen
    return "" if choice in codes_of(poll) else NO_ANSWER


def residence_reason(poll: Poll, *, district: Any, is_inside: bool | None) -> str:
    """N04 for an address that the register of streets does not place in the city, N03 for one of another district."""
    if poll.residence == Poll.Residence.ANYBODY:
        return ""
    if district is None:
        return OTHER_CITY
    return OTHER_DISTRICT if poll.residence == Poll.Residence.DISTRICT and is_inside is False else ""


def check_streets(poll: Poll, *, is_known: bool) -> None:
    """Raises RemarkRefused where residence matters and the city has no register of streets: the fault is not the resident's."""
    if not is_known and poll.residence != Poll.Residence.ANYBODY:
        raise RemarkRefused(
            _("No address can be checked yet: the city's streets were not brought in. Vote on paper or tell the Office.")
        )


def check_resident(poll: Poll, *, district: Any, is_inside: bool | None) -> None:
    """Raises RemarkRefused online, where nobody casts a ballot that does not count."""
    reason = residence_reason(poll, district=district, is_inside=is_inside)
    if reason == OTHER_CITY:
        raise RemarkRefused(
            _("We do not find this address in the city. Write street and house number, such as “Grażyńskiego 5”, or vote on paper.")
        )
    if reason:
        raise RemarkRefused(
            _("By this address you live in another district, and this ballot is for the area of the consultation alone.")
        )


def check_open(poll: Poll, at: datetime) -> None:
    """Raises RemarkRefused outside the period, and where ballots are only cast on paper."""
    if not poll.is_online:
        raise RemarkRefused(_("This ballot is cast on paper only. The page of the consultation says where."))
    if not register.is_open(poll.form.consultation, poll.form, at):
        raise RemarkRefused(_("One cannot vote here now. The page of the consultation says from when until when one may."))


def check_unreported(consultation: Any) -> None:
    """Raises RemarkRefused once the report is published: what came out of the urns stands in it."""
    if consultation.reported_at is not None:
        raise RemarkRefused(
            _("The report of this consultation is published and tells of its urns as they are. What is found now needs a new "
              "version of the report: write it into its corrections.")
        )  # fmt: skip


def check_two(one: Any, other: Any) -> None:
    """Raises RemarkRefused unless two different people are named."""
    if other is None or one == other:
        raise RemarkRefused(_("Two people are needed. Choose who did it with you."))


def check_counts(*, issued: int, cards: int, returned: int | None) -> None:
    """Raises RemarkRefused when more came out of an urn than was brought there."""
    if cards + (returned or 0) > issued > 0:
        raise RemarkRefused(
            _("More ballots were found than were brought there. Count again; if it is so, write it into the note and put the "
              "number of ballots brought right.")
        )  # fmt: skip


def check_size(size: int) -> None:
    """Raises RemarkRefused for a file that no table of ballots is."""
    if size > MOST_BYTES:
        raise RemarkRefused(_("The file is larger than 10 MB. Split it, or leave out pictures and other sheets."))


def is_tie(counts: Sequence[int] | Iterable[int]) -> bool:
    """Whether the two most frequent answers are level."""
    ordered = sorted(counts, reverse=True)
    return len(ordered) > 1 and ordered[0] == ordered[1] > 0
