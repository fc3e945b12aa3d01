"""What residents, units and entities see and do with buildings: pages, links, photos at the gate, open data, letters."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from ratusz.casework.deadlines.actions import tell_of_clocks
from ratusz.casework.deadlines.models import Clock
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.registries import moves
from ratusz.foundation.notifications.actions import leave_purpose
from ratusz.foundation.notifications.models import Address, OutboxMessage
from ratusz.foundation.territory.factories import DistrictFactory
from ratusz.foundation.units.factories import UnitFactory
from ratusz.foundation.units.models import Invitation, Unit
from ratusz.participation.budget.models import Pool
from ratusz.participation.budget.tests.guards import without_guards
from ratusz.participation.projects.actions import delivery as actions
from ratusz.participation.projects.delivery.pack import StagesRefused, read_stages, stage_words
from ratusz.participation.projects.models import Delivery, DeliveryDay, DeliveryPhoto
from ratusz.participation.projects.tests.buildings import (
    building,
    coordinator,
    delivery,
    department,
    fresh,
    gardener,
    greens,
    person_of,
    photo,
    photo_file,
    pool,
    today,
)
from ratusz.publishing.following.actions import ask_to_follow_thing, confirm_thing, tell_of_things
from ratusz.publishing.following.models import THINGS, ThingFollow, ThingNews
from ratusz.publishing.following.queries import thing_of
from ratusz.publishing.website.models import ImagePassport
from ratusz.publishing.website.passports.uses import uses_of

__all__ = ["building", "coordinator", "delivery", "department", "gardener", "greens", "pool", "today"]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    # Wagtail leaves the file of a picture open when it reads its size.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
LINK = re.compile(r"https?://[^\s\"<>]+")


def text_of(response) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode().replace("\u00a0", " ")


def link_in(message: OutboxMessage, part: str) -> str:
    """The path of the first address with this part in a letter."""
    found = next(each for each in LINK.findall(message.content.text) if part in each)
    return "/" + found.split("/", 3)[3]


def test_the_page_of_a_project_goes_from_the_vote_to_the_bench(client, building, coordinator, gardener, today):
    address = building.project.get_absolute_url()
    page = text_of(client.get(address))
    assert "Przygotowanie" in page and "Wydział Zieleni" in page and "300 000 zł" in page and "Jeszcze bez terminu" in page
    actions.plan_days(delivery=building, planned={"done": today + timedelta(30)}, person=gardener)
    actions.plan_days(delivery=building, planned={"done": today + timedelta(50)}, reason="Zima przyszła wcześnie.", person=gardener)
    page = text_of(client.get(address))
    assert "Zima przyszła wcześnie." in page and "Jak przesuwano terminy" in page
    sent = {"day": today, "text": "Osiem ławek pod lipami.", "spent_grosze": 290_000_00, "note": "Przetarg był tańszy."}
    actions.report_done(delivery=building, **sent, photos=[photo()], person=coordinator)
    assert "Osiem ławek" not in text_of(client.get(address)), "it is done once somebody else has said so"
    unit = coordinator.appointments.get().unit
    actions.let_photo_show(photo=building.photos.get(), person=person_of("editor", unit))
    actions.confirm_done(delivery=building, person=person_of("head", unit))
    page = text_of(client.get(address))
    assert "Osiem ławek pod lipami." in page and "290 000 zł" in page and "Przetarg był tańszy." in page
    assert 'alt="Nowa ławka pod lipą"' in page and "Napiszcie, gdy" not in page


def test_the_tracker_says_where_every_winner_is(client, pool, building, coordinator):
    actions.drop(delivery=Delivery.objects.get(project__number="L12/02/X"), reason="Teren przejęła kolej.", person=coordinator)
    here = reverse("projects:deliveries", args=["2023"])
    page = text_of(client.get(here))
    assert "Zwycięskie projekty: 2. Gotowe: 0. W toku: 1, w tym po planowanym dniu: 0. Porzucone: 1." in page
    assert "Ławki 1" in page and "Porzucony" in page and "Wydział Zieleni" in page
    only = text_of(client.get(here, {"etap": "dropped"}))
    assert "Ławki 2" in only and "Ławki 1</a>" not in only
    assert "Żaden projekt nie pasuje" in text_of(client.get(here, {"slowa": "fontanna"}))
    assert "Ławki 1" in text_of(client.get(here, {"komorka": building.unit_id, "pula": "L12"}))
    assert client.get(reverse("projects:deliveries", args=["1999"])).status_code == 404
    assert "Co stało się ze zwycięskimi projektami" in text_of(client.get(pool.edition.get_absolute_url()))


def test_open_data_are_what_the_page_says(client, pool, building, gardener, today):
    actions.plan_days(delivery=building, planned={"done": today + timedelta(30)}, person=gardener)
    address = reverse("projects:deliveries-file", args=["2023", "csv"])
    rows = list(csv.DictReader(io.StringIO(client.get(address).content.decode("utf-8-sig")), delimiter=";"))
    assert [row["numer"] for row in rows] == ["L12/01/X", "L12/02/X"]
    assert rows[0] | {"adres": ""} == {
        "edycja": "2023", "numer": "L12/01/X", "nazwa": "Ławki 1", "pula": "Koszutka", "komorka": "Wydział Zieleni",
        "etap": "przygotowanie", "porzucony": "0", "powod_porzucenia": "", "pierwszy_termin": str(today + timedelta(30)),
        "termin": str(today + timedelta(30)), "po_terminie_dni": "", "gotowe_od": "", "przesuniecia": "0",
        "koszt_na_karcie_zl": "300000.00", "umowa_zl": "", "wydano_zl": "", "wyjasnienie_kwot": "", "wyjasnienie_opoznienia": "",
        "dane_zmyslone": "0", "adres": "",
    }  # fmt: skip
    narrowed = client.get(address, {"slowa": "Ławki 2"}).content.decode("utf-8-sig")
    assert "L12/02/X" in narrowed and "L12/01/X" not in narrowed
    assert client.get(reverse("projects:deliveries-file", args=["2023", "xlsx"])).content[:2] == b"PK"
    assert client.get(reverse("projects:deliveries-file", args=["2023", "exe"])).status_code == 404


def test_a_district_has_its_winners_of_every_edition(client, pool, building):
    district = DistrictFactory(number=12, name="Koszutka", slug="koszutka")
    without_guards("ratusz_budget_pool")
    Pool.objects.filter(pk=pool.pk).update(district=district)
    page = text_of(client.get(reverse("projects:district-deliveries", args=["koszutka"])))
    assert "Koszutka: realizacja projektów budżetu obywatelskiego" in page and "L12/01/X, 2023" in page
    assert "L12/02/X" in client.get(reverse("projects:district-deliveries-file", args=["koszutka", "csv"])).content.decode()
    assert "Realizacja projektów budżetu obywatelskiego" in text_of(client.get(reverse("website:district", args=[district.slug])))
    DistrictFactory(number=1, name="Śródmieście", slug="srodmiescie")
    assert client.get(reverse("projects:district-deliveries", args=["srodmiescie"])).status_code == 404


def test_pages_ask_as_much_however_many_rows_there_are(client, building, gardener, today, django_assert_num_queries):
    pages = {building.project.get_absolute_url(): 15, reverse("projects:deliveries", args=["2023"]): 8}
    for colours in (["green"], ["red", "blue"]):
        for colour in colours:
            facts = photo(upload=photo_file(colour))
            actions.report(delivery=building, stage="building", day=today, text=f"{colour}.", photos=[facts], person=gardener)
        for address, number in pages.items():
            client.get(address)
            with django_assert_num_queries(number):
                client.get(address)


def test_the_page_of_staff_asks_as_much_however_many_reports_and_photos_there_are(
    staff_client, department, building, today, django_assert_num_queries
):
    signed, address = staff_client("head", unit=department), reverse("projects_delivery", args=[building.pk])
    for colours in (["green"], ["red", "blue"]):
        for colour in colours:
            reporter = person_of("unit_editor", building.unit)
            facts = photo(upload=photo_file(colour))
            actions.report(delivery=building, stage="building", day=today, text=f"{colour}.", photos=[facts], person=reporter)
        signed.get(address)
        with django_assert_num_queries(30):
            signed.get(address)


def test_photos_of_what_is_done_are_added_a_year_later(client, staff_client, department, building, gardener, today):
    sent = {"day": today, "text": "Osiem ławek.", "spent_grosze": 300_000_00}
    actions.report_done(delivery=building, **sent, photos=[photo()], person=gardener)
    actions.confirm_done(delivery=building, person=person_of("head", department))
    signed, address = staff_client("editor", unit=department), reverse("projects_delivery", args=[building.pk])
    nothing = {"deed": "photos", "photo-TOTAL_FORMS": "3", "photo-INITIAL_FORMS": "0"}
    assert "Dodaj zdjęcie" in text_of(signed.post(address, nothing))
    later = {"photo-0-upload": photo_file("red"), "photo-0-alt": "Lipa nad ławką urosła", "photo-0-nobody": "on"}
    assert signed.post(address, nothing | later).status_code == 302
    page = text_of(client.get(building.project.get_absolute_url()))
    assert 'alt="Lipa nad ławką urosła"' in page and "etap: gotowe" in page


def entity_of(**facts):
    return UnitFactory(
        name="Zakład Zieleni Miejskiej", short_name="ZZM", kind=Unit.Kind.ENTITY, email="zieleni@example.pl", **facts
    )


@pytest.fixture
def entity(db):
    return entity_of()


def given_to(delivery, entity, coordinator) -> str:
    """The path of the entity's link."""
    actions.assign_unit(delivery=delivery, unit=entity, person=coordinator)
    return link_in(OutboxMessage.objects.get(purpose="projects.delivery"), "/jednostka/")


