"""On a phone the report by unit cuts off neither a column nor a button."""

import pytest
from playwright.sync_api import sync_playwright

from ratusz.publishing.intranet.factories import FAR, UnitFactory, make_notice, make_staff

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RIGHT_EDGES = "[...document.querySelectorAll('.intranet-report td, .intranet-report a')].map(e => e.getBoundingClientRect().right)"


def test_every_cell_and_button_is_inside_the_screen(live_server, staff_client):
    unit = UnitFactory(name="Brygada Zieleni Miejskiej")
    client = staff_client("head", unit=unit)
    make_staff(unit, first_name="Jan", last_name="Ćwiek-Długonazwiskowy")
    notice = make_notice(is_required=True, due_at=FAR)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 390, "height": 900})
        context.add_cookies([{"name": name, "value": each.value, "url": live_server.url} for name, each in client.cookies.items()])
        page = context.new_page()
        page.goto(f"{live_server.url}/admin/intranet/{notice.pk}/raport/")
        edges = page.evaluate(RIGHT_EDGES)
        browser.close()
    assert len(edges) >= 6 and max(edges) <= 390
