"""Rules an edition is bound by: frozen versions, and changes that one person proposes and another one settles."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ratusz.participation.budget.models.editions import Edition

LONGEST_REASON = 1000


class EditionChange(models.Model):
    """A deed that needs two people: what, why, who proposed and who settled it. A settled one is final; none is deleted."""

    class Kind(models.TextChoices):
        RULES = "rules", _("change of the rules")
        STAGE = "stage", _("change of the calendar")
        OUTAGE = "outage", _("extension after an outage")
        BALLOT = "ballot", _("freezing of the ballot")

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="changes", verbose_name=_("edition"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)
    reason = models.CharField(_("reason"), max_length=LONGEST_REASON)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed"))
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("settled by")
    )
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    is_approved = models.BooleanField(_("approved"), default=False)

    class Meta:
        verbose_name = _("change of an edition")
        verbose_name_plural = _("changes of an edition")
        ordering = ["edition", "-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(reason__regex=r"[^[:space:]]"), name="a_change_of_an_edition_has_a_reason"),
            models.CheckConstraint(
                condition=Q(settled_by__isnull=True, settled_at__isnull=True, is_approved=False)
                | Q(settled_by__isnull=False, settled_at__isnull=False),
                name="a_change_of_an_edition_is_settled_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(is_approved=False) | ~Q(settled_by=F("proposed_by")), name="another_person_approves_a_change"
            ),
            models.UniqueConstraint(
                fields=["edition", "kind"], condition=Q(settled_at__isnull=True), name="one_waiting_change_per_edition_and_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.kind}"

    @property
    def label_in_record(self) -> str:
        return f"{self.edition}: {self.get_kind_display()}"


class RulesVersion(models.Model):
    """What holds in an edition from a moment on: rules, calendar and pools as one file with its SHA-256. Append-only."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="rules_versions", verbose_name=_("edition"))
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField(_("content"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    change = models.OneToOneField(
        EditionChange, models.PROTECT, null=True, blank=True, related_name="version", verbose_name=_("change that made it")
    )
    made_at = models.DateTimeField(_("holds from"))

    class Meta:
        verbose_name = _("version of the rules")
        verbose_name_plural = _("versions of the rules")
        ordering = ["edition", "number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="one_rules_version_per_edition_and_number"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="a_rules_version_has_its_sha256"),
            models.CheckConstraint(
                condition=Q(number=1, change__isnull=True) | Q(number__gt=1, change__isnull=False),
                name="a_later_rules_version_has_its_change",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} v{self.number}"
