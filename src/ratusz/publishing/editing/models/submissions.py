"""A text on its way from a unit's desk to the public: what it says now, every version before, and each step of its history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

from ratusz.foundation.files.models import StoredFile
from ratusz.foundation.units.models import Appointment, Unit
from ratusz.foundation.units.rules import holds_department_role

DEPARTMENT = ("editor", "head", "deputy_head")
"""Whose work is to read, approve and publish what units hand in."""


def person_key(label: Any, **options: Any) -> models.ForeignKey:
    """A person of the Office; an erased account keeps its row, so nothing dangles."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=label, on_delete=models.PROTECT, related_name="+", **options)


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Filters on submissions."""

    def seen_by(self, person: Any, at: datetime) -> SubmissionQuerySet:
        """All for those who publish; for a unit's editor those of the units they write for; drafts stay with their unit."""
        own = Q(unit__in=units_written_for(person, at))
        if holds_department_role(person, *DEPARTMENT, at=at):
            return self.filter(~Q(state=Submission.State.DRAFT) | own | Q(author=person.pk))
        return self.filter(own)

    def open(self) -> SubmissionQuerySet:
        return self.exclude(state__in=[Submission.State.PUBLISHED, Submission.State.CLOSED])

    def due_to_go_out(self, at: datetime) -> SubmissionQuerySet:
        return self.filter(state=Submission.State.APPROVED, scheduled_for__lte=at).order_by("scheduled_for", "pk")


def units_written_for(person: Any, at: datetime) -> models.QuerySet[Any, Any]:
    """Numbers of the units whose texts the person writes now."""
    held = Appointment.objects.in_force(at).filter(person=getattr(person, "pk", None), role__code="unit_editor")
    return held.values("unit_id")


