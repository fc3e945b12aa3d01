"""Opinions of councils and organisations beside the voices of residents: asked, answered, or waived by silence."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.files.models import StoredFile
from ratusz.foundation.territory.models import District
from ratusz.participation.consultations.models.consultations import Consultation


class Opinion(models.Model):
    """A body was asked for its opinion by a day. No answer by then counts as none."""

    class Stance(models.TextChoices):
        """What the body said, in a word."""

        FOR = "for", _("in favour")
        WITH_REMARKS = "with_remarks", _("in favour, with remarks")
        AGAINST = "against", _("against it")
        NONE = "none", _("takes no position")

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="opinions", verbose_name=_("consultation"))
    body_kind = models.CharField(_("kind of body"), max_length=40)
    """A code of packs/bodies.toml."""
    body = models.CharField(_("name of the body"), max_length=250)
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("district"))
    asked_on = models.DateField(_("asked on"))
    due_on = models.DateField(_("answer by"))
    letter_number = models.CharField(_("number of our letter"), max_length=80, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("asked by"))
    answered_on = models.DateField(_("answer came on"), null=True, blank=True)
    stance = models.CharField(_("stance"), max_length=14, choices=Stance, blank=True)
    text = models.TextField(_("opinion"), max_length=8000, blank=True)
    answer_number = models.CharField(_("number of their resolution or letter"), max_length=80, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("scan"))
    taken_back_at = models.DateTimeField(_("question taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("opinion of a body")
        verbose_name_plural = _("opinions of bodies")
        ordering = ["consultation_id", "due_on", "body", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "body"], condition=Q(taken_back_at=None), name="a_body_is_asked_once_in_a_consultation"
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("asked_on")), name="an_opinion_is_due_after_it_is_asked"),
            models.CheckConstraint(
                condition=Q(answered_on=None, stance="") | Q(answered_on__isnull=False) & ~Q(stance=""),
                name="an_answered_opinion_has_a_stance",
            ),
        ]

    def __str__(self) -> str:
        return self.body

    @property
    def key(self) -> str:
        return f"consultations.opinion:{self.pk}"

    @property
    def label_in_record(self) -> str:
        return f"{self.consultation.label_in_record}: {self.body}"

    def is_waived(self, day: date) -> bool:
        """Whether its silence counts as no opinion on that day."""
        return self.answered_on is None and self.taken_back_at is None and self.due_on < day

    @property
    def is_late(self) -> bool:
        return self.answered_on is not None and self.answered_on > self.due_on
