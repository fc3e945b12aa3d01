"""A consulted text in the demo city: the rules of a made-up park in two versions, remarks on passages, groups made of them."""

from __future__ import annotations

from datetime import timedelta

from ratusz.demo.accounts import DOMAIN
from ratusz.demo.facts.park_rules import CAMPAIGN, FIRST, REMARKS, SECOND, WHAT_CHANGES
from ratusz.demo.loaders import Report
from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.people.models import User
from ratusz.foundation.units.models import Unit
from ratusz.participation.consultations.models import Area, Consultation, Form
from ratusz.participation.remarks.actions import analysing, grouping, texts
from ratusz.participation.remarks.actions.boxes import set_box
from ratusz.participation.remarks.actions.intake import Arrival, Author, Point, take_in
from ratusz.participation.remarks.models import ConsultedText, Intake, Proposal
from ratusz.participation.remarks.queries_texts import passage_named
from ratusz.participation.remarks.texts.pieces import Piece, Read, pieces

SLUG = "regulamin-parku-przykladowego"
ENDINGS = ("", "", "", "Mieszkanka", "Mieszkaniec", "", "Pozdrawiam!", "")
NAMES = ("Anna", "Jan", "Ewa", "Piotr", "Zofia", "Adam", "Maria", "Tomasz", "Iga", "Karol")


def load(report: Report) -> None:
    """Repeatable: the consultation that stands is left as it is."""
    if Consultation.objects.filter(slug=SLUG).exists():
        return
    report("konsultowany tekst i grupy uwag")
    editor = User.objects.get(email=f"editor@{DOMAIN}")
    with acting(system("demo")):
        text = _text(editor)
        _publish(text, FIRST, "", editor)
        _remarks(text)
        _publish(text, SECOND, WHAT_CHANGES, editor)
        _groups(text.consultation, editor)


def _text(editor: User) -> ConsultedText:
    now = database_now()
    today = local_day(now)
    consultation = Consultation.objects.create(
        slug=SLUG, number="KS/2026/9001", title="Regulamin parku Przykładowego (przykład)", label=Consultation.Label.FORMAL,
        subject="Projekt regulaminu parku: godziny, psy, ogniska, rowery, zieleń. Park jest zmyślony.",
        purpose="Regulamin ma jedenaście lat i nie mówi nic o hulajnogach ani o wybiegu dla psów.",
        open_questions="Godziny otwarcia, miejsca ognisk i zasady jazdy rowerem. Granice parku się nie zmienią.",
        decided_by="Rada Miasta", summary="Pytamy, jak korzystać z parku, żeby nikt nikomu nie przeszkadzał.", modes=["art5a"],
        owner_unit=Unit.objects.filter(is_department=True).order_by("pk").first(), owner_person=editor, order_number="901/2026",
        ordered_on=today - timedelta(days=30), starts_on=today - timedelta(days=14), ends_on=today + timedelta(days=14),
        announced_at=now - timedelta(days=28), created_at=now - timedelta(days=40), created_by=editor,
    )  # fmt: skip
    Area.objects.create(consultation=consultation, kind=Area.Kind.CITY, name="Całe miasto")
    form = Form.objects.create(consultation=consultation, kind="document_review", title="Projekt regulaminu parku")
    set_box(form=form, is_read_before=False, person=editor)
    return texts.make_text(form=form, person=editor)


def _publish(text: ConsultedText, lines: tuple[str, ...], what_changes: str, editor: User) -> None:
    found: list[Piece] = pieces(Read(line, "text") for line in lines)
    draft = texts.keep_draft(text=text, found=found, person=editor)
    texts.publish_version(version=draft, what_changes=what_changes, person=editor)


def _remarks(text: ConsultedText) -> None:
    said = [*REMARKS, *((0, f"{CAMPAIGN} {ending}".strip()) for ending in ENDINGS)]
    for number, (passage, words) in enumerate(said):
        named = passage_named(text.consultation, f"{text.pk}-{passage}") if passage else None
        point = Point(words, passage=named.code, passage_words=named.words) if named else Point(words)
        author = Author(f"{NAMES[number % 10]} Przykładna", f"ul. Przykładowa {number + 1}", Intake.Category.RESIDENT)
        take_in(consultation=text.consultation, form=text.form, points=[point], author=author, arrival=Arrival())


def _groups(consultation: Consultation, editor: User) -> None:
    """The copies are a group already; the topics wait for a person."""
    run = analysing.ask_analysis(consultation=consultation, person=editor)
    analysing.run_analysis(run=run.pk)
    copies = Proposal.objects.filter(run=run, kind=Proposal.Kind.COPIES).order_by("-size").first()
    if copies is not None:
        grouping.accept_proposal(proposal=copies, person=editor, name="List: park otwarty całą dobę")
