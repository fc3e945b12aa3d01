"""A councillor's question is entered with its clock, answered, and published together with its answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import make_aware
from django.utils.translation import gettext

from ratusz.casework.deadlines.actions import start_clock, stop_clock
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.governance.decisions import rules
from ratusz.governance.decisions.models import CouncillorQuestion

CLOCK = "question.answer"
ENTERED = ("kind", "councillor", "subject", "text", "received_on", "unit")


@transaction.atomic
def enter_question(*, facts: Mapping[str, Any], person: Any) -> CouncillorQuestion:
    """Keeps it and starts the 14 days from the day it came. Raises NotYours, DecisionRefused."""
    at = database_now()
    rules.check_may(person, "draft", None, at)
    if facts["received_on"] > local_day(at):
        raise rules.DecisionRefused(gettext("The question cannot have come on a day still ahead."))
    question = CouncillorQuestion.objects.create(made_at=at, **{name: facts[name] for name in ENTERED})
    start_clock(
        rule=CLOCK, subject=question.key, label=question.subject, unit=question.unit,
        url=reverse("decisions_question", args=[question.pk]),
        started_at=make_aware(datetime.combine(question.received_on, time(12))),
    )  # fmt: skip
    record(deed="decisions.enter_question", subject=question, after={"received_on": question.received_on}, actor=person)
    return question


@transaction.atomic
def answer_question(*, question: CouncillorQuestion, answer: str, bip_url: str, publish: bool, person: Any) -> CouncillorQuestion:
    """Keeps the answer; `publish` says that both texts stand in BIP, which stops the clock. Raises NotYours, DecisionRefused."""
    at = database_now()
    rules.check_may(person, "draft", None, at)
    question = CouncillorQuestion.objects.select_for_update(of=("self",)).get(pk=question.pk)
    if question.published_at is not None:
        raise rules.DecisionRefused(gettext("Question and answer are published already."))
    question.answer, question.bip_url = answer.strip(), bip_url.strip()
    if publish:
        if not question.answer or not question.bip_url:
            words = gettext("Question and answer are published together: write the answer and its address in BIP.")
            raise rules.DecisionRefused(words)
        question.published_at = at
        stop_clock(rule=CLOCK, subject=question.key, event="published", at=at)
    question.save()
    record(deed="decisions.answer_question", subject=question, after={"is_published": publish}, actor=person)
    return question
