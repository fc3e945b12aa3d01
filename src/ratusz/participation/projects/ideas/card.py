"""The paper card of an idea survey: the same questions with boxes to tick, and where it is dropped or answered online."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.documents.blocks import Block, Document, Heading, Items, Notice, Text
from ratusz.foundation.kit.dates import polish_moment
from ratusz.participation.projects.ideas import asking
from ratusz.participation.projects.models import IdeaSurvey
from ratusz.publishing.website.own_sites import full_address

BOX = "[   ]"
"""Our fonts have no box to tick."""
LINE = "." * 90


def card_of(survey: IdeaSurvey) -> Document:
    """A card to print; the Office writes its number when the urn is opened."""
    blocks: list[Block] = [Text(survey.lead)]
    for number, asked in enumerate(survey.questions, 1):
        blocks.append(Heading(f"{number}. {asked['words']}"))
        if asked["kind"] == asking.TEXT:
            blocks += [Text(LINE), Text(LINE)]
        else:
            hint = _("Tick one.") if asked["kind"] == asking.ONE else _("You may tick several.")
            blocks += [Text(hint), Items([f"{BOX} {words}" for words in asked["choices"]])]
    until = _("Drop the card into the urn, or answer online, until %(moment)s. Write no names and no addresses.")
    blocks.append(Notice(until % {"moment": polish_moment(survey.closes_at)}))
    return Document(
        title=survey.title, subtitle=_("Participatory budget, edition %(edition)s") % {"edition": survey.edition}, blocks=blocks,
        address=full_address(reverse("projects:ideas", args=[survey.edition.slug])), address_words=_("The same survey online:"),
    )  # fmt: skip
