"""A card from its first facts to the day it is withdrawn."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any, BinaryIO

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.deadlines.actions import assign_clock, start_clock, stop_clock
from ratusz.casework.documents.actions import take_number
from ratusz.foundation.audit.actions import record
from ratusz.foundation.files.actions import accept_upload, delete_file
from ratusz.foundation.files.models import StoredFile
from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.words import slug
from ratusz.participation.surveys.models import ResearchCard, ResearchSeries, ResearchState
from ratusz.participation.surveys.research import found_by, queries, rules
from ratusz.publishing.website.actions import refresh_after_commit

SERIES, PURPOSE = "surveys.research", "surveys.research"
FACTS = (
    "title", "summary", "task", "unit", "origin", "agency", "contract", "method", "sample", "sample_size", "population",
    "starts_on", "ends_on", "survey", "series",
)  # fmt: skip
Upload = tuple[BinaryIO, str]


@transaction.atomic
def make_card(
    *, facts: dict[str, Any], person: Any, form_key: uuid.UUID, new_series: str = "", files: dict[str, Upload] | None = None
) -> ResearchCard:
    """A new card with its number; `facts` by the names of FACTS, `files`: "questionnaire" and "report". Sent twice it is one.

    Raises NotYours, ResearchRefused.
    """
    now = database_now()
    if found := ResearchCard.objects.filter(form_key=form_key).first():
        return found
    card = ResearchCard(form_key=form_key, made_at=now, made_by=person, changed_at=now)
    _take(card, facts, new_series)
    rules.check_may(person, "draft", card, now)
    _check_survey(card, None, person, now)
    card.number = take_number(series=SERIES, subject=f"{SERIES}:{form_key}", at=now).text
    card.save()
    _keep(card, files or {}, person)
    record(deed="surveys.make_research", subject=card, after={"title": card.title, "unit": card.unit.short_name}, actor=person)
    return card


@transaction.atomic
def save_card(
    *, card: ResearchCard, facts: dict[str, Any], person: Any, new_series: str = "", files: dict[str, Upload] | None = None
) -> ResearchCard:
    """Other facts of a card; a published one keeps all that publishing needs. Raises NotYours, ResearchRefused."""
    now = database_now()
    mine = _locked(card)
    deed = "draft" if mine.state == ResearchState.DRAFT else "publish"
    rules.check_may(person, deed, mine, now)
    if mine.state == ResearchState.WITHDRAWN:
        raise rules.ResearchRefused(_("This card is withdrawn. It stays as it is."))
    before = {name: getattr(mine, name) for name in FACTS}
    _take(mine, facts, new_series)
    rules.check_may(person, deed, mine, now)
    _check_survey(mine, before["survey"], person, now)
    _keep(mine, files or {}, person)
    if mine.is_public and (missing := rules.gaps(mine, now)):
        raise rules.ResearchRefused(" ".join(missing))
    mine.changed_at = now
    mine.save()
    if before["unit"] != mine.unit and queries.use_due(mine):
        assign_clock(rule=rules.USE, subject=mine.key, unit=mine.unit)
    changed = {name: (str(before[name]), str(getattr(mine, name))) for name in FACTS if before[name] != getattr(mine, name)}
    record(
        deed="surveys.save_research", subject=mine, before={name: pair[0] for name, pair in changed.items()},
        after={name: pair[1] for name, pair in changed.items()} | dict.fromkeys(files or {}, "file"), actor=person,
    )  # fmt: skip
    refresh_after_commit(source=found_by.SOURCE, key=found_by.key_of(mine))
    return mine


def _locked(card: ResearchCard) -> ResearchCard:
    return ResearchCard.objects.select_for_update(of=("self",)).select_related("unit", "survey").get(pk=card.pk)


def _take(card: ResearchCard, facts: dict[str, Any], new_series: str) -> None:
    rules.check_facts(facts)
    survey = facts.get("survey")
    if survey is not None and ResearchCard.objects.filter(survey=survey).exclude(pk=card.pk).exists():
        raise rules.ResearchRefused(_("This survey has a card already. Open that one."))
    for name in FACTS:
        if name in facts:
            setattr(card, name, facts[name])
    if new_series.strip():
        card.series = _series(new_series.strip())


def _check_survey(card: ResearchCard, before: Any, person: Any, at: datetime) -> None:
    """A survey has one card, so its own unit writes it."""
    if card.survey is not None and card.survey != before:
        rules.check_speaks_for(person, card.survey.unit, at)


def _series(title: str) -> ResearchSeries:
    """The series of that title, begun now where there is none."""
    made, _is_new = ResearchSeries.objects.get_or_create(
        slug=slug(title, 120) or "seria", defaults={"title": title[:200], "made_at": database_now()}
    )
    return made


def _keep(card: ResearchCard, files: dict[str, Upload], person: Any) -> None:
    """The file takes the place of the one before, which is deleted while the card is a draft and kept once it was public."""
    for name, (upload, called) in files.items():
        before: StoredFile | None = getattr(card, name)
        try:
            kept = accept_upload(
                upload=upload, name=called, purpose=PURPOSE, uploaded_by=person, subject=f"ratusz_surveys.ResearchCard:{card.pk}"
            )
        except FileRefused as refusal:
            raise rules.ResearchRefused(" ".join(refusal.messages)) from refusal
        setattr(card, name, kept)
        card.save(update_fields=[name])
        if before is not None and card.state == ResearchState.DRAFT:
            delete_file(file=before, reason="replaced")


@transaction.atomic
def drop_card(*, card: ResearchCard, person: Any) -> None:
    """A draft begun by mistake goes with its files; its number is never given again. Raises NotYours, ResearchRefused."""
    mine = _locked(card)
    rules.check_may(person, "draft", mine, database_now())
    if mine.state != ResearchState.DRAFT or mine.results.exists():
        raise rules.ResearchRefused(
            _("Only a draft without results brought in can be dropped. Mend the facts of this card, or bring the right table in.")
        )
    files = [file for file in (mine.questionnaire, mine.report) if file is not None]
    record(deed="surveys.drop_research", subject=mine, before={"title": mine.title}, actor=person)
    mine.delete()
    for file in files:
        delete_file(file=file, reason="dropped")


@transaction.atomic
def publish_card(*, card: ResearchCard, person: Any) -> ResearchCard:
    """Everybody reads it; from now the unit has its days to tell what it did. Raises NotYours, ResearchRefused."""
    now = database_now()
    mine = _locked(card)
    rules.check_may(person, "publish", mine, now)
    queries.follow_survey(mine, now)
    rules.check_publishable(mine, now)
    mine.state, mine.published_at, mine.changed_at = ResearchState.PUBLISHED, now, now
    mine.save(update_fields=["state", "published_at", "changed_at", *queries.FOLLOWING])
    url = reverse("research_uses", args=[mine.pk])
    start_clock(rule=rules.USE, subject=mine.key, label=str(mine), url=url, unit=mine.unit, started_at=now)
    record(deed="surveys.publish_research", subject=mine, after={"state": mine.state}, actor=person)
    refresh_after_commit(source=found_by.SOURCE, key=found_by.key_of(mine))
    return mine


@transaction.atomic
def withdraw_card(*, card: ResearchCard, reason: str, person: Any) -> ResearchCard:
    """The card does not hold any more: its page says why, its results are not shown. Raises NotYours, ResearchRefused."""
    now = database_now()
    mine = _locked(card)
    rules.check_may(person, "publish", mine, now)
    if mine.state != ResearchState.PUBLISHED:
        raise rules.ResearchRefused(_("Only a published card can be withdrawn."))
    mine.withdrawn_because, mine.withdrawn_at, mine.changed_at = rules.check_reason(reason), now, now
    mine.state = ResearchState.WITHDRAWN
    mine.save(update_fields=["state", "withdrawn_because", "withdrawn_at", "changed_at"])
    stop_clock(rule=rules.USE, subject=mine.key, event="card_withdrawn")
    record(deed="surveys.withdraw_research", subject=mine, after={"reason": mine.withdrawn_because}, actor=person)
    refresh_after_commit(source=found_by.SOURCE, key=found_by.key_of(mine))
    return mine
