"""A changed fact marks every unsent text and makes a correction task for every sent one."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError
from django.test.utils import CaptureQueriesContext

from ratusz.foundation.audit.models import Entry
from ratusz.foundation.units.factories import UnitFactory
from ratusz.publishing.messages import actions, rules
from ratusz.publishing.messages.factories import WATER, let_everything_out, make_author, make_message, warsaw
from ratusz.publishing.messages.models import Correction, CorrectionTask, FactsVersion
from ratusz.publishing.messages.outlets import Form, Outlet
from ratusz.publishing.messages.wording import UnknownFact

LATER = {"ends": warsaw(2026, 11, 12, 20)}
WORDS = {"was_wrong": "Woda wróci o 16.00.", "is_right": "Woda wróci o 20.00.", "nature": "change", "cause": "Trudniejsza naprawa."}


def states(message):
    return dict(message.variants.order_by("outlet").values_list("outlet", "state"))


def tasks(message):
    found = CorrectionTask.objects.filter(correction__message=message).order_by("pk")
    return [(task.variant.outlet, str(task.state)) for task in found.select_related("variant")]


def test_a_new_message_has_its_number_and_a_text_for_each_offered_place(author):
    first, second = make_message(author), make_message(author, places=["page", "sms"])
    assert (first.reference, second.reference) == (f"K/1/{first.year}", f"K/2/{first.year}")
    assert (states(first), states(second)) == ({"page": "derived", "paper": "derived"}, {"page": "derived", "sms": "derived"})
    assert second.variants.get(outlet="page").text.startswith("12 listopada 2026 r., godz. 8.00–16.00 nie będzie wody.")
    assert Entry.objects.filter(deed="messages.write_message").count() == 2
    assert str(first) == f"K/1/{first.year} Przerwa w dostawie wody: ul. Mikołowska 10–44"


def test_a_message_with_an_unknown_fact_is_refused(author):
    with pytest.raises(UnknownFact):
        make_message(author, short_text="Wody nie będzie {kiedys}.")


def test_a_unit_writes_for_itself_alone_and_approves_nothing(author, second):
    unit, other = UnitFactory(), UnitFactory()
    person = make_author("unit_editor", unit=unit)
    made = actions.write_message(person=person, kind="information", owner_unit=unit, facts=_facts())
    assert made.owner_unit == unit
    with pytest.raises(PermissionDenied):
        actions.write_message(person=person, kind="information", owner_unit=other, facts=_facts())
    with pytest.raises(PermissionDenied):
        actions.approve_variant(variant=made.variants.first(), person=person)
    assert rules.may(person, "view", made, made.facts.written_at)
    outsider = make_author("editor", unit=UnitFactory())
    assert not rules.may(outsider, "write", None, made.facts.written_at)


def _facts():
    from ratusz.publishing.messages.factories import WATER

    return WATER


def test_every_unsent_text_is_made_anew_and_marked(author, second):
    message = make_message(author, places=["page", "sms", "paper"])
    sms = message.variants.get(outlet="sms")
    actions.edit_variant(variant=sms, written="Woda wróci o godz. 16.00. {kontakt}", person=author, expected=0)
    actions.approve_variant(variant=message.variants.get(outlet="page"), person=second)
    version = actions.change_facts(message=message, person=author, expected=1, facts=LATER)
    assert (version.number, version.place) == (2, "ul. Mikołowska 10–44")
    assert states(message) == {"page": "stale", "paper": "stale", "sms": "stale"}
    page, sms = (message.variants.get(outlet=outlet) for outlet in ("page", "sms"))
    assert ("8.00–20.00" in page.text, page.typed_facts, page.approved_by, page.based_on) == (True, [], None, version)
    assert (sms.text, sms.typed_facts) == ("Woda wróci o godz. 16.00. Pogotowie wodociągowe, tel. 994", ["16.00"])
    assert tasks(message) == []


@pytest.mark.parametrize(
    ("facts", "moves"),
    [
        ({"contact": "tel. 112"}, True),
        ({"contact": "tel. 112", "as_of": WATER["as_of"]}, True),
        ({"title": "Nie ma wody"}, False),
        ({"title": "Nie ma wody", "as_of": WATER["as_of"]}, False),
    ],
)
def test_a_changed_fact_is_true_as_of_its_change_unless_somebody_says_another_moment(author, facts, moves):
    old = WATER["as_of"].replace(second=31)
    message = make_message(author, as_of=old)
    changed = actions.change_facts(message=message, person=author, expected=1, facts=facts)
    assert (changed.as_of, changed.as_of > old) == (changed.written_at if moves else old, moves)
    said = WATER["as_of"].replace(minute=50)
    again = actions.change_facts(message=message, person=author, expected=2, facts={"contact": "tel. 998", "as_of": said})
    assert again.as_of == said
    same = actions.change_facts(message=message, person=author, expected=3, facts={"as_of": said})
    assert same.number == 3


def test_an_old_fact_typed_by_hand_blocks_until_somebody_confirms_or_corrects_it(author, second):
    message = make_message(author, places=["sms", "page"])
    sms = message.variants.get(outlet="sms")
    actions.edit_variant(variant=sms, written="Woda wróci o 16.00.", person=author, expected=0)
    actions.change_facts(message=message, person=author, expected=1, facts=LATER)
    actions.change_facts(message=message, person=author, expected=2, facts={"contact": "tel. 112"})
    with pytest.raises(rules.Refused, match="„16.00”"):
        actions.approve_variant(variant=sms, person=second)
    done, refused = actions.approve_all(message=message, person=second)
    assert ([each.outlet for each in done], list(refused)) == (["page"], ["SMS"])
    confirmed = actions.confirm_variant(variant=sms, person=author)
    assert (confirmed.state, confirmed.typed_facts) == ("edited", [])
    assert actions.confirm_variant(variant=sms, person=author).state == "edited"
    assert actions.approve_variant(variant=sms, person=second).state == "approved"


def test_every_sent_text_gets_a_task_and_keeps_what_is_out(author, second):
    message = make_message(author, places=["page", "paper", "sms"])
    actions.approve_all(message=message, person=second)
    for outlet in ("page", "paper"):
        actions.send_variant(variant=message.variants.get(outlet=outlet), person=second)
    with pytest.raises(rules.Refused, match="co było źle"):
        actions.change_facts(message=message, person=author, expected=1, facts=LATER)
    actions.change_facts(message=message, person=author, expected=1, facts=LATER, correction=WORDS)
    assert states(message) == {"page": "out", "paper": "by_hand", "sms": "stale"}
    assert tasks(message) == [("page", "due"), ("paper", "due")]
    page = message.variants.get(outlet="page")
    assert ("8.00–16.00" in page.release.text, "8.00–20.00" in page.text) == (True, True)


def test_a_later_change_takes_the_place_of_what_was_not_published(author, second):
    message = make_message(author, places=["page", "paper"])
    let_everything_out(message, second)
    actions.change_facts(message=message, person=author, expected=1, facts=LATER, correction=WORDS)
    first = message.corrections.get()
    actions.change_facts(message=message, person=author, expected=2, facts={"contact": "tel. 112"}, correction=WORDS)
    assert tasks(message) == [("page", "replaced"), ("paper", "replaced"), ("page", "due"), ("paper", "due")]
    with pytest.raises(rules.Refused, match="późniejsza zmiana"):
        actions.publish_correction(correction=first, person=second)
    assert Correction.objects.waiting().filter(message=message).count() == 1


def test_two_at_once_the_second_sees_it_and_loses_nothing(author, second):
    message = make_message(author)
    actions.change_facts(message=message, person=author, expected=1, facts=LATER)
    with pytest.raises(rules.ChangedMeanwhile) as refusal:
        actions.change_facts(message=message, person=second, expected=1, facts={"contact": "tel. 112"})
    assert (refusal.value.newer.number, "w trakcie" in str(refusal.value)) == (2, True)
    page = message.variants.get(outlet="page")
    actions.edit_variant(variant=page, written="Raz {kiedy}", person=author, expected=0)
    with pytest.raises(rules.ChangedMeanwhile) as refusal:
        actions.edit_variant(variant=page, written="Dwa", person=second, expected=0)
    assert refusal.value.newer.variant.written == "Raz {kiedy}"


def test_the_same_facts_again_change_nothing(author):
    message = make_message(author)
    assert actions.change_facts(message=message, person=author, expected=1, facts={"contact": message.facts.contact}).number == 1
    assert FactsVersion.objects.filter(message=message).count() == 1


@pytest.mark.slow
def test_a_change_reaches_twelve_texts_with_a_constant_number_of_queries(author, second, test_outlets):
    more = {f"o{number}": Outlet(f"o{number}", f"miejsce {number}", list(Form)[number % 4]) for number in range(12)}
    test_outlets.update(more)
    counts = []
    for places in (list(more)[:3], list(more)):
        message = make_message(author, places=places)
        actions.approve_all(message=message, person=second)
        actions.send_variant(variant=message.variants.order_by("pk")[0], person=second)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            actions.change_facts(message=message, person=author, expected=1, facts=LATER, correction=WORDS)
        counts.append(len(queries))
        assert set(states(message).values()) == {"stale", "out"}
    assert counts == [16, 16]


def test_what_is_no_fact_changes_without_touching_texts(author, told):
    message = make_message(author)
    until = warsaw(2026, 12, 1)
    assert actions.change_message(message=message, person=author, urgency="urgent", valid_until=until).urgency == "urgent"
    assert actions.change_message(message=message, person=author, urgency="urgent").valid_until == until
    assert (states(message)["page"], Entry.objects.filter(deed="messages.change_message").count()) == ("derived", 1)


def test_places_are_added_once_and_only_where_the_message_may_go(author, test_outlets):
    message = make_message(author, places=["page"])
    test_outlets["acts"] = Outlet("acts", "akty", kinds=("decision",))
    added = actions.add_variant(message=message, outlet="sms", person=author)
    assert actions.add_variant(message=message, outlet="sms", person=author) == added
    for outlet in ("acts", "nothing"):
        with pytest.raises(rules.Refused):
            actions.add_variant(message=message, outlet=outlet, person=author)


def test_facts_and_releases_cannot_be_changed_and_numbers_not_given_twice(author, second):
    message = make_message(author)
    let_everything_out(message, second)
    for deed in (lambda: message.versions.update(place="x"), lambda: message.variants.get(outlet="page").releases.all().delete()):
        with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
            deed()
    with pytest.raises(IntegrityError), transaction.atomic():
        FactsVersion.objects.create(
            message=message, number=1, written_by=author, written_at=message.facts.written_at, as_of=message.facts.as_of
        )


def test_the_database_wants_a_second_person_and_an_end_after_the_start(author):
    message = make_message(author)
    with pytest.raises(IntegrityError), transaction.atomic():
        message.variants.update(approved_by=author, approved_at=message.facts.written_at)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_message(author, ends=message.facts.starts - timedelta(hours=1))
    with pytest.raises(IntegrityError), transaction.atomic():
        message.variants.update(state="out")
