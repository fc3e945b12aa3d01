"""Staff are told once and not in quiet hours; an urgent notice is, and it is recorded who decided so and why."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ratusz.foundation.audit.models import Detail, Entry
from ratusz.foundation.notifications import actions as notifications
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.publishing.intranet import actions, rules
from ratusz.publishing.intranet.actions import notices, telling
from ratusz.publishing.intranet.factories import UnitFactory, make_notice, make_staff, make_writer
from ratusz.publishing.intranet.models import NoticeTarget
from ratusz.publishing.intranet.structure import from_text

EVENING, DAY = datetime(2026, 11, 20, 20, tzinfo=UTC), datetime(2026, 11, 20, 10, tzinfo=UTC)
MORNING = datetime(2026, 11, 21, 6, tzinfo=UTC)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)))
def test_what_is_not_urgent_goes_between_seven_and_nineteen_in_the_city(at):
    told = rules.may_tell_at(at, is_urgent=False)
    assert 7 <= told.astimezone(rules.WARSAW).hour < 19
    assert told >= at and told - at <= timedelta(hours=13)
    assert rules.may_tell_at(told, is_urgent=False) == told
    assert rules.may_tell_at(at, is_urgent=True) == at


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (datetime(2026, 10, 24, 20, tzinfo=UTC), datetime(2026, 10, 25, 6, tzinfo=UTC)),  # the night with an hour more
        (datetime(2027, 3, 27, 20, tzinfo=UTC), datetime(2027, 3, 28, 5, tzinfo=UTC)),  # and the one with an hour less
        (datetime(2026, 11, 20, 5, 59, tzinfo=UTC), datetime(2026, 11, 20, 6, tzinfo=UTC)),
        (datetime(2026, 11, 20, 17, 59, tzinfo=UTC), datetime(2026, 11, 20, 17, 59, tzinfo=UTC)),
        (datetime(2026, 11, 20, 18, tzinfo=UTC), MORNING),
    ],
)
def test_nights_of_changed_clocks_and_edges(at, told):
    assert rules.may_tell_at(at, is_urgent=False) == told


@pytest.fixture
def office(db):
    unit = UnitFactory()
    return {"unit": unit, "anna": make_staff(unit), "jan": make_staff(unit), "writer": make_writer()}


def at_moment(monkeypatch, moment):
    for module in (notices, telling):
        monkeypatch.setattr(module, "database_now", lambda: moment)


def publish(office, **facts):
    return make_notice(office["writer"], targets=[NoticeTarget(unit=office["unit"])], **facts).versions.get()


def test_a_letter_to_everybody_asked_waits_for_the_morning_and_goes_once(office, monkeypatch):
    at_moment(monkeypatch, EVENING)
    version = publish(office, is_required=True, due_at=datetime(2026, 11, 30, 23, tzinfo=UTC))
    actions.acknowledge(notice=version.notice, person=office["jan"], number=1)
    assert actions.tell_staff(version=version.pk) == actions.tell_staff(version=version.pk) == 1
    message = OutboxMessage.objects.get()
    assert (message.address.person, message.purpose, message.send_at) == (office["anna"], "intranet.notice", MORNING)
    assert message.content.subject == "Próbna ewakuacja"
    assert "Przeczytaj i potwierdź do 30 listopada 2026 r., godz. 24.00." in message.content.text
    assert f"/intranet/ogloszenia/{version.notice_id}/" in message.content.text
    assert not Entry.objects.filter(deed="intranet.override_quiet_hours").exists()


def test_an_urgent_one_goes_at_once_also_as_a_text_message_and_says_why(office, monkeypatch):
    notifications.add_address(channel="sms", value="600100200", person=office["anna"])
    at_moment(monkeypatch, EVENING)
    version = publish(office, is_urgent=True, urgent_reason="Awaria wodociągu, budynek jutro zamknięty.")
    assert actions.tell_staff(version=version.pk) == 3
    sent = OutboxMessage.objects.order_by("channel", "pk").values_list("channel", "purpose", "send_at__date")
    assert [(channel, purpose) for channel, purpose, _day in sent] == [("email", "intranet.urgent_notice")] * 2 + [
        ("sms", "intranet.urgent_notice")
    ]
    assert all(message.send_at == EVENING for message in OutboxMessage.objects.filter(channel="email"))
    entry = Entry.objects.get(deed="intranet.override_quiet_hours")
    assert entry.actor_id == str(office["writer"].pk)
    after = Detail.objects.get(entry=entry).content["after"]
    assert after == {"reason": "Awaria wodociągu, budynek jutro zamknięty.", "version": 1}


def test_by_day_nothing_is_overridden(office, monkeypatch):
    at_moment(monkeypatch, DAY)
    publish(office, is_urgent=True, urgent_reason="Ważne.")
    assert not Entry.objects.filter(deed="intranet.override_quiet_hours").exists()


def test_what_was_closed_or_asked_anew_meanwhile_is_told_to_nobody(office):
    version = publish(office, is_required=True)
    actions.change_notice(notice=version.notice, person=office["writer"], body=from_text("Nowe zasady."))
    newer = actions.publish_notice(notice=version.notice, person=office["writer"], what_changed="Zasady.")
    assert actions.tell_staff(version=version.pk) == 0
    assert actions.tell_staff(version=newer.pk) == 2
    assert "Co się zmieniło: Zasady." in OutboxMessage.objects.first().content.text
    actions.close_notice(notice=version.notice, person=office["writer"])
    assert actions.tell_staff(version=newer.pk) == actions.tell_staff(version=0) == 0