def test_an_entity_reports_by_its_link_without_an_account(client, delivery, entity, coordinator, today):
    address = given_to(delivery, entity, coordinator)
    page = text_of(client.get(address))
    assert "Zakład Zieleni Miejskiej" in page and "Zamelduj" in page and "Wskaż komórkę" not in page
    sent = {
        "deed": "report", "report-stage": "building", "report-day": str(today), "report-text": "Ekipa zaczęła.",
        "photo-TOTAL_FORMS": "3", "photo-INITIAL_FORMS": "0", "photo-0-alt": "Ekipa przy lipie", "photo-0-upload": photo_file(),
        "photo-0-nobody": "on",
    }  # fmt: skip
    assert "Dziękujemy" in text_of(client.post(address, sent, follow=True))
    found = fresh(delivery)
    assert (found.stage, found.steps.last().text, found.steps.last().unit) == ("building", "Ekipa zaczęła.", entity)
    assert not ImagePassport.objects.exists(), "whoever has no account vouches for no picture"
    assert "Ekipa przy lipie" not in text_of(client.get(delivery.project.get_absolute_url()))
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids)), "a label of one form leads to no field of another"
    wrong = text_of(client.post(address, sent | {"report-text": "", "report-day": "wczoraj", "photo-0-upload": photo_file()}))
    assert "<title>Błąd: " in wrong and wrong.index('href="#id_report-day"') < wrong.index("<h1>"), "told on top of the page"
    assert "id_report-day-error" in wrong and fresh(delivery).steps.count() == found.steps.count()
    bare = text_of(client.post(address, sent | {"photo-0-upload": "", "report-text": "Dalej."})).partition("<h1>")[0]
    assert 'href="#id_report-photo-0-upload">Zdjęcie 1, ' in bare and "Wybierz plik ze zdjęciem." in bare
    other = UnitFactory()
    actions.assign_unit(delivery=delivery, unit=other, person=coordinator)
    assert client.get(address).status_code == 404, "another unit has it now"
    assert client.get(reverse("projects:build", args=["zly-link"])).status_code == 404


