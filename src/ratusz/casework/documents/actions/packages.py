"""Papers of a case are packed, handed to the document system, its answers written down."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.casework.documents import rules
from ratusz.casework.documents.adapters import Answer, DocumentSystem, NotReached, document_system
from ratusz.casework.documents.models import Case, Package
from ratusz.casework.documents.packaging import package_of
from ratusz.casework.documents.registries import case_kinds
from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now


@transaction.atomic
def make_package(*, case: Case, person: Any) -> Package:
    """Packs the papers of a case as they are now; unchanged papers give the package that is there. Raises NotYours, CaseRefused."""
    now = database_now()
    rules.check_may(person, "hand", case, now)
    case = Case.objects.select_for_update(of=("self",)).select_related("unit").get(pk=case.pk)
    papers = list(case_kinds[case.kind].papers(case.subject))
    if not papers:
        raise rules.CaseRefused(_("This case has no papers yet, so there is nothing to pack."))
    content, listed = package_of(case, papers)
    checksum = hashlib.sha256(content).hexdigest()
    if known := case.packages.filter(sha256=checksum).first():
        return known
    last = case.packages.order_by("-number").first()
    package = Package.objects.create(
        case=case, number=last.number + 1 if last else 1, sha256=checksum, content=content, files=listed, made_at=now
    )
    record(deed="documents.make_package", subject=package, after={"sha256": checksum, "files": len(listed)}, actor=person)
    return package


@transaction.atomic
def hand_over(*, package: Package, person: Any) -> Package:
    """The package waits to be handed over, which the next run does; again after a refusal, never twice.

    Raises NotYours, CaseRefused.
    """
    package = Package.objects.select_for_update(of=("self",)).select_related("case__unit").get(pk=package.pk)
    rules.check_may(person, "hand", package.case, database_now())
    if document_system() is None:
        raise rules.CaseRefused(_("No document system is connected. Download the package and carry it over by hand."))
    if package.state not in (Package.State.MADE, Package.State.REFUSED):
        raise rules.CaseRefused(_("This package was handed over already: %(state)s.") % {"state": package.get_state_display()})
    package.state, package.handed_at, package.answered_at, package.answer = Package.State.WAITING, None, None, ""
    package.save(update_fields=["state", "handed_at", "answered_at", "answer"])
    record(deed="documents.hand_over", subject=package, after={"sha256": package.sha256}, actor=person)
    return package


def hand_waiting(*, system: DocumentSystem | None = None) -> int:
    """Gives what waits to the document system; gives how many. A worker that dies in between leaves the row waiting, and the same
    file given again does no harm."""
    system = system or document_system()
    if system is None:
        return 0
    count = 0
    for pk in Package.objects.filter(state=Package.State.WAITING).order_by("pk").values_list("pk", flat=True):
        try:
            count += _hand(pk, system)
        except NotReached:
            break
    return count


@transaction.atomic
def _hand(pk: int, system: DocumentSystem) -> bool:
    waiting = Package.objects.select_for_update(of=("self",), skip_locked=True).select_related("case")
    package = waiting.filter(pk=pk, state=Package.State.WAITING).first()
    if package is None:
        return False
    system.hand(package.file_name, bytes(package.content))
    package.state, package.handed_at = Package.State.HANDED, database_now()
    package.save(update_fields=["state", "handed_at"])
    return True


def read_answers(*, system: DocumentSystem | None = None) -> int:
    """Writes down what the document system answered; gives how many. An answer to no package of ours is settled and left."""
    system = system or document_system()
    if system is None:
        return 0
    count = 0
    try:
        for answer in list(system.answers()):
            count += _write_down(answer)
            system.settle(answer)
    except NotReached:
        return count
    return count


ANSWERED = (Package.State.HANDED, Package.State.WAITING)
"""Waiting too: a worker that died between handing over and writing it down left the package so, and its answer is no less true."""


@transaction.atomic
def _write_down(answer: Answer) -> bool:
    pk = _named(answer.file_name)
    rows = Package.objects.select_for_update(of=("self",)).select_related("case__unit").defer("content")
    package = rows.filter(pk=pk, state__in=ANSWERED).first() if pk else None
    if package is None:
        return False
    _answered(package, answer, database_now())
    return True


def _named(file_name: str) -> int | None:
    """Which package has that name; a name is made of the sign and the number, so the number narrows the search. No contents."""
    _sign, _line, number = file_name.removesuffix(".zip").rpartition("_")
    if not (number.isascii() and number.isdecimal() and len(number) < 6):
        return None
    rows = Package.objects.filter(state__in=ANSWERED, number=int(number)).select_related("case").defer("content")
    return next((each.pk for each in rows.order_by("pk") if each.file_name == file_name), None)


def _kept(words: str, most: int) -> str:
    """What the database can keep: one answer with a NUL byte would stop all that come after it."""
    return words.replace("\x00", "")[:most]


def _answered(package: Package, answer: Answer, at: datetime) -> None:
    package.state = Package.State.TAKEN if answer.is_taken else Package.State.REFUSED
    package.answered_at, package.answer = at, _kept(answer.words, 500)
    package.handed_at = package.handed_at or at
    package.save(update_fields=["state", "handed_at", "answered_at", "answer"])
    number = _kept(answer.number, 120)
    if answer.is_taken and number:
        package.case.foreign_number = number
        package.case.save(update_fields=["foreign_number"])
    after = {"state": package.state, "number": number}
    record(deed="documents.read_answer", subject=package, after=after)
