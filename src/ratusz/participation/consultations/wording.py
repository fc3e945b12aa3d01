"""Words about a consultation that pages, papers and letters share."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import last_day_of, local_day, polish_moment, polish_range, polish_time
from ratusz.participation.consultations.models import Campaign, Consultation, Form
from ratusz.participation.consultations.modes import terms
from ratusz.participation.consultations.modes.pack import all_modes


def passages(consultation: Consultation) -> Iterator[tuple[str, str]]:
    """Heading and text of each part that is written."""
    written = [
        (_("In short"), consultation.summary), (_("What it is about"), consultation.subject),
        (_("Why we ask"), consultation.purpose), (_("What can still change"), consultation.open_questions),
        (_("What else could be done"), consultation.alternative), (_("Who decides"), consultation.decided_by),
        (_("What happens next"), consultation.what_next),
    ]  # fmt: skip
    yield from ((title, text) for title, text in written if text.strip())


def form_when(form: Form) -> str:
    """When one can take part; "" for as long as the consultation runs."""
    if form.starts_at is None:
        return ""
    if form.ends_at is None:
        return polish_moment(form.starts_at, with_weekday=True)
    last = max(local_day(form.starts_at), last_day_of(form.ends_at))
    if local_day(form.starts_at) == last and last == local_day(form.ends_at):
        return f"{polish_moment(form.starts_at, with_weekday=True)}–{polish_time(form.ends_at).removeprefix('godz. ')}"
    return polish_range(form.starts_at, last)


def form_line(form: Form) -> str:
    """Title, time and place in one line."""
    return ", ".join(filter(None, (form.title, form_when(form), form.place)))


def kind_name(form: Form) -> str:
    """The name of a form's kind on the first day of its consultation."""
    day = form.consultation.starts_on or local_day(form.consultation.created_at)
    return terms.form_name(form.kind, day)


def campaign_lines(card: Campaign | None) -> list[tuple[str, str]]:
    """The card of a campaign as labels with what they say; [] where there is none."""
    if card is None:
        return []
    names = terms.channels_on(local_day(card.changed_at))
    channels = ", ".join(names[code].name for code in card.channels if code in names)
    rows = [
        (_("Aim of the campaign"), card.goal), (_("Channels of the campaign"), channels), (_("What is counted"), card.measure),
        (_("How it was before"), card.baseline), (_("How it was to be"), card.target),
        (_("Where the numbers come from"), card.source), (_("Partners"), card.partners),
        (_("Cost and where it is paid from"), card.cost), (_("What came of the campaign"), card.outcome),
    ]  # fmt: skip
    return [(label, value) for label, value in rows if value]


def kind_about(form: Form) -> str:
    """What a form of that kind is, in one sentence for whoever never took part in one; "" for one that needs no words."""
    day = form.consultation.starts_on or local_day(form.consultation.created_at)
    known = terms.forms_on(day)
    return known[form.kind].about if form.kind in known else ""


def said_of(form: Form, *, only_public: bool) -> list[tuple[str, str]]:
    """Label and value of what was written of a form, in the order its kind asks."""
    day = form.consultation.starts_on or local_day(form.consultation.created_at)
    said = form.said
    rows = [each for each in terms.asks_of(form.kind, day) if each.is_public or not only_public] if said else []
    return [(each.label, f"{said[each.code]}") for each in rows if said.get(each.code) not in (None, "")]


def mode_names(codes: list[str]) -> list[str]:
    """Names of modes; the bare code of one that no pack knows any more."""
    known = all_modes()
    return [known[code].name if code in known else code for code in codes]
