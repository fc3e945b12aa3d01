"""A wish for a message becomes a message: its words are taken over, nothing is typed twice, and its texts are approved there."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.publishing.editing import rules
from ratusz.publishing.editing.models import Submission
from ratusz.publishing.editing.word.typed import text_of_blocks
from ratusz.publishing.messages.actions import write_message
from ratusz.publishing.messages.models import Message
from ratusz.publishing.messages.outlets import outlets
from ratusz.publishing.messages.wording import UnknownFact

LONGEST = {"title": 150, "short_text": 400, "long_text": 10_000}


def start_message(submission: Submission, person: Any) -> Message:
    """The message with the places wished for (all that are offered when none was named). Raises NotComplete."""
    lead = submission.lead.strip() or submission.title
    facts: dict[str, Any] = {
        "title": submission.title, "short_text": lead, "long_text": text_of_blocks(submission.body), "what": submission.title,
        "for_whom": submission.for_whom, "contact": submission.contact, "district_numbers": submission.district_numbers,
    }  # fmt: skip
    edit = reverse("editing_edit", args=[submission.pk])
    if too_long := [name for name, most in LONGEST.items() if len(facts[name]) > most]:
        words = _("A message is shorter: title up to 150 characters, introduction up to 400, text up to 10,000. Shorten it.")
        raise rules.NotComplete([(words, f"{edit}#id_{too_long[0]}")])
    wished = [code for code in submission.outlets if code in outlets and outlets[code].takes(Message.Kind.INFORMATION)]
    places = wished or None
    try:
        return write_message(
            person=person, kind=Message.Kind.INFORMATION, owner_unit=submission.unit, facts=facts, places=places,
            topic_numbers=submission.topic_numbers,
        )  # fmt: skip
    except UnknownFact as refusal:
        raise rules.NotComplete([(str(refusal), edit)]) from refusal
