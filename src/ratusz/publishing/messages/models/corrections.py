"""What was wrong or has changed after something was out, and one task for each outlet that has the old text."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Filters on corrections."""

    def published(self) -> CorrectionQuerySet:
        return self.filter(published_at__isnull=False)

    def waiting(self) -> CorrectionQuerySet:
        """Written, but nobody has published them yet."""
        return self.filter(published_at=None, replaced_at=None)


class Correction(models.Model):
    """What was wrong, what is right, since when, why; who approved it and when it was published."""

    class Nature(models.TextChoices):
        """Whether we had been wrong, the world has changed, or the message is gone."""

        MISTAKE = "mistake", _("correction: we had it wrong")
        CHANGE = "change", _("update: the situation has changed")
        WITHDRAWAL = "withdrawal", _("withdrawal of the message")

    message = models.ForeignKey("Message", on_delete=models.PROTECT, related_name="corrections", verbose_name=_("message"))
    facts = models.ForeignKey("FactsVersion", on_delete=models.PROTECT, related_name="+", verbose_name=_("facts after it"))
    nature = models.CharField(_("kind of correction"), max_length=10, choices=Nature, default=Nature.MISTAKE)
    was_wrong = models.CharField(_("what was wrong"), max_length=500)
    is_right = models.CharField(_("what is right"), max_length=500)
    since = models.DateTimeField(_("right since"), null=True, blank=True)
    cause = models.CharField(_("cause"), max_length=300, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    written_at = models.DateTimeField(_("written"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )
    approved_alone_because = models.CharField(_("approved without a second person because"), max_length=300, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    replaced_at = models.DateTimeField(_("replaced by a later change"), null=True, blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["message", "written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("written_by")) | ~Q(approved_alone_because=""),
                name="correction_is_approved_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(approved_by__isnull=False), name="published_correction_is_approved"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(replaced_at=None), name="published_correction_is_not_replaced"
            ),
            models.UniqueConstraint(
                fields=["message"], condition=Q(published_at=None, replaced_at=None), name="one_correction_waits_per_message"
            ),
        ]

    def __str__(self) -> str:
        return self.is_right


class CorrectionTask(models.Model):
    """One sent variant that a correction has to reach."""

    class State(models.TextChoices):
        DUE = "due", _("to be done")
        DONE = "done", _("done")
        NOT_NEEDED = "not_needed", _("not needed")
        REPLACED = "replaced", _("replaced by a later change")

    correction = models.ForeignKey(Correction, on_delete=models.PROTECT, related_name="tasks", verbose_name=_("correction"))
    variant = models.ForeignKey("Variant", on_delete=models.PROTECT, related_name="correction_tasks", verbose_name=_("variant"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DUE)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("settled by")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("correction to be made")
        verbose_name_plural = _("corrections to be made")
        ordering = ["correction", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["correction", "variant"], name="one_task_per_correction_and_variant"),
            models.CheckConstraint(
                condition=Q(state="due", settled_at=None) | ~Q(state="due") & Q(settled_at__isnull=False),
                name="correction_task_is_settled_with_its_moment",
            ),
            models.CheckConstraint(condition=~Q(state="not_needed") | ~Q(note=""), name="needless_correction_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.correction_id} – {self.variant_id}"
