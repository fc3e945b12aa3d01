"""People register without an account: an address is confirmed by a press of a button, once; nobody learns who is registered."""

from __future__ import annotations

import pytest

from ratusz.casework.meetings import actions, links, signing_up
from ratusz.casework.meetings.actions import Person
from ratusz.casework.meetings.factories import make_meeting, make_registration
from ratusz.casework.meetings.models import Meeting, Registration, SeatGroup, Standing
from ratusz.foundation.notifications.models import Consent, OutboxMessage

pytestmark = pytest.mark.django_db


def somebody(name: str = "ala", channel: str = "email", **facts) -> Person:
    value = f"{name}@example.pl" if channel == "email" else name
    return Person(name=name, contacts=((channel, value),), **facts)


def test_a_seat_is_held_until_the_address_is_confirmed_and_then_it_is_theirs(clock, told):
    meeting = make_meeting(capacity=10)
    mine = actions.register(meeting=meeting, person=somebody(persons=2))
    assert (mine.standing, mine.hold_expires_at) == (Standing.UNCONFIRMED, clock.at + signing_up.HOLD)
    again = [actions.confirm_registration(registration=mine).standing for _time in range(2)]
    assert again == [Standing.CONFIRMED] * 2
    assert told() == [("ala", "confirm"), ("ala", "seat")]


def test_the_mail_of_a_seat_carries_the_calendar_entry_and_the_picture_for_the_door(clock, told):
    mine = actions.register(meeting=make_meeting(), person=somebody())
    actions.confirm_registration(registration=mine)
    told()
    content = OutboxMessage.objects.get(dedup_key__contains=":seat:").content
    mine.refresh_from_db()
    assert [each["name"] for each in content.attachments] == ["spotkanie.ics", f"wejscie-{mine.door_code}.png"]
    assert mine.door_code in content.subject and links.token_of(mine) in content.text
    assert links.registration_of(links.token_of(mine)) == mine and links.token_of(mine) not in mine.token_digest


def test_after_half_an_hour_a_seat_still_free_is_given_and_a_taken_one_means_the_list(clock):
    meeting = make_meeting(capacity=1)
    late = actions.register(meeting=meeting, person=somebody("ala"))
    clock.on(minutes=30)
    quick = actions.register(meeting=meeting, person=somebody("ola"))
    assert [actions.confirm_registration(registration=each).standing for each in (quick, late)] == ["confirmed", "waiting"]
    other = make_meeting(capacity=1)
    alone = actions.register(meeting=other, person=somebody("ala"))
    clock.on(minutes=45)
    assert actions.confirm_registration(registration=alone).standing == Standing.CONFIRMED


def test_the_same_address_again_makes_no_second_registration_and_only_its_mailbox_learns(clock, told):
    meeting = make_meeting()
    first = actions.register(meeting=meeting, person=somebody())
    actions.confirm_registration(registration=first)
    assert actions.register(meeting=meeting, person=somebody("ALA")) == first
    assert told() == [("ala", "confirm"), ("ala", "seat"), ("ala", "again")]
    assert Registration.objects.count() == 1
    again = OutboxMessage.objects.get(dedup_key__contains=":again:")
    assert links.token_of(first) in again.content.text


def test_an_address_not_confirmed_yet_gets_its_question_again(clock, told):
    meeting = make_meeting()
    assert actions.register(meeting=meeting, person=somebody()) == actions.register(meeting=meeting, person=somebody())
    assert told() == [("ala", "confirm")] * 2


def test_who_finds_no_seat_stands_in_the_line_by_arrival_when_confirmed_in_time(clock, told):
    meeting = make_meeting(capacity=1)
    actions.confirm_registration(registration=actions.register(meeting=meeting, person=somebody("a")))
    second, third = (actions.register(meeting=meeting, person=somebody(name)) for name in "bc")
    clock.on(minutes=5)
    for each in (third, second):
        actions.confirm_registration(registration=each)
    assert [str(each.name) for each in meeting.registrations.in_line()] == ["b", "c"]
    tell = told()
    assert tell[-2:] == [("c", "waiting"), ("b", "waiting")]


def test_a_telephone_gets_a_code_good_for_five_tries(clock, told):
    mine = actions.register(meeting=make_meeting(), person=somebody("600100200", channel="sms"))
    told()
    message = OutboxMessage.objects.get()
    code = links.sms_code(mine)
    assert (message.purpose, message.content.subject.startswith(code), message.content.attachments) == ("meetings.code", True, [])
    wrong = [actions.confirm_by_code(registration=mine, typed="x") for _try in range(2)]
    assert wrong == [None, None]
    assert actions.confirm_by_code(registration=mine, typed=f" {code[:3]} {code[3:]}").standing == Standing.CONFIRMED
    other = actions.register(meeting=mine.meeting, person=somebody("600100201", channel="sms"))
    for _try in range(signing_up.CODE_TRIES):
        actions.confirm_by_code(registration=other, typed="x")
    assert actions.confirm_by_code(registration=other, typed=links.sms_code(other)) is None


