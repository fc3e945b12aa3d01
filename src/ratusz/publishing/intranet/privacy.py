"""Where personal data lie in the intranet: who confirmed, who read what last, who commented, who signed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.registries import not_personal, register_personal_data
from ratusz.foundation.people.models import User
from ratusz.foundation.units.models import Unit
from ratusz.publishing.intranet import actions, rules
from ratusz.publishing.intranet.models import Acknowledgement, Comment, Notice, NoticeVersion, Reading, SignedSheet
from ratusz.publishing.intranet.models.answers import COMMENTS_KEPT_FOR
from ratusz.publishing.intranet.models.notices import KEPT_FOR

DUTY = "art. 6 ust. 1 lit. c i e RODO"
KEPT_DAYS = KEPT_FOR.days
KEPT = "3 lata po zdjęciu ogłoszenia (art. 291 § 1 Kodeksu pracy)"


def may_read_sheet(person: Any, file: Any, at: datetime) -> bool:
    """The superior of the unit whose sheet it is."""
    number = file.subject.rpartition(":")[2]
    unit = Unit.objects.filter(pk=number).first() if number.isdecimal() else None
    return unit is not None and rules.may(person, "missing", unit, at)


def _of(model: Any, path: str, *fields: str):
    def export(person: Any) -> Iterable[dict[str, Any]]:
        rows = model._default_manager.filter(**{path: person}) if isinstance(person, User) else model._default_manager.none()
        return rows.values(*fields)

    return export


def _kept(person: Any) -> int:
    """Who was told what about safety must be provable after the account is gone; the account itself loses its name."""
    return 0


def register() -> None:
    """Fills the registry of personal data."""
    proof = _("the proof that staff were told of dangers and rules: art. 17 ust. 3 lit. b RODO, przepisy Kodeksu pracy o BHP")
    register_personal_data(
        Acknowledgement, fields=("person", "entered_by"), purpose=_("to prove that staff were told"), legal_basis=DUTY,
        retention=KEPT, retention_days=KEPT_DAYS,
        export=_of(Acknowledgement, "person", "version__title", "version__number", "at", "way"), erase=_kept, kept_because=proof,
    )  # fmt: skip
    register_personal_data(
        SignedSheet, fields=("entered_by", "photo"), purpose=_("to prove that staff were told"), legal_basis=DUTY,
        retention=KEPT, retention_days=KEPT_DAYS, erase=_kept, kept_because=proof,
        export=_of(SignedSheet, "entered_by", "version__title", "unit__name", "signed_on", "entered_at"),
    )  # fmt: skip
    register_personal_data(
        Notice, fields=("author",), purpose=_("to know who told staff what"), legal_basis=DUTY, retention="jak akta komórki",
        export=_of(Notice, "author", "title", "state", "published_at"), erase=_kept, kept_because=proof,
    )  # fmt: skip
    register_personal_data(
        NoticeVersion, fields=("written_by",), purpose=_("to know who told staff what"), legal_basis=DUTY,
        retention="jak akta komórki",
        export=_of(NoticeVersion, "written_by", "title", "number", "written_at"), erase=_kept, kept_because=proof,
    )  # fmt: skip
    register_personal_data(
        Reading, fields=("person",), purpose=_("to show what has changed since the last reading"), legal_basis=DUTY,
        retention="do zdjęcia ogłoszenia", retention_days=0,
        past=lambda at: Reading.objects.filter(notice__in=Notice.objects.off_view(at)),
        export=_of(Reading, "person", "notice__title", "last_seen"), erase=lambda person: _erase(actions.forget_readings, person),
    )  # fmt: skip
    register_personal_data(
        Comment, fields=("author", "text"), purpose=_("to talk about notices"), legal_basis=DUTY, retention="rok",
        retention_days=COMMENTS_KEPT_FOR.days, past=Comment.objects.long_written,
        export=_of(Comment, "author", "notice__title", "text", "written_at"),
        erase=lambda person: _erase(actions.erase_comments, person),
    )  # fmt: skip
    not_personal.register("ratusz_intranet.Building.address", "adres budynku Urzędu")


def _erase(action: Any, person: Any) -> int:
    return action(person=person) if isinstance(person, User) else 0
