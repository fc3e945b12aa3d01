"""Groups of remarks: proposed by the analysis, made by people, taken back; no remark and no receipt is ever lost."""

import contextlib
import random
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.harness.at_once import outcomes

from ratusz.foundation.audit.models import Entry
from ratusz.foundation.jobs.actions import run_due
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.participation.remarks.actions import analysing, grouping
from ratusz.participation.remarks.models import AnalysisRun, Cluster, GroupingDeed, Intake, Proposal, Remark
from ratusz.participation.remarks.rules_grouping import GroupingRefused
from ratusz.participation.remarks.tests.labelled import KNOWN, labelled
from ratusz.participation.remarks.tests.written import a_consultation, enter, group_of, standing, write

pytestmark = pytest.mark.django_db
LETTER = (
    "Sprzeciwiam się budowie parkingu na skwerze Testowym. Stoją tam stare lipy, pod którymi odpoczywają sąsiedzi, a dzieci "
    "grają w piłkę. Proszę o ławki i poidełko."
)


@pytest.fixture
def editor():
    return AppointmentFactory(role_code="editor").person


@pytest.fixture
def consultation():
    return a_consultation()


def keys(*remarks):
    return [remark.pk for remark in remarks]


@pytest.mark.slow
def test_the_analysis_runs_in_the_background_and_only_proposes(consultation, editor):
    write(consultation, *labelled(KNOWN)[1][:64], LETTER, LETTER.upper(), LETTER + " Ewa")
    write(consultation, LETTER, state="withdrawn")
    write(consultation, "Jestem za parkingiem na skwerze.", "Nie chcę parkingu na skwerze.", passage="1-7")
    run = analysing.ask_analysis(consultation=consultation, person=editor)
    assert analysing.ask_analysis(consultation=consultation, person=editor) == run
    run_due(limit=5)
    run.refresh_from_db()
    assert (run.state, run.remarks, run.made_with["seed"]) == ("done", 69, 20260101)
    assert [set(each.members.values_list("remark__number", flat=True)) for each in run.proposals.filter(kind="copies")] == [
        {65, 66, 67}
    ]
    opposed = run.proposals.get(kind="opposed", label=["§1-7"])
    assert sorted(opposed.members.values_list("remark__number", "side")) == [(69, "for"), (70, "against")]
    topics = run.proposals.filter(kind="topic")
    assert sum(each.size for each in topics) == 69
    assert standing(consultation).keys() == {""}
    with pytest.raises(GroupingRefused, match="wykluczają się"):
        grouping.accept_proposal(proposal=opposed, person=editor, name="Parking")
    again = analysing.ask_analysis(consultation=consultation, person=editor)
    run_due(limit=5)
    assert not run.proposals.exists()
    assert list(again.proposals.values_list("kind", "label", "size")) != []


def test_a_run_that_breaks_says_so(consultation, editor, monkeypatch):
    monkeypatch.setattr(analysing, "_analyse", lambda run: 1 / 0)
    run = analysing.ask_analysis(consultation=consultation, person=editor)
    run_due(limit=5)
    run.refresh_from_db()
    assert run.state == AnalysisRun.State.FAILED
    assert analysing.ask_analysis(consultation=consultation, person=editor) != run


def proposed(consultation, *remarks, kind="copies"):
    run = AnalysisRun.objects.create(consultation=consultation, state="done", asked_at=database_now())
    made = Proposal.objects.create(
        run=run, kind=kind, size=len(remarks), label=["lipa", "skwer"], examples=[[remarks[0].number, 0]]
    )
    for each in remarks:
        made.members.create(remark=each)
    return made


