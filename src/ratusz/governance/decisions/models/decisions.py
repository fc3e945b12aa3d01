"""One decision of the President: what was decided, who carries it out, by when, and what the city tells of it."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.dates import local_day

LONGEST_PUBLIC = 600
"""Letters of a public text: a card is read on a phone (meetings_and_decisions.md, section 12)."""


class State(models.TextChoices):
    """Where a decision is. Overdue is computed, never a state; suspended is a fact of its own."""

    DRAFT = "draft", _("draft")
    TAKEN = "taken", _("taken, waits for the unit")
    RETURNED = "returned", _("returned by the unit")
    IN_PROGRESS = "in_progress", _("in progress")
    REPORTED = "reported", _("reported, waits for acceptance")
    DONE = "done", _("done")
    PARTLY_DONE = "partly_done", _("partly done")
    NOT_FEASIBLE = "not_feasible", _("cannot be done")
    REPLACED = "replaced", _("replaced by another")
    WITHDRAWN = "withdrawn", _("withdrawn by the President")


OPEN = (State.TAKEN, State.RETURNED, State.IN_PROGRESS, State.REPORTED)
FINAL = (State.DONE, State.PARTLY_DONE, State.NOT_FEASIBLE, State.REPLACED, State.WITHDRAWN)
ENDED_BY_REPORT = (State.DONE, State.PARTLY_DONE, State.NOT_FEASIBLE)


class Origin(models.TextChoices):
    """Where a decision comes from."""

    MEETING = "meeting", _("a meeting")
    REQUEST = "request", _("a request of a resident")
    QUESTION = "question", _("a councillor's question")
    CONSULTATION = "consultation", _("effect of a consultation")
    OWN = "own", _("the President's own")


class Proof(models.TextChoices):
    """Kinds of evidence."""

    PHOTO = "photo", _("photo")
    DOCUMENT = "document", _("document")
    ACT = "act", _("number of an act")
    CONTRACT = "contract", _("number of a contract or invoice")
    PAGE = "page", _("address of a page")
    INSPECTION = "inspection", _("note of an inspection")


class NotPublic(models.TextChoices):
    """Why a decision is not shown to everybody."""

    PRIVACY = "privacy", _("it is about a private person (art. 5 ust. 2 UDIP)")
    SECRET = "secret", _("a secret protected by law (art. 5 ust. 1 UDIP)")
    SAFETY = "safety", _("safety of people or buildings")
    TENDER = "tender", _("a tender or talks that are under way")
    INTERNAL = "internal", _("work of the Office itself")


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Filters on decisions."""

    def shown(self) -> DecisionQuerySet:
        """What everybody may see: public, and taken at some time."""
        return self.filter(is_public=True, taken_at__isnull=False)

    def open(self) -> DecisionQuerySet:
        return self.filter(state__in=OPEN)

    def overdue(self, day: date) -> DecisionQuerySet:
        """Past their day, not final, not suspended, no report waiting."""
        return self.filter(OVERDUE, due_on__lt=day)

    def ended(self) -> DecisionQuerySet:
        return self.filter(state__in=FINAL)


OVERDUE = Q(state__in=(State.TAKEN, State.RETURNED, State.IN_PROGRESS), suspended_at=None)
"""What can be overdue; the day decides."""


