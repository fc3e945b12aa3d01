"""A member of staff without a desk scans the code, signs in and confirms; the superior enters the sheet of the others."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from django.core.files.storage import storages

from ratusz.foundation.files.factories import make_pdf
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.units.actions import sync_access
from ratusz.foundation.units.factories import AppointmentFactory, UnitFactory
from ratusz.publishing.intranet.factories import make_notice
from ratusz.publishing.intranet.models import Acknowledgement, NoticeTarget
from tests.harness.browser import Seen, axe_problems, browser, refused_by_policy, watched_page
from tests.harness.signing_in import sign_in_staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "trzy słowa bez związku"


@pytest.fixture
def crew(tmp_path, monkeypatch):
    monkeypatch.setattr(storages["private"], "_location", str(tmp_path))
    for name in ("base_location", "location"):
        storages["private"].__dict__.pop(name, None)
    unit = UnitFactory(name="Brygada Zieleni")
    people = {}
    for name, code in (("Ola", "employee"), ("Jan", "employee"), ("Hanna", "head")):
        made = AppointmentFactory(role_code=code, unit=unit, person__first_name=name, person__last_name="Próbna")
        sync_access(person=made.person, at=made.starts)
        made.person.refresh_from_db()
        made.person.set_password(PASSWORD)
        made.person.save()
        people[name] = made.person
    term = database_now() + timedelta(days=5)
    notice = make_notice(title="Zasady przy kosiarkach", is_required=True, due_at=term, targets=[NoticeTarget(unit=unit)])
    yield unit, people, notice
    for name in ("base_location", "location"):
        storages["private"].__dict__.pop(name, None)


def test_scan_sign_in_confirm_and_the_sheet_of_the_others(crew, live_server, client, tmp_path):
    unit, people, notice = crew
    seen, host = Seen(), live_server.url.partition("://")[2]
    scanned = f"{live_server.url}/intranet/ogloszenia/{notice.pk}/"
    with browser() as chromium:
        # Without scripts and on a telephone, as whoever scans a sheet in the yard.
        with watched_page(chromium, seen, width=390, host=host, java_script_enabled=False) as page:
            page.goto(scanned)
            page.fill("input[name=login]", people["Ola"].email)
            page.fill("input[name=password]", PASSWORD)
            page.click("form button[type=submit]:has-text('Zaloguj')")
            assert page.url == scanned
            page.click("text=Znam treść tego ogłoszenia")
            assert "potwierdzenie jest zapisane" in page.inner_text("main, .before-main")
        with watched_page(chromium, seen, width=390, host=host) as page:
            _cookies(page, client, people["Ola"], live_server.url)
            for address in (
                "/intranet/",
                f"/intranet/ogloszenia/{notice.pk}/",
                "/intranet/katalog/",
                f"/intranet/katalog/{unit.pk}/",
            ):
                page.goto(live_server.url + address)
                assert axe_problems(page) + refused_by_policy(page) == [], address
                assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), address
        with watched_page(chromium, seen, width=1440, host=host) as page:
            _cookies(page, client, people["Hanna"], live_server.url)
            page.goto(f"{live_server.url}/admin/intranet/{notice.pk}/raport/")
            page.click("a:has-text('Wpisz, kto podpisał')")
            page.check("label:has-text('Jan Próbna') input")
            # Typed without opening the calendar, which would lie over the button.
            page.eval_on_selector("input[name=signed_on]", f"field => field.value = '{local_day(database_now()):%Y-%m-%d}'")
            (tmp_path / "arkusz.pdf").write_bytes(io.BytesIO(make_pdf()).getvalue())
            page.set_input_files("input[name=photo]", tmp_path / "arkusz.pdf")
            page.click("button.button:text-is('Wpisz')")
            page.wait_for_url(re.compile("raport"))
            assert "Jan Próbna" not in page.inner_text("table.listing")
    assert seen.problems == []
    assert set(Acknowledgement.objects.values_list("person__first_name", "way")) == {("Ola", "screen"), ("Jan", "sheet")}


def _cookies(page, client, person, url) -> None:
    sign_in_staff(client, person)
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}])
