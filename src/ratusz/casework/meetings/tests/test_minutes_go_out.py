"""Approved minutes go out letter by letter, made of marked fields alone; older versions stay; nothing planted inside comes out."""

from __future__ import annotations

import hashlib
import io
import json
import re

import docx
import pytest

from ratusz.casework.deadlines.models import Clock
from ratusz.casework.documents.models import Case
from ratusz.casework.documents.pdf import pdf_of
from ratusz.casework.meetings import actions, found_minutes, queries_minutes, rules
from ratusz.casework.meetings.factories import at_moment, make_meeting
from ratusz.casework.meetings.factories_minutes import make_minute_taker, make_minutes, target_of_decisions, write_block
from ratusz.casework.meetings.minutes.checking import NotReady, public_content
from ratusz.casework.meetings.minutes.rendition import canonical, masked, public_of
from ratusz.casework.meetings.models import MeetingRequest, MinutesPublication, Voice
from ratusz.casework.meetings.wording import path_of as path_of_meeting
from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.factories import UnitFactory

pytestmark = pytest.mark.django_db
NAME, PHONE, NOTE, PESEL = "Zdzisław Kanarkowski", "600 700 800", "notatka kanarek", "44051401359"


def full_minutes(person, **facts):
    """Minutes with something planted in every field that is not for everybody."""
    minutes = make_minutes(person=person, **facts)
    meeting, now = minutes.meeting, database_now()
    Voice.objects.create(
        meeting=meeting, number=1, who=f"{NAME}, mieszkaniec, Ligota", question="Kiedy remont ulicy?", answer="W maju.",
        answered_by="naczelnik", outcome="none", outcome_reason=f"{NOTE} {PHONE}", triaged_at=now, written_at=now,
    )  # fmt: skip
    MeetingRequest.objects.create(
        meeting=meeting, number="W/2026/0001", code="kod1", subject="Ławka przy stawie", text=f"{NAME} {PHONE} prosi", name=NAME,
        outcome="application", triaged_at=now, filed_at=now,
    )  # fmt: skip
    MeetingRequest.objects.create(
        meeting=meeting, number="W/2026/0002", code="kod2", subject=f"Skarga na {NAME}", text="tekst", is_complaint=True,
        outcome="complaint", triaged_at=now, filed_at=now,
    )  # fmt: skip
    write_block(minutes, "presence", person, officials="Ewa Prezydencka, Prezydent", people=f"{NAME}, tel. {PHONE}")
    write_block(minutes, "notes", person, text=f"{NOTE} {NAME} {PHONE} {PESEL}")
    write_block(minutes, "decision", person, text=f"{NOTE}: zadzwonić do {NAME}", public_text="Wyremontujemy ulicę.")
    write_block(minutes, "decision", person, text=f"{NOTE} tajne", is_public=False, not_public_reason="internal")
    write_block(minutes, "attachment", person, description=f"{NOTE} skan", is_public=False)
    write_block(minutes, "poll", person, question="Czy chcecie ławkę?", votes_for="12", votes_against="3")
    return minutes


def published(minutes, person, **facts):
    with target_of_decisions():
        version = actions.approve_minutes(minutes=minutes, person=person)
    actions.publish_minutes(minutes=minutes, person=person, **facts)
    minutes.refresh_from_db()
    return version


def words_of_docx(content):
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([each.text for each in document.paragraphs] + cells)


@pytest.fixture
def typeset(monkeypatch):
    """What was given to the typesetter of PDFs, as JSON."""
    given = []

    def keep(template, content):
        given.append(json.dumps(content, ensure_ascii=False))
        return pdf_of(template, content)

    monkeypatch.setattr("ratusz.casework.documents.typeset.pdf_of", keep)
    return given


def test_nothing_planted_inside_comes_out_in_page_pdf_docx_data_search_or_mail(client, typeset):
    """M9. The letter to reviewers holds no word of the minutes but the title of the meeting."""
    person = make_minute_taker()
    minutes = full_minutes(person)
    version = published(minutes, person)
    address = f"/protokoly/{minutes.number.replace('/', '-').lower()}/"
    (text,) = typeset
    word = words_of_docx(client.get(f"{address}wersja/1/protokol.docx").content)
    entry = found_minutes.search_entry(minutes.key)
    outs = [
        client.get(address).text,
        text,
        word,
        client.get(f"{address}wersja/1/tekst.json").text,
        entry.body,
        entry.title,
        entry.summary,
    ]
    for out in outs:
        for planted in (NAME, "Kanarkowski", PHONE, PHONE.replace(" ", ""), NOTE, PESEL, "tajne", "Skarga"):
            assert planted not in out.replace("\xa0", " ")
    for out in outs[:3]:
        assert "Wyremontujemy ulicę" in out.replace("\xa0", " ") and "mieszkaniec, Ligota" in out.replace("\xa0", " ")
    assert version.public_sha256[:12] in text and version.public_sha256[:12] in word
    assert NAME in version.canonical and NOTE in version.canonical


