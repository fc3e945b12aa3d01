"""A picture inside a message that is the photo bank's too: its passport holds there, and a withdrawn consent finds it."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.units.models import Unit
from ratusz.publishing.messages import actions as messages
from ratusz.publishing.messages import rules as message_rules
from ratusz.publishing.messages.factories import let_everything_out, make_author, make_message
from ratusz.publishing.messages.made_files import package
from ratusz.publishing.website.models import PortalImage, WithdrawalTask
from ratusz.publishing.website.passports import actions, rules

from .passport_pictures import close, jpeg, keeper, make_picture, passport_for

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
WORDS = {"alt": "Szpaler lip", "author": "Fot. próbna", "licence": "własność miasta", "name": "lipy.jpg"}


@pytest.fixture(autouse=True)
def folders(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr(storages["private"], "_location", str(tmp_path / "private"))
    for name in ("base_location", "location"):
        storages["private"].__dict__.pop(name, None)
    yield
    for name in ("base_location", "location"):
        storages["private"].__dict__.pop(name, None)


@pytest.fixture
def people():
    return make_author(), make_author()


def wide(colour: str = "#0b4ea2") -> bytes:
    """Wider than messages keep, so that the message's own file differs from the bank's."""
    return jpeg((1800, 30), colour)


def in_bank(data: bytes, **facts) -> PortalImage:
    image = PortalImage.objects.create(title="Lipy", file=SimpleUploadedFile("lipy.jpg", data), description="Szpaler lip")
    passport_for(image, **facts)
    return image


def with_picture(people, data: bytes, places=("www",)):
    made = make_message(people[0], places=list(places))
    messages.set_picture(message=made, person=people[0], upload=io.BytesIO(data), **WORDS)
    return made


def shows(client, message) -> tuple[bool, int]:
    """Whether the page has the picture, and what its own address answers."""
    page = client.get(f"/komunikaty/{message.year}/{message.number}-{message.slug}/").text
    answer = client.get(f"/komunikaty/{message.year}/{message.number}/zdjecie")
    close(answer)
    return "Szpaler lip" in page, answer.status_code


def out(message, people):
    let_everything_out(message, people[1])
    message.refresh_from_db()
    return message


def test_a_withdrawn_consent_lists_and_hides_the_picture_of_a_message(client, people, django_capture_on_commit_callbacks):
    image = in_bank(wide())
    with django_capture_on_commit_callbacks(execute=True):
        shown = out(with_picture(people, wide(), ["www", "cms"]), people)
    draft, other = with_picture(people, wide()), out(with_picture(people, wide("#aa3300")), people)
    assert (shows(client, shown), shows(client, other)) == ((True, 200), (True, 200))
    with django_capture_on_commit_callbacks(execute=True):
        tasks = actions.withdraw_consent(image=image, reason="osoba ze zdjęcia, e-mail", person=keeper())
    assert sorted((task.outlet, task.where) for task in tasks) == [
        ("cms", f"Komunikat: {shown.reference} Przerwa w dostawie wody: ul. Mikołowska 10–44 (inna strona miasta (paczka))"),
        ("www", f"Komunikat: {shown.reference} Przerwa w dostawie wody: ul. Mikołowska 10–44"),
        ("www", f"Komunikat: {draft.reference} Przerwa w dostawie wody: ul. Mikołowska 10–44"),
    ]
    assert (shows(client, shown), shows(client, other)) == ((False, 404), (True, 200))
    made = package(shown.variants.select_related("message", "release__facts").get(outlet="cms"))
    with zipfile.ZipFile(io.BytesIO(made.content)) as parts:
        assert [name for name in parts.namelist() if name.startswith("zdjecie")] == []
    task = WithdrawalTask.objects.get(url=f"/admin/komunikaty/{shown.pk}/zdjecie/")
    with pytest.raises(rules.StillInUse):
        actions.finish_withdrawal_task(task=task, note="usunięte", person=keeper())
    kept = shown.picture.file
    messages.remove_picture(message=shown, person=people[0])
    messages.remove_picture(message=shown, person=people[0])
    kept.refresh_from_db()
    assert kept.state == "deleted"
    assert actions.finish_withdrawal_task(task=task, note="usunięte", person=keeper()).done_at is not None


def test_a_copy_taken_from_the_bank_is_the_same_picture(people):
    image = in_bank(wide())
    with image.file.open() as kept:
        message = with_picture(people, kept.read())
    tasks = actions.withdraw_consent(image=image, reason="list", person=keeper())
    assert [task.url for task in tasks] == [f"/admin/komunikaty/{message.pk}/zdjecie/"]


def test_a_text_is_not_approved_with_a_picture_beyond_its_passport(people):
    in_bank(wide(), outlets=["bulletin"])
    message = with_picture(people, wide())
    with pytest.raises(message_rules.GatesAreShut, match="strona miasta"):
        messages.approve_variant(variant=message.variants.get(), person=people[1])


def test_a_picture_of_an_event_serves_a_message_of_its_day(people):
    from ratusz.publishing.gates.rules import missing_in
    from ratusz.publishing.messages.gate_reader import reading_of

    message = with_picture(people, wide())
    in_bank(wide(), event_name="Bieg Lipowy", event_date=local_day(message.facts.starts))
    found = missing_in(reading_of(message.variants.get()), database_now())
    assert [finding.words for finding in found if finding.gate == "W04"] == []
    later = {name: getattr(message.facts, name) + timedelta(days=9) for name in ("starts", "ends")}
    messages.change_facts(message=message, person=people[0], expected=1, facts=later)
    variant = message.variants.select_related("message__facts", "message__owner_unit").get()
    found = missing_in(reading_of(variant), database_now())
    assert [finding.blocks for finding in found if finding.gate == "W04"] == [False]


def test_a_picture_of_what_is_out_is_changed_by_who_approves_and_within_its_rights(client, people):
    in_bank(wide(), outlets=["bulletin"])
    message = out(make_message(people[0], places=["www"]), people)
    unit_editor = make_author("unit_editor", unit=Unit.objects.get(pk=message.owner_unit_id))
    given = {"message": message, **WORDS}
    with pytest.raises(PermissionDenied):
        messages.set_picture(upload=io.BytesIO(jpeg()), person=unit_editor, **given)
    with pytest.raises(message_rules.Refused, match="strona miasta"):
        messages.set_picture(upload=io.BytesIO(wide()), person=people[0], **given)
    messages.set_picture(upload=io.BytesIO(jpeg()), person=people[0], **given)
    assert shows(client, message) == (True, 200)


def test_an_approved_text_with_another_picture_waits_again(people):
    message = make_message(people[0], places=["www", "screen"])
    messages.approve_all(message=message, person=people[1])
    messages.set_picture(message=message, upload=io.BytesIO(jpeg()), person=people[0], **WORDS)
    assert list(message.variants.order_by("outlet").values_list("outlet", "state")) == [("screen", "approved"), ("www", "derived")]


def test_a_picture_is_taken_out_on_its_screen(staff_client, people):
    message = with_picture(people, jpeg())
    staff = staff_client("editor")
    url = f"/admin/komunikaty/{message.pk}/zdjecie/"
    assert "Usuń zdjęcie" in staff.get(url).text
    assert staff.post(url, {"deed": "remove"}).status_code == 302
    message = type(message).objects.get(pk=message.pk)
    assert (hasattr(message, "picture"), "Usuń zdjęcie" in staff.get(url).text) == (False, False)
    assert make_picture().came_as != ""
