"""Building what was voted for: who does it, at which stage, for how much; its planned and real days, moves, course, photos."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Max, Min, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from ratusz.participation.budget.models import Edition, Project

LONGEST_PUBLIC = 600
"""Letters of a public text: it is read on a phone."""


class DeliveryState(models.TextChoices):
    """Where the building is; late is computed, never a state."""

    OPEN = "open", _("under way")
    REPORTED = "reported", _("reported as done, waits for confirmation")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")


class DropKind(models.TextChoices):
    """Why it will not be built."""

    RESULT = "result", _("it fell out of the result")
    DECISION = "decision", _("decision of the city")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Filters on deliveries."""

    def of(self, edition: Edition) -> DeliveryQuerySet:
        return self.filter(project__edition=edition)

    def with_days(self) -> DeliveryQuerySet:
        """Each with `next_on`, the nearest planned day not reached, and `due_on`, the planned day of the end."""
        waits = Q(days__reached_on=None, days__planned_on__isnull=False)
        return self.annotate(next_on=Min("days__planned_on", filter=waits), due_on=Max("days__planned_on"))

    def late(self, today: date) -> DeliveryQuerySet:
        """Under way, and a planned day is over without being reached."""
        passed = DeliveryDay.objects.filter(reached_on=None, planned_on__lt=today).values("delivery")
        return self.filter(state=DeliveryState.OPEN, pk__in=passed)

    def in_work(self) -> DeliveryQuerySet:
        return self.filter(state__in=(DeliveryState.OPEN, DeliveryState.REPORTED))


class Delivery(models.Model):
    """One funded project from its result to the finished bench, or dropped with its reason. Money in grosze."""

    project = models.OneToOneField(Project, models.PROTECT, related_name="delivery", verbose_name=_("project"))
    unit = models.ForeignKey(
        "ratusz_units.Unit", models.PROTECT, null=True, blank=True, related_name="deliveries", verbose_name=_("unit in charge")
    )
    state = models.CharField(_("state"), max_length=10, choices=DeliveryState, default=DeliveryState.OPEN)
    stage = models.CharField(_("stage"), max_length=40)
    ballot_grosze = models.BigIntegerField(_("cost on the ballot, grosze"))
    contract_grosze = models.BigIntegerField(_("cost by the contract, grosze"), null=True, blank=True)
    spent_grosze = models.BigIntegerField(_("spent so far, grosze"), null=True, blank=True)
    money_note = models.CharField(_("why the amounts differ"), max_length=LONGEST_PUBLIC, blank=True)
    explanation = models.CharField(_("reason of the delay"), max_length=LONGEST_PUBLIC, blank=True)
    finished_on = models.DateField(_("done on"), null=True, blank=True)
    drop_kind = models.CharField(_("why it is dropped"), max_length=10, choices=DropKind, blank=True)
    drop_reason = models.CharField(_("reason for everybody"), max_length=LONGEST_PUBLIC, blank=True)
    is_made_up = models.BooleanField(_("made up for the demo"), default=False)
    made_at = models.DateTimeField(_("begun"))
    reported_at = models.DateTimeField(_("reported as done"), null=True, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reported by")
    )
    ended_at = models.DateTimeField(_("came to its end"), null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ended by")
    )

    objects = DeliveryQuerySet.as_manager()

    next_on: date | None
    """With `with_days()` alone, as `due_on`."""
    due_on: date | None

    class Meta:
        verbose_name = _("building of a project")
        verbose_name_plural = _("building of projects")
        ordering = ["project__pool__position", "project__position"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DeliveryState.values), name="delivery_state_is_known"),
            models.CheckConstraint(
                condition=Q(ballot_grosze__gte=0)
                & (Q(contract_grosze=None) | Q(contract_grosze__gte=0))
                & (Q(spent_grosze=None) | Q(spent_grosze__gte=0)),
                name="delivery_money_is_not_below_zero",
            ),
            models.CheckConstraint(
                condition=Q(contract_grosze=None) | Q(contract_grosze=F("ballot_grosze")) | ~Q(money_note=""),
                name="a_contract_that_differs_says_why",
            ),
            models.CheckConstraint(
                condition=Q(spent_grosze=None)
                | Q(spent_grosze__lte=Coalesce("contract_grosze", "ballot_grosze"))
                | ~Q(money_note=""),
                name="spending_more_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("reported", "done"))
                | Q(finished_on__isnull=False, spent_grosze__isnull=False, unit__isnull=False)
                & (Q(spent_grosze=Coalesce("contract_grosze", "ballot_grosze")) | ~Q(money_note="")),
                name="what_is_done_has_its_day_unit_and_money",
            ),
            models.CheckConstraint(
                condition=Q(state="dropped", drop_kind__in=("result", "decision")) & ~Q(drop_reason="")
                | ~Q(state="dropped") & Q(drop_kind="", drop_reason=""),
                name="a_dropped_project_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("done", "dropped"), ended_at__isnull=False)
                | Q(state__in=("open", "reported"), ended_at=None),
                name="delivery_ends_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(reported_by=None) | Q(ended_by__isnull=False) & ~Q(reported_by=F("ended_by")),
                name="nobody_confirms_their_own_report",
            ),
        ]
        indexes = [models.Index(fields=["unit", "state"], name="deliveries_of_unit")]

    def __str__(self) -> str:
        return str(self.project)

    @property
    def label_in_record(self) -> str:
        return self.project.number

    @property
    def key(self) -> str:
        """Subject of its clocks and letters, and what followers follow."""
        return f"projects.delivery:{self.pk}"


