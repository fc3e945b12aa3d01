"""The screens of staff: one form, one page with every text beside its place, what a change will do before it does it."""

import io
import re
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.factories import UnitFactory
from ratusz.publishing.messages import actions
from ratusz.publishing.messages.factories import WATER, let_everything_out, make_message
from ratusz.publishing.messages.models import CorrectionTask, Message
from ratusz.publishing.messages.outlets import Form, Outlet
from ratusz.publishing.messages.topics import topic_lists

pytestmark = pytest.mark.slow

ROW = '<th scope="row" class="title">'


@pytest.fixture
def editor(staff_client):
    return staff_client("editor")


@pytest.fixture
def message(editor, second):
    """Written by the editor, out on the page and on paper, approved by somebody else."""
    made = make_message(editor.person, places=["page", "paper"])
    let_everything_out(made, second)
    return made


def typed(**changes) -> dict:
    facts = {name: value for name, value in WATER.items() if name not in ("starts", "ends", "as_of")}
    moments = {"starts": "2026-11-12T08:00", "ends": "2026-11-12T16:00", "as_of": "2026-11-11T15:30"}
    return facts | moments | changes


@pytest.fixture
def topics(monkeypatch):
    """Two topics in use; a given up one is offered to whoever chose it before."""
    known = {"test": lambda chosen: [(5, "Woda"), (7, "Drogi i objazdy"), *([(9, "Dawne")] if 9 in chosen else [])]}
    monkeypatch.setattr(topic_lists, "_entries", known)


def test_one_form_writes_the_message_with_its_texts(editor, topics):
    unit = UnitFactory()
    given = typed(kind="disruption", owner_unit=unit.pk, urgency="urgent", language="pl", places=["page", "sms"], topic_numbers=[5])
    assert editor.get(reverse("messages_new")).status_code == 200
    answer = editor.post(reverse("messages_new"), given)
    message = Message.objects.get()
    assert (answer.status_code, answer.url) == (302, reverse("messages_message", args=[message.pk]))
    assert (message.topic_numbers, message.urgency, list(message.variants.values_list("outlet", flat=True))) == (
        [5],
        "urgent",
        ["page", "sms"],
    )
    page = editor.get(answer.url).content.decode()
    assert ("Przerwa w dostawie wody: ul. Mikołowska 10–44" in page, "Oddaj do zatwierdzenia" in page) == (True, True)


def test_a_place_that_does_not_take_every_kind_says_which_it_takes(editor, test_outlets):
    test_outlets["acts"] = Outlet("acts", "akty", kinds=("decision",))
    assert "akty (tylko: rozstrzygnięcie)" in editor.get(reverse("messages_new")).text


def test_what_a_person_publishes_elsewhere_is_handed_over_not_sent(editor, message, second, staff_client):
    assert str(message.variants.get(outlet="paper")) == f"{message.reference} – tablica"
    made = make_message(second, places=["page", "paper"])
    actions.approve_all(message=made, person=editor.person)
    page = editor.post(reverse("messages_do", args=[made.pk, "wyslij"]), follow=True).content.decode()
    told = ("Strona: poszło.", "Tablica: przekazane. Ktoś musi to tam opublikować.", "Tablica: poszło.")
    assert [words in page for words in told] == [True, True, False]


def test_topics_are_chosen_among_those_offered_and_can_be_changed_later(editor, topics):
    message = make_message(editor.person, places=["page"], topic_numbers=[9])
    address = reverse("messages_do", args=[message.pk, "tematy"])
    page = editor.get(reverse("messages_message", args=[message.pk])).content.decode()
    assert ("Dawne" in page, "Drogi i objazdy" in page, "Zmień tematy" in page) == (True, True, True)
    page = editor.post(address, {"topic_numbers": ["7", "8", "x"]}, follow=True).content.decode()
    message.refresh_from_db()
    assert (message.topic_numbers, "Tematy są zapisane." in page) == ([7], True)
    page = editor.post(address, {"topic_numbers": ["5", "7"]}, follow=True).content.decode()
    assert "<p>Tematy: Woda, Drogi i objazdy</p>" in page
    page = editor.post(address, {}, follow=True).content.decode()
    assert "Żaden obserwujący temat o nim nie usłyszy." in page
    refused = editor.post(reverse("messages_new"), typed(kind="disruption", topic_numbers=[8]))
    assert refused.status_code == 200 and Message.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": "Brak {gdziee}"}, "Nie ma faktu {gdziee}"),
        ({"ends": "2026-11-12T07:00"}, "Koniec wypada przed początkiem"),
        ({"starts": "2026-03-29T02:30"}, "nie ma takiej godziny"),
        ({"as_of": "wczoraj"}, "Wpisz dzień i godzinę"),
        ({"kind": "event", "starts": "", "ends": ""}, "Wydarzenie musi mieć"),
    ],
)
def test_a_refused_form_keeps_what_was_typed_and_says_what_to_do(editor, changes, words):
    given = (
        typed(kind="information", owner_unit=UnitFactory().pk, urgency="normal", language="pl", place="ul. Zachowana 7") | changes
    )
    page = editor.post(reverse("messages_new"), given).content.decode()
    assert (words in page, "ul. Zachowana 7" in page, Message.objects.count()) == (True, True, 0)


