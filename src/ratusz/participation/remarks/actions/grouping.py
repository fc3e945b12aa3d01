"""Groups of like remarks: made, accepted from a proposal, merged, split, renamed; every deed is noted and the newest taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.remarks import rules_grouping as rules
from ratusz.participation.remarks.models import Cluster, GroupingDeed, Proposal, Remark
from ratusz.participation.remarks.rules_grouping import GroupingRefused

Kind = GroupingDeed.Kind


def _locked(consultation_id: int) -> Consultation:
    """Deeds on one consultation's groups wait for each other. Raises GroupingRefused once reported."""
    held = Consultation.objects.select_for_update(no_key=True, of=("self",)).get(pk=consultation_id)
    rules.check_open(held)
    return held


def _made(consultation: Consultation, name: str, person: Any, *, is_form_letter: bool = False) -> Cluster:
    return Cluster.objects.create(
        consultation=consultation, name=rules.checked_name(name), is_form_letter=is_form_letter, made_at=database_now(),
        made_by=person,
    )  # fmt: skip


def _moved(remarks: Sequence[Remark], cluster: Cluster | None) -> list[list[int | None]]:
    """Moves the remarks and says from where to where; those that are there already are left out."""
    to = cluster.pk if cluster else None
    moved = [[each.pk, each.cluster_id, to] for each in remarks if each.cluster_id != to]
    Remark.objects.filter(pk__in=[row[0] for row in moved]).update(cluster=cluster)
    return moved


def _noted(consultation: Consultation, kind: str, person: Any, **facts: Any) -> GroupingDeed:
    deed = GroupingDeed.objects.create(consultation=consultation, kind=kind, done_at=database_now(), done_by=person, **facts)
    record(deed=f"remarks.{kind}_group", subject=deed, after={"remarks": len(deed.moved)}, actor=person)
    return deed


def _remarks(consultation: Consultation, chosen: Iterable[int]) -> list[Remark]:
    found = list(Remark.objects.filter(consultation=consultation, pk__in=list(chosen)).only("pk", "cluster_id").order_by("number"))
    rules.check_chosen(found)
    return found


@transaction.atomic
def make_group(*, consultation: Consultation, name: str, remarks: Iterable[int], person: Any) -> Cluster:
    """A new group of chosen remarks, given by their keys. Raises GroupingRefused."""
    held = _locked(consultation.pk)
    cluster = _made(held, name, person)
    _noted(held, Kind.MAKE, person, moved=_moved(_remarks(held, remarks), cluster))
    return cluster


@transaction.atomic
def accept_proposal(
    *, proposal: Proposal, person: Any, name: str = "", into: Cluster | None = None, take_grouped: bool = False
) -> Cluster:
    """Makes a group of a proposal, or adds its remarks to a standing one. Remarks of other groups stay there unless `take_grouped`.

    Raises GroupingRefused: decided already, sides that exclude each other, another consultation's group, nothing to take.
    """
    held = _locked(proposal.run.consultation_id)
    proposal = Proposal.objects.select_for_update(of=("self",)).select_related("run").get(pk=proposal.pk)
    rules.check_undecided(proposal)
    if proposal.kind == Proposal.Kind.OPPOSED:
        raise GroupingRefused(
            _("These remarks exclude each other: answer them one by one. Put the hint aside when you have read it.")
        )
    chosen = _remarks(held, proposal.members.values_list("remark_id", flat=True))
    if not take_grouped:
        chosen = [each for each in chosen if each.cluster_id is None]
    if not chosen:
        raise GroupingRefused(_("All these remarks stand in groups already. Choose to take them from there, or put it aside."))
    if into is not None and into.consultation_id != held.pk:
        raise GroupingRefused(_("Choose a group of this consultation."))
    is_letter = proposal.kind in (Proposal.Kind.COPIES, Proposal.Kind.LETTERS)
    cluster = into or _made(held, name, person, is_form_letter=is_letter)
    proposal.state, proposal.cluster = Proposal.State.ACCEPTED, cluster
    _decided(proposal, person)
    _noted(held, Kind.ACCEPT, person, moved=_moved(chosen, cluster), proposal=proposal)
    return cluster


