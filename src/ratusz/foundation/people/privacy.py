"""Where personal data lie in people, audit and the libraries beneath: how they are exported, erased and how long they are kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.sessions.models import Session
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.users.models import UserProfile

from ratusz.foundation.audit.models import Detail, Entry
from ratusz.foundation.kit.registries import not_personal, register_personal_data
from ratusz.foundation.people import actions
from ratusz.foundation.people.models import Attempt, Erasure, OneTimeCode, User

DUTY = "art. 6 ust. 1 lit. c i e RODO"
LOGS = "art. 6 ust. 1 lit. c RODO, rozporządzenie KRI z 21.05.2024"
WITH_ACCOUNT = "razem z kontem"


def _account(person: Any) -> QuerySet[User]:
    return User.objects.filter(pk=person.pk) if isinstance(person, User) else User.objects.none()


def _account_rows(person: Any) -> Iterable[dict[str, Any]]:
    return _account(person).values("email", "first_name", "last_name", "date_joined", "last_login", "is_active", "is_staff")


def _of_account(model: type[Model], path: str, *fields: str) -> dict[str, Any]:
    """Exporter and eraser of rows that belong to an account alone."""

    def export(person: Any) -> Iterable[dict[str, Any]]:
        return model._default_manager.filter(**{f"{path}__in": _account(person)}).values(*fields)

    def erase(person: Any) -> int:
        return actions.delete_rows(rows=model._default_manager.filter(**{f"{path}__in": _account(person)}))

    return {"export": export, "erase": erase}


def _erase_account(person: Any) -> int:
    return actions.erase_account(account=person) if isinstance(person, User) else 0


def _nothing(person: Any) -> Iterable[dict[str, Any]]:
    return ()


def _kept(person: Any) -> int:
    """Kept on purpose: the law asks for it, or nobody can be recognised in it."""
    return 0


def _deeds(person: Any) -> Iterable[dict[str, Any]]:
    if not isinstance(person, User):
        return ()
    return Entry.objects.filter(actor_kind="person", actor_id=str(person.pk)).values("happened_at", "deed", "address")


def _values_about(person: Any) -> Iterable[dict[str, Any]]:
    if not isinstance(person, User):
        return ()
    return Detail.objects.filter(entry__in=Entry.objects.about(person), erased_at=None).values("entry__happened_at", "content")


def register() -> None:
    """Fills the registry of personal data."""
    _add(User, ("email", "first_name", "last_name", "last_login", "password"), _("to sign in"), DUTY, "do usunięcia konta",
         {"export": _account_rows, "erase": _erase_account})  # fmt: skip
    _add(
        EmailAddress, ("user", "email"), _("to sign in"), DUTY, WITH_ACCOUNT, _of_account(EmailAddress, "user", "email", "verified")
    )
    _add(Authenticator, ("user",), _("second factor"), DUTY, WITH_ACCOUNT, _of_account(Authenticator, "user", "type", "created_at"))
    city = _of_account(SocialAccount, "user", "provider", "uid", "date_joined")
    _add(SocialAccount, ("user", "uid", "extra_data"), _("the city's sign-in"), DUTY, WITH_ACCOUNT, city)
    profile = _of_account(UserProfile, "user", "preferred_language", "current_time_zone")
    _add(UserProfile, ("user", "avatar"), _("preferences in the admin"), DUTY, WITH_ACCOUNT, profile)
    _add(Session, ("session_data",), _("to stay signed in"), DUTY, "12 godzin", {"export": _nothing, "erase": _kept},
         retention_days=1, past=lambda at: Session.objects.filter(expire_date__lt=at))  # fmt: skip
    digest_only = {"export": _nothing, "erase": _kept}
    _add(
        Attempt,
        ("key_digest",),
        _("to stop guessing"),
        DUTY,
        "1 dzień, jako skrót z kluczem",
        digest_only,
        retention_days=1,
        past=_old_attempts,
    )
    _add(OneTimeCode, ("address_digest",), _("to prove an address"), DUTY, "1 dzień, jako skrót z kluczem",
         {"export": _nothing, "erase": _kept}, retention_days=1, past=_old_codes)  # fmt: skip
    _add(Erasure, ("subject_digest",), _("to repeat an erasure after a restore"), DUTY, "bezterminowo, jako skrót z kluczem",
         {"export": _nothing, "erase": _kept})  # fmt: skip
    _add(Entry, ("actor_id", "actor_label", "address"), _("accountability"), LOGS, "2 lata", {"export": _deeds, "erase": _kept},
         retention_days=730,
         kept_because=_("who did what and when, two years: the KRI regulation, art. 17 ust. 3 lit. b RODO"))  # fmt: skip
    _add(Detail, ("content",), _("accountability"), LOGS, "2 lata albo do usunięcia danych osoby",
         {"export": _values_about, "erase": _kept}, retention_days=730)  # fmt: skip
    for name, reason in LOOKS_PERSONAL.items():
        not_personal.register(name, reason)


def _old_attempts(at: datetime) -> QuerySet[Attempt]:
    return Attempt.objects.filter(happened_at__lt=at - timedelta(days=1))


def _old_codes(at: datetime) -> QuerySet[OneTimeCode]:
    return OneTimeCode.objects.filter(expires_at__lt=at - timedelta(days=1))


def _add(
    model: type[Model], fields: tuple[str, ...], purpose: Any, basis: str, kept: str, how: dict[str, Any], **more: Any
) -> None:
    register_personal_data(model, fields=fields, purpose=purpose, legal_basis=basis, retention=kept, **how, **more)


STAFF_ID = "numer konta pracownika, po usunięciu konta nikogo nie wskazuje"
LOOKS_PERSONAL = {
    **{
        f"wagtailcore.{name}.user": STAFF_ID
        for name in ("ModelLogEntry", "PageLogEntry", "Revision", "PageSubscription", "Comment", "CommentReply")
    },
    "wagtailcore.Page.owner": STAFF_ID,
    "wagtailcore.Page.locked_by": STAFF_ID,
    "wagtailcore.Comment.resolved_by": STAFF_ID,
    "wagtailcore.WorkflowState.requested_by": STAFF_ID,
    "wagtailcore.TaskState.finished_by": STAFF_ID,
    "wagtailadmin.EditingSession.user": STAFF_ID,
    "wagtailadmin.FormState.user": STAFF_ID,
    "wagtailcore.APIToken.user": STAFF_ID,
    "wagtailcore.UploadedFile.uploaded_by_user": STAFF_ID,
    "ratusz_jobs.DueJob.leased_by": "nazwa procesu, nie osoby",
    "ratusz_notifications.OutboxMessage.leased_by": "nazwa procesu, nie osoby",
    "ratusz_notifications.PrintBatch.made_by": STAFF_ID,
    "account.EmailConfirmation.email_address": "wskazuje EmailAddress; nieużywane, adresy potwierdza administrator",
    "wagtailimages.Image.uploaded_by_user": STAFF_ID,
}
