"""The list of supporters: begun by the author's link, counted on both ways together, needed for the formal check, forgotten."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest

from ratusz.casework.signatures import actions as signatures
from ratusz.casework.signatures import queries as signature_queries
from ratusz.casework.signatures.actions import Written
from ratusz.casework.signatures.factories import make_signature, type_twice
from ratusz.casework.signatures.models import Signature
from ratusz.casework.signatures.registries import SignerFacts, thing_of
from ratusz.foundation.files.factories import make_pdf
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.territory.models import District
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.participation.projects import actions, calendar, rules, supporting
from ratusz.participation.projects.actions import supporting as doing
from ratusz.participation.projects.criteria import criteria
from ratusz.participation.projects.factories import FACTS, LINES, make_application
from ratusz.participation.projects.models import Application, State

pytestmark = pytest.mark.django_db
NEEDED = 2


@pytest.fixture
def small(pool):
    """The pool with 2,345 registered people: two signatures."""
    pool.registered = 2_345
    pool.save()
    return pool


def begun(pool, **facts):
    """A draft with a title and a pool, and the address of its author."""
    draft, token = actions.start_draft(edition=pool.edition)
    actions.save_draft(application=draft, facts=FACTS | {"pool": pool} | facts, lines=LINES, version=0)
    return draft, f"/budzet-obywatelski/{pool.edition.slug}/zglos/{token}/"


def collecting(application):
    return actions.start_collecting(application=application)


def allow_online(edition):
    edition.draft_rules = {"signatures.online": True}
    edition.save()


def on_paper(collection, *names):
    """Each name in one line of a sheet, typed by two."""
    clerks = [AppointmentFactory(role_code="desk_officer").person for _number in range(2)]
    sheet = signatures.issue_sheets(collection=collection, count=1)[0]
    sheet = signatures.receive_sheet(sheet=sheet, filled=len(names), scan=None, person=clerks[0])
    for line, name in zip(sheet.lines.order_by("number"), names, strict=True):
        type_twice(line, clerks, Written(name, "ul. Próbna 1/2"))


@pytest.mark.slow
def test_the_author_begins_by_the_link_and_sees_how_many_count(client, small):
    draft, address = begun(small)
    assert "trzeba podpisów: 2" in client.get(address).text
    assert client.post(f"{address}podpisy/", {"deed": "start"}).url == address
    collection = supporting.collection(draft)
    assert (collection.needed, collection.url, collection.title) == (NEEDED, "", FACTS["title"])
    make_signature(collection, name="Halina Podpisana")
    page = client.get(address).text
    assert "Liczy się podpisów: 1 z 2." in page and "Brakuje: 1." in page and str(collection.public_id) in page
    assert "art. 5a ust. 7 pkt 2" in page and "Halina" not in page
    signatures.issue_sheets(collection=collection, count=1)
    scan = io.BytesIO(make_pdf())
    scan.name = "arkusz.pdf"
    client.post(f"{address}podpisy/", {"deed": "scan", "sheet": 1, "scan": scan})
    assert "Arkusz 1: skan wysłany" in client.get(address).text
    for wrong in ({"deed": "scan", "sheet": 9, "scan": scan}, {"deed": "scan"}):
        assert "numer" in client.post(f"{address}podpisy/", wrong, follow=True).text
    assert client.post(f"{address}podpisy/", {"deed": "x"}).status_code == 404
    assert client.post(f"{address[:-5]}/podpisy/", {"deed": "start"}).status_code == 404


def test_a_scan_that_was_sent_waits_on_the_desk_and_is_received_with_it(small):
    draft, _address = begun(small)
    collection = collecting(draft)
    signatures.issue_sheets(collection=collection, count=1)
    sheet = actions.hand_in_scan(application=draft, number=1, upload=io.BytesIO(make_pdf()), name="a.pdf")
    again = actions.hand_in_scan(application=draft, number=1, upload=io.BytesIO(make_pdf()), name="b.pdf")
    sheet.scan.refresh_from_db()
    assert (sheet.scan.state, again.scan.name) == ("deleted", "b.pdf")
    clerk = AppointmentFactory(role_code="desk_officer").person
    assert list(signature_queries.waiting_for(clerk)) == [collection]
    received = signatures.receive_sheet(sheet=again, filled=3, scan=None, person=clerk)
    assert (received.scan, supporting.standing(draft).lines) == (again.scan, 3)
    with pytest.raises(rules.ApplicationRefused, match="już przyjęty"):
        actions.hand_in_scan(application=draft, number=1, upload=io.BytesIO(make_pdf()), name="c.pdf")


def test_nobody_signs_for_a_project_without_a_title_or_past_its_check(small):
    draft, _token = actions.start_draft(edition=small.edition)
    with pytest.raises(rules.ApplicationRefused, match="Wpisz tytuł"):
        collecting(draft)
    with pytest.raises(rules.ApplicationRefused, match="nie zbiera"):
        actions.hand_in_scan(application=draft, number=1, upload=io.BytesIO(b""), name="a.pdf")
    made = make_application(small)
    Application.objects.filter(pk=made.pk).update(state=State.FORMAL_NO)
    with pytest.raises(rules.ApplicationRefused, match="nie da się"):
        collecting(made)
    with pytest.raises(rules.NotYours):
        actions.start_collecting(application=made, person=AppointmentFactory(role_code="press_officer").person)


def test_how_many_follows_the_level_of_the_pool_and_the_rules(small, city_pool):
    local, city = make_application(small), make_application(city_pool)
    assert (supporting.needed(local), supporting.needed(city)) == (NEEDED, 50)
    small.edition.draft_rules = {"signatures.city": 48, "signatures.local_permyriad": 5}
    small.edition.save()
    for each in (local, city):
        each.edition.refresh_from_db()
    assert (collecting(local).needed, collecting(city).needed) == (1, 48)
    assert "dzielnicy: Koszutka" in thing_of(local.key).who and "w mieście" in thing_of(city.key).who


def test_online_waits_for_a_clause_and_both_ways_count_one_person_once(client, small):
    draft, _address = begun(small)
    collection = collecting(draft)
    answer = client.get(f"/podpisy/{collection.public_id}/podpisz/")
    assert answer.status_code == 409 and "tylko na papierze" in answer.text
    public = client.get(f"/podpisy/{collection.public_id}/").text
    assert "wymaga przepisu uchwały na podstawie art. 5a ust. 7 pkt 2" in public
    allow_online(small.edition)
    assert client.get(f"/podpisy/{collection.public_id}/podpisz/").status_code == 200
    make_signature(collection, name="Jan Próbny", home="ul. Próbna 1/2")
    on_paper(collection, "PRÓBNY Jan", "Ewa Inna")
    found = supporting.standing(draft)
    assert (found.valid, found.is_enough, found.waits) == (2, True, False)


def test_an_address_of_another_district_does_not_count(small):
    near, far = (
        District.objects.create(name=name, number=number, sort_key=name, slug=name) for number, name in ((901, "A"), (902, "B"))
    )
    small.district = near
    small.save()
    check = thing_of(make_application(small).key).check
    facts = [SignerFacts("Jan Próbny", "ul. Próbna 1", district) for district in (near, None, far)]
    assert [bool(check(each, database_now())) for each in facts] == [False, False, True]


def given(pool):
    """A submitted project with its verifier and a collection."""
    made = make_application(pool)
    leader = AppointmentFactory(role_code="budget_coordinator").person
    actions.assign_check(application=made, verifier=leader, person=leader)
    return made, leader, collecting(made)


ALL_MET = {each.code: ("yes", "") for each in criteria("formal")}


@pytest.mark.slow
def test_the_check_cannot_say_that_too_few_are_enough(small, staff_client):
    made, leader, collection = given(small)
    first = make_signature(collection)
    page = staff_client("editor").get(f"/admin/projekty/{made.pk}/").text
    assert "Na razie za mało." in page and "Liczy się podpisów: 1 z 2." in page
    with pytest.raises(rules.ApplicationRefused, match="1 z 2"):
        actions.mark_formal(application=made, answers=ALL_MET, person=leader)
    twin = make_signature(collection, home="ul. Próbna 1/3")
    with pytest.raises(rules.ApplicationRefused, match="podobne pary: 1"):
        actions.mark_formal(application=made, answers=ALL_MET, person=leader)
    signatures.look_at_pair(first=first, second=twin, is_same=False, person=leader)
    actions.mark_formal(application=made, answers=ALL_MET, person=leader)
    signatures.withdraw_signature(signature=twin)
    with pytest.raises(rules.ApplicationRefused, match="1 z 2"):
        actions.pass_formal(application=made, person=leader)
    make_signature(collection, name="Ewa Inna", home="ul. Inna 5")
    assert actions.pass_formal(application=made, person=leader).state == State.FORMAL_YES


def test_a_refusal_needs_no_signatures_and_ends_the_collection(small):
    made, leader, collection = given(small)
    actions.mark_formal(application=made, answers={"supporters": ("no", "1 z 2 podpisów")}, person=leader)
    actions.propose_refusal(application=made, reasons="Za mało podpisów.", person=leader)
    actions.approve_refusal(application=made, person=AppointmentFactory(role_code="head").person)
    collection.refresh_from_db()
    assert collection.keep_until - collection.closed_at == timedelta(days=90)


def test_the_office_may_have_a_list_counted_here(small, staff_client):
    made = make_application(small)
    desk = staff_client("desk_officer")
    assert "Policz podpisy tutaj" in desk.get(f"/admin/projekty/{made.pk}/").text
    assert desk.post(f"/admin/projekty/{made.pk}/ocena-formalna/", {"deed": "collect"}).status_code == 302
    assert supporting.collection(made).title == str(made)
    assert "Policz podpisy tutaj" not in desk.get(f"/admin/projekty/{made.pk}/").text


def test_a_city_may_take_in_nothing_that_is_short(small, monkeypatch):
    def setting(edition, name):
        return "refuse" if name == "short_of_signatures" else real(edition, name)

    real = doing.setting
    monkeypatch.setattr(doing, "setting", setting)
    draft, _address = begun(small)
    ready = {"facts": FACTS | {"pool": small}, "lines": LINES, "version": 1}
    with pytest.raises(rules.ApplicationRefused, match="0 z 2"):
        actions.submit(application=draft, **ready)
    collection = collecting(draft)
    make_signature(collection)
    with pytest.raises(rules.ApplicationRefused, match="1 z 2"):
        actions.submit(application=draft, **ready)
    signatures.issue_sheets(collection=collection, count=1)
    actions.hand_in_scan(application=draft, number=1, upload=io.BytesIO(make_pdf()), name="a.pdf")
    made = actions.submit(application=draft, **ready)
    collection.refresh_from_db()
    assert (collection.title, collection.url) == (str(made), made.get_absolute_url())


def test_a_project_people_signed_for_stays_in_its_pool(small, city_pool):
    draft, _address = begun(small)
    elsewhere = {"facts": FACTS | {"pool": city_pool}, "lines": LINES, "version": 1}
    collection = collecting(draft)
    signatures.issue_sheets(collection=collection, count=1)
    with pytest.raises(rules.ApplicationRefused, match="Koszutka") as refused:
        actions.save_draft(application=draft, **elsewhere)
    assert "pool" in refused.value.fields
    other, _address = begun(small)
    assert collecting(other).needed == NEEDED
    actions.save_draft(application=other, **elsewhere)
    assert supporting.collection(other).needed == 50


def test_a_call_to_complete_lets_people_sign_until_its_term(small, monkeypatch):
    ended = database_now() - timedelta(days=1)
    made, leader, collection = given(small)
    monkeypatch.setattr(calendar, "ends_at", lambda edition, code: ended)
    call = actions.call_author(application=made, kind="complete", text="Brakuje podpisów.", person=leader)
    collection.refresh_from_db()
    assert collection.until == call.due_at and collection.is_open(database_now())
    actions.answer_call(call=call, answer="Dosyłam arkusz.")
    collection.refresh_from_db()
    assert collection.until == ended and not collection.is_open(database_now())


def test_supporters_of_a_draft_nobody_submitted_go_with_it(small):
    draft, _address = begun(small)
    collection = collecting(draft)
    make_signature(collection, name="Halina Podpisana")
    Application.objects.filter(pk=draft.pk).update(changed_at=database_now() - timedelta(days=401))
    assert (actions.forget_drafts(), signatures.forget_past()) == (1, 1)
    assert list(Signature.objects.values_list("name", "home", "state")) == [("", "", "valid")]