@transaction.atomic
def refuse_proposal(*, proposal: Proposal, person: Any) -> None:
    """Puts a proposal aside; the remarks stay as they are. Raises GroupingRefused."""
    _locked(proposal.run.consultation_id)
    held = Proposal.objects.select_for_update(of=("self",)).select_related("run__consultation").get(pk=proposal.pk)
    rules.check_undecided(held)
    held.state = Proposal.State.REFUSED
    _decided(held, person)
    record(deed="remarks.refuse_proposal", subject=held, actor=person)


def _decided(proposal: Proposal, person: Any) -> None:
    proposal.decided_at, proposal.decided_by = database_now(), person
    proposal.save(update_fields=["state", "cluster", "decided_at", "decided_by"])


@transaction.atomic
def merge_groups(*, consultation: Consultation, clusters: Iterable[int], name: str, person: Any) -> Cluster:
    """Puts all remarks of several groups into the first of them, under `name` or the name it has. Raises GroupingRefused."""
    held = _locked(consultation.pk)
    found = list(Cluster.objects.filter(consultation=held, pk__in=list(clusters)).order_by("pk"))
    rules.check_several(found)
    first = found[0]
    remarks = list(Remark.objects.filter(cluster__in=found).only("pk", "cluster_id").order_by("number"))
    renamed = _renamed(first, name or first.name)
    _noted(held, Kind.MERGE, person, moved=_moved(remarks, first), renamed=renamed)
    return first


@transaction.atomic
def split_group(*, cluster: Cluster, remarks: Iterable[int], name: str, person: Any) -> Cluster:
    """Takes chosen remarks of a group into a new one. Raises GroupingRefused: none or all chosen."""
    held = _locked(cluster.consultation_id)
    own = {each.pk: each for each in Remark.objects.filter(cluster=cluster).only("pk", "cluster_id").order_by("number")}
    chosen = [own[pk] for pk in own if pk in set(remarks)]
    rules.check_chosen(chosen)
    rules.check_leaves_some(len(chosen), len(own))
    made = _made(held, name, person, is_form_letter=cluster.is_form_letter)
    _noted(held, Kind.SPLIT, person, moved=_moved(chosen, made))
    return made


@transaction.atomic
def move_remarks(*, consultation: Consultation, remarks: Iterable[int], to: Cluster | None, person: Any) -> int:
    """Moves chosen remarks into a group, or out of all (`to` None); gives how many moved. Raises GroupingRefused."""
    held = _locked(consultation.pk)
    if to is not None and to.consultation_id != held.pk:
        raise GroupingRefused(_("Choose a group of this consultation."))
    moved = _moved(_remarks(held, remarks), to)
    if moved:
        _noted(held, Kind.MOVE, person, moved=moved)
    return len(moved)


@transaction.atomic
def rename_group(*, cluster: Cluster, name: str, person: Any) -> None:
    """Gives a group another name. Raises GroupingRefused."""
    held = _locked(cluster.consultation_id)
    if renamed := _renamed(Cluster.objects.get(pk=cluster.pk), name):
        _noted(held, Kind.RENAME, person, renamed=renamed)


def _renamed(cluster: Cluster, name: str) -> list[list[Any]]:
    name = rules.checked_name(name)
    if name == cluster.name:
        return []
    before, cluster.name = cluster.name, name
    cluster.save(update_fields=["name"])
    return [[cluster.pk, before, name]]


@transaction.atomic
def undo(*, deed: GroupingDeed, person: Any) -> None:
    """Takes back the newest deed on a consultation's groups. Raises GroupingRefused when another came after it."""
    held = _locked(deed.consultation_id)
    newest = GroupingDeed.objects.filter(consultation=held, undone_at=None).first()
    if newest is None or newest.pk != deed.pk:
        raise GroupingRefused(_("Something was done after that. Take back the newest deed first."))
    for before in {row[1] for row in newest.moved}:
        keys = [row[0] for row in newest.moved if row[1] == before]
        Remark.objects.filter(pk__in=keys, consultation=held).update(cluster_id=before)
    for cluster, before, _after in newest.renamed:
        Cluster.objects.filter(pk=cluster).update(name=before)
    if newest.proposal_id:
        Proposal.objects.filter(pk=newest.proposal_id).update(
            state=Proposal.State.OPEN, cluster=None, decided_at=None, decided_by=None
        )
    newest.undone_at, newest.undone_by = database_now(), person
    newest.save(update_fields=["undone_at", "undone_by"])
    record(deed="remarks.undo_grouping", subject=newest, actor=person)
