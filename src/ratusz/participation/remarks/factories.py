"""Intakes, remarks and positions for tests and the demo, made by the actions."""

from __future__ import annotations

from typing import Any

from ratusz.participation.consultations.factories import ConsultationFactory, FormFactory
from ratusz.participation.consultations.models import Form
from ratusz.participation.remarks.actions import positions, showing
from ratusz.participation.remarks.actions.boxes import set_box
from ratusz.participation.remarks.actions.intake import Arrival, Author, Point, take_in
from ratusz.participation.remarks.models import Box, Intake, Position, Remark

EWA = Author("Ewa Przykładowa", "ul. Przykładowa 1", Intake.Category.RESIDENT)


def make_form(**box: Any) -> Form:
    """A remark box of a running consultation; `box` are settings of Box."""
    form = FormFactory(consultation=ConsultationFactory(running=True))
    if box:
        Box.objects.create(form=form, **box)
    return form


def make_intake(form: Form, *contents: str, author: Author = EWA, person: Any = None, **arrival: Any) -> Intake:
    """One intake with these remarks, taken in by the action."""
    points = [Point(each) for each in contents or ("Proszę o więcej drzew przy placu zabaw.",)]
    return take_in(
        consultation=form.consultation, form=form, points=points, author=author, arrival=Arrival(**arrival), person=person
    )  # fmt: skip


def make_remark(form: Form, content: str = "Proszę o więcej drzew.", *, is_public: bool = True, author: Author = EWA) -> Remark:
    """One remark, let out unless told otherwise."""
    remark = make_intake(form, content, author=author).remarks.select_related("intake", "consultation", "cluster", "unit").get()
    return showing.show_remark(remark=remark, person=None) if is_public else remark


def make_position(remark: Remark, writer: Any, approver: Any = None, *, verdict: str = "accepted", reasons: str = "") -> Position:
    """A position: a draft, or approved by somebody else."""
    words = reasons or "Drzewa są w projekcie: posadzimy dwadzieścia lip wzdłuż alejki."
    made = positions.write_position(remark=remark, stand=positions.Stand(verdict, words), person=writer)
    if approver is not None:
        positions.send_to_review(remark=remark, person=writer)
        made = positions.approve(remark=remark, person=approver)
    return made


__all__ = ["make_form", "make_intake", "make_position", "make_remark", "set_box"]