def test_a_clerk_registers_at_once_by_the_same_seat_rules_and_is_told_of_who_is_there(clock, editor, told):
    meeting = make_meeting(capacity=1)
    first = actions.register(meeting=meeting, person=somebody(), through="phone", by=editor)
    second = actions.register(meeting=meeting, person=Person(name="Bez adresu"), through="desk", by=editor)
    assert (first.standing, second.standing, first.registered_by) == ("confirmed", "waiting", editor)
    with pytest.raises(signing_up.AlreadyRegistered) as refused:
        actions.register(meeting=meeting, person=somebody(), through="phone", by=editor)
    assert (refused.value.registration, told()) == (first, [("ala", "seat")])


def test_a_person_registered_by_two_channels_is_found_by_the_second_address_and_may_be_joined(clock, editor, told):
    meeting = make_meeting(capacity=2)
    online = actions.register(meeting=meeting, person=somebody("ala"))
    actions.confirm_registration(registration=online)
    by_phone = actions.register(meeting=meeting, person=somebody("600100200", channel="sms"), through="phone", by=editor)
    third = actions.register(meeting=meeting, person=somebody("ola"), through="phone", by=editor)
    kept = actions.join_registrations(kept=online, other=by_phone, by=editor)
    third.refresh_from_db()
    assert (kept, kept.second_address.value, third.standing) == (online, "+48600100200", Standing.OFFERED)
    with pytest.raises(signing_up.AlreadyRegistered):
        actions.register(meeting=meeting, person=somebody("600100200", channel="sms"), through="phone", by=editor)
    with pytest.raises(signing_up.SignUpRefused):
        actions.join_registrations(kept=online, other=by_phone, by=editor)


def test_joining_keeps_the_better_standing(clock, editor):
    meeting = make_meeting(capacity=1)
    seated = actions.register(meeting=meeting, person=Person(name="Ala"), through="desk", by=editor)
    waiting = actions.register(meeting=meeting, person=somebody("ala"), through="phone", by=editor)
    kept = actions.join_registrations(kept=waiting, other=seated, by=editor)
    assert (kept, kept.standing, kept.address.value) == (seated, Standing.CONFIRMED, "ala@example.pl")


def test_consents_become_consents_with_their_proof_only_when_the_address_is_confirmed(clock):
    mine = actions.register(meeting=make_meeting(), person=somebody(consents=("image", "news")))
    assert not Consent.objects.exists()
    actions.confirm_registration(registration=mine)
    assert sorted(Consent.objects.values_list("purpose", "given_through")) == [
        ("meetings.image", "link"),
        ("meetings.news", "link"),
    ]


def test_registration_is_open_when_and_for_whom_the_meeting_says(clock, editor):
    said = {}
    for name, meeting in {
        "draft": make_meeting(announced=False), "over": make_meeting(in_days=-1), "closed kind": make_meeting("moderators"),
        "invited": make_meeting("group"), "later": make_meeting(registration_opens_at=clock.at + signing_up.HOLD),
        "closed": make_meeting(registration_closes_at=clock.at - signing_up.HOLD), "open": make_meeting(),
    }.items():  # fmt: skip
        said[name] = bool(signing_up.why_closed(meeting, clock.at))
    assert said == {**dict.fromkeys(said, True), "open": False}
    with pytest.raises(signing_up.SignUpRefused):
        actions.register(meeting=make_meeting("group"), person=somebody())
    assert actions.register(meeting=make_meeting("group"), person=somebody(), through="phone", by=editor).standing == "confirmed"


def test_fewer_persons_free_seats_at_once_and_more_need_free_ones(clock, editor):
    meeting = make_meeting(capacity=3)
    mine = actions.register(meeting=meeting, person=Person("a", persons=3), through="desk", by=editor)
    other = actions.register(meeting=meeting, person=Person("b"), through="desk", by=editor)
    with pytest.raises(signing_up.SignUpRefused):
        actions.change_registration(registration=mine, persons=4)
    actions.change_registration(registration=mine, persons=1, needs=("loop",), question="Kiedy park?")
    other.refresh_from_db()
    mine.refresh_from_db()
    assert (other.standing, mine.needs, mine.question) == (Standing.OFFERED, ["loop"], "Kiedy park?")
    actions.give_up_seat(registration=mine)
    with pytest.raises(signing_up.SignUpRefused):
        actions.change_registration(registration=mine, persons=1)


