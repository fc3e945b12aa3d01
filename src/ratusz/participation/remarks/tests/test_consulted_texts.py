"""A consulted text is read from a file into passages that keep their numbers; a deleted passage keeps its remarks."""

import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from ratusz.casework.documents.blocks import Document, Heading, Text
from ratusz.casework.documents.typeset import pdf_of_document
from ratusz.foundation.files.factories import make_image, make_pdf
from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.people.factories import guard_fields
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.participation.consultations.factories import FormFactory
from ratusz.participation.remarks import queries_texts as queries
from ratusz.participation.remarks.actions import texts
from ratusz.participation.remarks.models import TextVersion
from ratusz.participation.remarks.rules_texts import TextRefused
from ratusz.participation.remarks.tests.written import a_consultation, enter, write
from ratusz.participation.remarks.texts import aligning
from ratusz.participation.remarks.texts.aligning import aligned
from ratusz.participation.remarks.texts.pieces import LONGEST, Piece, Read, pieces

pytestmark = pytest.mark.django_db
RULES = (
    "§ 1. Park jest otwarty codziennie od godziny szóstej do dwudziestej drugiej.",
    "§ 2. Psy wprowadza się na smyczy, a na wybiegu luzem.",
    "§ 3. Ognisko wolno rozpalić tylko w kręgu przy altanie.",
    "§ 4. Rowerem jeździ się po alejkach głównych.",
)


@pytest.fixture
def editor():
    return AppointmentFactory(role_code="editor").person


@pytest.fixture
def text(editor):
    form = FormFactory(consultation=a_consultation(), kind="document_review", title="Regulamin parku")
    return texts.make_text(form=form, person=editor)


def said(*words):
    return [Piece("paragraph", each) for each in words]


def published(text, editor, *words, what_changes=""):
    draft = texts.keep_draft(text=text, found=said(*words), person=editor)
    return texts.publish_version(version=draft, what_changes=what_changes, person=editor)


def numbers(version):
    return [each.passage.number for each in version.placed.select_related("passage")]


def a_docx(*paragraphs):
    document = docx.Document()
    document.add_heading("Regulamin parku", 1)
    for each in paragraphs:
        document.add_paragraph(each)
    kept = io.BytesIO()
    document.save(kept)
    return SimpleUploadedFile("regulamin.docx", kept.getvalue())


def test_a_document_is_cut_before_each_rule_and_point():
    long = "Zdanie o drzewach i ławkach w parku. " * 150
    found = pieces(
        [
            Read("Rozdział 1\nPrzepisy ogólne", "heading"),
            Read("§ 1. Park jest dla wszystkich:\n1) pieszych,\n2) rowerzystów\ni hulajnóg.", "text"),
            Read("§ 2", "text"),
            Read(long, "text"),
        ]
    )
    assert [(each.kind, each.words) for each in found[:5]] == [
        ("heading", "Rozdział 1 Przepisy ogólne"), ("paragraph", "§ 1. Park jest dla wszystkich:"), ("item", "1) pieszych,"),
        ("item", "2) rowerzystów i hulajnóg."), ("heading", "§ 2"),
    ]  # fmt: skip
    assert " ".join(each.words for each in found[5:]) == long.strip()
    assert max(len(each.words) for each in found) <= LONGEST


def test_word_and_pdf_give_the_same_passages(text, editor):
    version = texts.read_file(text=text, upload=a_docx(*RULES), person=editor)
    from_word = list(version.placed.values_list("kind", "words"))
    assert from_word == [("heading", "Regulamin parku"), *(("paragraph", each) for each in RULES)]
    assert texts.read_file(text=text, upload=a_docx(*RULES), person=editor).pk == version.pk or TextVersion.objects.count() == 1
    made = pdf_of_document(Document(title="Regulamin parku", blocks=[Heading("Zasady"), *(Text(each) for each in RULES)]))
    version = texts.read_file(text=text, upload=SimpleUploadedFile("regulamin.pdf", made), person=editor)
    words = [" ".join(each.split()) for each in version.placed.values_list("words", flat=True)]
    assert [each.replace("\u00a0", " ") for each in words if each.startswith("§")] == list(RULES)
    assert TextVersion.objects.count() == 1


def test_a_scan_a_broken_file_and_an_empty_one_are_refused_in_words(text, editor):
    for name, content, words in (
        ("skan.pdf", make_pdf(), "obrazy stron"),
        ("zepsuty.docx", b"PK\x03\x04 to nie jest dokument", "."),
        ("zdjecie.png", make_image("PNG"), "."),
    ):
        with pytest.raises(FileRefused, match=words):
            texts.read_file(text=text, upload=SimpleUploadedFile(name, content), person=editor)
    assert not TextVersion.objects.exists()


