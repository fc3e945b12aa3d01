"""A unit's editor changes and deletes own pictures that nobody uses yet; a replaced file is shown once its passport is written again."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import Collection, GroupCollectionPermission

from ratusz.publishing.website.factories import make_news, make_portal
from ratusz.publishing.website.models import ImagePassport, PortalImage
from ratusz.publishing.website.page_cache import page_cache
from ratusz.publishing.website.page_rights import give_page_rights

from .passport_pictures import close, jpeg, keeper, make_picture, passport_for
from .test_withdrawn_pictures import body_with

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
PASSPORT = {"basis": "nobody", "purpose": "information", "minors": "none"}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def other_file(**fields):
    upload = SimpleUploadedFile("inne.jpg", jpeg(colour="#ff0000"))
    return PASSPORT | {"title": "Podmienione", "description": "Inne", "collection": 1, "file": upload} | fields


def pictures_on(client, page):
    page_cache.clear()
    return re.findall(r'<img[^>]*src="(/media/[^"]+)"', client.get(page.get_url()).text)


def shown_by(person=None, **page_fields):
    image = make_picture(uploaded_by_user=person or keeper())
    passport_for(image)
    return image, make_news(make_portal(), body=body_with(image), **page_fields)


def test_a_picture_of_the_department_is_not_changed_by_a_unit(staff_client, client):
    image, page = shown_by()
    before, unit = pictures_on(client, page), staff_client("unit_editor")
    assert unit.post(f"/admin/images/{image.pk}/", other_file()).status_code == 302
    unit.post(f"/admin/images/{image.pk}/delete/")
    unit.post(f"/admin/images/multiple/{image.pk}/delete/", HTTP_X_REQUESTED_WITH="XMLHttpRequest")
    unit.post(f"/admin/bulk/image/delete/?id={image.pk}")
    unit.post(f"/admin/bulk/ratusz_website/portalimage/delete/?id={image.pk}&next=/admin/")
    kept = PortalImage.objects.get()
    assert (kept.title, kept.file.name, pictures_on(client, page)) == ("Park", image.file.name, before)


def test_an_own_picture_is_changed_and_deleted_while_nobody_uses_it(staff_client):
    unit = staff_client("unit_editor")
    image = make_picture(uploaded_by_user=unit.person)
    make_news(make_portal(), body=body_with(image), owner=unit.person).unpublish()
    assert unit.post(f"/admin/images/{image.pk}/", other_file()).status_code == 302
    image.refresh_from_db()
    assert (image.title, ImagePassport.objects.get().file_hash) == ("Podmienione", image.file_hash)
    assert unit.get("/admin/images/").text.count("Podmienione") > 0
    assert f"/admin/images/{image.pk}/delete/" in unit.get(f"/admin/images/{image.pk}/").text
    assert unit.post(f"/admin/images/{image.pk}/delete/").status_code == 302
    assert not PortalImage.objects.exists()


def test_an_own_picture_that_a_page_shows_stays_as_it_was_approved(staff_client, client):
    unit = staff_client("unit_editor")
    image, page = shown_by(unit.person, owner=unit.person)
    before = pictures_on(client, page)
    assert "/delete/" not in unit.get(f"/admin/images/{image.pk}/").text, "what would be refused is not offered"
    refused = unit.post(f"/admin/images/{image.pk}/", other_file())
    assert "Tego zdjęcia ktoś już używa" in refused.text
    unit.post(f"/admin/images/{image.pk}/delete/")
    kept = PortalImage.objects.get()
    assert (kept.file.name, pictures_on(client, page)) == (image.file.name, before)


def test_an_own_picture_in_a_draft_of_somebody_else_is_theirs_too(staff_client):
    unit = staff_client("unit_editor")
    image = make_picture(uploaded_by_user=unit.person)
    make_news(make_portal(), body=body_with(image)).unpublish()
    unit.post(f"/admin/images/{image.pk}/delete/")
    assert PortalImage.objects.filter(pk=image.pk).exists()


def test_the_department_changes_every_picture(staff_client, client):
    image, page = shown_by()
    editor = staff_client("editor")
    assert editor.post(f"/admin/images/{image.pk}/", other_file(holds_for_new_file="on")).status_code == 302
    (now,) = pictures_on(client, page)
    assert "inne" in now


def test_replacing_a_file_does_not_say_that_its_passport_is_right(staff_client, client):
    image, page = shown_by()
    written_for, editor = ImagePassport.objects.get().file_hash, staff_client("editor")
    assert "Paszport jest dobry także dla nowego pliku" in editor.get(f"/admin/images/{image.pk}/").text
    assert "Paszport jest dobry" not in editor.get("/admin/images/add/").text
    typed = other_file(basis="detail")
    assert editor.post(f"/admin/images/{image.pk}/", typed).status_code == 302
    passport = ImagePassport.objects.get()
    assert (passport.basis, passport.file_hash, pictures_on(client, page)) == ("detail", written_for, [])
    typed.pop("file")
    editor.post(f"/admin/images/{image.pk}/", typed | {"title": "Inny tytuł"})
    assert (PortalImage.objects.get().title, pictures_on(client, page)) == ("Inny tytuł", []), "a title says nothing of the file"
    assert editor.post(f"/admin/zdjecia/{image.pk}/paszport/", PASSPORT).status_code == 302
    assert len(pictures_on(client, page)) == 1


def test_a_replaced_file_is_shown_once_its_passport_is_written_again(staff_client, client):
    image, page = shown_by()
    passport = ImagePassport.objects.get()
    (address,) = pictures_on(client, page)
    ImagePassport.objects.update(file_hash="0" * 40)
    assert pictures_on(client, page) == []
    assert client.get(address).status_code == 404
    answer = staff_client("editor").get(address)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    close(answer)
    passport_for(image, basis=passport.basis)
    assert pictures_on(client, page) == [address]


def test_rights_to_pictures_taken_from_a_role_are_gone_after_the_next_migrate():
    group, root = Group.objects.get(name="rola: unit_editor"), Collection.get_first_root_node()
    change = Permission.objects.get(content_type__app_label="wagtailimages", codename="change_image")
    GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=change)
    give_page_rights(group, "unit_editor")
    held = GroupCollectionPermission.objects.filter(group=group).values_list("permission__codename", flat=True)
    assert sorted(held) == ["add_image", "choose_image"]
