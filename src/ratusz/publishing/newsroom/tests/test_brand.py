"""Assets of the brand: versions of files, rules for everybody, downloads that run nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.publishing.newsroom import actions
from ratusz.publishing.newsroom.factories import LOGO, make_asset, upload
from ratusz.publishing.newsroom.models import BrandAsset, BrandFile
from ratusz.publishing.website.factories import make_portal
from ratusz.publishing.website.tests.passport_pictures import close, keeper

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def svg(name="znak.svg", data=LOGO):
    return SimpleUploadedFile(name, data)


def test_a_newer_file_takes_the_place_of_the_old_one():
    person = keeper()
    asset = make_asset(person)
    first = actions.add_brand_file(asset=asset, label="Poziomy", upload=svg(), person=person)
    other = actions.add_brand_file(asset=asset, label="Do druku", upload=upload(), person=person)
    second = actions.add_brand_file(asset=asset, label=" Poziomy ", upload=svg(), person=person)
    first.refresh_from_db()
    assert (first.replaced_at is not None, second.version, other.version) == (True, 2, 1)
    assert [each.pk for each in BrandFile.objects.current()] == [other.pk, second.pk]
    with pytest.raises(FileRefused, match="zwykły SVG"):
        actions.add_brand_file(asset=asset, label="Zły", upload=svg(data=LOGO.replace(b"<path", b"<script/><path")), person=person)
    with pytest.raises(PermissionDenied):
        actions.add_brand_file(asset=asset, label="x", upload=svg(), person=keeper("unit_editor"))
    with pytest.raises(IntegrityError), transaction.atomic():
        BrandFile.objects.filter(pk=first.pk).update(replaced_at=None)


def test_what_an_asset_must_have():
    person = keeper()
    for wrong in ({"kind": "colour"}, {"colour": "niebieski"}, {"valid_from": "2026-02-01", "valid_until": "2026-01-01"}):
        with pytest.raises(ValidationError):
            make_asset(person, **wrong)
    asset = make_asset(person)
    changed = actions.save_asset(person=person, asset=asset, use_rules="Tylko Urząd.")
    assert (changed.pk, changed.use_rules) == (asset.pk, "Tylko Urząd.")
    with pytest.raises(PermissionDenied):
        make_asset(keeper("moderator"))
    with pytest.raises(IntegrityError), transaction.atomic():
        BrandAsset.objects.filter(pk=asset.pk).update(kind="colour", colour="")


def test_everybody_downloads_what_is_public_and_in_use(client, django_assert_num_queries):
    make_portal()
    person, today = keeper(), local_day(database_now())
    asset = make_asset(person, needs_consent=True, licence="CC BY-ND 4.0")
    file = actions.add_brand_file(asset=asset, label="Poziomy", upload=svg(), person=person)
    make_asset(person, kind="colour", name="Niebieski", colour="#0b4ea2", colour_notes="C100 M70", order=1)
    hidden = make_asset(person, name="Dawny znak", valid_until=today - timedelta(days=1))
    old = actions.add_brand_file(asset=hidden, label="Dawny", upload=svg(), person=person)
    page = client.get("/znak-miasta/").text
    assert page.index("Niebieski") < page.index("Znak podstawowy")
    for words in ("Zanim użyjesz, poproś miasto o zgodę.", 'fill="#0b4ea2"', "Licencja: CC BY-ND 4.0.", "Poziomy", "(SVG,"):
        assert words in page
    assert "Dawny" not in page
    answer = client.get(f"/znak-miasta/plik/{file.file.public_id}/")
    assert (answer.status_code, answer["Content-Type"], answer["X-Content-Type-Options"]) == (200, "image/svg+xml", "nosniff")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert b"".join(answer.streaming_content) == LOGO
    close(answer)
    assert client.get(f"/znak-miasta/plik/{old.file.public_id}/").status_code == 404
    assert 'href="/znak-miasta/"' in client.get("/").text


def test_the_public_page_costs_the_same_with_one_asset_and_with_three(client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from ratusz.publishing.website.page_cache import page_cache

    make_portal()
    person, counted = keeper(), []
    for numbers in (range(1), range(1, 3)):
        for number in numbers:
            asset = make_asset(person, name=f"Znak {number}")
            actions.add_brand_file(asset=asset, label="Poziomy", upload=svg(), person=person)
        client.get("/znak-miasta/")
        page_cache.clear()
        with CaptureQueriesContext(connection) as caught:
            client.get("/znak-miasta/")
        counted.append(len(caught))
    assert counted[0] == counted[1]


def test_the_pages_of_staff(staff_client):
    client = staff_client("editor")
    assert "Nie ma jeszcze żadnego elementu marki" in client.get("/admin/znak/").text
    typed = {"kind": "logo", "name": "Znak", "use_rules": "Każdy", "order": 100, "is_public": "on"}
    refused = client.post("/admin/znak/nowy/", typed | {"kind": "colour"})
    assert (refused.status_code, 'value="Znak"' in refused.text) == (400, True)
    assert client.post("/admin/znak/nowy/", typed).status_code == 302
    asset = BrandAsset.objects.get()
    bad = client.post(f"/admin/znak/{asset.pk}/plik/", {"label": "Poziomy", "file": svg(data=b"<svg/>")})
    assert (bad.status_code, "zwykły SVG" in bad.text) == (400, True)
    assert "Plik dodany." in client.post(f"/admin/znak/{asset.pk}/plik/", {"label": "Poziomy", "file": svg()}, follow=True).text
    assert "Poziomy (SVG)" in client.get(f"/admin/znak/{asset.pk}/").text
    unit = staff_client("unit_editor")
    page = unit.get("/admin/znak/").text
    assert ("Poziomy" in page, "Dodaj element" in page, "pole ochronne" in page) == (True, False, True)
    assert unit.get(f"/admin/znak/{asset.pk}/", follow=True).redirect_chain[0][0] == "/admin/"
    answer = unit.get(f"/pliki/plik/{asset.files.get().file.public_id}/")
    assert answer.status_code == 200
    close(answer)
