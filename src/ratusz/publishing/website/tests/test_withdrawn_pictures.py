"""A withdrawn consent: every place of use is listed, the portal shows the picture nowhere, each place is settled."""

from __future__ import annotations

import gc
import re
from datetime import datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import ReferenceIndex

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.publishing.website.factories import make_article, make_news, make_portal
from ratusz.publishing.website.models import ImageConsent, ImagePassport, NewsPage, PortalRendition, WithdrawalTask
from ratusz.publishing.website.passports import actions, rules
from ratusz.publishing.website.passports.moves import moves_of
from ratusz.publishing.website.registries import ImageUse, image_uses

from .passport_pictures import close, consent_document, keeper, make_picture, passport_for

# Wagtail leaves the files of its renditions to the garbage collector; they are collected before the next test.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    yield
    gc.collect()


def body_with(image):
    image.contextual_alt_text, image.decorative = "Szpaler lip", False
    return [("picture", {"image": image, "caption": "Lipy"})]


@pytest.fixture
def seeded(monkeypatch):
    """A picture used in six channels: on pages of every state and, by registered sources, in five more outlets."""
    image, homes = make_picture(credit="Pracownia Próbna"), make_portal()
    passport_for(image)
    shown = make_news(homes, 1, title="Opublikowana", body=body_with(image))
    make_news(homes, 2, title="Bez zdjęcia")
    edited = make_news(homes, 3, title="W poprawkach")
    edited.body = body_with(image)
    edited.save_revision()
    hidden = make_article(homes, title="Ukryta", slug="ukryta", body=body_with(image))
    hidden.unpublish()
    others = {
        "newsletter": ImageUse("Wydanie 12", "/admin/newsletter/12/", "newsletter", key="issue:12"),
        "bulletin": ImageUse("Nr 3, strona 5", "/admin/bulletin/3/", "bulletin", key="page:5", is_beyond_recall=True),
        "social": ImageUse("Wpis z 3 maja", "/admin/social/3/", "social"),
        "press": ImageUse("Informacja prasowa 7", "/admin/press/7/", "press", key="release:7"),
        "screen": ImageUse("Ekran w holu", "/admin/screens/1/", "screen", key="screen:1"),
    }
    places = dict(others)
    for name in others:
        monkeypatch.setitem(
            image_uses._entries, name, lambda asked, name=name: [places[name]] if name in places and asked.pk == image.pk else []
        )
    return {"image": image, "shown": shown, "edited": edited, "places": places}


def test_withdrawing_lists_every_use_in_six_channels(seeded):
    tasks = actions.withdraw_consent(image=seeded["image"], reason="osoba ze zdjęcia, e-mail", person=keeper())
    assert sorted((task.outlet, task.where, task.is_beyond_recall) for task in tasks) == [
        ("bulletin", "Nr 3, strona 5", True),
        ("newsletter", "Wydanie 12", False),
        ("press", "Informacja prasowa 7", False),
        ("screen", "Ekran w holu", False),
        ("social", "Wpis z 3 maja", False),
        ("www", "Strona niepubliczna: Ukryta", False),
        ("www", "Strona: Opublikowana", False),
        ("www", "Szkic strony: W poprawkach", False),
    ]
    person = keeper("press_officer")
    moves = list(moves_of(person, database_now()))
    assert len(moves) == 8
    assert moves[0].what.startswith("Usuń zdjęcie: ")
    assert list(moves_of(keeper("moderator"), database_now())) == []


def test_a_picture_shown_past_its_last_day_is_a_move_of_its_keepers(seeded):
    """On the last day it waits for nobody; the move goes with a new day, with the picture or with the page."""
    image, at, writer = seeded["image"], database_now(), keeper("unit_editor")
    today = local_day(at)
    passport_for(image, valid_until=today)
    # The queue of tasks does this seconds after the page went out.
    ReferenceIndex.create_or_update_for_object(seeded["shown"])
    unused = make_picture("Nieużywane", colour="#112233")
    passport_for(unused, valid_until=today - timedelta(days=9))
    assert list(moves_of(keeper(), at)) == []
    tomorrow = at + timedelta(days=1)
    over = timezone.make_aware(datetime.combine(today + timedelta(days=1), time.min))
    expected = [("Wymień zdjęcie albo wpisz nową zgodę: Park", f"/admin/zdjecia/{image.pk}/paszport/", over, over, "pictures")]
    for role in ("editor", "press_officer", "head"):
        found = moves_of(keeper(role), tomorrow)
        assert [(move.what, move.url, move.due_at, move.since, move.kind) for move in found] == expected
    assert [list(moves_of(each, tomorrow)) for each in (writer, keeper("moderator"), keeper("data_protection_officer"))] == [[]] * 3
    type(image).objects.filter(pk=image.pk).update(uploaded_by_user=writer)
    assert len(list(moves_of(writer, tomorrow))) == 1
    passport_for(image, valid_until=today + timedelta(days=1))
    assert list(moves_of(writer, tomorrow)) == []
    passport_for(image, valid_until=today)
    seeded["shown"].unpublish()
    assert list(moves_of(writer, tomorrow)) == []


def test_a_replaced_file_whose_passport_nobody_checked_is_a_move(seeded):
    image, at = seeded["image"], database_now()
    passport = passport_for(image)
    ReferenceIndex.create_or_update_for_object(seeded["shown"])
    assert list(moves_of(keeper(), at)) == []
    type(image).objects.filter(pk=image.pk).update(file_hash="another")
    found = list(moves_of(keeper(), at))
    assert [(move.what, move.url) for move in found] == [
        ("Sprawdź paszport nowego pliku: Park", f"/admin/zdjecia/{image.pk}/paszport/")
    ]  # fmt: skip
    ImagePassport.objects.filter(pk=passport.pk).update(file_hash="another")
    assert list(moves_of(keeper(), at)) == []


