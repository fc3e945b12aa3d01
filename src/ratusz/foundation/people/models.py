"""Accounts of staff and residents, and the roles of the department as data."""

from __future__ import annotations

import uuid

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


class UserQuerySet(models.QuerySet["User"]):
    """Filters on accounts."""

    def active(self) -> UserQuerySet:
        return self.filter(is_active=True)


class UserAccounts(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes accounts that sign in by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str) -> User:
        return self.get(email__iexact=username)


class User(AbstractUser):
    """A person who can sign in, by e-mail address. Staff also carry appointments (module units)."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    session_epoch = models.PositiveIntegerField(default=0, editable=False)
    """Part of every session's hash: raising it ends all sessions of the account at once, wherever they are kept."""

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []
    objects = UserAccounts()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [models.UniqueConstraint(Lower("email"), name="account_email_is_unique_in_any_case")]

    @property
    def display_name(self) -> str:
        return self.get_full_name() or self.email

    def get_session_auth_hash(self) -> str:
        return salted_hmac("ratusz.people.session", f"{self.password}|{self.session_epoch}", algorithm="sha256").hexdigest()

    def __str__(self) -> str:
        return self.display_name


class Role(models.Model):
    """A role in the department's work; roles are data, what each may do stands in the modules' rules."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=100)
    description = models.TextField(_("what this role does"), blank=True)
    sort_key = models.CharField(max_length=200, editable=False, blank=True, db_collation="C")

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["sort_key", "code"]

    def __str__(self) -> str:
        return self.name


class Attempt(models.Model):
    """One use of something limited: a try to sign in, a code sent. Whose, only as a keyed digest."""

    kind = models.CharField(_("kind of limit"), max_length=40)
    key_digest = models.BinaryField(_("keyed digest of whose it is"), max_length=32)
    happened_at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        indexes = [models.Index(fields=["kind", "key_digest", "happened_at"], name="people_attempt_key")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class OneTimeCode(models.Model):
    """A code sent to an address. Of code, address and the request that asked only keyed digests are kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.SlugField(_("purpose of the code"))
    address_digest = models.BinaryField(_("keyed digest of the address"), max_length=32)
    bound_digest = models.BinaryField(_("keyed digest of the request"), max_length=32)
    code_digest = models.BinaryField(_("keyed digest of the code"), max_length=32)
    expires_at = models.DateTimeField(_("valid until"))
    tries = models.PositiveSmallIntegerField(_("tries so far"), default=0)
    used_at = models.DateTimeField(_("used at"), null=True)
    voided_at = models.DateTimeField(_("voided at"), null=True)

    class Meta:
        verbose_name = _("one-time code")
        verbose_name_plural = _("one-time codes")
        constraints = [models.CheckConstraint(condition=models.Q(tries__lte=5), name="one_time_code_has_five_tries")]
        indexes = [models.Index(fields=["purpose", "address_digest"], name="people_code_address")]

    def __str__(self) -> str:
        return str(self.pk)


class Erasure(models.Model):
    """That a person's data were erased, so that it can be done again after a restore. Append-only; names nobody."""

    subject_digest = models.BinaryField(_("keyed digest of the person's address"), max_length=32)
    account_number = models.BigIntegerField(_("number of the account"), null=True)
    erased_at = models.DateTimeField(_("when"))
    reason = models.CharField(_("ground for the erasure"), max_length=200)
    counts = models.JSONField(_("rows by model"), default=dict)
    kept = models.JSONField(_("rows that stayed, by model"), default=dict)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["-erased_at"]

    def __str__(self) -> str:
        return str(self.pk)


from ratusz.foundation.people.wagtail_audit import BridgedModelLogEntry, BridgedPageLogEntry  # noqa: E402, F401 - Django looks for models here