def test_what_is_published_is_byte_equal_to_what_was_approved_and_can_be_checked(client):
    person = make_minute_taker()
    minutes = full_minutes(person)
    version = published(minutes, person)
    address = f"/protokoly/{minutes.number.replace('/', '-').lower()}/"
    data = client.get(f"{address}wersja/1/tekst.json").content
    assert data == version.public_canonical.encode()
    assert hashlib.sha256(data).hexdigest() == version.public_sha256
    assert canonical(public_of(json.loads(version.canonical))) == version.public_canonical
    assert client.get(f"{address}wersja/1/protokol.pdf").content == bytes(version.publication.pdf)
    assert client.get(address.upper().replace("/PROTOKOLY", "/protokoly")).status_code in (302, 404)
    assert client.get("/protokoly/p-2026-9999/").status_code == 404


@pytest.mark.slow
def test_a_change_after_publication_is_a_new_version_and_the_old_one_stays(client):
    """M8, second half."""
    person = make_minute_taker()
    minutes = make_minutes(person=person)
    write_block(minutes, "text", person, text="Zebranie odbyło się w szkole.")
    published(minutes, person)
    address = f"/protokoly/{minutes.number.replace('/', '-').lower()}/"
    with pytest.raises(rules.Refused):
        actions.reopen_minutes(minutes=minutes, what_changes=" ", person=person)
    actions.reopen_minutes(minutes=minutes, what_changes="Poprawiono nazwę miejsca.", person=person)
    with pytest.raises(rules.Refused):
        actions.reopen_minutes(minutes=minutes, what_changes="Jeszcze raz", person=person)
    assert "w szkole" in client.get(address).text
    block = minutes.blocks.get(kind="text")
    change = actions.Change(block.key, block.revision, {"text": "Zebranie odbyło się w bibliotece."})
    actions.save_minutes(minutes=minutes, changes=[change], person=person)
    number = minutes.number
    published(minutes, person)
    newest, old = client.get(address).text, client.get(f"{address}wersja/1/").text
    assert minutes.number == number and "w bibliotece" in newest and "Poprawiono nazwę miejsca." in newest
    assert "w szkole" in old and "starsza wersja" in old and "noindex" in old
    assert [version.number for version in queries_minutes.published_versions(number)] == [2, 1]


def test_personal_data_in_public_words_stop_publication_and_only_doubts_are_let_through():
    person = make_minute_taker()
    minutes = make_minutes(person=person)
    write_block(minutes, "text", person, text="Pani Anna Nowakowska mówiła długo. Ulica Jana Kochanowskiego jest wąska.")
    actions.approve_minutes(minutes=minutes, person=person)
    with pytest.raises(NotReady) as refused:
        actions.publish_minutes(minutes=minutes, person=person)
    assert ["Anna Nowakowska" in words and "Kochanowskiego" not in words for words in refused.value.missing] == [True]
    actions.publish_minutes(minutes=minutes, person=person, let_through="Radna, mówiła jako radna.")
    assert Entry.objects.filter(deed="meetings.publish_minutes").count() == 1
    other = make_minutes(make_meeting(in_days=-2), person=person)
    write_block(other, "text", person, text=f"PESEL {PESEL}")
    actions.approve_minutes(minutes=other, person=person)
    with pytest.raises(NotReady):
        actions.publish_minutes(minutes=other, person=person, let_through="Bo tak")


def test_minutes_kept_inside_and_unapproved_ones_are_not_published(client):
    person = make_minute_taker()
    minutes = make_minutes(person=person)
    with pytest.raises(rules.Refused):
        actions.publish_minutes(minutes=minutes, person=person)
    actions.decide_publicity(minutes=minutes, is_public=False, reason="Spotkanie zamknięte.", person=person)
    actions.approve_minutes(minutes=minutes, person=person)
    with pytest.raises(rules.Refused):
        actions.publish_minutes(minutes=minutes, person=person)
    assert not MinutesPublication.objects.exists()
    assert client.get(f"/protokoly/{minutes.number.replace('/', '-').lower()}/").status_code == 404


def test_the_clock_starts_with_the_end_of_the_meeting_and_stops_with_publication():
    person = make_minute_taker()
    meeting = make_meeting(in_days=-3)
    make_meeting("moderators", in_days=-3)
    make_meeting(in_days=3)
    assert (actions.start_minutes_clocks(), actions.start_minutes_clocks()) == (1, 0)
    clock = Clock.objects.get(subject=meeting.key)
    assert (clock.due_at - meeting.ends_at).days == 14
    standing = queries_minutes.standing_of(meeting, at_moment(meeting, days=14))
    assert standing is not None and not standing.is_late and standing.due
    # A meeting that ends after midnight has a day more.
    late = queries_minutes.standing_of(meeting, at_moment(meeting, days=16))
    assert late is not None and late.is_late
    assert queries_minutes.standing_of(meeting, meeting.starts_at) is None
    minutes = make_minutes(meeting, person=person)
    published(minutes, person)
    clock.refresh_from_db()
    assert clock.stop_event == "published"
    done = queries_minutes.standing_of(meeting, at_moment(meeting, days=15))
    assert done is not None and (done.number, done.is_late) == (minutes.number, False)


