"""Figures in words for screens, and the log as a workbook or CSV: no cell is ever a formula, nobody is named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ratusz.casework.advice import terms
from ratusz.casework.advice.models import Conversation, State, Way
from ratusz.casework.documents.xlsx import Column, Sheet, xlsx_of
from ratusz.foundation.kit.dates import polish_date, polish_moment


def in_words(figures: dict[str, Any], day: date) -> dict[str, Any]:
    """The figures of a period with names instead of codes."""
    topics, states = terms.topics_on(day), dict(State.choices)
    ways = dict(Way.choices)
    return {
        "all": figures["all"], "minutes": figures["minutes"],
        "ways": [(str(ways.get(code, code)), count) for code, count in figures["ways"]],
        "topics": [(topics.get(code, code), count) for code, count in figures["topics"]],
        "districts": [(name or _("not said"), count) for name, count in figures["districts"]],
        "states": [(str(states.get(code, code)), count) for code, count in figures["states"]],
        "days": [(polish_date(each, with_weekday=True), count) for each, count in figures["days"]],
    }  # fmt: skip


def _head() -> tuple[str, ...]:
    return (
        _("When"), _("Consultation point"), _("How the question came"), _("Topic"), _("District"), _("What was asked"),
        _("What was advised"), _("What the Office still has to do"), _("Done"), _("How many minutes it took"),
    )  # fmt: skip


def _line(each: Conversation) -> list[Any]:
    return [
        polish_moment(each.happened_at), each.outing.where if each.outing else each.point.name, str(each.get_way_display()),
        terms.topic_name(each.topic, each.happened_at), each.district.name if each.district else "", each.question, each.advice,
        each.follow_up, polish_moment(each.followed_up_at) if each.followed_up_at else "", each.minutes or "",
    ]  # fmt: skip


def csv_rows(rows: Iterable[Conversation]) -> Iterator[Sequence[Any]]:
    """The log with its heading, for `kit.spreadsheets.csv_lines`."""
    yield _head()
    yield from (_line(each) for each in rows)


def workbook(rows: Iterable[Conversation], figures: dict[str, Any], day: date) -> bytes:
    """The log on one sheet, the figures on another."""
    columns = [Column(label, 30) for label in _head()]
    told = in_words(figures, day)
    names = {
        "ways": _("How the question came"), "topics": _("Topic"), "districts": _("District"),
        "states": _("Booked conversations"), "days": _("Day"),
    }  # fmt: skip
    numbers = [[label, name, count] for key, label in names.items() for name, count in told[key]]
    counted = [Column(_("What is counted"), 26), Column(_("Value"), 36), Column(_("How many"), 12, "number")]
    return xlsx_of(
        _("Conversations"), [Sheet(_("Conversations"), columns, map(_line, rows)), Sheet(_("Figures"), counted, numbers)]
    )
