"""What projects mean to one another, appeals against a refusal, and the published lists."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ratusz.participation.budget.models import Edition

from .applications import Application
from .checks import Stage


class Tie(models.Model):
    """Two projects that cannot both stand in one place, or that touch one another."""

    class Kind(models.TextChoices):
        """How they touch."""

        EXCLUSION = "exclusion", _("only one of them can be built")
        CONFLICT = "conflict", _("they get in each other's way")

    first = models.ForeignKey(Application, models.CASCADE, related_name="ties_as_first", verbose_name=_("project"))
    second = models.ForeignKey(Application, models.CASCADE, related_name="ties_as_second", verbose_name=_("other project"))
    kind = models.CharField(_("how they touch"), max_length=10, choices=Kind)
    reason = models.CharField(_("reason"), max_length=500)
    made_at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("tie between projects")
        verbose_name_plural = _("ties between projects")
        ordering = ["first_id", "second_id"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_tie_per_two_projects"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="a_tie_is_of_two_projects_in_order"),
            models.CheckConstraint(condition=~Q(reason=""), name="a_tie_has_its_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.kind} {self.second_id}"


class Merger(models.Model):
    """One project goes into another: the kept one keeps its number, the other links to it; both authors agree by their links."""

    kept = models.ForeignKey(Application, models.CASCADE, related_name="mergers_kept", verbose_name=_("project that stays"))
    absorbed = models.ForeignKey(
        Application, models.CASCADE, related_name="mergers_absorbed", verbose_name=_("project that goes into it")
    )
    reason = models.TextField(_("why and how"), max_length=2000)
    proposed_at = models.DateTimeField(_("proposed"))
    kept_link_digest = models.CharField(max_length=64, unique=True, editable=False)
    absorbed_link_digest = models.CharField(max_length=64, unique=True, editable=False)
    kept_says = models.BooleanField(_("the author of the one that stays agrees"), null=True, blank=True)
    absorbed_says = models.BooleanField(_("the author of the other one agrees"), null=True, blank=True)
    carried_out_at = models.DateTimeField(_("carried out"), null=True, blank=True)

    class Meta:
        verbose_name = _("merger of projects")
        verbose_name_plural = _("mergers of projects")
        ordering = ["-proposed_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("absorbed")), name="a_merger_is_of_two_projects"),
            models.CheckConstraint(
                condition=Q(carried_out_at=None) | Q(kept_says=True, absorbed_says=True), name="a_merger_has_both_consents"
            ),
            models.UniqueConstraint(
                fields=["absorbed"], condition=Q(carried_out_at__isnull=False), name="a_project_goes_into_one_other"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed_id} → {self.kept_id}"

    @property
    def label_in_record(self) -> str:
        return f"łączenie {self.pk}"


class Appeal(models.Model):
    """The author's appeal against a refusal, decided by the President or whoever acts for them."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="appeals", verbose_name=_("application of a project"))
    stage = models.CharField(_("against which check"), max_length=12, choices=Stage)
    filed_at = models.DateTimeField(_("filed"))
    is_late = models.BooleanField(_("after the term"))
    reasons = models.TextField(_("what the author says"), max_length=8000)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    is_upheld = models.BooleanField(_("upheld"), null=True, blank=True)
    grounds = models.TextField(_("grounds of the decision"), max_length=4000, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who entered the decision"),
    )

    class Meta:
        verbose_name = _("appeal of an author")
        verbose_name_plural = _("appeals of authors")
        ordering = ["application_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "stage"], name="one_appeal_per_check"),
            models.CheckConstraint(
                condition=Q(decided_at=None, is_upheld=None)
                | (Q(decided_at__isnull=False, is_upheld__isnull=False) & ~Q(grounds="")),
                name="an_appeal_is_decided_with_grounds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.stage}"

    @property
    def label_in_record(self) -> str:
        return f"odwołanie {self.application_id}"


class ListKind(models.TextChoices):
    """What a list holds."""

    SUBMITTED = "submitted", _("all submitted projects")
    FORMAL = "formal", _("results of the formal check")
    SUBSTANTIVE = "substantive", _("results of the substantive assessment")
    BALLOT = "ballot", _("projects on the ballot")


class ProjectList(models.Model):
    """A published list as it was on its day: page, PDF, DOCX, XLSX and open data are made of these rows alone."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="project_lists", verbose_name=_("edition"))
    kind = models.CharField(_("what it holds"), max_length=12, choices=ListKind)
    version = models.PositiveSmallIntegerField(_("version"))
    published_at = models.DateTimeField(_("published"))
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("published by"))
    rows = models.JSONField(_("rows"))
    digest = models.CharField(_("SHA-256 of the rows"), max_length=64)

    class Meta:
        verbose_name = _("published list of projects")
        verbose_name_plural = _("published lists of projects")
        ordering = ["edition_id", "kind", "-version"]
        constraints = [models.UniqueConstraint(fields=["edition", "kind", "version"], name="one_list_per_kind_and_version")]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"

    @property
    def label_in_record(self) -> str:
        return f"lista {self.kind} {self.edition} w. {self.version}"
