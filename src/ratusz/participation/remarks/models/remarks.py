"""Remarks (uwagi), clusters of like ones, and positions on them with every earlier version."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.units.models import Unit
from ratusz.participation.consultations.models import Consultation
from ratusz.participation.remarks.models.intakes import Intake


class Cluster(models.Model):
    """Like remarks that are answered together. People make them or accept what was proposed; a machine never sets a position."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="clusters", verbose_name=_("consultation"))
    name = models.CharField(_("name"), max_length=200)
    is_form_letter = models.BooleanField(_("copies of one letter"), default=False)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("made by"))

    class Meta:
        verbose_name = _("cluster of remarks")
        verbose_name_plural = _("clusters of remarks")
        ordering = ["consultation_id", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def label_in_record(self) -> str:
        return f"{self.consultation.label_in_record}: {self.pk}"


class RegisterQuerySet(models.QuerySet["Remark"]):
    """Filters on remarks."""

    def public(self) -> RegisterQuerySet:
        """Those everybody reads."""
        return self.filter(is_public=True, consultation__announced_at__isnull=False)


class Remark(models.Model):
    """One point that somebody raised. Its number never changes and is never used again."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="remarks", verbose_name=_("consultation"))
    intake = models.ForeignKey(Intake, models.PROTECT, related_name="remarks", verbose_name=_("intake"))
    number = models.PositiveIntegerField(_("number"))
    content = models.TextField(_("content"), max_length=20_000)
    """As it was written; for staff only."""
    public_content = models.TextField(_("content for everybody"), max_length=20_000, blank=True)
    """Without personal data; everybody reads this one, once `is_public`."""
    is_public = models.BooleanField(_("everybody reads it"), default=False)
    passage = models.CharField(_("passage"), max_length=80, blank=True)
    """The stable id of a numbered passage of the consulted text; kept when the passage is deleted."""
    passage_words = models.TextField(_("the passage as it was"), max_length=4000, blank=True)
    place = models.JSONField(_("place on the map as GeoJSON geometry"), null=True, blank=True)
    place_words = models.CharField(_("place in words"), max_length=300, blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="remarks", verbose_name=_("unit that answers")
    )
    cluster = models.ForeignKey(Cluster, models.SET_NULL, null=True, blank=True, related_name="remarks", verbose_name=_("cluster"))
    made_at = models.DateTimeField(_("entered"))
    shown_at = models.DateTimeField(_("first shown"), null=True, blank=True)
    checked_at = models.DateTimeField(_("personal data checked"), null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("checked by")
    )
    """Who let the public words out; None while nobody has looked."""
    words = SearchVectorField(null=True, editable=False)
    """Lemmas of `content`, for staff."""
    public_words = SearchVectorField(null=True, editable=False)
    """Lemmas of `public_content`, for everybody."""

    objects = RegisterQuerySet.as_manager()

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks of residents")
        ordering = ["consultation_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="one_remark_of_each_number"),
            models.CheckConstraint(condition=Q(is_public=False) | ~Q(public_content=""), name="a_public_remark_has_public_words"),
            models.CheckConstraint(condition=~Q(content=""), name="a_remark_says_something"),
        ]
        indexes = [
            models.Index(fields=["consultation", "unit", "number"], name="remarks_by_unit"),
            models.Index(fields=["consultation", "number"], name="public_remarks", condition=Q(is_public=True)),
            GinIndex(fields=["words"], name="remarks_by_word"),
            GinIndex(fields=["public_words"], name="remarks_by_public_word", condition=Q(is_public=True)),
        ]

    def __str__(self) -> str:
        return str(self.number)

    def get_absolute_url(self) -> str:
        return reverse("remarks:remark", args=[self.consultation.slug, self.number])

    @property
    def key(self) -> str:
        return f"remarks.remark:{self.pk}"

    @property
    def label_in_record(self) -> str:
        return f"{self.consultation.label_in_record}: {self.number}"


class Position(models.Model):
    """A version of the position on one remark. The newest version holds; accepted versions stay as they are."""

    class Verdict(models.TextChoices):
        """Final ones, and "further_analysis" that needs a day and promises a new version of the report."""

        ACCEPTED = "accepted", _("taken into account")
        PARTLY = "partly", _("partly taken into account")
        REJECTED = "rejected", _("not taken into account")
        OUT_OF_SCOPE = "out_of_scope", _("outside the scope")
        FURTHER_ANALYSIS = "further_analysis", _("to be analysed further")
        WITHDRAWN = "withdrawn", _("taken back by its author")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        REVIEW = "review", _("under review")
        APPROVED = "approved", _("approved")

    remark = models.ForeignKey(Remark, models.PROTECT, related_name="positions", verbose_name=_("remark"))
    version = models.PositiveSmallIntegerField(_("version"))
    verdict = models.CharField(_("position on a remark"), max_length=20, choices=Verdict)
    reasons = models.TextField(_("reasons"), max_length=8000, blank=True)
    due_on = models.DateField(_("until when it is analysed"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", verbose_name=_("unit"))
    is_of_cluster = models.BooleanField(_("written for the cluster"), default=False)
    note = models.CharField(_("why it was sent back"), max_length=500, blank=True)
    written_at = models.DateTimeField(_("written"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("written by")
    )
    words = SearchVectorField(null=True, editable=False)
    """Lemmas of the reasons, once the version is approved and everybody reads it."""
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("approved by")
    )

    class Meta:
        verbose_name = _("position on a remark")
        verbose_name_plural = _("positions")
        ordering = ["remark_id", "version"]
        indexes = [GinIndex(fields=["words"], name="positions_by_word", condition=Q(state="approved"))]
        constraints = [
            models.UniqueConstraint(fields=["remark", "version"], name="one_position_of_each_version"),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(approved_at__isnull=False), name="an_approved_position_says_when"
            ),
            models.CheckConstraint(
                condition=~Q(verdict="further_analysis") | Q(due_on__isnull=False), name="further_analysis_has_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(verdict="withdrawn") | ~Q(reasons=""), name="an_approved_position_has_reasons"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.remark_id}/{self.version}"