def test_the_list_finds_by_number_words_and_state_with_a_constant_number_of_queries(editor, second):
    url = reverse("messages_list")
    counts = []
    for number in (1, 2):
        for _each in range(number):
            make_message(editor.person, places=["page", "paper"])
        editor.get(url)
        with CaptureQueriesContext(connection) as queries:
            page = editor.get(url).content.decode()
        counts.append(len(queries))
    assert (counts[0] == counts[1], page.count("ul. Mikołowska")) == (True, 3)
    reference = Message.objects.order_by("pk").first().reference
    for query, found in [
        (reference, 1), (reference.removeprefix("K/"), 1), ("Mikołowska", 3), ("nic takiego", 0), ("\x00", 3),
    ]:  # fmt: skip
        assert editor.get(url, {"q": query}).content.decode().count(ROW) == found
    let_everything_out(Message.objects.order_by("pk").first(), second)
    for state, found in [("draft", 2), ("handed", 0), ("out", 1), ("correcting", 0), ("closed", 0), ("nie ma", 3)]:
        assert editor.get(url, {"state": state, "kind": "disruption"}).content.decode().count(ROW) == found


@pytest.mark.slow
def test_the_page_of_a_message_costs_the_same_with_more_places(editor, second, test_outlets):
    test_outlets.update({f"o{number}": Outlet(f"o{number}", f"miejsce {number}", Form.FULL) for number in range(8)})
    counts = []
    for places in (["o1"], [f"o{number}" for number in range(8)]):
        made = make_message(editor.person, places=places)
        let_everything_out(made, second)
        url = reverse("messages_message", args=[made.pk])
        editor.get(url)
        with CaptureQueriesContext(connection) as queries:
            editor.get(url)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_change_shows_first_what_will_follow(editor, message):
    url = reverse("messages_change_facts", args=[message.pk])
    actions.add_variant(message=message, outlet="sms", person=editor.person)
    assert "2026-11-12T16:00" in editor.get(url).content.decode()
    first = editor.post(url, typed(ends="2026-11-12T20:00", version=1, deed="check")).content.decode()
    assert first.count("poprawka do zrobienia") == 2
    assert ("ponowne przeczytanie" in first, "godz. 8.00–20.00" in first, Message.objects.get().facts.number) == (True, True, 1)
    given = typed(ends="2026-11-12T20:00", version=1, deed="save")
    refused = editor.post(url, given).content.decode()
    assert ("Czegoś brakuje" in refused, Message.objects.get().facts.number) == (True, 1)
    words = {"correction-nature": "change", "correction-was_wrong": "Do 16.00", "correction-is_right": "Do 20.00"}
    assert editor.post(url, given | words).status_code == 302
    correction = Message.objects.get().corrections.get()
    assert (correction.nature, correction.was_wrong, CorrectionTask.objects.count()) == ("change", "Do 16.00", 2)


def test_nothing_changed_says_so(editor, message):
    url = reverse("messages_change_facts", args=[message.pk])
    as_sent = {name: value.replace("\n", "\r\n") if isinstance(value, str) else value for name, value in typed(version=1).items()}
    assert editor.post(url, as_sent | {"deed": "check"}).status_code == 302
    assert Message.objects.get().facts.number == 1


