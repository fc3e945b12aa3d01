"""A gate is opened on the page of the submission, by a named role with a reason; it stays open tomorrow and for the page."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.publishing.editing import actions, reading, rules
from ratusz.publishing.editing.checks import findings_on, troubles_of
from ratusz.publishing.editing.factories import appointed, approved, sent
from ratusz.publishing.gates.actions import override_gate
from ratusz.publishing.gates.findings import Gate, Missing
from ratusz.publishing.gates.models import GateOverride
from ratusz.publishing.gates.registries import gates
from ratusz.publishing.website.models import NewsPage

pytestmark = pytest.mark.django_db
WORDS, REASON = "Tytuł jest za krótki.", "Tak nazywa się święto, inaczej się nie da."


def titled():
    def check(text, targets, at):
        if text.title == "Lato":
            yield Missing(WORDS, text.url_of("title"))

    return Gate("Tytuł mówi, o czym jest", check, may_override=("head",))


@pytest.fixture
def shut(portal, monkeypatch):
    made = approved(title="Lato")
    monkeypatch.setitem(gates._entries, "W99", titled())
    return made


def opened(submission):
    return override_gate(
        subject=submission.subject, gate="W99", reason=REASON, person=appointed("head"), reading=reading.read_submission(submission)
    )


@pytest.mark.slow
def test_a_head_opens_it_where_it_is_found(shut, staff_client):
    head, editor = staff_client("head"), staff_client("editor")
    address = f"/admin/zgloszenia/{shut.pk}/"
    page = head.get(address).text
    assert WORDS in page and f'href="{address}tresc/#id_title">Popraw' in page and "Przepuść z powodem" in page
    seen = editor.get(address).text
    assert WORDS in seen and "Przepuść z powodem" not in seen and "Przepuścić może tylko" in seen
    short = head.post(f"{address}przepusc/", {"gate": "W99", "reason": "bo tak"}).text
    assert "bo tak</textarea>" in short and "co najmniej 10" in short and " open><summary>" in short
    assert head.post(f"{address}przepusc/", {"gate": "W99"}).status_code == 200
    refused = editor.post(f"{address}przepusc/", {"gate": "W99", "reason": REASON}).text
    assert "Nie możesz przepuścić" in refused and GateOverride.objects.count() == 0
    unknown = head.post(f"{address}przepusc/", {"gate": "W98", "reason": REASON})
    assert (unknown.status_code, GateOverride.objects.count()) == (200, 0)
    done = head.post(f"{address}przepusc/", {"gate": "W99", "reason": REASON}, follow=True).text
    assert "Tekst przepuszczony." in done and REASON in done
    override = GateOverride.objects.get()
    assert (override.subject, override.gate, override.role, override.findings) == (shut.subject, "W99", "head", [WORDS])
    assert Entry.objects.filter(deed="gates.override_gate").count() == 1
    actions.close(submission=shut, reason="Powtórzone.", person=appointed("head"))
    assert (
        "Ten tekst nie jest już otwarty." in head.post(f"{address}przepusc/", {"gate": "W99", "reason": REASON}, follow=True).text
    )
    assert staff_client("moderator").post(f"{address}przepusc/", {"gate": "W99", "reason": REASON}).status_code == 404


def test_it_stays_open_tomorrow_and_for_the_page(shut, monkeypatch):
    opened(shut)
    monkeypatch.setattr(reading, "database_now", lambda: database_now() + timedelta(days=1))
    assert troubles_of(shut, reading.database_now()) == []
    monkeypatch.undo()
    monkeypatch.setitem(gates._entries, "W99", titled())
    actions.publish(submission=shut, person=appointed("editor"))
    page = NewsPage.objects.get()
    carried = GateOverride.objects.get(subject=f"page:{page.pk}")
    assert (page.live, carried.reason, carried.role, carried.findings) == (True, REASON, "head", [WORDS])
    assert Entry.objects.filter(deed="gates.carry_override").count() == 1


def test_what_the_page_lacks_besides_was_not_let_through(shut, monkeypatch):
    opened(shut)

    def check(text, targets, at):
        yield Missing(WORDS)
        if text.kind == "page":
            yield Missing("I nie ma w nim daty.")

    monkeypatch.setitem(gates._entries, "W99", Gate("Tytuł", check, may_override=("head",)))
    with pytest.raises(rules.NotComplete, match="I nie ma w nim daty."):
        actions.publish(submission=shut, person=appointed("editor"))
    assert (NewsPage.objects.count(), GateOverride.objects.count()) == (0, 1)


def test_what_a_gate_stops_is_not_approved_either(portal, staff_client):
    made = sent(body=[{"type": "paragraph", "value": "<p>Zapisy przyjmuje opiekun, PESEL 44051401359.</p>"}])
    second, words = staff_client("editor"), "Jest tu numer PESEL"
    with pytest.raises(rules.NotComplete, match=words) as refusal:
        actions.approve(submission=made, seen_version=1, person=second.person)
    assert refusal.value.findings[0][1].endswith(f"/admin/zgloszenia/{made.pk}/tresc/#id_text")
    assert words in second.post(f"/admin/zgloszenia/{made.pk}/krok/", {"deed": "approve", "version": "1"}).text
    made.refresh_from_db()
    assert (made.state, made.approved_by) == ("sent", None)


def test_a_text_that_is_too_hard_leads_into_the_text(portal):
    hard = "Przedmiotowa nieruchomość podlega kompleksowemu zagospodarowaniu przestrzennemu. " * 12
    made = sent(body=[{"type": "paragraph", "value": f"<p>{hard}</p>"}])
    found = [each.url for each in findings_on(made, database_now()) if each.gate == "W08"]
    assert found and set(found) == {f"/admin/zgloszenia/{made.pk}/tresc/#id_text"}
