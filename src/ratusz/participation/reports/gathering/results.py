"""What came in: forms as they were held, the numbers of each, the register in numbers, results of surveys."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count as CountOf
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ratusz.casework.documents.blocks import Block, Facts, Heading, Table, Text
from ratusz.foundation.kit.dates import local_day, polish_date, polish_moment
from ratusz.participation.consultations import registries
from ratusz.participation.consultations.models import Consultation, Form
from ratusz.participation.consultations.registries import Count, FormKind
from ratusz.participation.consultations.wording import said_of
from ratusz.participation.remarks.boxes import BALLOT
from ratusz.participation.remarks.models import Intake, Position
from ratusz.participation.surveys.models import Channel as SurveyChannel

SURVEYS = ("survey", "geo_survey")
REMARKS = "remarks"
NOTHING = FormKind()
State = Intake.State


def kind_of(form: Form) -> FormKind:
    return registries.kind_of(form) or NOTHING


def forms_of(consultation: Consultation) -> list[Form]:
    return list(consultation.forms.select_related("area", "consultation"))


def forms(consultation: Consultation, at: datetime) -> list[Block]:
    """Each form: when, where, how it went, what its kind tells; a cancelled one with its reason."""
    blocks: list[Block] = []
    for form in forms_of(consultation):
        blocks += [Heading(form.title, level=3), Facts(_facts(form, at))]
        if form.kind not in SURVEYS and form.cancelled_at is None:
            blocks += _without_title(form, kind_of(form).report_blocks(form, at))
    return blocks


def _without_title(form: Form, found: list[Block]) -> list[Block]:
    """Its kind may begin with the title, which stands above already."""
    return found[1:] if found and isinstance(found[0], Heading) and found[0].text == form.title else found


def _facts(form: Form, at: datetime) -> list[tuple[str, str]]:
    rows = [
        (_("When"), _when(form)), (_("Where"), form.place), (_("Accessibility"), form.accessibility),
        (_("Area"), form.area.name if form.area else ""), *said_of(form, only_public=True),
        (_("Result in short"), form.result_summary), (_("State"), _state(form, at)),
    ]  # fmt: skip
    return [(label, value) for label, value in rows if value]


def _when(form: Form) -> str:
    if form.starts_at and form.ends_at and local_day(form.starts_at) != local_day(form.ends_at):
        return f"{polish_date(form.starts_at)} – {polish_date(form.ends_at)}"
    return polish_moment(form.starts_at) if form.starts_at else ""


def _state(form: Form, at: datetime) -> str:
    if form.cancelled_at:
        return _("cancelled: %(reason)s") % {"reason": form.cancel_reason}
    return _("held") if is_held(form, at) else _("not held yet")


def is_held(form: Form, at: datetime) -> bool:
    """Held when staff said so; a form without days of its own lasts as long as the consultation, so it ends with it."""
    lasts_throughout = form.starts_at is None and form.ends_at is None
    return form.held_at is not None or (lasts_throughout and form.consultation.has_ended(local_day(at)))


def numbers(consultation: Consultation) -> list[Block]:
    """Intakes by channel, invalid ones by reason, in and out of the area, then the numbers of every other form.

    Ballots are intakes too, but have a table of their own with their answers and reasons.
    """
    blocks: list[Block] = []
    if _of_register(consultation).exists():
        blocks += [
            _intakes_by_channel(consultation), _intakes_by_category(consultation), *_invalid(consultation), *_areas(consultation),
        ]  # fmt: skip
    elif not consultation.remarks.exists():
        blocks.append(Text(_("No remarks came in.")))
    for form in forms_of(consultation):
        found = list(kind_of(form).counts(form)) if form.kind != REMARKS else []
        if found:
            blocks.append(_of_form(form, found))
    return blocks


def _grouped(consultation: Consultation, *names: str) -> list[dict[str, Any]]:
    return list(_of_register(consultation).order_by(*names).values(*names).annotate(of=CountOf("pk")))


def _of_register(consultation: Consultation) -> QuerySet[Intake]:
    """What came in as remarks."""
    return consultation.intakes.exclude(form__kind=BALLOT)


COLUMNS = (State.ACCEPTED, State.LATE, State.OUT_OF_SCOPE, State.WITHDRAWN, State.REJECTED, State.WRONG_FORM)


def _intakes_by_channel(consultation: Consultation) -> Table:
    table: dict[str, dict[str, int]] = {}
    for row in _grouped(consultation, "channel", "state"):
        table.setdefault(row["channel"], {})[row["state"]] = row["of"]
    rows = [_line(str(Intake.Channel(code).label), table[code]) for code in Intake.Channel.values if code in table]
    together: dict[str, int] = {}
    for states in table.values():
        for state, count in states.items():
            together[state] = together.get(state, 0) + count
    headings = [_("Channel"), _("Received in all"), *(str(State(code).label) for code in COLUMNS), _("Not settled")]
    return Table(headings, [*rows, _line(_("Together"), together)], _("Intakes by channel"))


def _intakes_by_category(consultation: Consultation) -> Table:
    """Groups apart: residents, firms, organisations are never counted as one."""
    table: dict[str, dict[str, int]] = {}
    for row in _grouped(consultation, "category", "state"):
        table.setdefault(row["category"], {})[row["state"]] = row["of"]
    rows = [_line(str(Intake.Category(code).label), table[code]) for code in Intake.Category.values if code in table]
    headings = [_("Who speaks"), _("Received in all"), *(str(State(code).label) for code in COLUMNS), _("Not settled")]
    return Table(headings, rows, _("Intakes by who speaks"))


def _line(label: str, states: dict[str, int]) -> list[str]:
    shown = [states.get(code, 0) for code in COLUMNS]
    received = sum(states.values())
    return [label, str(received), *map(str, shown), str(received - sum(shown))]


def _invalid(consultation: Consultation) -> Iterable[Block]:
    rows = [row for row in _grouped(consultation, "reason_code", "channel", "state") if row["state"] == State.REJECTED]
    if rows:
        table = [[row["reason_code"], str(Intake.Channel(row["channel"]).label), str(row["of"])] for row in rows]
        yield Table([_("Reason code"), _("Channel"), _("How many")], table, _("Invalid ones by reason and channel"))


def _areas(consultation: Consultation) -> Iterable[Block]:
    words = {True: _("inside the area"), False: _("outside the area"), None: _("not known")}
    found = _grouped(consultation, "is_in_area")
    if all(row["is_in_area"] is None for row in found):
        return
    rows = [[words[row["is_in_area"]], str(row["of"])] for row in found]
    yield Table([_("Where the author speaks from"), _("Intakes")], rows, _("Intakes by area"))


def channel_words(form: Form, channel: str) -> str:
    """How the people of a form came, in words; a kind may give them itself."""
    known = {"attendance": _("people at the meeting"), **dict(SurveyChannel.choices)} | dict(Intake.Channel.choices)
    if form.kind in SURVEYS:
        known |= dict(SurveyChannel.choices)
    return str(known.get(channel, channel))


def _of_form(form: Form, found: list[Count]) -> Table:
    codes = sorted({code for count in found for code in count.invalid})
    rows = [
        [channel_words(form, count.channel), count.area or "–", str(count.received), str(count.valid),
         *(str(count.invalid.get(code, 0)) for code in codes), str(count.wrong_form)]
        for count in found
    ]  # fmt: skip
    headings = [_("Channel"), _("Area"), _("Received in all"), _("Valid ones"), *codes, _("In another form")]
    return Table(headings, rows, form.title)


def register_summary(count: int, verdicts: dict[str, int]) -> list[Block]:
    """How many remarks got which position; that none came, where none did."""
    if not count:
        return [Text(_("No remarks came in."))]
    words = {code: str(label) for code, label in Position.Verdict.choices} | {"": _("no position")}
    rows = [[words[code], str(verdicts[code])] for code in [*Position.Verdict.values, ""] if verdicts.get(code)]
    return [Table([_("Position of the President"), _("Remarks")], [*rows, [_("Together"), str(count)]], _("Positions in numbers"))]


def surveys(consultation: Consultation, at: datetime) -> list[Block]:
    """Results of surveys with their note on method, each under its title."""
    blocks: list[Block] = []
    for form in forms_of(consultation):
        if form.kind in SURVEYS and form.cancelled_at is None and (found := kind_of(form).report_blocks(form, at)):
            blocks += [Heading(form.title, level=3), *_without_title(form, found)]
    return blocks
