"""Papers of an opinion ballot: the ballot to print, the protocol of an urn's opening, the empty file for typed rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.documents.blocks import Block, Document, Facts, Heading, Notice, Signatures, Text
from ratusz.casework.documents.registries import Paper
from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.foundation.kit.dates import polish_moment
from ratusz.participation.polls import presentation
from ratusz.participation.polls.models import Poll, Urn
from ratusz.participation.remarks import rules, wording
from ratusz.participation.remarks.papers import BOX, LINE


def ballot_document(poll: Poll, at: datetime) -> Document:
    """The ballot on paper: the same question and answers as online, who may answer, where and until when to hand it in."""
    form, consultation = poll.form, poll.form.consultation
    blocks: list[Block] = [
        Text(presentation.residence_words(poll)), Heading(_("Question")), Text(poll.question),
        Text(_("Mark one answer with a cross. With none or several the ballot does not count.")),
        *(Text(f"{BOX} {each['words']}") for each in poll.answers),
        Heading(_("Who answers")), Text(LINE, strong=_("First name and surname: ")), Text(LINE, strong=_("Address: ")),
        Text(_("I declare that I live at this address.")),
    ]  # fmt: skip
    until = _("Hand it in, or send it by post, until %(moment)s.") % {"moment": rules.end_in_words(consultation, form)}
    places = [f"{urn.place}: {urn.hours}" if urn.hours else urn.place for urn in poll.urns.all()]
    blocks.append(Notice(" ".join([until, form.place, "; ".join(places)]).strip()))
    blocks += [Notice(presentation.advisory()), Notice(wording.clause(consultation, at)), Signatures([_("date and signature")])]
    return Document(
        title=_("Ballot with an opinion"), subtitle=consultation.title, blocks=blocks, footer=consultation.order_number,
        address=settings.PUBLIC_ADDRESS.rstrip("/") + address_of(poll), address_words=_("Page of this ballot"),
    )  # fmt: skip


def address_of(poll: Poll) -> str:
    """The public page of the ballot."""
    return reverse("polls:result", args=[poll.form.consultation.slug, poll.form_id])


def ballot_paper(form: Any, at: datetime) -> Paper | None:
    """The printed ballot of a form; None while there is no question."""
    poll = Poll.objects.filter(form=form).select_related("form__consultation", "form__area").first()
    if poll is None:
        return None
    content = pdf_of_document(ballot_document(poll, at))
    return Paper(f"karta-opinii-{form.pk}.pdf", form.title, "application/pdf", content, at, is_public=True)


def protocol_pdf(urn: Urn) -> bytes:
    """What two people found in an urn. Raises DocumentError."""
    facts = [
        (_("Consultation"), urn.poll.form.consultation.title), (_("Question"), urn.poll.question), (_("Place"), urn.place),
        (_("Number of the seal"), urn.seal or "–"), (_("Ballots brought there"), str(urn.issued)),
        (_("Ballots found in it"), str(urn.cards)), (_("Ballots not used"), "–" if urn.returned is None else str(urn.returned)),
        (_("Opened at"), polish_moment(urn.opened_at) if urn.opened_at else "–"),
    ]  # fmt: skip
    facts += [
        (label, person.display_name)
        for label, person in ((_("Who opened it"), urn.opened_by), (_("Second person"), urn.second_by)) if person
    ]  # fmt: skip
    blocks: list[Block] = [Facts(facts)]
    if urn.opening_note:
        blocks.append(Text(urn.opening_note, strong=_("Seen at the opening: ")))
    blocks.append(Signatures([_("who opened the urn"), _("second person")]))
    return pdf_of_document(Document(title=_("Protocol of the opening of an urn"), subtitle=urn.place, blocks=blocks))