def test_the_case_of_the_meeting_holds_the_whole_text_and_the_published_file():
    person = make_minute_taker()
    minutes = full_minutes(person)
    published(minutes, person)
    papers = list(found_minutes.papers(minutes.meeting))
    assert [(paper.is_public, paper.content[:5]) for paper in papers] == [(False, b"%PDF-"), (True, b"%PDF-")]
    assert list(found_minutes.papers(make_meeting())) == [] and not Case.objects.exists()


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 3])
def test_the_list_and_the_page_ask_the_same_number_of_questions(client, count, django_assert_num_queries):
    person = make_minute_taker()
    for number in range(count):
        minutes = make_minutes(make_meeting(in_days=-2 - number), person=person)
        published(minutes, person)
    client.get("/protokoly/")
    with django_assert_num_queries(LIST):
        client.get("/protokoly/?strona=1")


LIST = 4


def test_of_a_person_only_role_and_district_go_out_and_of_an_official_the_name():
    assert masked({"name": "Jan Nowak", "role": "mieszkaniec, Ligota"}) == "mieszkaniec, Ligota"
    assert masked({"name": "Jan Nowak", "role": "naczelnik", "is_official": True}) == "Jan Nowak, naczelnik"
    assert masked("Jan Nowak") == ""
    assert public_of({"blocks": [{"kind": "nieznany", "text": "kanarek"}]}) == {"blocks": []}


def test_a_unit_and_a_day_of_a_decision_are_words_for_everybody():
    person, unit = make_minute_taker(), UnitFactory(name="Wydział Dróg")
    minutes = make_minutes(person=person)
    write_block(
        minutes, "decision", person, text="Zrobić", public_text="Zrobimy.", unit=unit.pk, helpers=[unit.pk], due_on="2027-06-30"
    )
    block = public_content(published(minutes, person))["blocks"][1]
    assert (block["public_text"], block["due_on"]) == ("Zrobimy.", "30 czerwca 2027 r.")
    assert "Wydział Dróg" in block["unit_name"] and "unit" not in block and "text" not in block


def test_the_page_of_the_meeting_says_by_when_past_its_day_or_where(client, staff_client):
    person = make_minute_taker()
    coming, late = make_meeting(in_days=-3, title="Ligota"), make_meeting(in_days=-16, title="Załęże")
    page = lambda meeting: client.get(path_of_meeting(meeting)).text  # noqa: E731
    assert "Będzie tu do" in page(coming) and "Protokół po terminie" not in page(coming)
    assert "Protokół po terminie" in page(late), re.findall(r'id="protokol".*?</section>', page(late), re.DOTALL)
    minutes = make_minutes(late, person=person)
    published(minutes, person)
    assert f"Przeczytaj protokół {minutes.number}" in page(late) and "po terminie" not in page(late)


def test_blocks_stand_where_their_kind_belongs():
    person = make_minute_taker()
    minutes = make_minutes(person=person)
    for kind in ("decision", "presentation", "poll"):
        write_block(minutes, kind, person)
    kinds = [block.kind for block in minutes.blocks.standing()]
    assert kinds == [
        "heading",
        "presence",
        "open_decisions",
        "agenda",
        "presentation",
        "voices",
        "requests",
        "decision",
        "poll",
        "next_meeting",
    ]


def test_minutes_taken_back_into_the_office_are_nowhere_in_public(client):
    """Somebody's data slipped out: the next version is kept inside, and so is from that moment what was out."""
    person = make_minute_taker()
    minutes = make_minutes(person=person)
    published(minutes, person)
    address = f"/protokoly/{minutes.number.replace('/', '-').lower()}/"
    actions.reopen_minutes(minutes=minutes, what_changes="Usunięto dane osoby.", person=person)
    assert client.get(address).status_code == 200
    actions.decide_publicity(minutes=minutes, is_public=False, reason="Dane osoby.", person=person)
    ways = ("", "wersja/1/", "wersja/1/protokol.pdf", "wersja/1/protokol.docx", "wersja/1/tekst.json")
    assert [client.get(address + way).status_code for way in ways] == [404] * 5
    assert minutes.number not in client.get("/protokoly/").text
    assert found_minutes.search_entry(minutes.key) is None


def test_minutes_shown_again_are_awaited_by_the_same_day():
    person = make_minute_taker()
    minutes = make_minutes(person=person)
    actions.start_minutes_clocks()
    due = Clock.objects.running().of(minutes.meeting.key).get().due_at
    for is_public in (False, True):
        actions.decide_publicity(minutes=minutes, is_public=is_public, reason="Rozmowy trwają.", person=person)
    assert Clock.objects.running().of(minutes.meeting.key).get().due_at == due