def test_a_second_editor_sees_the_first_one_and_loses_nothing(editor, staff_client):
    made = make_message(editor.person, places=["page"])
    url = reverse("messages_change_facts", args=[made.pk])
    actions.change_facts(message=made, person=editor.person, expected=1, facts={"place": "ul. Pierwsza 1"})
    other = staff_client("editor")
    answer = other.post(url, typed(place="ul. Druga 2", version=1, deed="check"))
    page = answer.content.decode()
    assert (answer.status_code, "ul. Pierwsza 1" in page, "ul. Druga 2" in page, 'value="2"' in page) == (409, True, True, True)
    assert other.post(url, typed(place="ul. Druga 2", version=2, deed="save")).status_code == 302
    assert Message.objects.get().facts.place == "ul. Druga 2"


def test_a_text_is_written_previewed_and_not_overwritten(editor, staff_client):
    made = make_message(editor.person, places=["sms"])
    sms = made.variants.get()
    url = reverse("messages_edit_variant", args=[made.pk, sms.pk])
    preview = editor.post(url, {"written": "Bez wody: {gdzie}", "revision": 0, "deed": "preview"}).content.decode()
    assert ("Bez wody: ul. Mikołowska 10–44" in preview, made.variants.get().written) == (True, "")
    assert "Nie ma faktu" in editor.post(url, {"written": "{nic}", "revision": 0}).content.decode()
    assert editor.post(url, {"written": "Bez wody: {gdzie}", "revision": 0}).status_code == 302
    other = staff_client("editor").post(url, {"written": "Mój tekst", "revision": 0})
    page = other.content.decode()
    assert (other.status_code, "Bez wody: {gdzie}" in page, "Mój tekst" in page) == (409, True, True)


@pytest.mark.slow
def test_each_deed_has_its_button_and_a_refusal_its_words(editor, staff_client):
    made = make_message(editor.person, places=["page", "paper"])
    page = made.variants.get(outlet="page")

    def do(client, deed, **given):
        return client.post(reverse("messages_do", args=[made.pk, deed]), given, follow=True).content.decode()

    def text(client, deed, **given):
        return client.post(reverse("messages_do_variant", args=[made.pk, page.pk, deed]), given, follow=True).content.decode()

    assert "Oddane." in do(editor, "oddaj")
    assert "musi go zatwierdzić ktoś inny" in text(editor, "zatwierdz", version=1)
    second = staff_client("press_officer")
    assert "Zatwierdzone." in text(second, "zatwierdz", version=1)
    assert 'name="which"' not in second.get(reverse("messages_message", args=[made.pk])).text
    assert "Wyjdzie samo" in text(second, "kiedy", scheduled_at="2027-10-31T03:30", which="nonsense")
    assert "wybrana została pierwsza" not in text(second, "odwolaj")
    question = text(second, "kiedy", scheduled_at="2027-10-31T02:30")
    assert "Wybierz pierwszą albo drugą" in question and 'name="which"' in question and 'value="2027-10-31T02:30"' in question
    assert "wybrana została pierwsza" in text(second, "kiedy", scheduled_at="2027-10-31T02:30", which="0")
    text(second, "odwolaj")
    assert "wybrana została druga" in text(second, "kiedy", scheduled_at="2027-10-31T02:30", which="1")
    assert Message.objects.get().variants.get(outlet="page").scheduled_at.isoformat() == "2027-10-31T01:30:00+00:00"
    text(second, "odwolaj")
    assert "Wpisz dzień i godzinę" in text(second, "kiedy", scheduled_at="jutro")
    assert "poszło" in text(second, "wyslij")
    assert "Zatwierdzone teksty: 1" in do(second, "zatwierdz", version=1)
    do(second, "wyslij")
    assert "Miejsce jest dodane" in do(editor, "dodaj", outlet="sms")
    assert "nie może tam trafić" in do(editor, "dodaj", outlet="x")
    assert "Napisz, dlaczego" in do(second, "wycofaj", because="")
    assert "Komunikat jest wycofany" in do(second, "wycofaj", because="Próba.")
    for deed, place in (("nic", []), ("nic", [page.pk])):
        name = "messages_do_variant" if place else "messages_do"
        assert second.post(reverse(name, args=[made.pk, *place, deed])).status_code == 404
    assert Entry.objects.filter(deed="messages.withdraw_message").count() == 1


