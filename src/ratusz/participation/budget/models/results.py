"""What was counted: a result per pool and project. Once published it is final; later changes are events with a ground."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ratusz.participation.budget.models.editions import Pool, Project


class ResultChange(models.Model):
    """Something that changed a published result, with its legal ground: art. 5a ust. 4 u.s.g. lets nobody edit it in silence."""

    class Kind(models.TextChoices):
        WITHDRAWN = "withdrawn", _("project withdrawn after the vote")
        ANNULLED = "annulled", _("ballots annulled")
        CORRECTED = "corrected", _("error of the count corrected")
        DECIDED = "decided", _("tie settled by a decision")

    pool = models.ForeignKey(Pool, models.PROTECT, related_name="changes", verbose_name=_("pool"))
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("project"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    ground = models.TextField(_("ground"))
    day = models.DateField(_("day"))
    order = models.JSONField(_("order of tied projects"), default=list, blank=True)
    recorded_at = models.DateTimeField(_("recorded"))

    class Meta:
        verbose_name = _("change of a result")
        verbose_name_plural = _("changes of results")
        ordering = ["recorded_at"]
        constraints = [models.CheckConstraint(condition=~Q(ground=""), name="a_change_of_a_result_has_a_ground")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.day})"


class PoolResult(models.Model):
    """The count of one pool. Version 1 is the result; each later one follows from a recorded change. Money in grosze."""

    class Source(models.TextChoices):
        BALLOTS = "ballots", _("counted from the ballots")
        SUMS = "sums", _("counted from published sums of points and voters")

    pool = models.ForeignKey(Pool, models.PROTECT, related_name="results", verbose_name=_("pool"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    change = models.OneToOneField(
        ResultChange, models.PROTECT, null=True, blank=True, related_name="result", verbose_name=_("change")
    )
    source = models.CharField(_("counted from"), max_length=8, choices=Source.choices)
    ballots = models.PositiveIntegerField(_("ballots"))
    points = models.PositiveIntegerField(_("points given"))
    budget_grosze = models.BigIntegerField(_("money in the pool, grosze"))
    spent_grosze = models.BigIntegerField(_("spent, grosze"))
    left_grosze = models.BigIntegerField(_("left, grosze"))
    projects_count = models.PositiveSmallIntegerField(_("projects"))
    funded_count = models.PositiveSmallIntegerField(_("funded projects"))
    ties = models.JSONField(_("ties"), default=list, blank=True)
    shares = models.JSONField(_("report of Equal Shares"), null=True, blank=True)
    rules = models.JSONField(_("rules of the count"), default=dict)
    waits = models.BooleanField(_("a decisive tie waits for a decision"), default=False)
    counted_at = models.DateTimeField(_("counted"))
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    class Meta:
        verbose_name = _("result of a pool")
        verbose_name_plural = _("results of pools")
        ordering = ["pool", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["pool", "version"],
                condition=Q(published_at__isnull=False),
                name="one_published_result_per_pool_and_version",
            ),
            models.UniqueConstraint(fields=["pool"], condition=Q(published_at__isnull=True), name="one_draft_result_per_pool"),
            models.CheckConstraint(condition=Q(version=1) | Q(change__isnull=False), name="a_later_result_needs_a_recorded_change"),
            models.CheckConstraint(
                condition=Q(spent_grosze__gte=0, left_grosze__gte=0), name="a_result_spends_no_more_than_the_pool"
            ),
            models.CheckConstraint(
                condition=Q(budget_grosze=F("spent_grosze") + F("left_grosze")), name="spent_and_left_make_the_pool"
            ),
            models.CheckConstraint(
                condition=Q(waits=False) | Q(published_at__isnull=True), name="a_waiting_result_is_not_published"
            ),
            models.CheckConstraint(condition=Q(funded_count__lte=F("projects_count")), name="no_more_funded_than_projects"),
        ]

    def __str__(self) -> str:
        return f"{self.pool_id} v{self.version}"


class ProjectResult(models.Model):
    """One project's end in one count: its place, support, the one reason and the numbers behind it. Money in grosze."""

    class Outcome(models.TextChoices):
        FUNDED = "funded", _("funded")
        TOP_UP = "top_up", _("funded with a top-up")
        RESERVE = "reserve", _("funded from the reserve")
        BELOW_THRESHOLD = "below_threshold", _("below the threshold")
        NO_MONEY = "no_money", _("did not fit in the pool")
        AFTER_STOP = "after_stop", _("after the count had stopped")
        EXCLUDED = "excluded", _("excluded by another project")
        CAPPED = "capped", _("limit of winners reached")
        WITHDRAWN = "withdrawn", _("project withdrawn")
        INELIGIBLE = "ineligible", _("cost outside the limits")

    FUNDED_OUTCOMES = (Outcome.FUNDED, Outcome.TOP_UP, Outcome.RESERVE)

    result = models.ForeignKey(PoolResult, models.CASCADE, related_name="projects", verbose_name=_("result"))
    project = models.ForeignKey(Project, models.PROTECT, related_name="results", verbose_name=_("project"))
    position = models.PositiveSmallIntegerField(_("position in the result"))
    place = models.PositiveSmallIntegerField(_("place"), null=True, blank=True)
    points = models.PositiveIntegerField(_("points"))
    voters = models.PositiveIntegerField(_("voters"))
    outcome = models.CharField(_("outcome"), max_length=16, choices=Outcome.choices)
    cost_grosze = models.BigIntegerField(_("cost, grosze"))
    paid_grosze = models.BigIntegerField(_("paid from the pool, grosze"), default=0)
    left_before_grosze = models.BigIntegerField(_("left before it, grosze"), null=True, blank=True)
    numbers = models.JSONField(_("numbers behind the reason"), default=dict, blank=True)

    class Meta:
        verbose_name = _("result of a project")
        verbose_name_plural = _("results of projects")
        ordering = ["result", "position"]
        constraints = [
            models.UniqueConstraint(fields=["result", "project"], name="one_end_per_result_and_project"),
            models.UniqueConstraint(fields=["result", "position"], name="one_project_per_position_in_a_result"),
            models.CheckConstraint(
                condition=Q(paid_grosze__gte=0, paid_grosze__lte=F("cost_grosze")), name="paid_is_between_zero_and_the_cost"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["funded", "top_up", "reserve"]) | Q(paid_grosze=0), name="only_a_funded_project_is_paid"
            ),
            models.CheckConstraint(condition=Q(voters__lte=F("points")), name="every_voter_gave_at_least_a_point"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.outcome}"

    @property
    def rules(self) -> dict:
        """The rules it was counted by."""
        return self.result.rules

    @property
    def is_funded(self) -> bool:
        return self.outcome in self.FUNDED_OUTCOMES


class Recount(models.Model):
    """A count from the ballots made again after publication, and whether it agreed with the published result."""

    result = models.ForeignKey(PoolResult, models.PROTECT, related_name="recounts", verbose_name=_("result"))
    at = models.DateTimeField(_("moment"))
    ballots = models.PositiveIntegerField(_("ballots"))
    is_identical = models.BooleanField(_("agrees with the published result"))
    differences = models.JSONField(_("differences"), default=list, blank=True)

    class Meta:
        verbose_name = _("recount")
        verbose_name_plural = _("recounts")
        ordering = ["result", "-at"]

    def __str__(self) -> str:
        return f"{self.result_id}: {self.is_identical}"