class Submission(models.Model):
    """One thing a unit wants said: news, a change of a page, or a wish for a message in the city's channels."""

    class Kind(models.TextChoices):
        """What becomes of it."""

        NEWS = "news", _("news on the portal")
        PAGE_CHANGE = "page_change", _("a change of a page")
        MESSAGE = "message", _("a message in the city's channels")

    class State(models.TextChoices):
        """Whose move it is, in the five words of the house; finer steps are in the history."""

        DRAFT = "draft", _("draft")
        SENT = "sent", _("with the department")
        RETURNED = "returned", _("with the unit")
        APPROVED = "approved", pgettext_lazy("state", "approved")
        PUBLISHED = "published", _("gone out")
        CLOSED = "closed", _("closed")

    unit = models.ForeignKey(Unit, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+")
    author = person_key(_("written by"))
    kind = models.CharField(_("what it is"), max_length=12, choices=Kind, default=Kind.NEWS)
    title = models.CharField(_("title"), max_length=160, blank=True)
    lead = models.TextField(_("introduction"), max_length=500, blank=True)
    body = models.JSONField(_("text"), default=list, blank=True)
    """Blocks as the portal's PageBody keeps them; a picture is named by its number here (SubmissionPicture)."""
    contact = models.EmailField(_("contact of the unit"), blank=True)
    since = models.DateField(_("since when"), null=True, blank=True)
    for_whom = models.CharField(_("for whom"), max_length=200, blank=True)
    topic_numbers = ArrayField(models.PositiveIntegerField(), verbose_name=_("topics"), default=list, blank=True)
    district_numbers = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("districts"), default=list, blank=True)
    outlets = models.JSONField(_("where it should also go"), default=list, blank=True)
    page = models.ForeignKey(Page, verbose_name=_("page"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    page_revision = models.PositiveBigIntegerField(_("version of the page it began from"), null=True, blank=True)
    """The newest one whose words somebody has taken into account; a plain number, because Wagtail clears old versions away."""
    message = models.ForeignKey(
        "ratusz_messages.Message",
        verbose_name=_("a message of the city"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    """What became of a wish for a message; its own texts are approved and sent there."""
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(_("version"), default=1)
    last_edited_by = person_key(_("last edited by"))
    claimed_by = person_key(_("claimed by"), null=True, blank=True)
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    approved_by = person_key(_("approved by"), null=True, blank=True)
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    approved_version = models.PositiveIntegerField(_("approved version"), null=True, blank=True)
    is_lone = models.BooleanField(_("published without a second pair of eyes"), default=False)
    scheduled_for = models.DateTimeField(_("goes out"), null=True, blank=True)
    made_at = models.DateTimeField(_("begun"))
    moved_at = models.DateTimeField(_("last step"))
    sent_at = models.DateTimeField(_("sent in"), null=True, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission of a unit")
        verbose_name_plural = _("submissions of units")
        ordering = ["-moved_at", "-pk"]
        indexes = [models.Index(fields=["scheduled_for"], name="submission_due", condition=Q(scheduled_for__isnull=False))]
        constraints = [
            models.CheckConstraint(
                condition=Q(claimed_by=None, claimed_at=None) | Q(claimed_by__isnull=False, claimed_at__isnull=False),
                name="a_claim_has_its_moment",
            ),
            # Four eyes: whoever approves neither wrote the text nor changed it last.
            models.CheckConstraint(
                condition=Q(approved_by=None) | (~Q(approved_by=F("author")) & ~Q(approved_by=F("last_edited_by"))),
                name="a_second_pair_of_eyes_approves",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "published"]) | Q(is_lone=True)
                | Q(approved_by__isnull=False, approved_version=F("version")),
                name="nothing_goes_out_unapproved",
            ),
            models.CheckConstraint(
                condition=Q(scheduled_for=None) | Q(state="approved"), name="only_what_is_approved_is_scheduled"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False), name="published_has_its_moment"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title or str(_("(no title yet)"))

    @property
    def picture_numbers(self) -> set[int]:
        """The pictures (SubmissionPicture) that the text shows; one that was sent and taken out again is not among them."""
        return {block["value"]["picture"] for block in self.body if block["type"] == "picture"}

    @property
    def subject(self) -> str:
        """The stable key of its clocks, gates and holds."""
        return f"editing.submission:{self.pk}"


class SubmissionVersion(models.Model):
    """What a submission said at one moment, whole. Nothing is ever written over."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    content = models.JSONField()
    """The fields of the form by name."""
    made_by = person_key(_("written by"))
    made_at = models.DateTimeField(_("written"))

    class Meta:
        verbose_name = _("version of a submission")
        verbose_name_plural = _("versions of submissions")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["submission", "number"], name="a_version_is_written_once")]

    def __str__(self) -> str:
        return f"{self.submission_id}/{self.number}"


class SubmissionNote(models.Model):
    """One step in the history of a submission, with the words that went with it."""

    class Step(models.TextChoices):
        """What happened."""

        COMMENT = "comment", _("comment")
        SENT = "sent", _("sent to the department")
        CLAIMED = "claimed", _("claimed")
        RELEASED = "released", _("given back for somebody else")
        ASKED_BACK = "asked_back", _("asked back")
        APPROVED = "approved", _("approved")
        SCHEDULED = "scheduled", _("scheduled")
        UNSCHEDULED = "unscheduled", _("schedule taken back")
        HELD = "held", _("did not go out")
        PUBLISHED = "published", _("published")
        ALONE = "alone", _("published without a second pair of eyes")
        REVIEWED = "reviewed", _("read after it went out")
        CLOSED = "closed", _("closed")
        PAGE_TAKEN_IN = "page_taken_in", _("newer words of the page taken into account")
        LINK_MADE = "link_made", _("link of approval sent")
        LINK_ANSWERED = "link_answered", _("answer by a link of approval")
        LINK_REVOKED = "link_revoked", _("link of approval revoked")

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="notes")
    step = models.CharField(_("step"), max_length=15, choices=Step)
    words = models.TextField(_("words"), blank=True, max_length=2000)
    version = models.PositiveIntegerField(_("version"))
    noted_by = person_key(_("who"), null=True, blank=True)
    """None for what the program did, and for answers by a link."""
    noted_at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("step of a submission")
        verbose_name_plural = _("steps of submissions")
        ordering = ["noted_at", "pk"]

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.step}"


class SubmissionPictureQuerySet(models.QuerySet["SubmissionPicture"]):
    """Filters on pictures of submissions."""

    def in_open_submissions(self) -> SubmissionPictureQuerySet:
        """Of submissions neither published nor closed."""
        return self.filter(submission__in=Submission.objects.open())


class SubmissionPicture(models.Model):
    """A picture somebody sent with a submission: checked and kept by foundation/files, then a picture of the portal."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="pictures")
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """None for a picture that was on the page before."""
    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    """None while the file is in quarantine."""
    name = models.CharField(_("name of the file"), max_length=130, blank=True)

    objects = SubmissionPictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("picture of a submission")
        verbose_name_plural = _("pictures of submissions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["file"], name="a_file_is_one_picture", condition=Q(file__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.submission_id}/{self.pk}"
