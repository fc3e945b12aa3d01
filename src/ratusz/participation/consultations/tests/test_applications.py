"""An application for a consultation: draft, supporters, formal check, decision, appeal, the Council, the register."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from pypdfium2 import PdfDocument
from tests.harness.at_once import at_once

from ratusz.casework.deadlines.actions import tell_of_clocks
from ratusz.casework.deadlines.models import Clock
from ratusz.casework.signatures.factories import make_signature
from ratusz.casework.signatures.models import Signature
from ratusz.casework.signatures.queries import of_subject
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day, polish_until
from ratusz.foundation.notifications.models import OutboxMessage
from ratusz.foundation.people.factories import guard_fields
from ratusz.foundation.territory.factories import DistrictFactory
from ratusz.participation.consultations.applications import actions, links, papers, queries, rules, supporting
from ratusz.participation.consultations.applications.factories import CITY, FACTS, make_application, make_worker, moved_back
from ratusz.participation.consultations.factories import ConsultationFactory
from ratusz.participation.consultations.models import Application, ApplicationState, Consultation
from ratusz.participation.consultations.planned.actions import free_slug

pytestmark = pytest.mark.django_db
WHY = "Skwer jest prywatny: miasto nie może o nim postanowić."


@pytest.fixture
def head(db):
    return make_worker("head")


def guarded(purpose):
    return guard_fields(purpose, database_now())


def _supporters(application, number):
    collection = of_subject(application.key)
    first = make_signature(collection, home="ul. Próbna 0/1")
    rows = []
    for each in range(1, number):
        twin = Signature(**{
            name: getattr(first, name)
            for name in ("collection", "channel", "state", "name", "home", "made_at", "confirmed_at", "contact")
        })  # fmt: skip
        twin.public_id, twin.token_digest, twin.digest, twin.home = uuid.uuid4(), f"t{each:063}", f"d{each:063}", ""
        rows.append(twin)
    Signature.objects.bulk_create(rows)


def _due(application, rule):
    return Clock.objects.get(subject=application.key, rule_code=rule).due_at


def test_the_hundredth_supporter_completes_an_application_and_a_wrong_address_is_one_call(head, monkeypatch):
    application = make_application(submitted=True)
    assert _due(application, rules.CALL) - application.submitted_at < timedelta(days=8)
    _supporters(application, 99)
    monkeypatch.setattr(supporting.signatures, "similar_pairs", lambda collection: [])
    with pytest.raises(rules.ApplicationRefused, match="99 z 100"):
        actions.find_complete(application=application, person=head)
    actions.call_to_complete(application=application, words="Adres osoby do kontaktu nie istnieje.", person=head)
    assert Clock.objects.get(subject=application.key, rule_code=rules.DECISION).paused_at is not None
    assert (_due(application, rules.REPLY) - database_now()).days in (13, 14, 15, 16)
    with pytest.raises(rules.ApplicationRefused):
        actions.call_to_complete(application=application, words="Jeszcze raz.", person=head)
    actions.answer_call(application=application, words="Podaję dobry adres i jeden podpis.")
    with pytest.raises(rules.ApplicationRefused, match="wezwany już raz"):
        actions.call_to_complete(application=application, words="Jeszcze raz.", person=head)
    make_signature(of_subject(application.key), name="Anna Setna", home="ul. Próbna 100/1")
    done = actions.find_complete(application=application, person=head)
    assert done.state == ApplicationState.COMPLETE
    assert Clock.objects.running().get(subject=application.key).rule_code == rules.DECISION
    assert [each.kind for each in done.steps.all()] == ["submitted", "called", "answered", "complete"]


def test_an_accepted_application_is_a_consultation_with_everything_copied(head):
    district = DistrictFactory(number=12, name="Koszutka")
    areas = [{"kind": "district", "name": "Koszutka", "district": district, "shape": None}]
    application = make_application(complete=True, areas=areas, forms=["open_meeting", "survey"])
    done = actions.accept_application(application=application, words="Przyjmuję.", person=head)
    made = done.consultation
    assert (made.title, made.subject, made.purpose, made.target_group) == (
        FACTS["title"], FACTS["subject"], FACTS["reasons"], FACTS["scope_words"],
    )  # fmt: skip
    assert [(each.kind, each.district) for each in made.areas.all()] == [("district", district)]
    assert [each.title for each in made.forms.all()] == ["Spotkanie otwarte", "Ankieta"]
    assert made.announced_at is None and not Clock.objects.running().filter(subject=application.key).exists()
    with pytest.raises(rules.ApplicationRefused):
        actions.accept_application(application=application, words="Przyjmuję.", person=head)
    assert Consultation.objects.count() == 1
    ConsultationFactory(slug=free_slug("Łódź"))
    assert free_slug("Łódź") == "lodz-2" and free_slug("???") == "konsultacje"
    assert (free_slug("Raporty"), free_slug("Plan roczny")) == ("raporty-2", "plan-roczny-2")


def test_a_refusal_opens_fourteen_days_for_an_appeal_that_the_council_hears(head):
    application = make_application(complete=True)
    with pytest.raises(rules.ApplicationRefused, match="co najmniej 40 znaków"):
        actions.refuse_application(application=application, words="Krótko.", person=head)
    actions.refuse_application(application=application, words=WHY, person=head)
    assert timedelta(days=14) <= _due(application, rules.APPEAL) - database_now() < timedelta(days=18)
    with pytest.raises(rules.ApplicationRefused, match="Napisz"):
        actions.file_appeal(application=application, words="  ")
    actions.file_appeal(application=application, words="Uchwała nie była konsultowana.")
    assert _due(application, rules.COUNCIL) is None
    session = (database_now() + timedelta(days=20)).date()
    actions.note_session(application=application, day=session, person=head)
    assert _due(application, rules.COUNCIL).date() >= session
    with pytest.raises(rules.ApplicationRefused, match="Sesja jest"):
        actions.note_council(application=application, is_upheld=True, resolution="LX/1/26", words="", person=head)
    actions.note_session(application=application, day=local_day(database_now()), person=head)
    done = actions.note_council(application=application, is_upheld=True, resolution="LX/1/26", words="", person=head)
    assert done.state == ApplicationState.ACCEPTED and done.consultation.title == application.title
    refusal = OutboxMessage.objects.get(content__subject="Odmowa w sprawie Twojego wniosku")
    assert f"Rady Miasta {polish_until(_due(application, rules.APPEAL))}" in refusal.content.text
    subjects = list(OutboxMessage.objects.order_by("pk").values_list("content__subject", flat=True))
    assert subjects[-4:] == [
        "Mamy Twoje odwołanie", "Sesja, na której Rada rozpatrzy Twoje odwołanie", "Sesja, na której Rada rozpatrzy Twoje odwołanie",
        "Rada Miasta rozpatrzyła Twoje odwołanie",
    ]  # fmt: skip


def test_terms_that_run_out_end_by_themselves(head):
    called, refused = make_application(submitted=True), make_application(complete=True)
    actions.call_to_complete(application=called, words="Brak listy.", person=head)
    actions.refuse_application(application=refused, words=WHY, person=head)
    Clock.objects.filter(rule_code__in=[rules.REPLY, rules.APPEAL]).update(
        due_at=database_now() - timedelta(days=1), tell_at=database_now() - timedelta(days=1)
    )
    for clock in Clock.objects.filter(rule_code__in=[rules.REPLY, rules.APPEAL]):
        actions.close_what_lapsed(subject=clock.subject, rule=clock.rule_code, at=database_now())
    called.refresh_from_db()
    assert called.state == ApplicationState.SUBMITTED
    assert Clock.objects.get(subject=called.key, rule_code=rules.DECISION).paused_at is None
    with pytest.raises(rules.ApplicationRefused):
        actions.file_appeal(application=refused, words="Za późno.")
    assert tell_of_clocks() >= 0


def test_a_letter_opens_the_appeal_on_the_day_it_is_received(head):
    application = make_application(complete=True, email="")
    actions.refuse_application(application=application, words=WHY, person=head)
    assert not Clock.objects.filter(subject=application.key, rule_code=rules.APPEAL).exists()
    with pytest.raises(rules.ApplicationRefused, match="jeszcze przed nami"):
        actions.note_delivery(application=application, day=local_day(database_now()) + timedelta(days=2), person=head)
    actions.note_delivery(application=application, day=local_day(database_now()), person=head)
    assert _due(application, rules.APPEAL) is not None


@pytest.mark.slow
def test_residents_write_collect_submit_and_withdraw_without_an_account(client):
    page = reverse("consultation_applications:apply")
    wrong = client.post(page, guarded("consultations.apply") | {"title": "Park", "scope": "drawn"})
    html = wrong.content.decode()
    assert "Narysuj obszar" in html and 'value="Park"' in html and not Application.objects.exists()
    form = {
        "initiator": "residents", "title": "Park przy Sokolskiej", "subject": "Co ma być w parku.", "reasons": "Bo jest nasz.",
        "scope": "city", "proposed": ["open_meeting"], "contact_name": "Jan Próbny", "email": "wnioskodawca@example.pl",
        "form_key": str(uuid.uuid4()),
    }  # fmt: skip
    assert client.post(page, guarded("consultations.apply") | form).status_code == 302
    assert client.post(page, guarded("consultations.apply") | form).status_code == 302
    application = Application.objects.get()
    assert application.number is None and OutboxMessage.objects.count() == 1
    mine = reverse("consultation_applications:mine", args=[links.token_of(application)])
    assert b"Park przy Sokolskiej" in client.get(mine).content
    client.post(mine, {"deed": "open"})
    application.refresh_from_db()
    assert application.state == ApplicationState.COLLECTING and application.number.startswith("WK/")
    public = client.get(application.get_absolute_url()).content.decode()
    assert "0 z 100" in public and "Jan Próbny" not in public and "example.pl" not in public
    refused = client.post(mine, {"deed": "submit"}).text
    application.refresh_from_db()
    assert "Brakuje 100 podpisów." in refused and "Brakuje podpisów. Zbieraj dalej" in refused
    assert application.state == ApplicationState.COLLECTING, "whoever submits too early reads first what they give up"
    client.post(mine, {"deed": "submit", "short": "on"})
    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED
    for deed in ("change", "answer", "appeal"):
        assert "przed chwilą zmienił stan" in client.post(mine, {"deed": deed, "words": "Uzupełniam."}, follow=True).text
    assert queries.find_receipt(application.number, database_now()).status == "Złożony, czeka na ocenę formalną."
    client.post(mine, {"deed": "withdraw"})
    application.refresh_from_db()
    assert application.state == ApplicationState.WITHDRAWN
    assert not Clock.objects.running().filter(subject=application.key).exists()
    assert client.get(reverse("consultation_applications:mine", args=["nic"])).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_register_is_narrowed_and_taken_away(client, number, django_assert_num_queries):
    for each in range(number):
        make_application(submitted=True, title=f"Plac nr {each}")
    page = reverse("consultation_applications:register")
    client.get(page)
    with django_assert_num_queries(REGISTER_QUERIES):
        html = client.get(page).content.decode()
    assert html.count("Plac nr") >= number
    assert "Żaden wniosek nie pasuje" in client.get(page, {"slowa": "rynek"}).content.decode()
    assert client.get(page, {"stan": "rozpatrywane", "rok": database_now().year}).content.decode().count("Plac nr") >= number
    lines = client.get(reverse("consultation_applications:download", args=["csv"])).content.decode("utf-8-sig").splitlines()
    assert len(lines) == number + 1 and lines[0].startswith("Numer;")
    assert client.get(reverse("consultation_applications:download", args=["xlsx"])).content[:2] == b"PK"


REGISTER_QUERIES = 8


def test_pesel_is_off_until_a_ground_is_recorded(head):
    assert not supporting.terms_now().asks_pesel
    with pytest.raises(rules.ApplicationRefused, match="podstawa"):
        actions.set_support_terms(is_online=True, asks_pesel=True, ground=" ", person=head)
    with pytest.raises(rules.NotYours):
        actions.set_support_terms(is_online=True, asks_pesel=True, ground="§ 4", person=make_worker("editor"))
    actions.set_support_terms(is_online=True, asks_pesel=True, ground="§ 4 uchwały próbnej", person=head)
    thing = supporting.supported(make_application(submitted=True).key)
    assert (thing.is_online_allowed, thing.pesel_ground, thing.needed) == (True, "§ 4 uchwały próbnej", 100)


@pytest.mark.slow
def test_staff_do_everything_on_one_screen(staff_client):
    client = staff_client("head")
    assert client.get(reverse("consultation_applications_register")).status_code == 200
    entered = client.post(reverse("consultation_enter_application"), {
        "channel": "paper", "received_on": database_now().date().isoformat(), "initiator": "district_council", "organisation": "Rada dzielnicy nr 12",
        "title": "Zieleń na skwerze", "subject": "Jakie drzewa.", "reasons": "Skwer wysycha.", "scope": "city", "proposed": ["survey"],
        "contact_name": "Anna Próbna", "form_key": str(uuid.uuid4()),
    })  # fmt: skip
    application = Application.objects.get()
    page = reverse("consultation_application", args=[application.pk])
    assert entered.url == page and application.needed == 0
    assert "Anna Próbna" in client.get(page).content.decode()
    client.post(page, {"deed": "complete"})
    said = client.post(page, {"deed": "refuse", "refuse-words": WHY}, follow=True).content.decode()
    assert "wydrukuj pismo z historii poniżej i wyślij je" in said
    application.refresh_from_db()
    assert application.state == ApplicationState.REFUSED
    step = application.steps.get(kind="refused")
    letter = client.get(reverse("consultation_application_letter", args=[application.pk, step.pk, "pdf"]))
    printed = " ".join(PdfDocument(letter.content)[0].get_textpage().get_text_range().split())
    for words in ("Rada dzielnicy nr 12", "W ciągu 14 dni od otrzymania", "art. 5a ustawy", application.get_absolute_url()):
        assert words in printed, words
    client.post(page, {"deed": "delivered", "delivered-day": database_now().date().isoformat()})
    client.post(page, {"deed": "appeal", "appeal-words": "Skwer jest miejski."})
    client.post(page, {"deed": "council", "council-is_upheld": "0", "council-resolution": "LX/2/26"})
    application.refresh_from_db()
    assert application.state == ApplicationState.DISMISSED
    assert WHY in client.get(application.get_absolute_url()).content.decode()
    assert client.post(reverse("consultation_application_terms"), {"is_online": "on", "ground": "§ 3"}).status_code == 302
    assert "§ 3" in client.get(reverse("consultation_application_terms")).content.decode()


def test_papers_are_made_for_everybody(client):
    assert client.get(reverse("consultation_applications:blank")).content[:5] == b"%PDF-"
    application = make_application(submitted=True)
    assert client.get(reverse("consultation_applications:paper", args=[application.slug])).content[:5] == b"%PDF-"


def test_a_contact_person_is_forgotten_and_the_application_stays():
    application, draft = make_application(submitted=True, email="ktos@example.pl"), make_application(email="ktos@example.pl")
    from ratusz.participation.consultations.applications import privacy

    assert privacy._erase("ktos@example.pl") == 2
    application.refresh_from_db()
    assert (application.contact_name, application.contact, application.title) == ("", None, FACTS["title"])
    assert not Application.objects.filter(pk=draft.pk).exists()
    old = make_application()
    Application.objects.filter(pk=old.pk).update(made_at=database_now() - timedelta(days=31))
    assert actions.forget_drafts() >= 1
    Application.objects.update(state="withdrawn", made_at=database_now() - timedelta(days=1900), erased_at=None)
    assert actions.forget_people() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_one_form_sent_twice_at_the_same_moment_is_one_draft():
    key = uuid.uuid4()

    def send():
        return actions.save_draft(facts=FACTS, areas=[CITY], email="wniosek@example.pl", form_key=key).pk

    assert len(set(at_once(*[send] * 4))) == 1 == Application.objects.count() == OutboxMessage.objects.count()


def test_the_register_says_the_day_of_the_city():
    application = moved_back(make_application(submitted=True), datetime(2026, 6, 30, 22, 30, tzinfo=UTC))
    assert next(papers.rows([application]))[5] == "2026-07-01"
