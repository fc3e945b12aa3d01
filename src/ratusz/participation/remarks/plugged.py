"""What remarks bring to a consultation: how the form "remarks" behaves, what the report still lacks, who hears of its events."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count as CountOf
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ratusz.casework.documents.registries import Paper
from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.casework.meetings.registries import Target, targets
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.consultations.models import Form
from ratusz.participation.consultations.registries import (
    Count,
    FormKind,
    Gap,
    Part,
    asked_at_once,
    change_listeners,
    form_kinds,
    public_parts,
    report_gaps,
    staff_parts,
)
from ratusz.participation.remarks import papers, queries, rules, terms, wording
from ratusz.participation.remarks.actions.intake import Arrival, Author, Point, take_in
from ratusz.participation.remarks.actions.telling import note_for_all
from ratusz.participation.remarks.boxes import KINDS, ON_MAP, OPINION
from ratusz.participation.remarks.found_beside import found_beside
from ratusz.participation.remarks.mail.tags import address_of
from ratusz.participation.remarks.models import Change, Intake, Position, Remark
from ratusz.publishing.website.registries import beside_results

MOST_GAPS = 200
"""Remarks named one by one; the rest are counted."""
State = Intake.State
A_MOMENT = timedelta(microseconds=1)


def take_part_url(form: Any, at: datetime) -> str:
    """Where one writes a remark; "" when that is not possible now."""
    if not rules.is_open(form.consultation, form, at):
        return ""
    return reverse("remarks:write", args=[form.consultation.slug, form.pk])


def counts(form: Any) -> list[Count]:
    """Numbers of the form by channel."""
    return queries.counts_of(form)


def owing(consultation: Any, at: datetime) -> Any:
    """Remarks on which the city takes a position: not those that are invalid, in another form or unconsidered as late."""
    states = [*queries.OWES_NO_POSITION]
    if not terms.late_ones_are_considered(consultation, at):
        states.append(State.LATE)
    return Remark.objects.filter(consultation=consultation).exclude(intake__state__in=states)


def gaps(consultation: Any, at: datetime) -> Iterator[Gap]:
    """What the report lacks of every remark, each named with the address where it is mended; weak reasons are warnings."""
    waiting = Intake.objects.filter(consultation=consultation, state__in=[State.REGISTERED, State.COMPLETION_ASKED]).count()
    if waiting:
        url = reverse("remarks_register", args=[consultation.pk]) + "?stan=registered"
        yield Gap("remarks.unsettled", _("Intakes not settled yet: %(count)s") % {"count": waiting}, url)
    found = owing(consultation, at).select_related("intake").annotate(
        _verdict=queries.holding_field("verdict"), _reasons=queries.holding_field("reasons"), _due=queries.holding_field("due_on"),
        _of_cluster=queries.holding_field("is_of_cluster"),
    )  # fmt: skip
    named = 0
    seen: dict[str, int] = {}
    for each in found.defer("content", "public_content", "words", "public_words").order_by("number").iterator(chunk_size=1000):
        for gap in _gaps_of(each, at, seen):
            named += not gap.is_warning
            if named <= MOST_GAPS or gap.is_warning:
                yield gap
    if named > MOST_GAPS:
        yield Gap("remarks.more", _("Further gaps in remarks: %(count)s") % {"count": named - MOST_GAPS})


def _gaps_of(remark: Remark, at: datetime, seen: dict[str, int]) -> Iterator[Gap]:
    url = reverse("remarks_remark", args=[remark.pk])
    number = {"number": remark.number}
    if remark.intake.category == Intake.Category.UNKNOWN:
        yield Gap("remarks.category", _("Remark no. %(number)s: nobody said who speaks") % number, url)
    if remark.intake.state == State.WITHDRAWN:
        return
    if remark.unit_id is None:
        yield Gap("remarks.unit", _("Remark no. %(number)s: no unit that answers") % number, url)
    if remark._verdict is None:
        yield Gap("remarks.position", _("Remark no. %(number)s: no approved position") % number, url)
        return
    if not remark._reasons.strip():
        yield Gap("remarks.reasons", _("Remark no. %(number)s: a position without reasons") % number, url)
    if remark._verdict == Position.Verdict.FURTHER_ANALYSIS and remark._due is None:
        yield Gap("remarks.due", _("Remark no. %(number)s: analysed further without a day") % number, url)
    for words in rules.warnings_of(remark._reasons, terms.term("shortest_reasons", at), terms.term("empty_reasons", at)):
        yield Gap("remarks.weak", _("Remark no. %(number)s: %(words)s") % {**number, "words": words}, url, is_warning=True)
    yield from _same_reasons(remark, seen, url)


def _same_reasons(remark: Remark, seen: dict[str, int], url: str) -> Iterator[Gap]:
    if remark._of_cluster:
        return
    first = seen.setdefault(remark._reasons.strip(), remark.number)
    if first != remark.number:
        words = _("Remark no. %(number)s: the same reasons as no. %(first)s, outside a group") % {
            "number": remark.number, "first": first,
        }  # fmt: skip
        yield Gap("remarks.same_reasons", words, url, is_warning=True)


EVENTS = {"reported": Change.Kind.REPORTED, "outcome": Change.Kind.OUTCOME}


def hear(consultation: Any, event: str) -> None:
    """The report is published, or the outcome is known: each author hears of it, in the transaction of that."""
    if event in EVENTS:
        shown = Remark.objects.filter(consultation=consultation).exclude(intake__state__in=queries.OWES_NO_POSITION)
        note_for_all(shown.only("pk", "intake_id").iterator(chunk_size=1000), EVENTS[event])


SHOWN = "shown_remarks"


def shown_count() -> Coalesce:
    """How many remarks everybody reads, asked together with the consultation."""
    shown = Remark.objects.public().filter(consultation=OuterRef("pk")).order_by().values("consultation")
    return Coalesce(Subquery(shown.annotate(of=CountOf("pk")).values("of")), 0)


def public_part(consultation: Any, at: datetime) -> Part | None:
    """On the page of a consultation: how many remarks there are, where to read them and write one."""
    known = consultation.__dict__.get(SHOWN)
    shown = queries.public_remarks(consultation).count() if known is None else known
    boxes = [each for each in consultation.forms.all() if each.kind in KINDS]
    if not shown and not boxes:
        return None
    taking = [(each, take_part_url(each, at)) for each in boxes]
    context = {"consultation": consultation, "shown": shown, "taking": [(form, url) for form, url in taking if url], "boxes": boxes}
    context["on_map"] = any(each.kind == ON_MAP for each in boxes)
    context["mails"] = [(form, address) for form, url in taking if url and (address := address_of(consultation, form))]
    return Part("remarks/part.html", context, order=40)


def staff_part(consultation: Any, person: Any, at: datetime) -> Part | None:
    """On the page for staff: the register with what is owed."""
    if not rules.may(person, "see", None, at):
        return None
    mine = queries.register_of(consultation, person, at)
    owed = mine.filter(queries.unanswered(at)).count()
    may = {deed: rules.may(person, deed, None, at) for deed in ("run", "enter", "answer")}
    context = {"consultation": consultation, "count": mine.count(), "owed": owed, "may": may}
    return Part("remarks/staff/part.html", context, order=40)


def paper_of(form: Any, at: datetime) -> Paper:
    """The remark box on paper, accessible."""
    content = pdf_of_document(papers.form_document(form, at))
    return Paper(f"formularz-{form.pk}.pdf", form.title, "application/pdf", content, at, is_public=True)


def take_voice(*, meeting: Any, key: str, facts: dict[str, Any], person: Any) -> tuple[str, str, str]:
    """A voice or a request of a meeting becomes a remark of the consultation whose form the meeting is. Raises RemarkRefused."""
    form = form_of_meeting(meeting)
    if form is None:
        raise rules.RemarkRefused(_("This meeting belongs to no consultation. Enter it as a form of one first."))
    said = str(facts.get("text") or facts.get("asked") or "")
    arrival = Arrival(
        channel=Intake.Channel.MEETING, received_at=_heard_at(meeting, form.consultation), source_key=key,
    )  # fmt: skip
    point = Point(said, unit=facts.get("unit"))
    author = Author(category=Intake.Category.RESIDENT)
    intake = take_in(consultation=form.consultation, points=[point], author=author, arrival=arrival, person=person)
    remark = intake.remarks.get()
    return remark.key, _("remark no. %(number)s") % {"number": remark.number}, reverse("remarks_remark", args=[remark.pk])


def _heard_at(meeting: Any, consultation: Any) -> datetime:
    """When a voice counts as received: the end of the meeting, or of the consultation; while people still speak, now."""
    return min(meeting.ends_at - A_MOMENT, (consultation.ends_at or meeting.ends_at) - A_MOMENT, database_now())


def form_of_meeting(meeting: Any) -> Any:
    """The form of a consultation that this meeting is; None for a meeting of its own."""
    return Form.objects.filter(subject=meeting.key).select_related("consultation").first()


def says(keys: Collection[str]) -> dict[str, str]:
    """What the minutes tell of remarks made of voices: their numbers and positions."""
    pks = [int(each.rpartition(":")[2]) for each in keys]
    held = queries.positions_of(pks, is_public=True)
    told = {}
    for remark in Remark.objects.filter(pk__in=pks):
        words = _("remark no. %(number)s") % {"number": remark.number}
        position = wording.position_words(held.get(remark.pk))
        told[remark.key] = f"{words}: {position}" if position else words
    return told


def register() -> None:
    """Fills the registries of consultations and meetings."""
    name = gettext_lazy("remark in a consultation")
    target = Target(name, take_voice, is_offered=lambda meeting: form_of_meeting(meeting) is not None, says=says)
    targets.register("remarks.remark", target)
    kind = FormKind(
        take_part_url=take_part_url, staff_url=lambda form: reverse("remarks_box", args=[form.pk]), counts=counts, paper=paper_of
    )
    form_kinds.register("remarks", kind)
    form_kinds.register(ON_MAP, kind)
    form_kinds.register(OPINION, kind)
    report_gaps.register("remarks", gaps)
    beside_results.register("remarks", found_beside)
    asked_at_once.register(SHOWN, shown_count)
    public_parts.register("remarks", public_part)
    staff_parts.register("remarks", staff_part)
    change_listeners.register("remarks", hear)