def test_passages_keep_their_numbers_from_version_to_version(text, editor):
    one = published(text, editor, *RULES)
    assert numbers(one) == [1, 2, 3, 4]
    with pytest.raises(TextRefused, match="co się zmienia"):
        published(text, editor, RULES[0])
    two = published(
        text,
        editor,
        RULES[3],
        RULES[0].replace("szóstej", "piątej"),
        "§ 5. Hałasować nie wolno.",
        RULES[1],
        what_changes="Bez ognisk.",
    )
    assert numbers(two) == [4, 1, 5, 2]
    assert [each.number for each in queries.gone(two)] == [3]
    rows = queries.changes(one, two)
    assert [(each.number, each.fate) for each in rows] == [(4, "same"), (1, "changed"), (5, "new"), (2, "same"), (3, "gone")]
    assert "<del>szóstej</del><ins>piątej</ins>" in rows[1].words
    with pytest.raises(TextRefused, match="nigdy"):
        texts.correct_passage(placed=two.placed.first(), words="Inaczej", kind="paragraph", person=editor)


def test_a_passage_deleted_after_remarks_were_made_on_it_keeps_them(text, editor, client):
    one = published(text, editor, *RULES)
    third = one.placed.get(passage__number=3)
    code, words = third.passage.code, queries.passage_named(text.consultation, third.passage.code).words
    write(
        text.consultation,
        "Ogniska są potrzebne harcerzom.",
        passage=code,
        passage_words=words,
        is_public=True,
        public_content="Ogniska są potrzebne harcerzom.",
    )
    two = published(text, editor, RULES[0], RULES[1], RULES[3], what_changes="Bez ognisk.")
    (gone,) = queries.gone(two)
    assert (gone.code, gone.words, gone.remarks) == (code, RULES[2], 1)
    remark = text.consultation.remarks.get()
    assert (remark.passage, remark.passage_words) == (code, RULES[2])
    assert queries.passage_named(text.consultation, code) == queries.Named(code, 3, RULES[2])
    page = client.get(reverse("remarks_texts:text", args=[text.consultation.slug, text.pk])).content.decode()
    assert "Fragmenty, których nie ma już w tekście" in page
    assert f"<del>{RULES[2]}</del>" in page
    assert "1 uwaga" in page
    three = published(text, editor, *RULES, what_changes="Ogniska wracają.")
    assert numbers(three)[0] == 1
    assert queries.passage_named(a_consultation(), code) is None


def test_staff_split_join_and_take_out_in_a_draft_only(text, editor):
    draft = texts.keep_draft(
        text=text, found=said("Strona 1", f"{RULES[0]} {RULES[1]}", "§ 3. Ognisko wolno", "rozpalić."), person=editor
    )
    first, second, _third, fourth = draft.placed.all()
    texts.take_out(placed=first, person=editor)
    texts.correct_passage(placed=second, words=f"{RULES[0]}\n\n{RULES[1]}", kind="item", person=editor)
    texts.join_passage(placed=fourth, person=editor)
    rows = list(draft.placed.values_list("passage__number", "kind", "words"))
    assert rows == [(2, "item", RULES[0]), (5, "item", RULES[1]), (3, "paragraph", "§ 3. Ognisko wolno rozpalić.")]
    with pytest.raises(TextRefused, match="przed chwilą"):
        texts.join_passage(placed=fourth, person=editor)
    with pytest.raises(TextRefused):
        texts.correct_passage(placed=second, words=" \n ", kind="item", person=editor)
    with pytest.raises(TextRefused, match="pierwszy"):
        texts.join_passage(placed=second, person=editor)
    texts.drop_draft(version=draft, person=editor)
    assert numbers(texts.keep_draft(text=text, found=said("Nowe."), person=editor)) == [6]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from([*RULES, "Inny przepis.", "Jeszcze inny przepis o ławkach."]), max_size=8),
    st.randoms(use_true_random=False),
)
def test_no_old_passage_is_two_new_ones(words, chance):
    mixed = list(words)
    chance.shuffle(mixed)
    found = aligned(words, mixed)
    assert sorted(found) == list(range(len(words)))
    assert [words[place] for place in found] == mixed
    assert aligned([], words) == [None] * len(words)


@pytest.mark.slow
def test_pages_of_a_text(text, editor, client):
    address = reverse("remarks_texts:text", args=[text.consultation.slug, text.pk])
    assert client.get(address).status_code == 404
    published(text, editor, "Rozdział 1", RULES[0])
    published(text, editor, "Rozdział 1", *RULES, "Rozdział 2", what_changes="Dopisane zasady.")
    page = client.get(address).content.decode()
    assert 'id="f2"' in page and "Dopisane zasady." in page
    assert client.get(address + "?wersja=1").status_code == 200
    assert client.get(address + "?wersja=9").status_code == 404
    changed = client.get(reverse("remarks_texts:changes", args=[text.consultation.slug, text.pk, 2])).content.decode()
    assert "nowy fragment" in changed
    assert client.get(reverse("remarks_texts:changes", args=[text.consultation.slug, text.pk, 1])).status_code == 404
    text.consultation.announced_at = None
    text.consultation.save()
    assert client.get(address).status_code == 404


