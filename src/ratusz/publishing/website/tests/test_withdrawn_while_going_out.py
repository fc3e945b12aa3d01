"""A consent withdrawn while a page with the picture goes out: the live page is among the places to settle, whoever was first."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connections, transaction

from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.publishing.website.factories import make_news, make_portal
from ratusz.publishing.website.models import WithdrawalTask
from ratusz.publishing.website.passports import actions
from ratusz.publishing.website.tests.passport_pictures import make_picture, passport_for

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


def test_a_withdrawal_in_the_middle_of_a_publication(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    homes, image = make_portal(), make_picture()
    passport_for(image)
    editor = AppointmentFactory(role_code="editor", unit__is_department=True).person
    page = make_news(homes)
    picture = {"image": {"image": image.pk, "alt_text": "Park", "decorative": False}, "caption": ""}
    page.body = json.dumps([{"type": "picture", "value": picture}])
    revision = page.save_revision()
    published, withdrawn = Event(), Event()

    def publish():
        try:
            with transaction.atomic():
                revision.publish(user=editor, skip_permission_checks=True)
                published.set()
                # The withdrawal looks for places meanwhile; it may have to wait for this transaction before it ends.
                withdrawn.wait(2)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        going_out = pool.submit(publish)
        assert published.wait(30) or going_out.result()
        # Its gate has let it through, and nobody sees it yet.
        actions.withdraw_consent(image=image, reason="Zmiana zdania.", person=editor)
        withdrawn.set()
        going_out.result()
    assert WithdrawalTask.objects.filter(key=f"page:{page.pk}").exists()