class Decision(models.Model):
    """A decision (ustalenie) of the President. Its state is changed by actions alone; its history stands in rows beside it."""

    number = models.CharField(_("number"), max_length=30, unique=True)
    form_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    source_key = models.CharField(max_length=120, unique=True, null=True, blank=True, editable=False)
    """What it was made from, such as "meetings.voice:12": the same thing makes one decision."""
    state = models.CharField(_("state"), max_length=14, choices=State, default=State.DRAFT)
    origin = models.CharField(_("where it comes from"), max_length=14, choices=Origin, default=Origin.OWN)
    meeting = models.ForeignKey(
        "ratusz_meetings.Meeting", on_delete=models.PROTECT, null=True, blank=True, related_name="decisions",
        verbose_name=_("meeting"),
    )  # fmt: skip
    question = models.ForeignKey(
        "ratusz_decisions.CouncillorQuestion", on_delete=models.PROTECT, null=True, blank=True, related_name="decisions",
        verbose_name=_("councillor's question"),
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("what was decided, in the Office's words"), max_length=4000)
    asked_words = models.TextField(_("what people asked"), max_length=LONGEST_PUBLIC, blank=True)
    asker_words = models.CharField(_("who asked, in words without a name"), max_length=120, blank=True)
    public_text = models.TextField(_("what was decided, in plain Polish for everybody"), max_length=LONGEST_PUBLIC, blank=True)
    is_public = models.BooleanField(_("everybody sees it"), default=True)
    not_public_reason = models.CharField(_("why not public"), max_length=12, choices=NotPublic, blank=True)
    lead_unit = models.ForeignKey(
        "ratusz_units.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="decisions",
        verbose_name=_("unit in the lead"),
    )  # fmt: skip
    offered_to = models.ForeignKey(
        "ratusz_units.Unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("offered to the unit"),
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("person in charge"),
    )  # fmt: skip
    first_step = models.CharField(_("first step"), max_length=300, blank=True)
    district = models.ForeignKey(
        "ratusz_territory.District", on_delete=models.PROTECT, null=True, blank=True, related_name="decisions",
        verbose_name=_("district"),
    )  # fmt: skip
    topic = models.ForeignKey(
        "ratusz_website.Topic", on_delete=models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name=_("topic")
    )
    expected_proof = models.CharField(_("kind of evidence expected"), max_length=12, choices=Proof, blank=True)
    due_on = models.DateField(_("due day"), null=True, blank=True)
    first_due_on = models.DateField(_("first due day"), null=True, blank=True)
    explanation = models.CharField(_("the unit's explanation of the delay"), max_length=LONGEST_PUBLIC, blank=True)
    made_at = models.DateTimeField(_("written"))
    taken_at = models.DateTimeField(_("taken"), null=True, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("taken by")
    )
    given_at = models.DateTimeField(_("with the unit since"), null=True, blank=True)
    reported_at = models.DateTimeField(_("reported"), null=True, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("reported by")
    )
    settled_at = models.DateTimeField(_("came to its end"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ended by")
    )
    settle_note = models.CharField(_("note to everybody on how it ended"), max_length=LONGEST_PUBLIC, blank=True)
    proof = models.ForeignKey(
        "ratusz_decisions.Evidence", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("evidence")
    )
    suspended_at = models.DateTimeField(_("suspended"), null=True, blank=True)
    suspend_reason = models.CharField(_("why suspended"), max_length=LONGEST_PUBLIC, blank=True)
    follows = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name=_("follows the decision")
    )
    replaced_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name=_("replaced by")
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision of the President")
        verbose_name_plural = _("decisions of the President")
        ordering = ["-taken_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="decision_state_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "withdrawn"))
                | Q(lead_unit__isnull=False, due_on__isnull=False, first_due_on__isnull=False, taken_at__isnull=False),
                name="taken_decision_has_unit_and_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(proof__isnull=False, settled_by__isnull=False), name="done_decision_has_proof"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("done", "partly_done", "not_feasible"))
                | Q(reported_by=None)
                | (Q(settled_by__isnull=False) & ~Q(reported_by=F("settled_by"))),
                name="nobody_accepts_their_own_report",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("done", "partly_done", "not_feasible", "replaced", "withdrawn"), settled_at__isnull=False)
                | (~Q(state__in=("done", "partly_done", "not_feasible", "replaced", "withdrawn")) & Q(settled_at=None)),
                name="decision_ends_once",
            ),
            models.CheckConstraint(
                condition=Q(is_public=True, not_public_reason="") | (Q(is_public=False) & ~Q(not_public_reason="")),
                name="hidden_decision_says_why",
                violation_error_message=_("Say why it is not public, or, if it is public, leave the reason empty."),
            ),
            models.CheckConstraint(
                condition=Q(taken_at=None) | Q(is_public=False) | ~Q(public_text=""), name="public_decision_has_public_words"
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("public_text"), LONGEST_PUBLIC),
                name="public_words_of_a_decision_are_short",
                violation_error_message=_("The public words have at most 600 characters. Shorten them."),
            ),
            models.CheckConstraint(
                condition=~Q(state="replaced") | Q(replaced_by__isnull=False), name="replaced_decision_says_by_what"
            ),
            models.CheckConstraint(condition=Q(suspended_at=None) | ~Q(suspend_reason=""), name="suspended_decision_says_why"),
            models.CheckConstraint(condition=~Q(follows=F("id")), name="decision_does_not_follow_itself"),
        ]
        indexes = [
            models.Index(fields=["state", "due_on"], name="decisions_by_state"),
            models.Index(fields=["lead_unit", "state"], name="decisions_of_unit"),
            models.Index(fields=["district", "state"], name="decisions_of_district"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("decisions:card", args=[self.slug])

    @property
    def label_in_record(self) -> str:
        return self.number

    @property
    def key(self) -> str:
        """Subject of its case, clocks, numbers and messages."""
        return f"decisions.decision:{self.pk}"

    @property
    def slug(self) -> str:
        """Its number as it stands in addresses: "U-2026-0042"."""
        return self.number.replace("/", "-")

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def is_overdue(self, at: datetime) -> bool:
        """Past its day from 00:00 of the next one, not final, not suspended, no report waiting."""
        waits = self.state in (State.TAKEN, State.RETURNED, State.IN_PROGRESS) and self.suspended_at is None
        return bool(waits and self.due_on and local_day(at) > self.due_on)
