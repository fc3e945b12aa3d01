"""Staff see what waits for the scanner and may have it scanned now."""

import io

import pytest
from tests.harness.signing_in import sign_in_staff

from ratusz.foundation.files import actions
from ratusz.foundation.files.adapters.fake import BrokenScanner, FakeScanner
from ratusz.foundation.files.factories import make_image
from ratusz.foundation.files.models import StoredFile

pytestmark = pytest.mark.django_db
FAKES = FakeScanner.__module__


def test_the_quarantine_is_scanned_by_a_button(client, settings):
    sign_in_staff(client)
    settings.RATUSZ_SCANNER = f"{FAKES}.{BrokenScanner.__name__}"
    for _ in range(3):
        actions.accept_upload(upload=io.BytesIO(make_image()), name="a.jpg", purpose="test.letter")
    assert client.get("/admin/quarantine/").text.count("jpeg #") == 3
    answer = client.post("/admin/quarantine/", follow=True)
    assert "Program antywirusowy nie odpowiada." in answer.text
    settings.RATUSZ_SCANNER = f"{FAKES}.{FakeScanner.__name__}"
    answer = client.post("/admin/quarantine/", follow=True)
    assert "Sprawdzono 3 pliki." in answer.text
    assert StoredFile.objects.usable().count() == 3
