"""Citizens' resolution initiatives of the demo city: one collects signatures, one was withdrawn. People are made up."""

from __future__ import annotations

import uuid
from datetime import time

from ratusz.demo.accounts import DOMAIN
from ratusz.demo.loaders import Report
from ratusz.foundation.audit.acting import acting, system
from ratusz.foundation.people.models import User
from ratusz.foundation.territory.models import District
from ratusz.participation.initiatives import actions
from ratusz.participation.initiatives.models import Initiative

TITLES = ("Uchwała w sprawie cienia na placach zabaw (przykład)", "Uchwała w sprawie ciszy nad zbiornikami (przykład)")
DRAFTS = (
    "§ 1. Na każdym miejskim placu zabaw rosną drzewa, które dają cień co najmniej połowie urządzeń.\n\n"
    "§ 2. Uchwała wchodzi w życie po 14 dniach od ogłoszenia.",
    "§ 1. Od 22.00 do 6.00 na miejskich kąpieliskach obowiązuje cisza.\n\n§ 2. Uchwała wchodzi w życie po 14 dniach od ogłoszenia.",
)
REASONS = (
    "W lipcu urządzenia na placach bez cienia są tak gorące, że dzieci nie mogą się bawić.",
    "Mieszkańcy domów przy kąpieliskach proszą o spokojne noce.",
)
COMMITTEE = "\n".join(
    f"{name}; ul. Przykładowa {number}"
    for number, name in enumerate(("Jan Próbny", "Anna Przykładowa", "Ewa Zmyślona", "Piotr Wymyślony", "Maria Próbna"), 1)
)


def load(report: Report) -> None:
    """Repeatable: nothing is added where initiatives are."""
    if Initiative.objects.exists():
        return
    report("inicjatywy uchwałodawcze")
    with acting(system("demo")):
        head = User.objects.get(email=f"head@{DOMAIN}")
        made = [_register(head, *texts) for texts in zip(TITLES, DRAFTS, REASONS, strict=True)]
        actions.withdraw_initiative(initiative=made[1], person=head)
        _councils(head)


def _register(head: User, title: str, draft: str, justification: str) -> Initiative:
    return actions.register_initiative(
        title=title, draft=draft, justification=justification, members=COMMITTEE, email="komitet@example.pl",
        form_key=uuid.uuid5(uuid.NAMESPACE_URL, title), person=head,
    )  # fmt: skip


def _councils(head: User) -> None:
    """Duty hours made up and said to be examples; every fifth district lacks them, nobody is named."""
    for district in District.objects.order_by("number"):
        duty = {"duty_weekday": district.number % 4, "duty_from": time(16), "duty_until": time(17, 30), "is_example": True}
        actions.save_council(district=district, facts={} if district.number % 5 == 0 else duty, person=head)
