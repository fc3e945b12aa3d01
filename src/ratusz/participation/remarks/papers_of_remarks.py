"""Papers of the remark box: what is typed from one, when two typings are alike, what they become."""

from __future__ import annotations

import re
import uuid
from dataclasses import replace
from typing import Any

from ratusz.casework.signatures.likeness import plain_home, plain_name
from ratusz.foundation.kit.words import search_key
from ratusz.participation.remarks import rules
from ratusz.participation.remarks.actions.intake import Arrival, Author, located, take_in
from ratusz.participation.remarks.boxes import KINDS, box_of, schema_of
from ratusz.participation.remarks.forms import ANSWERS
from ratusz.participation.remarks.forms_staff import TypingForm
from ratusz.participation.remarks.models import Intake, PaperReturn
from ratusz.participation.remarks.paper_kinds import PaperKind, paper_kinds
from ratusz.participation.remarks.parting import parted

WHO = ("category", "organisation", "name", "address", "email")
FACTS = ("content", "place_words", *WHO, *ANSWERS)


def typing_form(paper: PaperReturn, data: Any, initial: dict[str, str] | None) -> TypingForm:
    """The form to type a paper into."""
    schema = schema_of(paper.form, box_of(paper.form), paper.arrived_at)
    return TypingForm(data, initial=initial, schema=schema)


def check(paper: PaperReturn, facts: dict[str, str]) -> None:
    """Raises RemarkRefused for a paper without words, with too many, or on a passage that no text has."""
    points = parted(facts["content"])
    rules.check_points([each.content for each in points])
    located(paper.form.consultation, paper.form, points)


def plain(facts: dict[str, str]) -> tuple[Any, ...]:
    """Names, addresses and words without accents, case and marks."""
    points = parted(facts["content"])
    words = tuple((each.passage_number, " ".join(re.findall(r"\w+", search_key(each.content)))) for each in points)
    others = (search_key(facts["organisation"]), facts["email"].lower(), facts["category"])
    others += tuple(search_key(facts.get(name, "")) for name in ("place_words", *ANSWERS))
    return (words, plain_name(facts["name"]), plain_home(facts["address"]), *others)


def shown(paper: PaperReturn, facts: dict[str, str]) -> list[str]:
    """One typing in lines."""
    names = ("content", "place_words", "name", "address", "email", "organisation", *ANSWERS)
    return [facts[name] for name in names if facts.get(name)]


def take(paper: PaperReturn, facts: dict[str, str], clerks: list[Any]) -> Intake:
    """The intake of the paper, under the number of its stub. Raises NotYours, RemarkRefused."""
    who: dict[str, Any] = {name: facts[name] for name in WHO}
    who["answers"] = {name: facts[name] for name in ANSWERS if facts.get(name)}
    points = [replace(each, place_words=facts.get("place_words", "")) for each in parted(facts["content"])]
    arrival = Arrival(
        channel=paper.channel, received_at=paper.arrived_at, form_key=uuid.uuid4(), scan=paper.scan, receipt=paper.receipt
    )  # fmt: skip
    return take_in(
        consultation=paper.form.consultation, form=paper.form, points=points, author=Author(**who), arrival=arrival,
        person=clerks[-1],
    )  # fmt: skip


def register() -> None:
    """Fills the registry."""
    for kind in KINDS:
        paper_kinds.register(kind, PaperKind(FACTS, typing_form, check, plain, take, shown))
