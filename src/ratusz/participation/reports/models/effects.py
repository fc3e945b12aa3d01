"""What came of a consultation: what the Council decided, and each promised effect to its end."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ratusz.foundation.units.models import Unit
from ratusz.participation.reports.models.drafts import Report


class Outcome(models.Model):
    """What the Council, or whoever decides, did with the matter. Added, never changed."""

    class Kind(models.TextChoices):
        ADOPTED = "adopted", _("adopted as it was consulted")
        CHANGED = "changed", _("adopted with changes")
        REFUSED = "refused", _("not adopted")
        WITHDRAWN = "withdrawn", _("the draft was withdrawn")
        NONE = "none", _("no decision is needed")

    report = models.ForeignKey(Report, models.PROTECT, related_name="outcomes", verbose_name=_("report"))
    kind = models.CharField(_("outcome"), max_length=10, choices=Kind)
    decided_on = models.DateField(_("day of the decision"))
    act = models.CharField(_("number and title of the act"), max_length=300, blank=True)
    url = models.URLField(_("address of the act"), max_length=500, blank=True)
    words = models.TextField(_("in plain words"), max_length=2000)
    noted_at = models.DateTimeField(_("noted"))
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("noted by"))

    class Meta:
        verbose_name = _("outcome of a consultation")
        verbose_name_plural = _("outcomes of consultations")
        ordering = ["report_id", "decided_on", "pk"]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def label_in_record(self) -> str:
        return f"{self.report.label_in_record}: {self.kind}"


class EffectState(models.TextChoices):
    """Where an effect stands."""

    IN_PROGRESS = "in_progress", _("in progress")
    DONE = "done", pgettext_lazy("effect", "done")
    DROPPED = "dropped", pgettext_lazy("effect", "given up")


class Effect(models.Model):
    """One thing that changes because of a consultation, with who does it and until when."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="effects", verbose_name=_("report"))
    title = models.CharField(_("what changes"), max_length=300)
    remarks = models.JSONField(_("numbers of remarks"), default=list)
    """Whose remarks it answers."""
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("unit in charge"))
    state = models.CharField(_("state"), max_length=12, choices=EffectState, default=EffectState.IN_PROGRESS)
    due_on = models.DateField(_("until when"), null=True, blank=True)
    reason = models.TextField(_("why it is given up"), max_length=2000, blank=True)
    url = models.CharField(_("address of the decision"), max_length=500, blank=True)
    made_at = models.DateTimeField(_("promised"))

    class Meta:
        verbose_name = _("effect of a consultation")
        verbose_name_plural = _("effects of consultations")
        ordering = ["report_id", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(state="dropped") | ~Q(reason=""), name="what_is_given_up_says_why"),
            models.CheckConstraint(condition=~Q(state="in_progress") | Q(due_on__isnull=False), name="an_open_effect_has_a_day"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def label_in_record(self) -> str:
        return f"{self.report.label_in_record}: {self.pk}"

    @property
    def key(self) -> str:
        return f"reports.effect:{self.pk}"


class EffectStep(models.Model):
    """What was told of an effect, when. Added, never changed."""

    effect = models.ForeignKey(Effect, models.PROTECT, related_name="steps", verbose_name=_("effect"))
    state = models.CharField(_("state"), max_length=12, choices=EffectState)
    words = models.TextField(_("in plain words"), max_length=2000)
    due_on = models.DateField(_("until when"), null=True, blank=True)
    told_at = models.DateTimeField(_("told"))
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("told by"))

    class Meta:
        verbose_name = _("step of an effect")
        verbose_name_plural = _("steps of effects")
        ordering = ["effect_id", "pk"]

    def __str__(self) -> str:
        return self.words[:80]
