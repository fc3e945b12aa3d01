"""Lists of supporters in the demo city: sheets typed by two people, a line that differs, a scan that waits."""

from __future__ import annotations

import io

from ratusz.casework.signatures import actions as signatures
from ratusz.casework.signatures.actions import Written
from ratusz.casework.signatures.models import Collection
from ratusz.demo import projects
from ratusz.demo.accounts import DOMAIN
from ratusz.demo.loaders import Report
from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.files.factories import make_pdf
from ratusz.foundation.people.models import User
from ratusz.participation.projects import actions, supporting
from ratusz.participation.projects.models import Application, State

UNREADABLE = Written(reason="unreadable")


def load(report: Report) -> None:
    """Repeatable: a project that collects already is left as it is."""
    edition = projects.edition_of("nabor")
    if edition is None:
        return
    found = list(Application.objects.filter(edition=edition, state=State.SUBMITTED).by_number()[:2])
    if not found or supporting.collection(found[0]) is not None:
        return
    report("listy poparcia projektów")
    with acting(system("demo")):
        for number, made in enumerate(found):
            _on_paper(actions.start_collecting(application=made), number)
            actions.hand_in_scan(application=made, number=3, upload=io.BytesIO(make_pdf()), name="arkusz-3.pdf")


def _on_paper(collection: Collection, number: int) -> None:
    """Three sheets: the first one typed, the second one begun, the third one only as a scan."""
    desk, editor = (User.objects.get(email=f"{code}@{DOMAIN}") for code in ("desk-officer", "editor"))
    first, second, _third = signatures.issue_sheets(collection=collection, count=3)
    first = signatures.receive_sheet(sheet=first, filled=6, scan=(io.BytesIO(make_pdf()), "arkusz-1.pdf"), person=desk)
    for line in first.lines.order_by("number"):
        read = _person(line.number + 10 * number)
        twice = {5: (UNREADABLE, UNREADABLE), 6: (read, _person(line.number + 1))}.get(line.number, (read, read))
        for person, each in zip((desk, editor), twice, strict=True):
            signatures.type_line(line=line, written=each, person=person)
    second = signatures.receive_sheet(sheet=second, filled=4, scan=None, person=desk)
    signatures.type_line(line=second.lines.order_by("number")[0], written=_person(40 + number), person=desk)


def _person(number: int) -> Written:
    names = ("Anna", "Jan", "Ewa", "Piotr", "Zofia", "Adam", "Maria", "Tomasz", "Iga", "Karol")
    return Written(f"{names[number % 10]} Przykładna", f"ul. Przykładowa {number + 1}/{number % 4 + 1}")
