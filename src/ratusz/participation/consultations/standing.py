"""A consultation before the guard: its plan as plain values, the rules that hold for it, and all that is missing at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import last_day_of, local_day, polish_date
from ratusz.foundation.kit.plain_language import measure
from ratusz.participation.consultations.models import Campaign, Consultation, Extension, Form, Notice
from ratusz.participation.consultations.modes import terms
from ratusz.participation.consultations.modes.content import SEVERITIES, Rules, rules_from
from ratusz.participation.consultations.modes.guard import (
    Finding,
    Planned,
    PlannedForm,
    PlannedNotice,
    check,
    holiday_findings,
)
from ratusz.participation.consultations.modes.pack import KeyDateMissing, NoSuchMode, rules_for

OWN_CHANNEL = "website"
"""The channel that the launch itself fills: the public page, with its evidence made by Ratusz."""


def key_dates_of(consultation: Consultation) -> dict[str, date]:
    """Days that choose versions of some modes, as written in the plan."""
    return {name: date.fromisoformat(day) for name, day in consultation.key_dates.items() if day}


def rules_of(consultation: Consultation) -> Rules:
    """The rules frozen at launch; of a plan those of the packs for its first day. Raises NoSuchMode, KeyDateMissing."""
    if consultation.rules or not consultation.is_formal or consultation.starts_on is None:
        return rules_from(consultation.rules)
    return rules_for(consultation.modes, consultation.starts_on, key_dates_of(consultation))


def planned_of(consultation: Consultation, notices: list[Notice] | None = None) -> Planned:
    """The plan as the guard reads it; both days have to be there. `notices`: instead of those of the launch."""
    assert consultation.starts_on and consultation.ends_on
    told = launch_notices(consultation) if notices is None else notices
    return Planned(
        consultation.starts_on, consultation.ends_on, consultation.ordered_on,
        tuple(planned_form(form) for form in consultation.forms.all() if form.cancelled_at is None),
        tuple(PlannedNotice(each.channel, each.published_on, each.has_evidence) for each in told),
    )  # fmt: skip


def launch_notices(consultation: Consultation) -> list[Notice]:
    """Notices of the launch that nobody took back."""
    return [each for each in consultation.notices.all() if each.occasion == Notice.Occasion.LAUNCH and not each.withdrawn_at]


def planned_form(form: Form) -> PlannedForm:
    """A form as the guard reads it."""
    first = local_day(form.starts_at) if form.starts_at else None
    last = last_day_of(form.ends_at) if form.ends_at else first
    return PlannedForm(
        form.kind, form.title, first, last,
        is_online=bool(form.details.get("is_online")), has_sound_and_picture=bool(form.details.get("has_sound_and_picture")),
        opens_with_draft=bool(form.details.get("opens_with_draft")),
    )  # fmt: skip


def findings_of(consultation: Consultation, today: date, *, at_launch: bool = False) -> list[Finding]:
    """All that is missing or to be thought over, the gravest first.

    `at_launch`: the portal's own page counts as put up today, since the launch puts it up.
    """
    found = list(_plan(consultation))
    if consultation.is_formal:
        found += _by_law(consultation, today, at_launch)
    return sorted(found, key=lambda finding: SEVERITIES.index(finding.level))


def live_findings(consultation: Consultation, today: date) -> list[Finding]:
    """After the launch: forms that were added, moved or called off since, and what the law asks of forms; [] once it is over."""
    if consultation.announced_at is None or consultation.has_ended(today):
        return []
    return [each for each in findings_of(consultation, today) if each.part == "forms"]


def _by_law(consultation: Consultation, today: date, at_launch: bool) -> list[Finding]:
    found = list(_formal(consultation))
    if consultation.starts_on is None or consultation.ends_on is None:
        return found
    try:
        rules = rules_of(consultation)
    except KeyDateMissing as missing:
        words = _("Write the day of the resolution that opened the procedure: it chooses the law that holds.")
        return [*found, Finding("error", "key_date", words, "", missing.mode.name, part="plan")]
    except NoSuchMode as problem:
        return [*found, Finding("error", "mode", _("This mode did not exist on that day. Choose another one."), "", str(problem))]
    planned = planned_of(consultation)
    if at_launch:
        own = PlannedNotice(OWN_CHANNEL, today)
        planned = Planned(planned.starts_on, planned.ends_on, planned.ordered_on, planned.forms, (*planned.notices, own))
    return [*found, *check(rules, planned, today), *holiday_findings(planned), *_outside(consultation)]


def _plan(consultation: Consultation) -> Iterator[Finding]:
    """What everybody is told, whatever the kind of talk."""
    wanted = [
        (consultation.label, "label", _("Choose: a formal consultation or an informal talk.")),
        (consultation.purpose, "purpose", _("Write why we ask.")),
        (consultation.open_questions, "open_questions", _("Write what can still change.")),
        (consultation.decided_by, "decided_by", _("Write who decides.")),
        (consultation.summary, "summary", _("Write the matter in short, in plain language.")),
        (consultation.owner_unit_id, "owner_unit", _("Name the unit that answers in substance.")),
        (consultation.starts_on and consultation.ends_on, "days", _("Give the first and the last day.")),
    ]  # fmt: skip
    yield from (Finding("error", code, words, part="plan") for value, code, words in wanted if not value)
    if consultation.summary and (hard := plain_grade(consultation)):
        yield hard


def plain_grade(consultation: Consultation) -> Finding | None:
    """A warning when the abstract is harder to read than the setting lets it be (FOG-PL)."""
    most = terms.setting("fog_grade", consultation.starts_on or local_day(consultation.created_at))
    grade = measure(consultation.summary).fog
    if grade <= most:
        return None
    words = _("The text in short is hard to read. Shorten its sentences and choose plain words.")
    return Finding("warn", "fog", words, _("custom of the house"), f"FOG-PL ≤ {most}", f"FOG-PL {grade}".replace(".", ","))


def _formal(consultation: Consultation) -> Iterator[Finding]:
    """What a formal consultation needs in every mode: the seven principles as checks."""
    wanted = [
        (consultation.modes, "modes", _("Choose at least one mode.")),
        (consultation.owner_person_id, "owner_person", _("Name the person who answers.")),
        (consultation.alternative, "alternative", _("Describe at least one real alternative.")),
        (consultation.target_group, "target_group", _("Write whom it concerns.")),
        (consultation.what_next, "what_next", _("Write what happens after the consultation, and when.")),
        (consultation.areas.all(), "areas", _("Choose the area it concerns.")),
        (consultation.order_number and consultation.ordered_on, "order", _("Enter the number and the day of the ordinance.")),
    ]  # fmt: skip
    for value, code, words in wanted:
        if not value:
            yield Finding("error", code, words, part="scope" if code == "areas" else "plan")
    if consultation.ordered_on and consultation.starts_on and consultation.ordered_on > consultation.starts_on:
        yield Finding("error", "order_day", _("The ordinance bears a day after the first day of the consultation."), part="days")
    if consultation.final_act:
        words = _("An act already decides the matter. Say openly what residents can still change, or do not ask.")
        yield Finding("warn", "good_faith", words, _("good faith"), actual=consultation.final_act)
    yield from _campaign(consultation)
    forms = [form for form in consultation.forms.all() if form.cancelled_at is None]
    known = terms.forms_on(consultation.starts_on or local_day(consultation.created_at))
    if forms and not any(form.kind in known and known[form.kind].is_offline for form in forms):
        yield Finding("warn", "offline", _("Every form needs the internet. Add one without it."), _("universality"), part="forms")


def _campaign(consultation: Consultation) -> Iterator[Finding]:
    """A launch wants a campaign through at least the channels that the modes ask for; the channels themselves are proven apart."""
    card = campaign_of(consultation)
    if card is None:
        words = _("Plan the information campaign: whom it reaches, by which channels, how one will know.")
        yield Finding("warn", "campaign", words, _("universality"), part="campaign")
        return
    try:
        asked = [limit for limit in rules_of(consultation).channels() if limit.severity == "error"]
    except (KeyDateMissing, NoSuchMode):
        return
    day = consultation.starts_on or local_day(consultation.created_at)
    for limit in asked:
        if not {*limit.of} & {*card.channels}:
            names = " / ".join(terms.channel_name(code, day) for code in limit.of)
            words = _("The campaign leaves out a channel that the modes ask for.")
            yield Finding("warn", "campaign_channel", words, limit.grounds[0].basis, names, part="campaign")


def campaign_of(consultation: Consultation) -> Campaign | None:
    """The card of its campaign; None before one is written."""
    return getattr(consultation, "campaign", None)


def _outside(consultation: Consultation) -> Iterator[Finding]:
    """Forms that fall outside the days of the consultation, and meetings without a day."""
    known = terms.forms_on(consultation.starts_on or local_day(consultation.created_at))
    for form in consultation.forms.all():
        planned = planned_form(form)
        if form.cancelled_at is not None:
            continue
        if planned.first is None or planned.last is None:
            if form.kind in known and known[form.kind].meeting:
                yield Finding("warn", "form_day", _("The day of this form is missing."), "", form.title, part="forms")
        elif planned.first < consultation.starts_on or planned.last > consultation.ends_on:  # type: ignore[operator]
            words = _("This form falls outside the days of the consultation.")
            yield Finding("error", "form_outside", words, "", form.title, polish_date(planned.first), part="forms")


def notice_gaps(consultation: Consultation) -> list[tuple[Any, Extension | None, str]]:
    """Demands on notices that still lack evidence, of the launch and of each extension: (limit, extension, words)."""
    rules = rules_of(consultation) if consultation.rules else Rules()
    told: list[tuple[Extension | None, set[str]]] = [(None, _proven(consultation, None))]
    told += [(each, _proven(consultation, each)) for each in consultation.extensions.all()]
    gaps = []
    for extension, channels in told:
        for limit in rules.channels():
            if limit.severity == "error" and not channels & {*limit.of}:
                names = " / ".join(terms.channel_name(code, consultation.starts_on) for code in limit.of)  # type: ignore[arg-type]
                gaps.append((limit, extension, names))
    return gaps


def _proven(consultation: Consultation, extension: Extension | None) -> set[str]:
    occasion = Notice.Occasion.EXTENSION if extension else Notice.Occasion.LAUNCH
    return {
        each.channel
        for each in consultation.notices.all()
        if each.has_evidence and each.occasion == occasion and each.extension_id == (extension.pk if extension else None)
    }
