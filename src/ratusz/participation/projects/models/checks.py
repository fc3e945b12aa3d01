"""How an application is checked: the formal check with its verifier, marks of criteria, calls to the author, opinions of units."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .applications import Application


class Stage(models.TextChoices):
    """Which of the two checks."""

    FORMAL = "formal", _("formal check")
    SUBSTANTIVE = "substantive", _("substantive assessment")


class Check(models.Model):
    """The formal check of one application: with whom it is, what was found. One person proposes a refusal, another approves it."""

    application = models.OneToOneField(
        Application, models.CASCADE, related_name="check_of", verbose_name=_("application of a project")
    )
    verifier = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who checks"))
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who stands in")
    )
    assigned_at = models.DateTimeField(_("given to them"))
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who proposed the refusal"),
    )
    reasons = models.TextField(_("reasons"), max_length=4000, blank=True)
    sent_back = models.CharField(_("why the refusal was sent back"), max_length=500, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who decided")
    )
    is_passed = models.BooleanField(_("passed"), null=True, blank=True)

    class Meta:
        verbose_name = _("formal check of a project")
        verbose_name_plural = _("formal checks of projects")
        ordering = ["application_id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at=None, is_passed=None, decided_by=None)
                | Q(decided_at__isnull=False, is_passed__isnull=False, decided_by__isnull=False),
                name="a_check_is_decided_whole",
            ),
            models.CheckConstraint(
                condition=~Q(is_passed=False) | (~Q(reasons="") & Q(proposed_by__isnull=False) & ~Q(proposed_by=F("decided_by"))),
                name="a_formal_refusal_has_reasons_and_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}"

    @property
    def label_in_record(self) -> str:
        return f"ocena formalna {self.application_id}"


class Mark(models.Model):
    """What one criterion of the pack came to, by the department or by one unit."""

    class Says(models.TextChoices):
        """The answer."""

        YES = "yes", _("met")
        NO = "no", _("not met")
        NOT_ASKED = "na", _("does not apply")

    application = models.ForeignKey(Application, models.CASCADE, related_name="marks", verbose_name=_("application of a project"))
    stage = models.CharField(_("which check"), max_length=12, choices=Stage)
    unit = models.ForeignKey("ratusz_units.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit"))
    code = models.CharField(_("criterion"), max_length=40)
    basis = models.CharField(_("legal basis"), max_length=300)
    says = models.CharField(_("answer"), max_length=3, choices=Says)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("who"))
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("mark of a criterion")
        verbose_name_plural = _("marks of criteria")
        ordering = ["application_id", "stage", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "stage", "unit", "code"], name="one_mark_per_criterion_and_unit", nulls_distinct=False
            ),
            models.CheckConstraint(condition=~Q(says="no", reason=""), name="a_criterion_not_met_has_its_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.code}: {self.says}"


class Call(models.Model):
    """What the author is asked: to complete the application, or to reply before a refusal; answered by a link, in a term."""

    class Kind(models.TextChoices):
        """Why we write."""

        COMPLETE = "complete", _("call to complete")
        REPLY = "reply", _("reply before a refusal")

    application = models.ForeignKey(Application, models.CASCADE, related_name="calls", verbose_name=_("application of a project"))
    kind = models.CharField(_("why we write"), max_length=8, choices=Kind)
    text = models.TextField(_("what we ask"), max_length=4000)
    link_digest = models.CharField(max_length=64, unique=True, editable=False)
    sent_at = models.DateTimeField(_("sent"))
    due_at = models.DateTimeField(_("term"))
    answer = models.TextField(_("answer"), max_length=8000, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed without an answer"), null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("who wrote it")
    )
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who refused afterwards")
    )

    class Meta:
        verbose_name = _("letter to an author")
        verbose_name_plural = _("letters to authors")
        ordering = ["application_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(answered_at=None, closed_at=None), name="one_open_call_per_application"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="a_call_says_what_it_asks"),
            models.CheckConstraint(
                condition=Q(refused_by=None) | (Q(sent_by__isnull=False) & ~Q(refused_by=F("sent_by"))),
                name="a_refusal_after_a_reply_takes_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.kind}"

    @property
    def label_in_record(self) -> str:
        return f"pismo {self.kind} {self.application_id}"

    @property
    def pk_text(self) -> str:
        """Its number for an address."""
        return str(self.pk)


class Opinion(models.Model):
    """What one unit says of a project that it would carry out or that touches it. Several units give theirs side by side."""

    class Says(models.TextChoices):
        """What it comes to."""

        YES = "yes", _("positive")
        NO = "no", _("negative")

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="opinions", verbose_name=_("application of a project")
    )
    unit = models.ForeignKey("ratusz_units.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    is_leading = models.BooleanField(_("would carry it out"), default=False)
    asked_at = models.DateTimeField(_("asked"))
    due_at = models.DateTimeField(_("term"), null=True, blank=True)
    says = models.CharField(_("opinion"), max_length=3, choices=Says, blank=True)
    reasons = models.TextField(_("reasons"), max_length=4000, blank=True)
    cost_grosze = models.BigIntegerField(_("cost by the unit, grosze"), null=True, blank=True)
    running_grosze = models.BigIntegerField(_("running cost a year by the unit, grosze"), null=True, blank=True)
    given_at = models.DateTimeField(_("given"), null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who gave it")
    )

    class Meta:
        verbose_name = _("opinion of a unit")
        verbose_name_plural = _("opinions of units")
        ordering = ["application_id", "-is_leading", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "unit"], name="one_opinion_per_unit"),
            models.UniqueConstraint(fields=["application"], condition=Q(is_leading=True), name="one_leading_unit_per_project"),
            models.CheckConstraint(
                condition=Q(given_at=None, says="", given_by=None)
                | (Q(given_at__isnull=False, given_by__isnull=False) & ~Q(says="")),
                name="an_opinion_is_given_whole",
            ),
            models.CheckConstraint(condition=~Q(says="no", reasons=""), name="a_negative_opinion_has_reasons"),
            models.CheckConstraint(
                condition=Q(cost_grosze__isnull=True) | Q(cost_grosze__gte=0), name="opinion_cost_is_not_below_zero"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.unit_id}"

    @property
    def label_in_record(self) -> str:
        return f"opinia {self.application_id}"


class Estimate(models.Model):
    """What a project costs by its author or by a unit, at a moment: each new one is added, none is changed."""

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="estimates", verbose_name=_("application of a project")
    )
    unit = models.ForeignKey("ratusz_units.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit"))
    grosze = models.BigIntegerField(_("cost, grosze"))
    running_grosze = models.BigIntegerField(_("running cost a year, grosze"))
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    made_at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("estimate of a project")
        verbose_name_plural = _("estimates of projects")
        ordering = ["application_id", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(grosze__gte=0, running_grosze__gte=0), name="estimate_is_not_below_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.grosze}"
