"""Opinion ballots: once online, paper by two people, files whole or not at all, sums that add up, ties that are ties."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pypdfium2 import PdfDocument
from tests.harness.at_once import outcomes

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.people.factories import guard_fields
from ratusz.foundation.territory.models import AddressRange
from ratusz.participation.consultations.factories import ConsultationFactory
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.consultations.registries import form_kinds
from ratusz.participation.polls import batches, presentation, queries, rules
from ratusz.participation.polls.actions import importing, setting_up
from ratusz.participation.polls.factories import cast_ballot, file_of, make_poll
from ratusz.participation.polls.models import Poll, Urn
from ratusz.participation.remarks import sheets
from ratusz.participation.remarks.actions import judging
from ratusz.participation.remarks.actions.paper import receive_paper, type_paper
from ratusz.participation.remarks.found_by import find_receipt
from ratusz.participation.remarks.models import Intake
from ratusz.participation.remarks.rules import RemarkRefused

from .conftest import end

EWA = ("Ewa Przykładowa", "ul. Grażyńskiego 5/2")


def counts(poll):
    result = queries.result_of(poll)
    return [line.count for line in result.lines], result.valid, result.invalid, result.wrong_form


def test_a_ballot_is_cast_once_whatever_is_sent_again(poll):
    key = uuid.uuid4()
    first = cast_ballot(poll, "a1", *EWA, key)
    assert cast_ballot(poll, "a1", *EWA, key) == first
    for choice, name, form_key in (("a2", "EWA PRZYKLADOWA", uuid.uuid4()), ("a2", "Ewa Przykładowa", key)):
        with pytest.raises(RemarkRefused, match="już jest"):
            cast_ballot(poll, choice, name, "Grażyńskiego 5 m. 2", form_key)
    assert counts(poll) == ([1, 0, 0], 1, {}, 0)
    with pytest.raises(RemarkRefused, match="nie można wycofać"):
        judging.withdraw(intake=first)


def test_without_a_register_of_streets_nobody_is_told_that_the_address_is_wrong(poll, staff_client):
    AddressRange.objects.all().delete()
    with pytest.raises(RemarkRefused, match="rejestru ulic"):
        cast_ballot(poll, "a1", *EWA)
    assert "Rejestr ulic jest pusty" in staff_client("head").get(reverse("polls_poll", args=[poll.form_id])).text


def test_where_the_last_one_counts_it_replaces_the_first(poll):
    poll.form.remark_box.uniqueness = "last"
    poll.form.remark_box.save()
    cast_ballot(poll, "a1", *EWA)
    cast_ballot(poll, "a2", *EWA)
    assert counts(poll) == ([0, 1, 0], 1, {"N02": 1}, 0)


@pytest.mark.parametrize(
    ("choice", "address", "words"),
    [
        ("a1", "Panewnicka 3", "innej dzielnicy"), ("a1", "Wymyślona 9", "Nie znajdujemy"), ("a9", EWA[1], "Zaznacz jedną"),
        ("a1", " ", "Wpisz imię"),
    ],
)  # fmt: skip
def test_online_nobody_casts_a_ballot_that_would_not_count(poll, choice, address, words):
    with pytest.raises(RemarkRefused, match=words):
        cast_ballot(poll, choice, "Ewa Przykładowa", address)
    assert counts(poll) == ([0, 0, 0], 0, {}, 0)


def test_after_the_end_nobody_votes_and_the_result_is_shown(poll, client):
    cast_ballot(poll, "a1", *EWA)
    url = reverse("polls:result", args=[poll.form.consultation.slug, poll.form_id])
    assert "Ważne głosy" not in client.get(url).text
    assert client.get(url + "wynik.csv").status_code == 404
    end(poll)
    with pytest.raises(RemarkRefused, match="nie można teraz"):
        cast_ballot(Poll.objects.get(pk=poll.pk), "a1", "Jan Przykładowy", "Grażyńskiego 6")
    page = client.get(url).text
    assert "100,0%" in page and "doradczy" in page
    assert "za;1;100,0%" in client.get(url + "wynik.csv").content.decode()
    assert client.get(url + "wynik.xlsx").content[:2] == b"PK"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_leave_one(poll):
    deeds = [lambda: cast_ballot(Poll.objects.get(pk=poll.pk), "a1", *EWA) for _each in range(20)]
    assert outcomes(*deeds, refusals=(RemarkRefused,)) == ["RemarkRefused"] * 19 + ["done"]


def test_a_form_on_the_page_keeps_what_was_typed_and_gives_a_receipt(poll, client):
    url = reverse("polls:vote", args=[poll.form.consultation.slug, poll.form_id])
    fields = {"choice": "a1", "name": EWA[0], "address": "Panewnicka 3", "declares": "on", "form_key": str(uuid.uuid4())}
    fields |= guard_fields("polls.ballot", database_now())
    refused = client.post(url, fields).text
    assert "innej dzielnicy" in refused and "Panewnicka 3" in refused
    receipt = client.post(url, fields | {"address": EWA[1]}, follow=True)
    assert "Twój głos" in receipt.text and counts(poll)[0] == [1, 0, 0] and "Wpłynęło, ma numer" in receipt.text
    found = find_receipt(poll.form.intakes.get().receipt, database_now())
    assert found is not None and found.title == "Głos w konsultacjach społecznych"
    assert client.get(reverse("polls:vote-uk", args=[poll.form.consultation.slug, poll.form_id])).status_code == 200


def paper_of(poll, desk, arrived):
    return receive_paper(form=poll.form, channel="urn", arrived_at=arrived, person=desk)


TYPED = {"choice": "a2", "name": EWA[0], "address": EWA[1], "seen": "", "urn": ""}


def typed(poll, desk, editor, arrived=None, **facts):
    paper = paper_of(poll, desk, arrived or database_now() - timedelta(hours=1))
    type_paper(paper=paper, facts=TYPED | facts, person=desk)
    return type_paper(paper=paper, facts=TYPED | facts, person=editor).intake


@pytest.mark.slow
def test_paper_typed_by_two_people_counts_or_has_its_code(poll, desk, editor):
    assert typed(poll, desk, editor).state == "accepted"
    codes = [
        ({"name": ""}, "N01"), ({}, "N02"), ({"name": "Jan A", "address": "Panewnicka 3"}, "N03"),
        ({"name": "Jan B", "address": "Nigdzie 1"}, "N04"), ({"seen": "N05", "name": ""}, "N05"),
        ({"name": "Jan C", "choice": ""}, "N06"), ({"name": "Jan D", "seen": "N07"}, "N07"), ({"seen": "N09"}, "N09"),
    ]  # fmt: skip
    assert [typed(poll, desk, editor, **facts).reason_code for facts, _code in codes] == [code for _facts, code in codes]
    apart = typed(poll, desk, editor, name="Jan E", seen="wrong_form")
    assert (apart.state, apart.judged_by, apart.second_by) == ("wrong_form", editor, desk)
    found = queries.result_of(poll)
    assert (found.received, found.valid, found.invalid_count, found.wrong_form) == (10, 1, 8, 1)
    kind = form_kinds["ballot"]
    assert [count.received for count in kind.counts(poll.form)] == [10]
    assert list(kind.gaps(poll.form, database_now())) == []


def test_a_ballot_let_count_without_an_answer_stays_open(poll, desk, editor, head):
    typed(poll, desk, editor)
    empty = typed(poll, desk, editor, name="Jan Pusty", choice="", seen="wrong_form")
    judging.accept(intake=empty, person=head)
    found = queries.result_of(poll)
    assert (found.valid, found.open, sum(line.count for line in found.lines), found.received) == (1, 1, 1, 2)
    assert [gap.code for gap in form_kinds["ballot"].gaps(poll.form, database_now())] == ["polls.open"]


def test_two_who_read_a_paper_differently_leave_it_to_a_third(poll, desk, editor, head):
    paper = paper_of(poll, desk, database_now() - timedelta(hours=1))
    type_paper(paper=paper, facts=TYPED, person=desk)
    assert type_paper(paper=paper, facts=TYPED | {"choice": "a1"}, person=editor).state == "differs"
    gaps = list(form_kinds["ballot"].gaps(poll.form, database_now()))
    assert [gap.code for gap in gaps] == ["polls.papers"]
    type_paper(paper=paper, facts=TYPED | {"choice": "a1"}, person=head)
    assert counts(poll)[0] == [1, 0, 0]


def test_what_comes_after_the_end_is_late(past, desk, editor):
    assert typed(past, desk, editor).reason_code == "N08"


def row(name, answer, channel="urna", day="2023-02-10", address="Grażyńskiego 5", reason="", note=""):
    return [channel, day, name, address, answer, reason, note]


def koszutka_rows():
    """1,181 ballots with the public result; the split of invalid ones by reason is made up, nobody published it."""
    valid = [("przeciw", 334), ("za", 313), ("inna odpowiedź", 1)]
    rows = []
    for answer, number in valid:
        rows += [row(f"Osoba {answer} {each}", answer, channel="online" if each % 2 else "urna") for each in range(number)]
    rows += [row("", "za") for _each in range(120)]
    rows += [row(f"Osoba przeciw {each}", "za", day="2023-02-12") for each in range(140)]
    rows += [row(f"Ktoś {each}", "za", address="Panewnicka 3") for each in range(150)]
    rows += [row(f"Gość {each}", "za", address="Warszawska Daleka 1") for each in range(93)]
    rows += [row("?", "", reason="N05") for _each in range(30)]
    return rows


@pytest.mark.slow
def test_koszutka_2023(past, head, editor, client):
    content = file_of(koszutka_rows())
    looked = importing.bring_in(poll=past, content=content, name="k.csv", second=editor, person=head, only_look=True)
    assert (looked.rows, looked.valid, Intake.objects.count()) == (1181, 648, 0)
    importing.bring_in(poll=past, content=content, name="k.csv", second=editor, person=head)
    again = importing.bring_in(poll=past, content=content, name="inna nazwa.csv", second=editor, person=head)
    result = queries.result_of(past)
    assert again.is_known and [(line.words, line.count) for line in result.lines] == [
        ("za", 313), ("przeciw", 334), ("inna odpowiedź", 1),
    ]  # fmt: skip
    assert (result.received, result.valid, result.invalid_count, result.margin) == (1181, 648, 533, 21)
    assert result.invalid == {"N01": 120, "N02": 140, "N03": 150, "N04": 93, "N05": 30}
    assert result.invalid_share == Decimal("45.1")
    assert sum(count.received for count in queries.counts_of(past.form)) == 1181
    setting_up.tell_decision(
        poll=past, words="Prezydent wybrał zakaz: poparła go rada dzielnicy.", decided_on=date(2023, 5, 10), person=head
    )
    page = client.get(reverse("polls:result", args=[past.form.consultation.slug, past.form_id])).text
    for words in ("doradczy", "334", "45,1%", "10 maja 2023", "poparła go rada"):
        assert words in page


@pytest.mark.slow
def test_zaleze_is_a_tie_and_263_declarations_stand_apart(koszutka, past, head, editor):
    consultation = ConsultationFactory(starts_on=date(2019, 11, 21), ends_on=date(2019, 12, 5), announced_at=database_now())
    answers = ("tak", "nie", "nie mam zdania")
    polls = [make_poll(consultation, answers=answers, residence="anybody") for _each in range(2)]
    for poll, numbers in zip(polls, ((260, 260, 3), (380, 299, 5)), strict=True):
        rows = [
            row(f"O {answer} {each}", answer, day="2019-12-01")
            for answer, number in zip(answers, numbers, strict=True) for each in range(number)
        ]  # fmt: skip
        if poll == polls[0]:
            rows += [row(f"D {each}", "tak", day="2019-12-02", reason="inna forma") for each in range(263)]
        importing.bring_in(poll=poll, content=file_of(rows), name="z.csv", second=editor, person=head)
    tie, lead = (queries.result_of(poll) for poll in polls)
    assert (tie.is_tie, tie.wrong_form, tie.valid, tie.received) == (True, 263, 523, 786)
    assert "Remis" in presentation.verdict(tie) and "263 deklaracje" in presentation.numbers(tie)
    assert [presentation.percent(line.share) for line in lead.lines] == ["55,6%", "43,7%", "0,7%"]
    assert tie.valid + lead.valid == 1207


def test_a_file_with_one_fault_changes_nothing(past, head, editor):
    bad = file_of(
        [row("Jan", "za"), row("Ewa", "za", channel="gołąb"), row("Iza", "za", day="kiedyś"), row("Ola", "za", reason="N99")]
    )
    told = importing.bring_in(poll=past, content=bad, name="b.csv", second=editor, person=head)
    assert ([fault.line for fault in told.faults], Intake.objects.count()) == ([3, 4, 5], 0)
    with pytest.raises(RemarkRefused, match="10 MB"):
        rules.check_size(10_000_001)
    for content in (b"", b"PK\x03\x04 nic", b"kolumna;inna\n1;2\n"):
        with pytest.raises(RemarkRefused):
            importing.bring_in(poll=past, content=content, name="b.csv", second=editor, person=head)
    with pytest.raises(RemarkRefused, match="dwie osoby"):
        importing.bring_in(poll=past, content=file_of([row("Jan", "za")]), name="b.csv", second=head, person=head)


def test_an_urn_is_opened_after_the_end_by_two_people_once(past, poll, head, editor, staff_client):
    early = setting_up.place_urn(poll=poll, place="Filia 3", issued=50, person=head)
    with pytest.raises(RemarkRefused, match="po ostatnim dniu"):
        setting_up.open_urn(urn=early, cards=1, returned=None, second=editor, person=head)
    urn = setting_up.place_urn(poll=past, place="MDK Koszutka", hours="pon.–pt. 9.00–18.00", seal="A-17", issued=100, person=head)
    with pytest.raises(RemarkRefused, match="już urna"):
        setting_up.place_urn(poll=past, place="MDK Koszutka", person=head)
    for facts, words in (({"cards": 90, "returned": 20}, "Policz"), ({"cards": 90, "returned": 5, "second": head}, "dwie osoby")):
        with pytest.raises(RemarkRefused, match=words):
            setting_up.open_urn(**{"urn": urn, "second": editor, "person": head, **facts})
    opened = setting_up.open_urn(urn=urn, cards=90, returned=10, second=editor, person=head)
    (gap,) = form_kinds["ballot"].gaps(past.form, database_now())
    assert (gap.code, gap.is_warning) == ("polls.urn_count", False) and "otwarcia 90, w rejestrze 0" in gap.words
    with pytest.raises(RemarkRefused, match="zostaje"):
        setting_up.open_urn(urn=opened, cards=91, returned=9, second=editor, person=head)
    with pytest.raises(IntegrityError, match="opened_by_two"), transaction.atomic():
        Urn.objects.filter(pk=urn.pk).update(second_by=head)
    client = staff_client("editor")
    printed = PdfDocument(client.get(reverse("polls_protocol", args=[urn.pk])).content)[0].get_textpage().get_text_range()
    assert head.display_name in printed and editor.display_name in printed
    later = setting_up.place_urn(poll=past, place="Filia 5", person=head)
    Consultation.objects.filter(pk=past.form.consultation_id).update(reported_at=database_now())
    for deed in (
        lambda: setting_up.place_urn(poll=Poll.objects.get(pk=past.pk), place="Filia 6", person=head),
        lambda: setting_up.open_urn(urn=later, cards=1, returned=None, second=editor, person=head),
    ):
        with pytest.raises(RemarkRefused, match="Raport z tych konsultacji jest opublikowany"):
            deed()
    page = client.get(reverse("polls_poll", args=[past.form_id])).text
    assert "MDK Koszutka" in page and "A-17" in page
    assert staff_client("unit_editor").get(reverse("polls_poll", args=[past.form_id])).status_code in (302, 403)


def test_what_was_announced_stays(poll, head, staff_client):
    facts = {"question": "Co?", "answers": "tak\nnie", "residence": "district", "is_online": True, "uniqueness": "first"}
    with pytest.raises(RemarkRefused, match="już biorą udział"):
        setting_up.set_poll(form=poll.form, person=head, **facts)
    plan = ConsultationFactory()
    form = make_poll(plan).form
    for answers, words in (("tak", "co najmniej dwie"), ("tak\nTAK", "takie same")):
        with pytest.raises(RemarkRefused, match=words):
            setting_up.set_poll(form=form, person=head, **facts | {"answers": answers})
    client = staff_client("head")
    url = reverse("polls_poll", args=[form.pk])
    assert client.post(url, facts | {"deed": "set", "answers": "tak\nnie\nnie wiem"}).status_code == 302
    assert [each["words"] for each in Poll.objects.get(form=form).answers] == ["tak", "nie", "nie wiem"]


def test_the_ballot_prints_and_the_report_has_its_blocks(poll, client):
    url = reverse("polls:paper", args=[poll.form.consultation.slug, poll.form_id])
    assert client.get(url).content[:4] == b"%PDF"
    assert form_kinds["ballot"].take_part_url(poll.form, database_now()).endswith("/oddaj/")
    assert len(form_kinds["ballot"].report_blocks(poll.form, database_now())) == 7


@given(st.lists(st.integers(min_value=0, max_value=400), min_size=2, max_size=6))
def test_shares_are_of_the_valid_ones_and_a_tie_is_a_tie(numbers):
    whole = sum(numbers)
    shares = [queries.share(number, whole) for number in numbers]
    assert abs(sum(shares) - (100 if whole else 0)) <= Decimal("0.05") * len(numbers)
    assert rules.is_tie(numbers) == (sorted(numbers)[-1] == sorted(numbers)[-2] > 0)


def test_an_odd_table_is_read_or_refused_in_words(poll, monkeypatch):
    whole = file_of([("urna", "2026-01-10", *EWA, "tak", "", "")])
    reasons = {"N05": ""}
    rows, faults = batches.read(poll, whole.replace(b"\r\n", b"\r"), reasons)
    assert ([each.name for each in rows], faults) == ([EWA[0]], [])
    with pytest.raises(RemarkRefused, match="nie da się odczytać"):
        batches.read(poll, whole + b"x" * 200_000, reasons)
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    with pytest.raises(RemarkRefused, match="więcej niż 2"):
        batches.read(poll, file_of([("urna", "2026-01-10", *EWA, "tak", "", "")] * 2), reasons)
