"""Tries of "check by number", so that numbers cannot be guessed by the thousand."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class NumberTry(models.Model):
    """One try from a connection; the connection is a keyed fingerprint, never an address. Rows live for a day at most."""

    fingerprint = models.CharField(_("connection"), max_length=64)
    tried_at = models.DateTimeField(_("tried"))

    class Meta:
        verbose_name = _("try of a number")
        verbose_name_plural = _("tries of numbers")
        indexes = [models.Index(fields=["fingerprint", "tried_at"], name="tries_of_a_connection")]

    def __str__(self) -> str:
        return f"{self.fingerprint[:8]} {self.tried_at}"
