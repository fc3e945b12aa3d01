"""Papers of the remark box: what is typed from one, when two typings are alike, what they become."""

from __future__ import annotations

import re
import uuid
from typing import Any

from ratusz.casework.signatures.likeness import plain_home, plain_name
from ratusz.foundation.kit.words import search_key
from ratusz.participation.remarks import rules
from ratusz.participation.remarks.actions.intake import Arrival, Author, take_in
from ratusz.participation.remarks.boxes import KINDS
from ratusz.participation.remarks.forms_staff import TypingForm
from ratusz.participation.remarks.models import Intake, PaperReturn
from ratusz.participation.remarks.paper_kinds import PaperKind, paper_kinds
from ratusz.participation.remarks.parting import parted

FACTS = ("content", "category", "organisation", "name", "address", "email")


def typing_form(paper: PaperReturn, data: Any, initial: dict[str, str] | None) -> TypingForm:
    """The form to type a paper into."""
    return TypingForm(data, initial=initial)


def check(paper: PaperReturn, facts: dict[str, str]) -> None:
    """Raises RemarkRefused for a paper without words, or with too many."""
    rules.check_points([each.content for each in parted(facts["content"])])


def plain(facts: dict[str, str]) -> tuple[Any, ...]:
    """Names, addresses and words without accents, case and marks."""
    words = tuple(" ".join(re.findall(r"\w+", search_key(each.content))) for each in parted(facts["content"]))
    others = (search_key(facts["organisation"]), facts["email"].lower(), facts["category"])
    return (words, plain_name(facts["name"]), plain_home(facts["address"]), *others)


def shown(paper: PaperReturn, facts: dict[str, str]) -> list[str]:
    """One typing in lines."""
    return [line for line in (facts["content"], facts["name"], facts["address"], facts["email"], facts["organisation"]) if line]


def take(paper: PaperReturn, facts: dict[str, str], clerks: list[Any]) -> Intake:
    """The intake of the paper, under the number of its stub. Raises NotYours, RemarkRefused."""
    who: dict[str, Any] = {name: facts[name] for name in FACTS if name != "content"}
    arrival = Arrival(
        channel=paper.channel, received_at=paper.arrived_at, form_key=uuid.uuid4(), scan=paper.scan, receipt=paper.receipt
    )  # fmt: skip
    return take_in(
        consultation=paper.form.consultation, form=paper.form, points=parted(facts["content"]), author=Author(**who),
        arrival=arrival, person=clerks[-1],
    )  # fmt: skip


def register() -> None:
    """Fills the registry."""
    for kind in KINDS:
        paper_kinds.register(kind, PaperKind(FACTS, typing_form, check, plain, take, shown))
