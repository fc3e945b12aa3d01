"""What people let through a gate with a reason, and the newest run of the gates over each text."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.translation import gettext_lazy as _

SHORTEST_REASON = 10


class GateOverride(models.Model):
    """One gate opened for one state of one text, by a person in a role, with the reason; nobody changes or deletes it."""

    subject = models.CharField(_("key of the text"), max_length=100)
    gate = models.CharField(_("gate"), max_length=20)
    fingerprint = models.CharField(_("digest of the text"), max_length=64)
    findings = models.JSONField(_("what was let through"), default=list)
    reason = models.TextField(_("reason"), max_length=1000)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=40)
    made_at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("text let through a gate")
        verbose_name_plural = _("texts let through a gate")
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "gate", "fingerprint"], name="one_override_of_a_gate_for_a_state"),
            models.CheckConstraint(condition=GreaterThanOrEqual(Length("reason"), SHORTEST_REASON), name="override_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.gate} – {self.subject}"


class GateRun(models.Model):
    """The newest run over one text: how many findings of each gate and how hard it is to read."""

    subject = models.CharField(_("key of the text"), max_length=100, unique=True)
    at = models.DateTimeField(_("when"))
    blocking = models.PositiveSmallIntegerField(_("stop it"), default=0)
    warnings = models.PositiveSmallIntegerField(_("warnings"), default=0)
    notes = models.PositiveSmallIntegerField(_("remarks"), default=0)
    counts = models.JSONField(_("findings of each gate"), default=dict)
    fog = models.DecimalField(_("FOG-PL"), max_digits=5, decimal_places=1, null=True, blank=True)
    median_sentence = models.DecimalField(_("median sentence in words"), max_digits=5, decimal_places=1, null=True, blank=True)
    words = models.PositiveIntegerField(_("words"), default=0)

    class Meta:
        verbose_name = _("run of the gates")
        verbose_name_plural = _("runs of the gates")

    def __str__(self) -> str:
        return self.subject
