"""What a person may ask for: all we hold about them, and that it be erased; and the nightly end of retention."""

from __future__ import annotations

import json
import logging
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from ratusz.foundation.audit.actions import erase_details, expire_entries, record, record_read
from ratusz.foundation.audit.models import Entry
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.registries import PersonalData, personal_data
from ratusz.foundation.notifications.models import Address
from ratusz.foundation.people.keys import keyed_digest, plain_address
from ratusz.foundation.people.models import Erasure, User

logger = logging.getLogger("ratusz.privacy")


def find_person(text: str) -> User | str:
    """The account with that e-mail address, else the address or number itself (people without an account)."""
    plain = plain_address(text)
    return User.objects.filter(email__iexact=plain).first() or plain


def _subject(person: User | str) -> User | str:
    """The record names an account by its number, and nobody else by what would have to be erased again."""
    return person if isinstance(person, User) else "person without an account"


def _address(person: User | str) -> str:
    return plain_address(person.email if isinstance(person, User) else person)


def export_person(*, person: User | str, reason: str, actor: Any = None) -> dict[str, list[dict[str, Any]]]:
    """All rows about the person, by model (art. 15 and 20 RODO). Reading them is recorded."""
    found = {name: [dict(row) for row in entry.export(person)] for name, entry in sorted(personal_data.items())}
    found = {name: rows for name, rows in found.items() if rows}
    record_read(subject=_subject(person), fields=sorted(found), actor=actor, reason=reason)
    return found


@transaction.atomic
def erase_person(*, person: User | str, reason: str, actor: Any = None) -> Erasure:
    """Erases or makes anonymous all that may go (art. 17 RODO); says how many rows of which model, and what stayed by duty.

    The account goes last, because the other modules find their rows by its address. Values in the record go too; who did what
    when stays (art. 17 ust. 3 lit. b). A line outside the database lets the erasure be repeated after a restore.
    """
    address, number = _address(person), person.pk if isinstance(person, User) else None
    entries = sorted(personal_data.items(), key=lambda named: named[0] == User._meta.label)
    kept = {name: count for name, entry in entries if entry.kept_because and (count := len(list(entry.export(person))))}
    counts = {name: count for name, entry in entries if (count := entry.erase(person))}
    counts["ratusz_audit.Detail"] = _erase_from_record(person, address)
    erasure = Erasure.objects.create(
        subject_digest=keyed_digest("erasures", address), account_number=number,
        erased_at=database_now(), reason=reason[:200], counts=counts, kept=kept,
    )  # fmt: skip
    record(deed="people.erase_person", subject=erasure, after={"rows": counts, "kept": kept}, actor=actor)
    transaction.on_commit(lambda: _write_down(erasure))
    return erasure


def _erase_from_record(person: User | str, address: str) -> int:
    texts = Entry.objects.annotate(text=Cast("detail__content", TextField())).filter(text__icontains=address)
    entries = Entry.objects.filter(pk__in=texts.values("pk"))
    if isinstance(person, User):
        entries |= Entry.objects.about(person)
    return erase_details(entries=entries, because="erasure of a person's data")


def erasures_file() -> Path:
    """The log of erasures, outside the database: one JSON line each, with keyed digests only."""
    return Path(settings.HOME) / "erasures" / "log"


def _write_down(erasure: Erasure) -> None:
    path = erasures_file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    line = {"subject": bytes(erasure.subject_digest).hex(), "account": erasure.account_number, "at": erasure.erased_at.isoformat()}
    with path.open("a") as file:
        file.write(json.dumps({**line, "reason": erasure.reason}) + "\n")


def replay_erasures(*, path: Path | None = None) -> int:
    """After a restore: erases again whoever was erased since the backup. Returns how many people were found again."""
    path = path or erasures_file()
    lines = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
    wanted = {line["subject"]: line["reason"] for line in lines}
    people: list[User | str] = [*User.objects.order_by("pk"), *Address.objects.exclude(value="").values_list("value", flat=True)]
    again = {
        digest: person for person in reversed(people) if (digest := keyed_digest("erasures", _address(person)).hex()) in wanted
    }
    for digest, person in again.items():
        erase_person(person=person, reason=wanted[digest])
    return len(again)


def expire_personal_data(*, dry_run: bool = False, at: datetime | None = None) -> dict[str, int]:
    """Every night: deletes the rows whose retention is over, by model; a dry run only counts them."""
    at = at or database_now()
    counts = {name: _expire(entry, at, dry_run) for name, entry in sorted(personal_data.items()) if entry.past}
    if not dry_run:
        counts["ratusz_audit.Entry"] = expire_entries()
        logger.info("retention: %s", counts)
    return {name: count for name, count in counts.items() if count}


@transaction.atomic
def _expire(entry: PersonalData, at: datetime, dry_run: bool) -> int:
    rows = entry.past(at) if entry.past else ()
    return rows.count() if dry_run else rows.delete()[0]
