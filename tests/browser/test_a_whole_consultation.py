"""A whole consultation in a browser: plan, warnings, launch, a remark by telephone and one on paper, answers, report."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from ratusz.demo import people, territory
from ratusz.foundation.files.factories import make_pdf
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.people.models import User
from ratusz.foundation.units.models import Unit
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.remarks.models import Intake, Remark
from ratusz.participation.reports.actions import make_version
from ratusz.participation.reports.models import Report, Version
from tests.browser.walking import Walk
from tests.harness.browser import browser

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TREES = "Posadźcie drzewa od południa, bo latem nie ma cienia."
REASONS = "Posadzimy dwanaście lip od strony ulicy. Projekt jest zmieniony, prace zaczną się wiosną."
PLAN = {
    "title": "Skwer Zmyślony", "summary": "Urządzamy skwer. Powiedz, jak ma wyglądać.", "subject": "Zieleń i ławki na skwerze.",
    "purpose": "Skwer jest pusty.", "open_questions": "Drzewa i ławki.", "alternative": "Zostawić trawnik.",
    "decided_by": "Prezydent Miasta", "what_next": "Raport w 30 dni.", "target_group": "wszyscy", "order_number": "0/0009 (zmyślone)",
}  # fmt: skip
PDF = {"name": "plik.pdf", "mimeType": "application/pdf", "buffer": make_pdf()}


def send(page: Any, address: str) -> None:
    """Sends the form that goes to an address."""
    page.click(f"form[action='{address}'] button[type=submit] >> nth=0")


def plan_and_launch(walk: Walk) -> Consultation:
    """The head plans it in one form, reads what is missing, adds a form and a notice, and launches."""
    today = local_day(database_now())
    page = walk.desk("head", reverse("consultations_new"))
    for name, value in PLAN.items():
        page.fill(f"main [name={name}]", value)
    for name, day in (("starts_on", today), ("ends_on", today + timedelta(days=20)), ("ordered_on", today - timedelta(days=20))):
        page.fill(f"main [name={name}]", day.isoformat())
    page.check("main [name=label][value=formal]")
    page.check("main [name=modes][value=art5a]")
    page.select_option("main [name=owner_unit]", str(Unit.objects.get(short_name="KST").pk))
    page.select_option("main [name=owner_person]", str(User.objects.get(email__startswith="unit-editor@").pk))
    page.click("main form[method=post] button[type=submit] >> nth=-1")
    made = Consultation.objects.get(title=PLAN["title"])
    home = reverse("consultations_consultation", args=[made.pk])
    page.goto(walk.url + home)
    words = walk.look(page)
    assert "Dodaj co najmniej jeden sposób" in words or "co najmniej jedna forma" in words or "art. 5a" in words, words
    page.goto(walk.url + reverse("consultations_add_form", args=[made.pk]))
    page.select_option("main [name=kind]", "remarks")
    page.fill("main [name=title]", "Uwagi")
    page.click("main form[method=post] button[type=submit] >> nth=-1")
    page.goto(walk.url + reverse("consultations_add_notice", args=[made.pk]))
    page.select_option("main [name=channel]", "bip")
    page.fill("main [name=published_on]", today.isoformat())
    page.set_input_files("main input[type=file]", PDF)
    page.click("main form[method=post] button[type=submit] >> nth=-1")
    page.goto(walk.url + home)
    walk.look(page)
    send(page, reverse("consultations_launch", args=[made.pk]))
    made.refresh_from_db()
    assert made.announced_at is not None and made.notices.count() == 2
    return made


def speak(walk: Walk, made: Consultation) -> str:
    """A resident on a telephone; gives the address under which they see what becomes of it."""
    page = walk.phone()
    page.goto(walk.url + made.get_absolute_url())
    assert "Skwer Zmyślony" in walk.look(page)
    page.goto(walk.url + reverse("remarks:write", args=[made.slug, made.forms.get().pk]))
    walk.look(page)
    page.fill("main [name=content]", TREES)
    page.click("main form[method=post] button[type=submit] >> nth=-1")
    page.wait_for_url("**/uwagi/moje/**")
    walk.look(page)
    return page.url


def type_paper(walk: Walk, made: Consultation) -> None:
    """A clerk writes down what came on paper."""
    page = walk.desk("desk_officer", reverse("remarks_enter", args=[made.pk]))
    page.select_option("main [name=channel]", "hand")
    page.fill("main [name=content]", "Dajcie ławki z oparciem.")
    page.click("main form[method=post] button[type=submit] >> nth=-1")


def answer(walk: Walk, made: Consultation) -> None:
    """Let out, grouped and sent to the unit by an editor; answered there once for both; approved by the head."""
    remarks, unit = list(made.remarks.order_by("number")), walk.desk("unit_editor")
    page = walk.desk("editor")
    for each in made.intakes.filter(state="registered"):
        page.goto(walk.url + reverse("remarks_intake", args=[each.pk]))
        page.click("main button[name=deed][value=accept]")
    for each in remarks:
        each.refresh_from_db()
        page.goto(walk.url + reverse("remarks_remark", args=[each.pk]))
        if not each.is_public:
            page.click("button[name=deed][value=show]")
    for deed, name, value in (("route", "unit", str(made.owner_unit_id)), ("cluster", "name", "Cień i ławki")):
        page.goto(walk.url + reverse("remarks_register", args=[made.pk]))
        for each in remarks:
            page.check(f"main [name=remark][value='{each.pk}']")
        walk.fill(page.locator(f"main p:has(button[value={deed}]) [name={name}]"), value)
        page.click(f"main button[name=deed][value={deed}]")
    one = reverse("remarks_remark", args=[remarks[0].pk])
    unit.goto(walk.url + one)
    unit.select_option("main [name=verdict]", "accepted")
    unit.fill("main [name=reasons]", REASONS)
    unit.check("main [name=for_group]")
    unit.click("main form[novalidate] button[type=submit] >> nth=-1")
    for each in remarks:
        unit.goto(walk.url + reverse("remarks_remark", args=[each.pk]))
        unit.click("main button[name=deed][value=review]")
        head = walk.desk("head", reverse("remarks_remark", args=[each.pk]))
        head.click("main button[name=deed][value=approve]")


def report(walk: Walk, made: Consultation) -> None:
    """Begun, refused with everything it lacks, mended, signed four times, published."""
    today = local_day(database_now())
    Consultation.objects.filter(pk=made.pk).update(starts_on=today - timedelta(days=21), ends_on=today - timedelta(days=1))
    page = walk.desk("head", reverse("consultations_consultation", args=[made.pk]))
    send(page, reverse("reports_begin", args=[made.pk]))
    written = Report.objects.get(consultation=made)
    home = reverse("reports_report", args=[written.pk])
    page.goto(walk.url + home)
    send(page, reverse("reports_publish", args=[written.pk]))
    refused = walk.look(page)
    assert "Nie ma streszczenia prostym językiem." in refused and "Brak podpisu" in refused and not Version.objects.exists()
    page.goto(walk.url + home)
    page.fill("main [name=in_short]", "Pytaliśmy o skwer. Posadzimy drzewa i postawimy ławki.")
    page.fill("main [name=what_next]", "Prace zaczną się wiosną.")
    send(page, reverse("reports_texts", args=[written.pk]))
    page.click("tr:has-text('0/0009') button[value=remove]")
    page.goto(walk.url + home)
    form = f"form[action='{reverse('reports_add_annex', args=[written.pk])}']"
    page.click(f"details:has({form}) summary")
    page.select_option(f"{form} [name=kind]", "ordinance")
    page.fill(f"{form} [name=title]", "Zarządzenie nr 0/0009 (zmyślone)")
    page.set_input_files(f"{form} input[type=file]", PDF)
    page.click(f"{form} button[type=submit]")
    page.wait_for_load_state()
    for role, step in (
        ("editor", "personal_data"),
        ("unit_editor", "unit"),
        ("head", "department"),
        ("presidents_secretariat", "president"),
    ):
        desk = walk.desk(role, home)
        mine = f"form:has([name=step][value={step}])"
        if step == "president":
            desk.fill(f"{mine} [name=note]", "pismo zmyślone")
        assert desk.locator(mine).count(), desk.inner_text("main")
        desk.click(f"{mine} button[type=submit]")
        desk.wait_for_load_state()
    page.goto(walk.url + home)
    send(page, reverse("reports_publish", args=[written.pk]))
    make_version(version_id=Version.objects.get(report=written).pk)


def test_from_the_plan_to_what_became_of_my_remark(transactional_db, live_server):
    for load in (territory.load, people.load):
        load(lambda words: None)
    with ExitStack() as open_things, browser() as chromium, open_things:
        walk = Walk(chromium, live_server.url, open_things)
        made = plan_and_launch(walk)
        mine = speak(walk, made)
        type_paper(walk, made)
        assert Intake.objects.count() == 2 and Remark.objects.count() == 2
        answer(walk, made)
        report(walk, made)
        assert Version.objects.published().count() == 1
        page = walk.phone()
        page.goto(mine)
        assert REASONS in walk.look(page)
        page.goto(f"{walk.url}{made.get_absolute_url()}raport/")
        assert "Posadzimy drzewa" in walk.look(page)
        assert walk.seen.problems == []
