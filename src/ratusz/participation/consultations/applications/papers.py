"""Papers of applications: letters, the public page as a document, the empty form to fill in by hand, the register as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from ratusz.casework.deadlines.rulebook import rule_of
from ratusz.casework.documents.blocks import Block, Document, Facts, Heading, Items, Notice, Signatures, Table, Text
from ratusz.casework.documents.xlsx import Column, Sheet, xlsx_of
from ratusz.foundation.kit.dates import date_in_words, local_day, polish_date, polish_moment, polish_until
from ratusz.participation.consultations.applications import links, rules, terms, wording
from ratusz.participation.consultations.models import Application, ApplicationStep

LETTERS = (
    ApplicationStep.Kind.CALLED,
    ApplicationStep.Kind.ACCEPTED,
    ApplicationStep.Kind.REFUSED,
    ApplicationStep.Kind.UPHELD,
    ApplicationStep.Kind.DISMISSED,
)
"""Steps that are letters to the applicant."""
TITLES = {
    ApplicationStep.Kind.CALLED: gettext_lazy("Call to complete the application for a consultation"),
    ApplicationStep.Kind.ACCEPTED: gettext_lazy("Acceptance of the application for a consultation"),
    ApplicationStep.Kind.REFUSED: gettext_lazy("Refusal to hold a consultation"),
    ApplicationStep.Kind.UPHELD: gettext_lazy("The City Council upholds the appeal"),
    ApplicationStep.Kind.DISMISSED: gettext_lazy("The City Council dismisses the appeal"),
}
BLANK = "." * 90


def letter(step: ApplicationStep) -> Document:
    """The letter of a step: to the contact person, with the terms and what may be done."""
    mine = step.application
    to = "\n".join(filter(None, [mine.organisation, mine.contact_name, mine.contact_address]))
    blocks: list[Block] = [
        *([Text(to, strong=_("To:"))] if to else []),
        _heading(mine),
        Text(step.words),
        *_after(step),
        Text(terms.term("letter_basis", step.happened_at), strong=_("Legal basis of this letter:")),
        Signatures([_("for the President of the City")]),
    ]
    return Document(
        title=str(TITLES[ApplicationStep.Kind(step.kind)]), subtitle=polish_moment(step.happened_at), blocks=blocks,
        address=links.public_url(mine), address_words=_("The page of the application"),
    )  # fmt: skip


def _heading(mine: Application) -> Facts:
    return Facts(
        [
            (_("Number of the application"), mine.number or ""),
            (_("Title of the application"), mine.title),
            (_("Who applies"), _who(mine)),
            (_("Received by the Office"), polish_date(mine.submitted_at) if mine.submitted_at else ""),
        ]
    )


def _after(step: ApplicationStep) -> Iterator[Block]:
    if step.kind == ApplicationStep.Kind.CALLED and step.due_at:
        yield Text(_("We wait for what is missing %(until)s.") % {"until": polish_until(step.due_at)})
    if step.kind == ApplicationStep.Kind.REFUSED:
        yield Text(_how_to_appeal(step))
    if step.kind in (ApplicationStep.Kind.UPHELD, ApplicationStep.Kind.DISMISSED):
        yield Facts([(_("Number of the resolution"), step.application.resolution)])


def _how_to_appeal(step: ApplicationStep) -> str:
    """Until when; where nobody knows yet when the letter is received, within how many days of that."""
    if step.due_at:
        words = _("You may appeal to the City Council %(until)s: write to the Office, or use the link in our e-mail.")
        return words % {"until": polish_until(step.due_at)}
    rule = rule_of(rules.APPEAL, local_day(step.happened_at))
    words = ngettext(
        "You may appeal to the City Council within %(days)s day of receiving this letter: write to the Office.",
        "You may appeal to the City Council within %(days)s days of receiving this letter: write to the Office.",
        rule.length,
    )
    return words % {"days": rule.length}


def _who(mine: Application) -> str:
    who = terms.initiator_name(mine.initiator, mine.submitted_at or mine.made_at)
    return f"{who}: {mine.organisation}" if mine.organisation else who


def facts_of(mine: Application) -> list[tuple[str, str]]:
    """What the register says of an application; reads what is prefetched. No names."""
    when = mine.submitted_at or mine.made_at
    names = terms.form_names(when)
    proposed = [*(names.get(code, code) for code in mine.forms), *filter(None, [mine.other_forms])]
    return [
        (_("Who applies"), _who(mine)),
        (_("Territorial scope"), wording.scope(mine)),
        *([(_("Whom it concerns"), mine.scope_words)] if mine.scope_words else []),
        (_("Proposed forms"), ", ".join(proposed)),
        (_("Received by the Office"), date_in_words(mine.submitted_at, _spoken()) if mine.submitted_at else _("not yet")),
    ]


def _spoken() -> str:
    return get_language() or "pl"


def document(mine: Application, steps: Iterable[ApplicationStep], supporters: str) -> Document:
    """The application as everybody reads it, with its history."""
    blocks: list[Block] = [
        Facts([*facts_of(mine), *([(_("Supporters"), supporters)] if supporters else [])]),
        Heading(_("What is to be consulted")),
        Text(mine.subject),
        Heading(_("Why it is to be consulted")),
        Text(mine.reasons),
        Heading(_("What happened so far")),
        Table([_("When"), _("What happened")], [_row(each) for each in steps]),
    ]
    return Document(
        title=_("Application for a consultation"),
        subtitle=str(mine),
        blocks=blocks,
        address=links.public_url(mine),
        address_words=_("The state today"),
        language=_spoken(),
    )


def _row(step: ApplicationStep) -> tuple[str, str]:
    words = wording.sentence(str(step.get_kind_display()))
    return date_in_words(step.happened_at, _spoken()), f"{words} {step.words}".strip()


def blank_form(at: datetime) -> Document:
    """The empty application to be filled in by hand."""
    boxes = [f"☐ {each.name}" for each in terms.initiators(at).values()]
    forms = [f"☐ {name}" for name in terms.form_names(at).values()]
    needed = terms.entry("supporters_needed", at)
    city, districts, area = _("the whole city"), _("districts"), _("an area between the streets")
    blocks: list[Block] = [
        Notice(
            _("The list of at least %(needed)s supporters is a separate paper: the Office prints its numbered sheets.")
            % {"needed": needed.value}
        ),
        Heading(_("Who applies?")),
        Items(boxes),
        *_lines(_("Name of the council or the organisation"), 1),
        *_lines(_("Title of the application"), 1),
        *_lines(_("What is to be consulted?"), 8),
        *_lines(_("Why is it to be consulted?"), 8),
        Heading(_("Which part of the city does it concern?")),
        Items([f"☐ {city}", f"☐ {districts}: {BLANK[:60]}", f"☐ {area}: {BLANK[:50]}"]),
        Heading(_("Which forms do you propose?")),
        Items(forms),
        *_lines(_("Name of the contact person"), 1),
        *_lines(_("Postal address of the contact person"), 2),
        *_lines(_("E-mail address of the contact person"), 1),
        Text(
            _(
                "The city uses the data of the contact person only in this matter: art. 6(1)(c) and (e) of the GDPR. They are not"
                " published."
            )
        ),
        Signatures([_("contact person")]),
    ]
    return Document(
        title=_("Application for a consultation"), blocks=blocks, subtitle=needed.legal_basis, language=_spoken()
    )  # fmt: skip


def _lines(label: str, number: int) -> list[Block]:
    return [Text("\n".join([BLANK] * number), strong=f"{label}\n")]


def columns() -> list[str]:
    """Headings of the register as a table."""
    return [
        _("Number"),
        _("Title of the application"),
        _("State of the application"),
        _("Who applies"),
        _("Territorial scope"),
        _("Received by the Office"),
        _("Day of the decision"),
        _("Consultation"),
    ]


def rows(applications: Iterable[Application]) -> Iterator[list[Any]]:
    """Rows of the register as a table; no names."""
    for mine in applications:
        yield [
            mine.number or "",
            mine.title,
            str(mine.get_state_display()),
            terms.initiator_name(mine.initiator, mine.made_at),
            wording.scope(mine),
            local_day(mine.submitted_at).isoformat() if mine.submitted_at else "",
            local_day(mine.decided_at).isoformat() if mine.decided_at else "",
            (mine.consultation.number or mine.consultation.title) if mine.consultation else "",
        ]


def workbook(applications: Iterable[Application]) -> bytes:
    """The register as XLSX."""
    widths = (16, 50, 30, 20, 40, 14, 14, 30)
    heads = [Column(label, width) for label, width in zip(columns(), widths, strict=True)]
    return xlsx_of(_("Register of applications for consultations"), [Sheet(_("Applications"), heads, rows(applications))])