def test_the_portal_shows_it_nowhere_from_that_moment(client, seeded, staff_client, django_capture_on_commit_callbacks):
    address = seeded["shown"].url
    html = client.get(address).text
    (file,) = re.findall(r'<img[^>]+src="(/media/[^"]+)"', html)
    assert "Autor: Pracownia Próbna." in html
    answer = client.get(file)
    assert answer.status_code == 200
    close(answer)
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw_consent(image=seeded["image"], reason="list", person=keeper())
    html = client.get(address).text
    assert (re.findall(r'src="(/media/[^"]+)"', html), "Lipy" in html, client.get(file).status_code) == ([], False, 404)
    assert PortalRendition.objects.filter(image=seeded["image"]).count() == 0
    staff = staff_client("editor")
    page = staff.get(f"/admin/zdjecia/{seeded['image'].pk}/wycofanie/").text
    (thumbnail,) = re.findall(r'src="(/media/images/[^"]+)"', page)
    assert Client().get(thumbnail).status_code == 404
    answer = staff.get(thumbnail)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    close(answer)


def test_a_place_is_settled_once_the_picture_is_gone_from_it(seeded):
    person = keeper()
    actions.withdraw_consent(image=seeded["image"], reason="list", person=person)
    on_page = WithdrawalTask.objects.get(where="Strona: Opublikowana")
    with pytest.raises(rules.StillInUse, match="nadal pokazuje"):
        actions.finish_withdrawal_task(task=on_page, note="usunięte", person=person)
    page = NewsPage.objects.get(pk=seeded["shown"].pk)
    page.body = []
    page.save_revision().publish()
    with pytest.raises(ValidationError, match="w kilku słowach"):
        actions.finish_withdrawal_task(task=on_page, note="  ", person=person)
    done = actions.finish_withdrawal_task(task=on_page, note="usunięte", person=person)
    assert (done.note, done.done_by, done.done_at is not None) == ("usunięte", person, True)
    assert actions.finish_withdrawal_task(task=on_page, note="jeszcze raz", person=person).note == "usunięte"
    printed = WithdrawalTask.objects.get(outlet="bulletin")
    assert actions.finish_withdrawal_task(task=printed, note="nie da się cofnąć, nakład rozdany", person=person).done_at
    with pytest.raises(PermissionDenied):
        actions.finish_withdrawal_task(task=printed, note="x", person=keeper("data_protection_officer"))


def test_places_are_looked_for_again(seeded):
    person, image = keeper(), seeded["image"]
    passport = ImagePassport.objects.get(image=image)
    assert actions.list_places_again(passport=passport, person=person) == []
    actions.withdraw_consent(image=image, reason="list", person=person)
    assert actions.list_places_again(passport=passport, person=person) == []
    seeded["places"]["social"] = ImageUse("Wpis z 4 maja", "/admin/social/4/", "social")
    assert [task.where for task in actions.list_places_again(passport=passport, person=person)] == ["Wpis z 4 maja"]


def test_a_withdrawal_stays(seeded):
    person, image = keeper(), seeded["image"]
    with pytest.raises(ValidationError, match="Napisz, dlaczego"):
        actions.withdraw_consent(image=image, reason=" ", person=person)
    with pytest.raises(ValidationError, match="nie ma paszportu"):
        actions.withdraw_consent(image=make_picture("Inne"), reason="list", person=person)
    with pytest.raises(PermissionDenied):
        actions.withdraw_consent(image=image, reason="list", person=keeper("moderator"))
    actions.withdraw_consent(image=image, reason="list", person=person)
    passport = ImagePassport.objects.get(image=image)
    with pytest.raises(rules.ConsentWithdrawn, match="wycofano"):
        actions.withdraw_consent(image=image, reason="list", person=person)
    with pytest.raises(rules.ConsentWithdrawn):
        passport_for(image, person)
    with pytest.raises(rules.ConsentWithdrawn):
        actions.add_consent(passport=passport, who_signed=ImageConsent.Who.PERSON, upload=consent_document(), person=person)
    with pytest.raises(IntegrityError), transaction.atomic():
        ImagePassport.objects.filter(pk=passport.pk).update(withdrawn_at=None)


def test_pages_cost_the_same_with_one_picture_and_with_three(client):
    homes, counted = make_portal(), []
    for number, count in ((1, 1), (2, 3)):
        images = [make_picture(f"Z{number}{place}") for place in range(count)]
        for image in images:
            passport_for(image)
        page = make_news(homes, number, body=[block for image in images for block in body_with(image)])
        client.get(page.url)
        counted.append(_queries(client, page.url))
    assert counted[0] == counted[1]


def _queries(client, url):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from ratusz.publishing.website.page_cache import page_cache

    page_cache.clear()
    with CaptureQueriesContext(connection) as caught:
        client.get(url)
    return len(caught)


def test_rows_of_modules_that_tell_nothing_are_found_too(monkeypatch, seeded):
    """Stands in for a module with a plain foreign key to a picture: the renditions' own."""
    from ratusz.publishing.website.passports import uses

    image = seeded["image"]
    rendition = image.get_rendition("width-20")
    monkeypatch.setattr(uses, "AbstractRendition", ImageConsent)
    monkeypatch.delitem(image_uses._entries, "website")
    monkeypatch.setattr(PortalRendition, "wagtail_reference_index_ignore", False)
    (found,) = uses.uses_elsewhere(image)
    assert (found.key, found.url, str(rendition) in found.where) == (f"ratusz_website.PortalRendition:{rendition.pk}", "", True)