def test_groups_are_accepted_split_merged_moved_renamed_and_taken_back(consultation, editor):
    one, two, three, four = write(consultation, LETTER, LETTER, "Więcej ławek.", "Mniej aut.")
    proposal = proposed(consultation, one, two, three)
    lipy = grouping.accept_proposal(proposal=proposal, person=editor, name="  Lipy   na skwerze ")
    assert standing(consultation) == {"Lipy na skwerze": ["01", "02", "03"], "": ["04"]}
    assert lipy.is_form_letter
    with pytest.raises(GroupingRefused, match="przed chwilą"):
        grouping.accept_proposal(proposal=proposal, person=editor, name="Lipy")
    lawki = grouping.split_group(cluster=lipy, remarks=keys(three), name="Ławki", person=editor)
    with pytest.raises(GroupingRefused, match="wszystkie"):
        grouping.split_group(cluster=lipy, remarks=keys(one, two), name="Inne", person=editor)
    grouping.move_remarks(consultation=consultation, remarks=keys(four), to=lawki, person=editor)
    grouping.merge_groups(consultation=consultation, clusters=[lawki.pk, lipy.pk], name="", person=editor)
    assert standing(consultation) == {"Lipy na skwerze": ["01", "02", "03", "04"]}
    lipy.refresh_from_db()
    grouping.rename_group(cluster=lipy, name="Skwer", person=editor)
    with pytest.raises(GroupingRefused, match="najnowsz"):
        grouping.undo(deed=GroupingDeed.objects.earliest("pk"), person=editor)
    for after in (
        {"Lipy na skwerze": ["01", "02", "03", "04"]},
        {"Lipy na skwerze": ["01", "02"], "Ławki": ["03", "04"]},
        {"Lipy na skwerze": ["01", "02"], "Ławki": ["03"], "": ["04"]},
        {"Lipy na skwerze": ["01", "02", "03"], "": ["04"]},
        {"": ["01", "02", "03", "04"]},
    ):
        grouping.undo(deed=GroupingDeed.objects.filter(undone_at=None).first(), person=editor)
        assert standing(consultation) == after
    proposal.refresh_from_db()
    assert (proposal.state, proposal.cluster) == ("open", None)
    assert Entry.objects.filter(deed="remarks.undo_grouping").count() == 5


def test_what_is_refused(consultation, editor):
    (one,) = write(consultation, "Drzewa.")
    (strange,) = write(a_consultation(), "Obca.")
    other = grouping.make_group(consultation=strange.consultation, name="Obca", remarks=keys(strange), person=editor)
    for deed in (
        lambda: grouping.make_group(consultation=consultation, name=" ", remarks=keys(one), person=editor),
        lambda: grouping.make_group(consultation=consultation, name="a" * 201, remarks=keys(one), person=editor),
        lambda: grouping.make_group(consultation=consultation, name="Obce", remarks=keys(strange), person=editor),
        lambda: grouping.move_remarks(consultation=consultation, remarks=keys(one), to=other, person=editor),
        lambda: grouping.merge_groups(consultation=consultation, clusters=[other.pk], name="Razem", person=editor),
    ):
        with pytest.raises(GroupingRefused):
            deed()
    proposal = proposed(consultation, one)
    grouping.make_group(consultation=consultation, name="Drzewa", remarks=keys(one), person=editor)
    with pytest.raises(GroupingRefused, match="już w grupach"):
        grouping.accept_proposal(proposal=proposal, person=editor, name="Lipy")
    taken = grouping.accept_proposal(proposal=proposal, person=editor, name="Lipy", take_grouped=True)
    assert group_of(one) == taken
    consultation.reported_at = database_now()
    consultation.save()
    with pytest.raises(GroupingRefused, match="opublikowany"):
        grouping.rename_group(cluster=taken, name="Po raporcie", person=editor)


@pytest.mark.slow
def test_no_deed_loses_or_doubles_a_receipt(consultation, editor):
    remarks = write(consultation, *(f"Uwaga numer {number}." for number in range(20)))
    before = sorted(Intake.objects.values_list("receipt", flat=True))
    chance = random.Random(5)
    for _step in range(60):
        clusters = list(Cluster.objects.filter(remarks__isnull=False).distinct())
        some = keys(*chance.sample(remarks, chance.randint(1, 6)))
        deeds = [
            lambda some=some: grouping.make_group(consultation=consultation, name="Nowa", remarks=some, person=editor),
            lambda: grouping.undo(deed=GroupingDeed.objects.filter(undone_at=None).first(), person=editor),
        ]
        if len(clusters) > 1:
            two = keys(*chance.sample(clusters, 2))
            deeds += [
                lambda two=two: grouping.merge_groups(consultation=consultation, clusters=two, name="Razem", person=editor),
                lambda some=some, to=clusters[0]: grouping.move_remarks(
                    consultation=consultation, remarks=some, to=to, person=editor
                ),
                lambda some=some, of=clusters[0]: grouping.split_group(cluster=of, remarks=some, name="Część", person=editor),
            ]
        with contextlib.suppress(GroupingRefused, AttributeError):
            chance.choice(deeds)()
        assert sorted(Remark.objects.values_list("intake__receipt", flat=True)) == before


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_two_who_accept_at_once_make_one_group(consultation, editor):
    proposal = proposed(consultation, *write(consultation, LETTER, LETTER))
    deed = lambda: grouping.accept_proposal(proposal=proposal, person=editor, name="Lipy")  # noqa: E731
    assert outcomes(deed, deed, refusals=(GroupingRefused,)) == ["GroupingRefused", "done"]
    assert Cluster.objects.count() == 1


