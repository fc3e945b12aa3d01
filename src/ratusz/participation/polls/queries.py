"""The result of an opinion ballot: counts by answer, reasons of invalid ones by channel, numbers that must add up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count

from ratusz.participation.consultations.models import Form
from ratusz.participation.consultations.registries import Count as FormCount
from ratusz.participation.consultations.registries import thing_of
from ratusz.participation.polls import rules
from ratusz.participation.polls.models import Poll
from ratusz.participation.remarks.models import Intake

State = Intake.State


@dataclass(frozen=True)
class Line:
    """One answer: how many valid ballots chose it, and their share of all valid ones in per cent, to a tenth."""

    code: str
    words: str
    count: int
    share: Decimal


@dataclass(frozen=True)
class Result:
    """received = valid + all invalid + wrong_form + open; `open` are ballots that nobody settled yet."""

    lines: tuple[Line, ...]
    received: int
    valid: int
    invalid: dict[str, int]
    wrong_form: int
    open: int
    by_channel: dict[str, dict[str, int]]
    """Channel to its numbers: reason codes, "valid", "wrong_form", "open"."""

    @property
    def is_tie(self) -> bool:
        """Whether the two most frequent answers are level."""
        return rules.is_tie([line.count for line in self.lines])

    @property
    def invalid_count(self) -> int:
        return sum(self.invalid.values())

    @property
    def invalid_share(self) -> Decimal:
        """Invalid ballots in per cent of those received in the right form or not."""
        return share(self.invalid_count, self.received)

    @property
    def margin(self) -> int:
        """By how many the most frequent answer leads; 0 for a tie."""
        ordered = sorted((line.count for line in self.lines), reverse=True)
        return ordered[0] - ordered[1] if len(ordered) > 1 else 0


def share(part: int, whole: int) -> Decimal:
    """Per cent to a tenth, half up; 0 of nothing."""
    if not whole:
        return Decimal("0.0")
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def result_of(poll: Poll) -> Result:
    """Everything in one query."""
    return results_of([poll])[poll.pk]


def results_of(polls: Sequence[Poll]) -> dict[int, Result]:
    """The result of each by its number; one query for all."""
    counted: dict[int, list[Any]] = {poll.form_id: [] for poll in polls}
    rows = Intake.objects.filter(form__in=list(counted)).order_by()
    for row in rows.values("form", "channel", "state", "reason_code", "ballot__choice").annotate(of=Count("pk")):
        counted[row["form"]].append(row)
    return {poll.pk: _result(poll, counted[poll.form_id]) for poll in polls}


def _result(poll: Poll, rows: Sequence[dict[str, Any]]) -> Result:
    known = rules.codes_of(poll)
    by_channel: dict[str, dict[str, int]] = {}
    total: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    for row in rows:
        name = _column(row["state"], row["reason_code"], row["ballot__choice"] in known)
        mine = by_channel.setdefault(row["channel"], {})
        mine[name] = mine.get(name, 0) + row["of"]
        total[name] += row["of"]
        counts[row["ballot__choice"]] += row["of"] if name == "valid" else 0
    valid = total.pop("valid", 0)
    lines = tuple(
        Line(each["code"], each["words"], counts[each["code"]], share(counts[each["code"]], valid))
        for each in poll.answers
    )  # fmt: skip
    wrong, unsettled = total.pop("wrong_form", 0), total.pop("open", 0)
    invalid = dict(sorted(total.items()))
    return Result(lines, valid + wrong + unsettled + sum(invalid.values()), valid, invalid, wrong, unsettled, by_channel)


def _column(state: str, reason: str, has_answer: bool) -> str:
    """A ballot that somebody let count although it answers nothing stays open: the answers must add up to the valid ones."""
    valid = "valid" if has_answer else "open"
    return {State.ACCEPTED: valid, State.WRONG_FORM: "wrong_form", State.REJECTED: reason}.get(State(state), "open")


def counts_of(form: Form) -> list[FormCount]:
    """Numbers of one form by channel, for the report."""
    poll = poll_of(form)
    if poll is None:
        return []
    found = []
    for channel, columns in sorted(result_of(poll).by_channel.items()):
        invalid = {name: number for name, number in columns.items() if name not in ("valid", "wrong_form", "open")}
        found.append(
            FormCount(
                channel=str(Intake.Channel(channel).label), received=sum(columns.values()), valid=columns.get("valid", 0),
                invalid=invalid, wrong_form=columns.get("wrong_form", 0), area=str(form.area or ""),
            )
        )  # fmt: skip
    return found


def poll_of(form: Form) -> Poll | None:
    """What the form asks; None while nobody has said."""
    asked = Poll.objects.filter(form=form).select_related("form__consultation", "form__area__district")
    return thing_of(form, asked.first)


def behind(forms: Sequence[Form]) -> dict[int, Poll]:
    """What these forms ask, by the form's number; one query."""
    own, found = {form.pk: form for form in forms}, {}
    for poll in Poll.objects.filter(form__in=list(own)):
        poll.form = own[poll.form_id]
        found[poll.form_id] = poll
    return found


def polls_of(consultation: Any) -> list[Poll]:
    """All of a consultation, in the order of its forms."""
    forms = [each for each in consultation.forms.all() if each.kind == rules.BALLOT and each.cancelled_at is None]
    return [poll for form in sorted(forms, key=lambda each: (each.position, each.pk)) if (poll := poll_of(form)) is not None]
