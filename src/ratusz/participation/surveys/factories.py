"""Surveys for tests and the demo."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.models import Unit
from ratusz.participation.surveys import actions, links
from ratusz.participation.surveys.actions import Sent
from ratusz.participation.surveys.models import Questionnaire, Survey
from ratusz.participation.surveys.queries import version_in_force
from ratusz.participation.surveys.questions import content as c


def words(text: str) -> dict[str, str]:
    """Polish words."""
    return {"pl": text}


def choices(*texts: str) -> list[dict[str, Any]]:
    """Choices a, b, c … with these words."""
    return [{"code": chr(ord("a") + number), "text": words(text)} for number, text in enumerate(texts)]


def question(code: str, kind: str = c.YES_NO, text: str = "", **facts: Any) -> c.Item:
    """One question."""
    return {"code": code, "kind": kind, "text": words(text or f"Pytanie {code}?"), **facts}


def content_of(*items: c.Item) -> c.Content:
    """A questionnaire in one part."""
    return {"pages": [{"code": "s1", "title": {}, "items": list(items)}]}


EVERY_KIND = content_of(
    question("p1", c.SINGLE, "Kim jesteś?", choices=choices("osoba", "firma", "instytucja"), required=True, measures="group"),
    question("p2", c.MULTIPLE, choices=[*choices("pieszo", "rower"), {"code": "x", "text": words("inaczej"), "other": True}]),
    question("p3", c.YES_NO, required=True),
    question("p4", c.SCALE, lowest=1, highest=5),
    question("p5", c.MATRIX, rows=[{"code": "r1", "text": words("rano")}, {"code": "r2", "text": words("wieczorem")}],
             choices=choices("dobrze", "źle"), required_if={"question": "p3", "op": "is", "value": "yes"}),
    question("p6", c.RANKING, choices=choices("park", "plac", "ulica")),
    question("p7", c.NUMBER, lowest=0, highest=120, whole=True),
    question("p8", c.DATE),
    question("p9", c.SHORT),
    question("p10", c.LONG, show_if={"question": "p3", "op": "is", "value": "no"}),
    question("p11", c.MAP),
    question("p12", c.DISTRICT, measures="district"),
)  # fmt: skip


def make_survey(content: c.Content | None = None, *, slug: str = "ankieta", is_published: bool = True, **facts: Any) -> Survey:
    """A survey that is open now, without the checks and the record of its actions."""
    now = database_now()
    unit = Unit.objects.order_by("pk").first() or Unit.objects.create(short_name="KS", name="Wydział Komunikacji Społecznej")
    start: dict[str, Any] = {
        "title": "Jak ma wyglądać plac?", "lead": "Pytamy, bo w maju wybieramy projekt.", "languages": ["pl"], "unit": unit,
        "who_could": "mieszkańcy miasta", "reached_by": "portal i plakaty", "opens_at": now - timedelta(days=1),
        "closes_at": now + timedelta(days=10), "made_at": now,
    }  # fmt: skip
    survey = Survey.objects.create(slug=slug, **(start | facts))
    Questionnaire.objects.create(
        survey=survey, number=1, content=content or content_of(question("p1")), made_at=now, changed_at=now
    )
    return published(survey) if is_published else survey


def published(survey: Survey) -> Survey:
    """The survey with its first version published."""
    from ratusz.foundation.people.models import User

    now = database_now()
    person = User.objects.filter(is_staff=True).order_by("pk").first() or User.objects.create(
        email="redakcja@example.pl", is_staff=True
    )
    survey.versions.filter(published_at=None).update(published_at=now)
    Survey.objects.filter(pk=survey.pk).update(published_at=now, published_by=person)
    return Survey.objects.get(pk=survey.pk)


def answer(survey: Survey, given: dict[str, Any] | None = None, **facts: Any) -> Sent:
    """One answer sent."""
    facts.setdefault("key", links.new_key())
    return actions.submit_answer(version=version_in_force(survey), given=given or {"p1": "yes"}, **facts)