@pytest.mark.slow
def test_screens_of_a_text(text, editor, client):
    enter(client, editor)
    screen = reverse("remarks_texts_staff", args=[text.consultation_id])
    assert "Nie wysłano jeszcze pliku" in client.get(screen).content.decode()
    send = reverse("remarks_send_text", args=[text.pk])
    refused = client.post(send, {f"{text.pk}-file": SimpleUploadedFile("skan.pdf", make_pdf())}).content.decode()
    assert "obrazy stron" in refused
    answer = client.post(send, {f"{text.pk}-file": a_docx(*RULES)}, follow=True)
    assert "Wczytano: 5 fragmentów." in answer.content.decode()
    version = text.versions.get()
    placed = version.placed.get(position=1)
    client.post(reverse("remarks_passage", args=[placed.pk]), {"words": "§ 1. Krótko.", "kind": "paragraph"})
    assert version.placed.get(position=1).words == "§ 1. Krótko."
    client.post(reverse("remarks_passage", args=[version.placed.get(position=2).pk]), {"join": "1"})
    client.post(reverse("remarks_text_version", args=[version.pk]), {"what_changes": ""})
    version.refresh_from_db()
    assert version.is_published and version.published_at <= database_now()
    assert "nigdy się nie zmieni" in client.get(reverse("remarks_text_version", args=[version.pk])).content.decode()


def test_a_resident_writes_on_a_passage_and_the_remark_keeps_its_words(text, editor, client):
    version = published(text, editor, *RULES)
    page = client.get(reverse("remarks_texts:text", args=[text.consultation.slug, text.pk])).content.decode()
    code = version.placed.get(passage__number=2).passage.code
    write_on = reverse("remarks:write", args=[text.consultation.slug, text.form_id])
    assert f"{write_on}?fragment={code}" in page
    form = client.get(f"{write_on}?fragment={code}")
    assert "Twoja uwaga dotyczy fragmentu 2" in form.content.decode()
    assert RULES[1] in form.content.decode()
    typed = {each.name: each.value() or "" for each in form.context["form"]} | guard_fields("remarks.remark", database_now())
    sent = client.post(write_on, typed | {"content": "A wybieg jest za mały.", "category": "resident"})
    assert sent.status_code == 302, sent.content.decode()
    remark = text.consultation.remarks.get()
    assert (remark.passage, remark.passage_words, remark.content) == (code, RULES[1], "A wybieg jest za mały.")
    client.post(write_on, {**typed, "passage": "9999-1", "content": "O niczym takim.", "category": "resident"})
    assert text.consultation.remarks.get(content="O niczym takim.").passage == ""


def test_a_plan_of_like_passages_is_compared_with_the_nearest_alone(monkeypatch):
    compared, real = [], aligning.SequenceMatcher
    monkeypatch.setattr(aligning, "SequenceMatcher", lambda *given, **named: compared.append(1) or real(*given, **named))
    old = [f"§ {each}. Działka nr {each} jest przeznaczona pod zabudowę mieszkaniową." for each in range(60)]
    new = [f"§ {each}. Działka nr {each} jest przeznaczona pod zabudowę usługową." for each in range(60)]
    assert aligned(old, new) == list(range(60)) and len(compared) <= 60 * aligning.MOST_COMPARED + 1


def test_a_clerk_enters_a_letter_on_two_passages_and_a_place(text, editor, staff_client):
    published(text, editor, *RULES)
    client, consultation = staff_client("editor"), text.consultation
    page = reverse("remarks_enter", args=[consultation.pk])
    letter = {
        "channel": "post", "form": text.form_id, "category": "ngo", "organisation": "Stowarzyszenie",
        "supporters": "1", "received_at": f"{local_day(database_now())}T00:00", "content": "--- 2\nWybieg za mały.\n--- fragment 4\nBrak kosza.\n---\nUwaga do całości.",
    }  # fmt: skip
    unknown = client.post(page, letter | {"content": "--- 77\nO czymś."})
    assert "Nie ma fragmentu nr 77" in unknown.content.decode() and not consultation.remarks.exists()
    assert client.post(page, letter).status_code == 302
    found = consultation.remarks.order_by("number").values_list("content", "passage", "passage_words")
    codes = {number: f"{text.pk}-{number}" for number in (2, 4)}
    assert list(found) == [
        ("Wybieg za mały.", codes[2], RULES[1]), ("Brak kosza.", codes[4], RULES[3]), ("Uwaga do całości.", "", ""),
    ]  # fmt: skip