def test_the_department_sends_the_link_anew(client, staff_client, delivery, entity, coordinator):
    first = given_to(delivery, entity, coordinator)
    signed = staff_client("budget_coordinator", unit=coordinator.appointments.get().unit)
    address = reverse("projects_delivery", args=[delivery.pk])
    assert "Wyślij jednostce link jeszcze raz" in text_of(signed.get(address))
    assert signed.post(address, {"deed": "send_link"}).status_code == 302
    assert client.get(first).status_code == 404 and Invitation.objects.filter(revoked_at=None).count() == 1


def test_a_photo_waits_at_the_gate_until_somebody_vouches_for_it(client, staff_client, delivery, entity, coordinator, today):
    actions.assign_unit(delivery=delivery, unit=entity, person=coordinator)
    actions.report(delivery=delivery, stage="building", day=today, text="Ruszyło.", photos=[photo()], by_unit=entity)
    made, editor = DeliveryPhoto.objects.get(), person_of("editor", coordinator.appointments.get().unit)
    signed = staff_client("editor", unit=coordinator.appointments.get().unit)
    page = text_of(signed.get(reverse("projects_delivery", args=[delivery.pk])))
    assert "Mieszkańcy jeszcze go nie widzą" in page and "nie ma paszportu" in page
    asked = [move.what for source in moves for move in source(editor, database_now())]
    assert "Obejrzyj zdjęcia z realizacji: L12/01/X Ławki 1" in asked
    signed.post(reverse("projects_delivery_photo", args=[made.pk]), {"deed": "show"})
    assert "Nowa ławka pod lipą" in text_of(client.get(delivery.project.get_absolute_url()))
    assert [use.where for _source, use in uses_of(made.image)] == ["Realizacja projektu: L12/01/X Ławki 1"]
    ImagePassport.objects.update(outlets=["press"], is_for_all_outlets=False)
    page = text_of(signed.get(reverse("projects_delivery", args=[delivery.pk])))
    assert "Mieszkańcy jeszcze go nie widzą" in page
    address = reverse("projects_delivery_photo", args=[made.pk])
    signed.post(address, {"deed": "show"})
    assert ImagePassport.objects.get().outlets == ["press"], "a passport that somebody wrote is not overruled by a stale page"
    signed.post(address, {"deed": "remove", "reason": ""})
    assert DeliveryPhoto.objects.exists()
    signed.post(address, {"deed": "remove", "reason": "Widać tablicę rejestracyjną"})
    assert not DeliveryPhoto.objects.exists()
    assert signed.post(address, {"deed": "show"}).status_code == 404