class DeliveryDay(models.Model):
    """When one stage is planned to be reached, when it was planned first, and when it was."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="days", verbose_name=_("building of a project"))
    stage = models.CharField(_("stage"), max_length=40)
    planned_on = models.DateField(_("planned for"), null=True, blank=True)
    first_planned_on = models.DateField(_("planned first for"), null=True, blank=True)
    reached_on = models.DateField(_("reached on"), null=True, blank=True)

    class Meta:
        verbose_name = _("day of a stage")
        verbose_name_plural = _("days of stages")
        ordering = ["delivery_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "stage"], name="one_day_per_stage"),
            models.CheckConstraint(
                condition=Q(planned_on=None, first_planned_on=None) | Q(planned_on__isnull=False, first_planned_on__isnull=False),
                name="a_planned_day_has_its_first",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.stage}"


class DayMove(models.Model):
    """A planned day was moved, with the reason everybody reads. Append-only."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="moves", verbose_name=_("building of a project"))
    stage = models.CharField(_("stage"), max_length=40)
    was_on = models.DateField(_("was planned for"))
    now_on = models.DateField(_("planned for"))
    reason = models.CharField(_("reason for everybody"), max_length=LONGEST_PUBLIC)
    moved_at = models.DateTimeField(_("moved"))
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("moved by")
    )

    class Meta:
        verbose_name = _("move of a planned day")
        verbose_name_plural = _("moves of planned days")
        ordering = ["delivery_id", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_moved_stage_says_why"),
            models.CheckConstraint(condition=~Q(was_on=F("now_on")), name="a_moved_stage_is_moved"),
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.stage} {self.was_on} {self.now_on}"


class DeliveryStep(models.Model):
    """One thing that happened on the way. Append-only; what everybody may read of it is told to followers."""

    class Kind(models.TextChoices):
        """What happened."""

        OPENED = "opened", _("the vote funded it")
        UNIT = "unit", _("a unit is in charge")
        STAGE = "stage", _("it reached a stage")
        NEWS = "news", _("the unit reported")
        PLANNED = "planned", _("the days were planned")
        MOVED = "moved", _("a day was moved")
        MONEY = "money", _("the amounts were written down")
        EXPLAINED = "explained", _("the unit explained the delay")
        REPORTED = "reported", _("the unit reported it as done")
        SENT_BACK = "sent_back", _("the report went back to the unit")
        DONE = "done", _("it is done")
        DROPPED = "dropped", _("it was dropped")
        BACK = "back", _("it is built after all")
        RECOUNTED = "recounted", _("the result was counted again")

    INSIDE = (Kind.REPORTED, Kind.SENT_BACK)
    """Not for everybody."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="steps", verbose_name=_("building of a project"))
    kind = models.CharField(_("what happened"), max_length=10, choices=Kind)
    stage = models.CharField(_("stage"), max_length=40, blank=True)
    day = models.DateField(_("day it happened"))
    text = models.CharField(_("in words"), max_length=LONGEST_PUBLIC, blank=True)
    happened_at = models.DateTimeField(_("written down"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who wrote it")
    )
    unit = models.ForeignKey("ratusz_units.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit"))

    class Meta:
        verbose_name = _("step of a building")
        verbose_name_plural = _("steps of buildings")
        ordering = ["delivery_id", "pk"]

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.kind}"


class DeliveryPhoto(models.Model):
    """A picture of the work. Shown once its image-rights passport lets it be shown on the city's website."""

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="photos", verbose_name=_("building of a project"))
    image = models.OneToOneField(
        "ratusz_website.PortalImage", models.CASCADE, related_name="delivery_photo", verbose_name=_("picture")
    )
    alt = models.CharField(_("what is in the picture, for those who do not see it"), max_length=300)
    stage = models.CharField(_("stage"), max_length=40)
    taken_on = models.DateField(_("taken on"))
    added_at = models.DateTimeField(_("added"))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who added it")
    )
    unit = models.ForeignKey("ratusz_units.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit"))

    class Meta:
        verbose_name = _("photo of a building")
        verbose_name_plural = _("photos of buildings")
        ordering = ["delivery_id", "-taken_on", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(alt=""), name="a_photo_of_a_building_is_described")]

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.pk}"
