"""What tests of the platform share: a topic, two people, a signed-in browser, codes read from the outbox."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.people.factories import guard_fields
from ratusz.participation.forum.factories import TopicFactory, make_participant
from ratusz.participation.forum.sessions import WHO


@pytest.fixture
def topic(db):
    return TopicFactory()


@pytest.fixture
def ewa(db):
    return make_participant("Ewa z Koszutki")


@pytest.fixture
def jan(db):
    return make_participant("Jan od rowerów")


@pytest.fixture
def browser_of():
    """A browser that is signed in to the platform as somebody."""

    def sign_in(participant) -> Client:
        client = Client()
        session = client.session
        session[WHO] = participant.pk
        session.save()
        return client

    return sign_in


@pytest.fixture
def newest_code(db):
    """The six digits of the newest code in the outbox."""

    def read() -> str:
        message = OutboxMessage.objects.filter(purpose="people.code").order_by("-pk").select_related("content").first()
        return re.findall(r"\b\d{6}\b", message.content.text)[-1]

    return read


def guard(purpose: str) -> dict[str, str]:
    """What a browser sends of the guard of a form that it opened now."""
    return guard_fields(purpose, database_now())