def test_staff_see_their_own_and_what_they_typed_stays(staff_client, pool, building, greens, gardener, today):
    signed = staff_client("unit_editor", unit=greens)
    page = text_of(signed.get(reverse("projects_deliveries")))
    assert "Ławki 1" in page and "Ławki 2" not in page and "Raport według komórek" not in page
    address = reverse("projects_delivery", args=[building.pk])
    sent = {"deed": "money", "money-contract_grosze": "310 000", "money-spent_grosze": "", "money-note": ""}
    refused = text_of(signed.post(address, sent))
    assert "Umowa różni się od kosztu na karcie" in refused and 'value="310 000"' in refused
    assert "Niczego nie zapisano. Popraw, co trzeba, w: Zapisz kwoty." in refused
    assert signed.post(address, sent | {"money-note": "Ceny stali wzrosły."}).status_code == 302
    assert fresh(building).contract_grosze == 310_000_00
    gone = signed.post(address, {"deed": "confirm"}, follow=True)
    assert "Teraz nie da się tego zrobić" in text_of(gone)
    other = Delivery.objects.get(project__number="L12/02/X")
    assert signed.get(reverse("projects_delivery", args=[other.pk])).status_code == 302, "not theirs"
    assert signed.get(reverse("projects_delivery_report")).status_code == 302


def test_the_report_by_units_is_one_table_in_three_forms(staff_client, department, building, coordinator):
    signed = staff_client("head", unit=department)
    address = reverse("projects_delivery_report")
    page = text_of(signed.get(address))
    assert "Wydział Zieleni" in page and "Razem" in page and "450 000 zł" in page
    assert signed.get(address, {"plik": "xlsx"}).content[:2] == b"PK"
    assert signed.get(address, {"plik": "pdf"}).content[:5] == b"%PDF-"


def test_missing_cards_are_opened_by_one_press(staff_client, department, pool):
    for table in ("ratusz_projects_deliverystep", "ratusz_projects_daymove"):
        without_guards(table)
    Delivery.objects.all().delete()
    signed = staff_client("budget_coordinator", unit=department)
    assert "Załóż brakujące karty" in text_of(signed.get(reverse("projects_deliveries")))
    signed.post(reverse("projects_open_deliveries", args=[pool.edition_id]))
    assert Delivery.objects.count() == 2
    assert signed.get(reverse("projects_deliveries")).context["missing"] == 0


def test_somebody_follows_one_project_and_leaves(client, building, gardener, today):
    address = reverse("following:thing", args=["projects.delivery", building.pk])
    assert "Obserwuj: L12/01/X Ławki 1" in text_of(client.get(address))
    assert client.get(reverse("following:thing", args=["projects.delivery", 999_999])).status_code == 404
    assert client.get(reverse("following:thing", args=["kot", 1])).status_code == 404
    assert "Zajrzyj do skrzynki" in text_of(client.post(address, {"email": "sasiadka@example.pl"}))
    confirm = link_in(OutboxMessage.objects.get(), "/sprawa/potwierdzenie/")
    assert not ThingFollow.objects.exists()
    client.get(confirm)
    assert not ThingFollow.objects.exists(), "mail scanners follow links"
    assert "Gotowe, obserwujesz" in text_of(client.post(confirm))
    assert ThingFollow.objects.get().thing == building.key
    assert tell_of_things() > 0 and not OutboxMessage.objects.filter(purpose=THINGS).exists(), "what was before is no news to them"
    OutboxMessage.objects.all().delete()
    actions.report(delivery=building, stage="building", day=today, text="Ekipa zaczęła.", person=gardener)
    assert tell_of_things() == 1 and tell_of_things() == 0
    letter = OutboxMessage.objects.get()
    assert "Nowy etap: w budowie. Ekipa zaczęła." in letter.content.text
    stop = "/" + letter.variables["stop"].split("/", 3)[3]
    client.get(stop)
    assert ThingFollow.objects.exists()
    assert "Nie będziemy już pisać" in text_of(client.post(stop))
    assert not ThingFollow.objects.exists() and ThingNews.objects.filter(told_at=None).count() == 0
    assert client.get(stop[:-3] + "xyz/").status_code == 404


