"""What a project asks of its supporters, by the rules of its edition; how its collection of signatures stands."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from ratusz.casework.signatures import queries as signatures
from ratusz.casework.signatures.models import Collection
from ratusz.casework.signatures.queries import Standing
from ratusz.casework.signatures.registries import SignerFacts, Supported, SupportedKind
from ratusz.participation.budget.edition_rules import rules_of, signatures_needed
from ratusz.participation.budget.models import Pool
from ratusz.participation.projects import calendar, rules
from ratusz.participation.projects.models import Application, State
from ratusz.participation.projects.settings import setting

KIND = "projects.application"
"""Part of `Application.key` before the colon."""
COLLECTING = (State.DRAFT, State.SUBMITTED, State.COMPLETING)
"""While supporters may still be added."""


def supported(subject: str) -> Supported | None:
    """What the project of a key asks for; None while it has no title or no pool."""
    number = subject.partition(":")[2]
    application = Application.objects.select_related("edition", "pool__district").filter(pk=number).first()
    if application is None or application.pool is None or not application.title:
        return None
    pool, settings = application.pool, rules_of(application.edition)
    asked = "signatures.city" if pool.is_city_wide else "signatures.local_permyriad"
    return Supported(
        title=str(application), url=application.get_absolute_url() if application.slug else "",
        needed=signatures_needed(settings, pool), basis=settings.basis(asked), who=_who(pool), until=_until(application),
        needs_district=pool.district is not None, is_online_allowed=settings.value("signatures.online"),
        online_clause=settings.needs_clause("signatures.online"), guardian_below=settings.value("who.guardian_below"),
        check=partial(_why_not, pool.district, setting(application.edition, "supporters_of_the_pool")),
    )  # fmt: skip


def _who(pool: Pool) -> str:
    if pool.is_city_wide:
        return _("Everybody who lives in the city may sign, at any age.")
    return _("Everybody who lives in the district may sign, at any age: %(district)s.") % {"district": pool.name}


def _until(application: Application) -> datetime | None:
    """The end of submission, or of the term to complete the application when that is later."""
    ends = [calendar.ends_at(application.edition, "submission")]
    if application.state == State.COMPLETING:
        ends.append(application.calls.filter(answered_at=None, closed_at=None).values_list("due_at", flat=True).first())
    return max((end for end in ends if end is not None), default=None)


def _why_not(district: Any, asked: bool, facts: SignerFacts, at: datetime) -> str:
    """A resident of another district does not count; where the district of an address is not known, nobody is refused."""
    if asked and district is not None and facts.district is not None and facts.district != district:
        return _("This address lies in another district: %(district)s. Only residents of the project's district may sign.") % {
            "district": facts.district.name
        }  # fmt: skip
    return ""


def may_see(person: Any, subject: str, at: datetime) -> bool:
    """Whoever checks projects sees the numbers of their collections."""
    return rules.may(person, "see", None, at)


def kind() -> SupportedKind:
    """Projects as a kind of things that people support."""
    return SupportedKind(name=_("project of the participatory budget"), of=supported, may_see=may_see)


def standing(application: Application) -> Standing | None:
    """How its collection stands; None when nothing is collected in this program."""
    return signatures.standing(application.key)


def collection(application: Application) -> Collection | None:
    """Its collection."""
    return signatures.of_subject(application.key)


def needed(application: Application) -> int:
    """How many signatures its pool asks for; 0 while it has no pool."""
    return signatures_needed(rules_of(application.edition), application.pool) if application.pool else 0


def words_of(found: Standing) -> str:
    """The standing in one sentence."""
    words = _("Signatures that count: %(valid)s of %(needed)s.") % {"valid": found.valid, "needed": found.needed}
    waiting = [
        (_("lines to be typed: %(count)s"), found.lines), (_("sheets to be received: %(count)s"), found.sheets),
        (_("pairs that look alike: %(count)s"), found.pairs),
    ]  # fmt: skip
    told = ", ".join(text % {"count": count} for text, count in waiting if count)
    return words + " " + _("Still waiting: %(what)s.") % {"what": told} if told else words
