"""Who writes on the platform: a name everybody reads and an address nobody does, known by a code and not by a password."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Participant(models.Model):
    """An account on the platform. It is no account of staff: nobody enters the admin with it."""

    nickname = models.CharField(_("name shown under what one writes"), max_length=40)
    contact = models.OneToOneField(
        "ratusz_notifications.Address", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("where to write")
    )
    """None once it is erased; then nobody can sign in to it."""
    made_at = models.DateTimeField(_("account set up"))
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)

    suspended_until: datetime | None = None
    """Of no column: moderation knows it, and whoever reads the account for a page or a deed sets it (sessions, actions.writing)."""

    class Meta:
        verbose_name = _("account on the platform")
        verbose_name_plural = _("accounts on the platform")
        constraints = [
            models.UniqueConstraint(Lower("nickname"), name="a_name_on_the_platform_is_one_persons"),
            models.CheckConstraint(condition=Q(erased_at=None) | Q(contact=None), name="an_erased_account_has_no_address"),
        ]

    def __str__(self) -> str:
        return self.nickname

    @property
    def key(self) -> str:
        return f"forum.account:{self.pk}"

    @property
    def address(self) -> str:
        """The mailbox; "" once it is erased."""
        return self.contact.value if self.contact is not None else ""

    @property
    def label_in_record(self) -> str:
        return self.key

    def is_suspended(self, at: datetime) -> bool:
        """Whether the account may only read at that moment."""
        return self.suspended_until is not None and at < self.suspended_until