def follow(delivery) -> Address:
    """As somebody who asked and pressed the button in the letter."""
    ask_to_follow_thing(thing=thing_of(delivery.key, database_now()), email="sasiadka@example.pl")
    letter = OutboxMessage.objects.filter(purpose="notifications.question").latest("pk")
    confirm_thing(token=link_in(letter, "/sprawa/potwierdzenie/").strip("/").rsplit("/", 1)[-1], at=database_now())
    return Address.objects.get(value="sasiadka@example.pl")


def test_whoever_left_every_matter_and_comes_back_for_one_follows_that_one(building):
    address = follow(building)
    leave_purpose(address=address, purpose=THINGS)
    other = Delivery.objects.get(project__number="L12/02/X")
    follow(other)
    assert [each.thing for each in ThingFollow.objects.filter(address=address)] == [other.key]


def test_clocks_remind_whoever_builds(delivery, entity, coordinator, greens, gardener, today):
    given_to(delivery, entity, coordinator)
    OutboxMessage.objects.all().delete()
    clock = Clock.objects.running().get(subject=delivery.key, rule_code="delivery.report")
    at = database_now()
    without_guards("ratusz_deadlines_clock")
    Clock.objects.filter(pk=clock.pk).update(started_at=at - timedelta(days=100), due_at=at - timedelta(days=1), tell_at=at)
    tell_of_clocks()
    letters = list(OutboxMessage.objects.order_by("pk"))
    assert letters and "/jednostka/" in letters[-1].content.text
    other = UnitFactory(name="Spółka Zieleni", kind=Unit.Kind.COMPANY, email="spolka@example.pl")
    actions.assign_unit(delivery=delivery, unit=other, person=coordinator)
    actions.hear_clock(clock, "overdue")
    reminded = OutboxMessage.objects.filter(content__subject__startswith="Meldunek").values_list("address__value", flat=True)
    assert set(reminded) == {"zieleni@example.pl", "spolka@example.pl"}, "the next unit is reminded as well"
    actions.assign_unit(delivery=delivery, unit=greens, person=coordinator)
    actions.plan_days(delivery=delivery, planned={"design": today + timedelta(5)}, person=gardener)
    DeliveryDay.objects.filter(delivery=delivery, stage="design").update(planned_on=today - timedelta(2))
    clock = Clock.objects.running().get(subject=delivery.key, rule_code="delivery.day")
    Clock.objects.filter(pk=clock.pk).update(due_at=at - timedelta(days=1), started_at=at - timedelta(days=9), tell_at=at)
    OutboxMessage.objects.all().delete()
    tell_of_clocks()
    assert "Planowany dzień minął" in OutboxMessage.objects.order_by("pk").last().content.text
    asked = [move.what for source in moves for move in source(gardener, database_now())]
    assert "Zbliża się planowany dzień: L12/01/X Ławki 1" in asked


PACK = "[numbers]\nlink_days = 1\n{}"
STAGE = '[[stage]]\ncode = "{}"\nname = "x"\nabout = "y"\nvalid_from = 2014-01-01\n{}'


@pytest.mark.parametrize(
    "stages, words",
    [
        (STAGE.format("a", "") + STAGE.format("a", "is_last = true\n"), "twice"),
        (STAGE.format("a", "is_last = true\n"), "is_last"),
        (STAGE.format("a", "") + STAGE.format("b", ""), "is_last"),
        (STAGE.format("a", "colour = 1\n") + STAGE.format("b", "is_last = true\n"), "unknown"),
        ('[[stage]]\ncode = "a"\nname = "x"\n', "valid_from"),
    ],
)
def test_a_catalogue_written_wrong_is_refused(stages, words):
    with pytest.raises(StagesRefused, match=words):
        read_stages(PACK.format(stages))


def test_a_stage_out_of_use_keeps_its_words():
    assert stage_words("building") == "w budowie" and stage_words("garden") == "garden"
