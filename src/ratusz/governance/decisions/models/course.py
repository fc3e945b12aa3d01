"""What happens to a decision on its way: parts of helpers, who had it, moved days, what changed for everybody."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ratusz.governance.decisions.models.decisions import LONGEST_PUBLIC, Decision


class DecisionPart(models.Model):
    """What a helping unit does by its own day. The unit in the lead reports when every part is reported or waived."""

    class State(models.TextChoices):
        """Where the part is."""

        OPEN = "open", _("open")
        REPORTED = "reported", _("reported")
        WAIVED = "waived", _("waived")

    decision = models.ForeignKey(
        Decision, on_delete=models.CASCADE, related_name="parts", verbose_name=_("decision of the President")
    )
    unit = models.ForeignKey("ratusz_units.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("helping unit"))
    text = models.CharField(_("what the unit does"), max_length=500)
    due_on = models.DateField(_("due day"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    report = models.CharField(_("what was done"), max_length=1000, blank=True)
    waive_reason = models.CharField(_("why it is waived"), max_length=500, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("closed by")
    )

    class Meta:
        verbose_name = _("part of a decision")
        verbose_name_plural = _("parts of decisions")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "unit"], name="a_unit_helps_once"),
            models.CheckConstraint(condition=~Q(state="waived") | ~Q(waive_reason=""), name="waived_part_says_why"),
            models.CheckConstraint(condition=~Q(state="reported") | ~Q(report=""), name="reported_part_says_what"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None) | (~Q(state="open") & Q(closed_at__isnull=False)),
                name="closed_part_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.unit_id}"


class Handover(models.Model):
    """One step of the chain of owners: given, accepted, returned, offered to another unit, taken over, declined. Append-only."""

    class Kind(models.TextChoices):
        """What happened."""

        GIVEN = "given", _("given to the unit")
        ACCEPTED = "accepted", _("the unit accepted it")
        RETURNED = "returned", _("the unit says it is not theirs")
        OFFERED = "offered", _("offered to another unit")
        TAKEN_OVER = "taken_over", _("the other unit took it over")
        DECLINED = "declined", _("the other unit declined")

    decision = models.ForeignKey(
        Decision, on_delete=models.CASCADE, related_name="handovers", verbose_name=_("decision of the President")
    )
    kind = models.CharField(_("what happened"), max_length=12, choices=Kind)
    from_unit = models.ForeignKey(
        "ratusz_units.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("from the unit")
    )
    to_unit = models.ForeignKey(
        "ratusz_units.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("to the unit")
    )
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    happened_at = models.DateTimeField(_("when"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("handover of a decision")
        verbose_name_plural = _("handovers of decisions")
        ordering = ["happened_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=("returned", "declined")) | ~Q(reason=""), name="refused_handover_says_why"
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.kind}"


class LaterDayRequest(models.Model):
    """A unit asks for a later day; the President's office grants or refuses it."""

    class State(models.TextChoices):
        """Where the question is."""

        OPEN = "open", _("waits for an answer")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")

    decision = models.ForeignKey(
        Decision, on_delete=models.CASCADE, related_name="later_requests", verbose_name=_("decision of the President")
    )
    wanted_on = models.DateField(_("day asked for"))
    reason = models.CharField(_("why"), max_length=LONGEST_PUBLIC)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    asked_at = models.DateTimeField(_("asked"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who asked for the day"),
    )
    answer = models.CharField(_("answer"), max_length=LONGEST_PUBLIC, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )

    class Meta:
        verbose_name = _("question for a later day")
        verbose_name_plural = _("questions for a later day")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision"], condition=Q(state="open"), name="one_open_question_for_a_later_day"),
            models.CheckConstraint(
                condition=Q(state="open", answered_at=None) | (~Q(state="open") & Q(answered_at__isnull=False) & ~Q(answer="")),
                name="answered_question_has_its_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.wanted_on}"


class DueDateChange(models.Model):
    """The due day was moved, with the reason everybody reads. Append-only."""

    decision = models.ForeignKey(
        Decision, on_delete=models.CASCADE, related_name="due_changes", verbose_name=_("decision of the President")
    )
    was_on = models.DateField(_("was due on"))
    due_on = models.DateField(_("due on"))
    reason = models.CharField(_("reason for everybody"), max_length=LONGEST_PUBLIC)
    changed_at = models.DateTimeField(_("moved"))
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("moved by")
    )

    class Meta:
        verbose_name = _("move of a due day")
        verbose_name_plural = _("moves of due days")
        ordering = ["changed_at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_moved_due_day_says_why")]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.was_on} {self.due_on}"


class PublicChange(models.Model):
    """Something changed for everybody: one message to each follower and to whoever asked. The row is the queue of that telling."""

    class Kind(models.TextChoices):
        """What changed, as the public reads it."""

        TAKEN = "taken", _("the President decided")
        IN_PROGRESS = "in_progress", _("the unit works on it")
        HANDED = "handed", _("another unit works on it")
        MOVED = "moved", _("the day was moved")
        OVERDUE = "overdue", _("past its day")
        EXPLAINED = "explained", _("the unit explained the delay")
        SUSPENDED = "suspended", _("suspended")
        RESUMED = "resumed", _("taken up again")
        DONE = "done", _("done")
        PARTLY_DONE = "partly_done", _("partly done")
        NOT_FEASIBLE = "not_feasible", _("cannot be done")
        REPLACED = "replaced", _("replaced by another decision")
        WITHDRAWN = "withdrawn", _("withdrawn by the President")
        CORRECTED = "corrected", _("the words were corrected")

    decision = models.ForeignKey(
        Decision, on_delete=models.CASCADE, related_name="changes", verbose_name=_("decision of the President")
    )
    kind = models.CharField(_("what changed"), max_length=14, choices=Kind)
    text = models.CharField(_("in words for everybody"), max_length=LONGEST_PUBLIC, blank=True)
    due_on = models.DateField(_("due day then"), null=True, blank=True)
    happened_at = models.DateTimeField(_("when"))
    told_at = models.DateTimeField(_("followers told"), null=True, blank=True)

    class Meta:
        verbose_name = _("public change of a decision")
        verbose_name_plural = _("public changes of decisions")
        ordering = ["happened_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "due_on"], condition=Q(kind="overdue"), name="a_day_is_missed_once")
        ]
        indexes = [models.Index(fields=["id"], name="changes_not_told", condition=Q(told_at=None))]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.kind}"