@pytest.mark.slow
def test_screens_of_groups(consultation, editor, client):
    one, two, three = write(consultation, LETTER, LETTER, "Więcej ławek na skwerze. Proszę!")
    enter(client, editor)
    page = reverse("remarks_groups", args=[consultation.pk])
    assert "Nie ma jeszcze żadnej grupy" in client.get(page).content.decode()
    proposal = proposed(consultation, one, two)
    shown = client.get(page).content.decode()
    assert "Sprzeciwiam się budowie parkingu na skwerze Testowym." in shown
    answer = client.post(reverse("remarks_proposal", args=[proposal.pk]), {"name": "", "into": ""})
    assert "Nadaj nowej grupie nazwę" in answer.content.decode()
    answer = client.post(reverse("remarks_proposal", args=[proposal.pk]), {"name": "Lipy", "into": ""}, follow=True)
    assert "2 zgłoszenia o tej samej treści" in answer.content.decode()
    assert one.intake.receipt in answer.content.decode()
    client.post(reverse("remarks_ungrouped", args=[consultation.pk]), {"remark": [three.pk], "name": "Ławki"})
    assert standing(consultation) == {"Lipy": ["01", "02"], "Ławki": ["03"]}
    client.post(reverse("remarks_group", args=[group_of(one).pk]), {"remark": [one.pk], "name": "", "to": group_of(three).pk})
    assert standing(consultation) == {"Ławki": ["01", "03"], "Lipy": ["02"]}
    client.post(
        reverse("remarks_merge", args=[consultation.pk]),
        {"group": list(Cluster.objects.values_list("pk", flat=True)), "name": "Skwer"},
    )
    assert standing(consultation) == {"Skwer": ["01", "02", "03"]}
    client.post(reverse("remarks_undo_grouping", args=[GroupingDeed.objects.first().pk]))
    assert standing(consultation) == {"Ławki": ["01", "03"], "Lipy": ["02"]}
    client.post(reverse("remarks_analyse", args=[consultation.pk]))
    assert AnalysisRun.objects.filter(state="waiting").count() == 1
    enter(client, AppointmentFactory(role_code="unit_editor").person)
    assert "Grupy uwag" not in client.get(page, follow=True).content.decode()


def test_the_list_asks_as_little_for_many_groups(consultation, editor, client):
    enter(client, editor)
    page, counts = reverse("remarks_groups", args=[consultation.pk]), []
    for number in (1, 2):
        for remark in write(consultation, *["Drzewa i ławki."] * number):
            proposed(consultation, remark)
            grouping.make_group(consultation=consultation, name=f"Grupa {remark.number}", remarks=keys(remark), person=editor)
        client.get(page)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(page)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_worker_that_comes_back_late_leaves_what_another_one_finished(consultation, editor, monkeypatch):
    run = analysing.ask_analysis(consultation=consultation, person=editor)
    others: list[Proposal] = []

    def analyse(*_named, **_more):
        if not others:
            others.append(Proposal(run=run, kind="topic", label=["drzewa"], size=1))
            analysing.run_analysis(run=run.pk)
            others[0].save()
        return SimpleNamespace(proposals=[], opposed=[], made_with={})

    monkeypatch.setattr("ratusz.foundation.kit.analysis.whole.analyse", analyse)
    analysing.run_analysis(run=run.pk)
    run.refresh_from_db()
    assert run.state == "done" and list(run.proposals.all()) == others