@pytest.mark.slow
def test_an_accreditation_waits_for_the_organiser_and_a_newsroom_has_two_seats(clock, editor, told):
    meeting = make_meeting("press_conference", capacity=3)
    sent = [actions.register(meeting=meeting, person=somebody(name, newsroom="Radio Próbne")) for name in "abc"]
    sent += [actions.register(meeting=meeting, person=somebody(name, newsroom="Gazeta Próbna")) for name in "de"]
    assert {actions.confirm_registration(registration=each).standing for each in sent} == {Standing.PENDING}
    judged = [actions.judge_registration(registration=each, accepts=each.name != "e", by=editor).standing for each in sent]
    assert judged == ["confirmed", "confirmed", "waiting", "confirmed", "declined"]
    assert told()[-5:] == [("a", "seat"), ("b", "seat"), ("c", "waiting"), ("d", "seat"), ("e", "declined")]
    actions.give_up_seat(registration=sent[3])
    sent[2].refresh_from_db()
    assert sent[2].standing == Standing.WAITING, "the quota of the newsroom holds"


@pytest.mark.slow
def test_m10_forty_accreditations_two_of_a_newsroom_then_a_line(clock, editor, client):
    """The quota holds in the line too: a freed seat goes to the next newsroom that has fewer than two."""
    meeting = make_meeting("press_conference", capacity=40, is_public=True)
    pending = [("pierwsza", number) for number in range(21)] + [("druga", number) for number in range(21)] + [("trzecia", 0)]
    asked = [
        make_registration(meeting, standing="pending", name=name, newsroom=f"Redakcja {number}", newsroom_key=f"redakcja {number}")
        for name, number in pending
    ]
    judged = [actions.judge_registration(registration=each, accepts=True, by=editor).standing for each in asked]
    assert judged == ["confirmed"] * 40 + ["waiting"] * 3
    actions.give_up_seat(registration=asked[0])
    actions.give_up_seat(registration=asked[5])
    line = [Registration.objects.get(pk=each.pk).standing for each in asked[40:]]
    assert line == ["offered", "offered", "waiting"], "a newsroom with both of its seats waits behind those with one"
    shown = [client.get(meeting.public_path).text]
    Meeting.objects.filter(pk=meeting.pk).update(needs_interpreter=True)
    shown.append(client.get(meeting.public_path).text)
    assert ["tłumaczymy na polski język migowy" in page for page in shown] == [False, True]


def test_two_limits_group_and_room(clock, editor):
    meeting = make_meeting(capacity=3)
    council = SeatGroup.objects.create(meeting=meeting, name="Rada dzielnicy", capacity=1)
    stand = [
        actions.register(meeting=meeting, person=Person(str(number), group=group), through="desk", by=editor).standing
        for number, group in enumerate([council, council, None, None, None])
    ]
    assert stand == ["confirmed", "waiting", "confirmed", "confirmed", "waiting"]


def test_more_persons_before_the_address_is_confirmed_need_seats_as_well(clock):
    """I1. The half hour holds the seats that were asked for, not as many as somebody writes into the form afterwards."""
    meeting = make_meeting(capacity=3)
    mine = actions.register(meeting=meeting, person=Person("a", (("email", "a@example.pl"),)))
    with pytest.raises(signing_up.SignUpRefused):
        actions.change_registration(registration=mine, persons=5)
    actions.change_registration(registration=mine, persons=3)
    actions.confirm_registration(registration=mine)
    assert sum(meeting.registrations.taking_seats(clock()).values_list("persons", flat=True)) == 3


@pytest.mark.parametrize("state", ["cancelled", "announced"])
def test_a_registration_is_not_changed_once_the_meeting_is_over_or_called_off(clock, state):
    """What was deleted after the meeting, such as needs, does not come back by an old link."""
    meeting = make_meeting(in_days=1)
    mine = make_registration(meeting)
    why = {"cancel_reason": "Powódź", "cancelled_at": clock()} if state == "cancelled" else {}
    Meeting.objects.filter(pk=meeting.pk).update(state=state, **why)
    clock.on(days=0 if state == "cancelled" else 2)
    with pytest.raises(signing_up.SignUpRefused):
        actions.change_registration(registration=mine, persons=1, needs_words="pętla")
    mine.refresh_from_db()
    assert mine.needs_words == ""


def test_nobody_is_promised_a_place_that_is_not_there(clock, told):
    meeting = make_meeting(capacity=1)
    for name in ("ala", "ola"):
        actions.register(meeting=meeting, person=somebody(name))
    told()
    texts = [row.content.text for row in OutboxMessage.objects.order_by("pk").select_related("content")]
    assert ["tyle trzymamy miejsce" in text for text in texts] == [True, False]
    assert ["Wszystkie miejsca są zajęte" in text for text in texts] == [False, True]