@pytest.mark.slow
def test_proof_poster_correction_and_task_on_the_page(editor, second, staff_client, message):
    paper = message.variants.get(outlet="paper")

    def place(deed, **given):
        return editor.post(reverse("messages_do_variant", args=[message.pk, paper.pk, deed]), given)

    now = f"{database_now():%Y-%m-%dT00:00}"
    assert place("plakat", place="Rynek 1", hung_by="gospodarz", hung_at=now).status_code == 302
    refused = place("plakat", place="", hung_by="gospodarz zachowany", hung_at=now)
    assert (refused.status_code, "gospodarz zachowany" in refused.content.decode()) == (422, True)
    assert place("dowod", url="nie adres", published_by="BIP", published_at=now).status_code == 422
    assert place("dowod", url="", published_by="", published_at=now).status_code == 422
    assert place("dowod", url="https://bip.example/1", published_by="BIP", published_at=now).status_code == 302
    words = {"was_wrong": "a", "is_right": "b"}
    actions.change_facts(message=message, person=editor.person, expected=1, facts={"contact": "tel. 112"}, correction=words)
    correction, other = message.corrections.get(), staff_client("editor")
    publish = reverse("messages_publish_correction", args=[message.pk, correction.pk])
    assert "ktoś inny" in editor.post(publish, follow=True).content.decode()
    assert "Poprawka jest opublikowana" in other.post(publish, follow=True).content.decode()
    task = CorrectionTask.objects.get(variant=paper)
    settle = reverse("messages_settle_task", args=[message.pk, task.pk])
    assert "Stare plakaty" in editor.post(settle, {"deed": "done"}, follow=True).content.decode()
    hanging = paper.hangings.get()
    assert (
        "plakat jest zdjęty"
        in editor.post(reverse("messages_take_down", args=[message.pk, hanging.pk]), follow=True).content.decode()
    )
    assert "Zadanie jest załatwione" in editor.post(settle, {"deed": "done"}, follow=True).content.decode()
    page_task = CorrectionTask.objects.get(variant__outlet="page")
    assert (
        "Poprawka poszła"
        in other.post(
            reverse("messages_settle_task", args=[message.pk, page_task.pk]), {"deed": "send"}, follow=True
        ).content.decode()
    )
    assert editor.get(reverse("messages_list"), {"state": "correcting"}).content.decode().count(ROW) == 0


def test_who_may_not_write_sees_no_buttons_and_is_refused(staff_client, message):
    moderator = staff_client("moderator")
    page = moderator.get(reverse("messages_message", args=[message.pk])).content.decode()
    assert ("Zmień fakty" in page, "Wycofaj" in page) == (False, False)
    for name in ("messages_change_facts", "messages_picture"):
        assert moderator.get(reverse(name, args=[message.pk])).status_code == 302
    assert moderator.get(reverse("messages_new")).status_code == 302
    assert moderator.post(reverse("messages_do", args=[message.pk, "wycofaj"]), {"because": "x"}).status_code == 302
    assert Message.objects.get().withdrawn_at is None


@pytest.mark.parametrize(
    ("outlet", "code", "names"),
    [
        ("cms", "package", ["fakty.json", "komunikat.html", "tekst.txt"]),
        ("bip", "bip", ["komunikat.html", "komunikat.pdf", "metryczka.json", "metryczka.txt"]),
    ],
)
def test_packages_hold_what_another_site_needs(editor, second, test_outlets, outlet, code, names):
    test_outlets[outlet] = Outlet(outlet, outlet, Form.FULL, is_by_hand=True, downloads=((code, "paczka"),))
    made = make_message(editor.person, kind="information", places=[outlet])
    variant = made.variants.get()
    url = reverse("messages_file", args=[made.pk, variant.pk, code])
    assert editor.get(url).status_code == 404
    let_everything_out(made, second)
    answer = editor.get(url)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert sorted(archive.namelist()) == names
        page = archive.read("komunikat.html").decode()
        record = archive.read(names[2]).decode() if code == "bip" else archive.read("fakty.json").decode()
    assert ("<h1>Przerwa w dostawie wody: ul. Mikołowska 10–44</h1>" in page, "Dziennik" in page) == (True, False)
    assert (
        ("Kto wytworzył" in record)
        if code == "bip"
        else ('"state_as_of": "2026-11-11T14:30:00+00:00"' in record or "2026-11-11" in record)
    )
    assert editor.get(reverse("messages_file", args=[made.pk, variant.pk, "a4"])).status_code == 404


