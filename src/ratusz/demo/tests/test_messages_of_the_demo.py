"""The demo's messages: every kind, two corrected after publication, and loading twice makes nothing twice."""

import pytest

from ratusz.demo import messages, people, territory
from ratusz.publishing.messages.models import CorrectionTask, Message
from ratusz.publishing.website.models import WireItem

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def test_the_demo_has_a_message_of_every_kind_and_each_place_is_followed():
    for part in (territory.load, people.load, messages.load, messages.load):
        part(lambda words: None)
    assert Message.objects.count() == 9
    assert set(Message.objects.values_list("kind", flat=True)) == set(Message.Kind.values)
    assert Message.objects.filter(facts__longitude__isnull=False, facts__latitude__isnull=False).count() == 3
    tasks = CorrectionTask.objects.filter(correction__message__facts__what="Przerwa w dostawie wody").order_by("variant__outlet")
    assert [(task.variant.outlet, task.state) for task in tasks] == [("poster", "due"), ("screen", "done"), ("www", "done")]
    assert set(
        CorrectionTask.objects.filter(correction__message__facts__what="Krótsze godziny biblioteki").values_list("state", flat=True)
    ) == {"done"}
    assert Message.objects.get(facts__what="Sadzenie drzew").variants.get(outlet="screen").typed_facts == ["godz. 9"]
    road = Message.objects.get(facts__what="Zamknięty przejazd")
    assert [topic.name for topic in WireItem.objects.get(source="messages", key=str(road.pk)).topics.all()] == ["Drogi i objazdy"]