@pytest.mark.parametrize("paper", ["a4", "a3"])
def test_a_poster_is_an_accessible_pdf_of_its_size(editor, second, test_outlets, paper):
    import pikepdf

    test_outlets["poster"] = Outlet("poster", "plakat", Form.SIGN, is_by_hand=True, hangs=True, downloads=((paper, paper),))
    made = make_message(editor.person, places=["poster"], urgency="urgent")
    let_everything_out(made, second)
    answer = editor.get(reverse("messages_file", args=[made.pk, made.variants.get().pk, paper]))
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert (len(pdf.pages), bool(pdf.Root.MarkInfo.Marked), str(pdf.Root.Lang)) == (1, True, "pl")
        assert round(float(pdf.pages[0].MediaBox[3])) == {"a4": 842, "a3": 1191}[paper]
        assert pdf.open_metadata()["pdfuaid:part"] == "1"


def test_what_a_gate_finds_stands_beside_the_text_and_can_be_let_through_with_a_reason(editor, staff_client):
    made = make_message(editor.person, places=["page"], ends=None)
    page = made.variants.get()
    head = staff_client("head")
    url = reverse("messages_message", args=[made.pk])
    assert ("do kiedy to obowiązuje" in head.get(url).content.decode(), "Zatrzymuje:" in head.get(url).content.decode()) == (
        True,
        True,
    )
    approve = reverse("messages_do_variant", args=[made.pk, page.pk, "zatwierdz"])
    head.post(approve, {"version": 1})
    page.refresh_from_db()
    assert page.state == "derived"
    through = reverse("messages_do_variant", args=[made.pk, page.pk, "przepusc"])
    assert "Nie ma takiej bramki" in head.post(through, {"gate": "x"}, follow=True).content.decode()
    head.post(through, {"gate": "W11", "reason": "x"})
    assert "Zatrzymuje:" in head.get(url).content.decode()
    head.post(through, {"gate": "W11", "reason": "Nikt nie wie jeszcze, kiedy skończy się naprawa."})
    assert "Przepuszczone:" in head.get(url).content.decode()
    head.post(approve, {"version": 1})
    page.refresh_from_db()
    assert page.state == "approved"


def test_a_picture_is_given_with_its_words_and_refused_without_them(editor, tmp_path, monkeypatch):
    from django.core.files.storage import storages
    from django.core.files.uploadedfile import SimpleUploadedFile

    from ratusz.foundation.files.factories import make_image

    monkeypatch.setattr(storages["private"], "_location", str(tmp_path))
    for name in ("base_location", "location"):
        storages["private"].__dict__.pop(name, None)
    made = make_message(editor.person, places=["page"])
    url = reverse("messages_picture", args=[made.pk])
    given = {"alt": "Beczkowóz", "author": "Fot. próbna", "licence": "umowa"}
    refused = editor.post(url, given | {"file": SimpleUploadedFile("x.jpg", b"nic")})
    assert ("Beczkowóz" in refused.content.decode(), hasattr(made, "picture")) == (True, False)
    assert editor.post(url, given | {"file": SimpleUploadedFile("x.jpg", make_image())}).status_code == 302
    assert Message.objects.get().picture.alt == "Beczkowóz"
    assert "Beczkowóz" in editor.get(url).content.decode()
    for name in ("base_location", "location"):
        storages["private"].__dict__.pop(name, None)


def test_no_two_places_of_a_message_share_an_id(editor, staff_client):
    made = make_message(editor.person, places=["page", "paper", "sms"])
    second = staff_client("press_officer")
    second.post(reverse("messages_do", args=[made.pk, "oddaj"]))
    second.post(reverse("messages_do", args=[made.pk, "zatwierdz"]), {"version": 1})
    page = editor.get(reverse("messages_message", args=[made.pk])).text
    ids = re.findall(r'\sid="([^"]+)"', page[page.index("<main") :])
    assert sorted(each for each in set(ids) if ids.count(each) > 1) == []
    assert sum(each.endswith("_scheduled_at") for each in ids) > 1
    labels = re.findall(r'<label[^>]* for="([^"]+)"', page[page.index("<main") :])
    assert set(labels) <= set(ids)
