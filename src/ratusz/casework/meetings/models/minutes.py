"""Minutes: their blocks while they are written, the versions that were approved and published, and what reviewers said of them."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


def person_key(words: Any, **facts: Any) -> models.ForeignKey:
    """A member of staff who did it; it stays when the account goes."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=words, **facts
    )


class MinutesState(models.TextChoices):
    """Where minutes are. After a published version they may be a draft again: the published one stays where it was."""

    DRAFT = "draft", pgettext_lazy("minutes", "draft")
    IN_REVIEW = "in_review", pgettext_lazy("minutes", "with reviewers")
    CORRECTIONS = "corrections", pgettext_lazy("minutes", "corrections")
    APPROVED = "approved", pgettext_lazy("minutes", "approved")
    PUBLISHED = "published", pgettext_lazy("minutes", "published")


OPEN_STATES = (MinutesState.DRAFT, MinutesState.IN_REVIEW, MinutesState.CORRECTIONS)
"""In these the text may change."""


class Minutes(models.Model):
    """The minutes (protokół) of one meeting. Blocks are what is being written; versions are what was approved."""

    meeting = models.OneToOneField(
        "ratusz_meetings.Meeting", on_delete=models.PROTECT, related_name="minutes", verbose_name=_("meeting")
    )
    state = models.CharField(_("state"), max_length=12, choices=MinutesState, default=MinutesState.DRAFT)
    number = models.CharField(_("number"), max_length=40, blank=True)
    """Given by the first approval and kept by every later version."""
    is_public = models.BooleanField(_("published for everybody"), default=True)
    why_not_public = models.CharField(_("why they are not published"), max_length=300, blank=True)
    corrections_until = models.DateTimeField(_("remarks are taken until"), null=True, blank=True)
    silence_agrees = models.BooleanField(_("no answer means no remarks"), default=False)
    """Only where the invitation to read said so."""
    what_changes = models.CharField(_("what changes in the next version"), max_length=500, blank=True)
    begun_at = models.DateTimeField(_("begun"))
    begun_by = person_key(_("begun by"))

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = pgettext_lazy("plural", "minutes")
        ordering = ["-begun_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="minutes_have_a_number_of_their_own"),
            models.CheckConstraint(condition=Q(state__in=OPEN_STATES) | ~Q(number=""), name="approved_minutes_have_a_number"),
            models.CheckConstraint(condition=Q(is_public=True) | ~Q(why_not_public=""), name="minutes_kept_inside_say_why"),
            models.CheckConstraint(condition=~Q(state="published", is_public=False), name="minutes_kept_inside_are_not_published"),
            models.CheckConstraint(
                condition=~Q(state="in_review") | Q(corrections_until__isnull=False), name="minutes_with_reviewers_have_a_term"
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(self.meeting)

    @property
    def label_in_record(self) -> str:
        return self.number or self.meeting.title

    @property
    def key(self) -> str:
        """Subject of their number and messages."""
        return f"meetings.minutes:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether the text may change."""
        return self.state in OPEN_STATES


class MinutesBlockQuerySet(models.QuerySet["MinutesBlock"]):
    """Filters on blocks."""

    def standing(self) -> MinutesBlockQuerySet:
        """Blocks of the text in their order; those taken out are kept beside it."""
        return self.filter(removed_at=None).order_by("position", "pk")


class MinutesBlock(models.Model):
    """One block while minutes are written. `revision` rises with every change: whoever saves over a newer one is shown it first."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="blocks", verbose_name=_("minutes"))
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    position = models.PositiveIntegerField(default=0)
    kind = models.CharField(_("kind of block"), max_length=20)
    fields = models.JSONField(default=dict, blank=True)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(_("changed"))
    changed_by = person_key(_("changed by"))
    removed_at = models.DateTimeField(_("taken out"), null=True, blank=True)
    made_key = models.CharField(max_length=120, blank=True, editable=False)
    """What an upper module made of it at approval ("decisions.decision:7"), with its number and address."""
    made_number = models.CharField(_("number of what it became"), max_length=40, blank=True)
    made_url = models.CharField(max_length=300, blank=True, editable=False)

    objects = MinutesBlockQuerySet.as_manager()

    class Meta:
        verbose_name = _("block of minutes")
        verbose_name_plural = _("blocks of minutes")
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["minutes", "position"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.position}"

    @property
    def source_key(self) -> str:
        """By which an upper module knows what it made of this block."""
        return f"meetings.minutes_block:{self.pk}"


class MinutesVersion(models.Model):
    """An approved text, never changed: the whole as canonical JSON and what everybody may read of it, each with its SHA-256.

    The database checks both digests and refuses changes.
    """

    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="versions", verbose_name=_("minutes"))
    number = models.PositiveSmallIntegerField(_("version"))
    canonical = models.TextField(_("whole text"))
    sha256 = models.CharField(_("checksum (SHA-256)"), max_length=64)
    public_canonical = models.TextField(_("public text"))
    public_sha256 = models.CharField(_("checksum of the public text"), max_length=64)
    what_changed = models.CharField(_("what changed"), max_length=500, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved"))

    class Meta:
        verbose_name = _("version of minutes")
        verbose_name_plural = _("versions of minutes")
        ordering = ["minutes", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["minutes", "number"], name="versions_of_minutes_are_numbered"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(what_changed=""), name="a_later_version_says_what_changed"),
        ]

    def __str__(self) -> str:
        return f"{self.minutes}, {self.number}"

    @property
    def label_in_record(self) -> str:
        return str(self)


class MinutesPublication(models.Model):
    """A version went out: when, by whom, and the very files that everybody downloads."""

    version = models.OneToOneField(
        MinutesVersion, on_delete=models.PROTECT, related_name="publication", verbose_name=_("version of minutes")
    )
    published_at = models.DateTimeField(_("published"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("published by")
    )
    pdf = models.BinaryField(editable=False)
    docx = models.BinaryField(editable=False)

    class Meta:
        verbose_name = _("publication of minutes")
        verbose_name_plural = _("publications of minutes")
        ordering = ["-published_at"]

    def __str__(self) -> str:
        return str(self.version)

    @property
    def label_in_record(self) -> str:
        return str(self.version)


class ReviewLink(models.Model):
    """Somebody without an account reads the minutes by a link: 128 bits of which only the digest is kept."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="review_links", verbose_name=_("minutes"))
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    name = models.CharField(_("who reads"), max_length=160, blank=True)
    address = models.ForeignKey(
        "ratusz_notifications.Address", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("where to write"),
    )  # fmt: skip
    sees_all = models.BooleanField(_("reads the whole text, not only what is public"), default=False)
    silence_agrees = models.BooleanField(_("the invitation said that no answer means no remarks"), default=False)
    made_at = models.DateTimeField(_("sent"))
    made_by = person_key(_("sent by"))
    expires_at = models.DateTimeField(_("good until"))
    opened_at = models.DateTimeField(_("first answer"), null=True, blank=True)
    agreed_at = models.DateTimeField(_("agreed"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    erased_at = models.DateTimeField(_("personal data erased"), null=True, blank=True)

    class Meta:
        verbose_name = _("link to review minutes")
        verbose_name_plural = _("links to review minutes")
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["minutes", "address"], condition=Q(address__isnull=False, revoked_at=None), name="a_reviewer_has_one_link"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=models.F("made_at")), name="a_review_link_ends_after_it_began"),
        ]

    def __str__(self) -> str:
        return f"{self.minutes_id} {self.pk}"

    @property
    def label_in_record(self) -> str:
        return str(self)

    def opens(self, at: datetime) -> bool:
        """Whether the page behind it still shows."""
        return self.revoked_at is None and self.erased_at is None and at < self.expires_at


class Suggestion(models.Model):
    """What a reviewer said of one place of the text: a remark, or another wording. It is accepted, or rejected with a reason."""

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", pgettext_lazy("suggestion", "waits")
        ACCEPTED = "accepted", pgettext_lazy("suggestion", "accepted")
        REJECTED = "rejected", pgettext_lazy("suggestion", "rejected")

    link = models.ForeignKey(ReviewLink, on_delete=models.PROTECT, related_name="suggestions", verbose_name=_("link"))
    minutes = models.ForeignKey(Minutes, on_delete=models.PROTECT, related_name="suggestions", verbose_name=_("minutes"))
    place = models.CharField(_("place in the text"), max_length=120, blank=True)
    """"block:<key>:text", "voice:12:question"; empty: the whole."""
    place_words = models.CharField(_("which place"), max_length=200, blank=True)
    was = models.TextField(_("wording then"), blank=True)
    proposed = models.TextField(_("suggested wording"), max_length=6000, blank=True)
    remark = models.TextField(_("remark"), max_length=3000, blank=True)
    made_at = models.DateTimeField(_("sent"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = person_key(_("decided by"))

    class Meta:
        verbose_name = _("suggestion to minutes")
        verbose_name_plural = _("suggestions to minutes")
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(proposed="") | ~Q(remark=""), name="a_suggestion_says_something"),
            models.CheckConstraint(condition=~Q(state="rejected") | ~Q(reason=""), name="a_rejected_suggestion_has_a_reason"),
            models.CheckConstraint(
                condition=Q(state="open", decided_at=None) | Q(state__in=("accepted", "rejected"), decided_at__isnull=False),
                name="a_decided_suggestion_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.minutes_id} {self.pk}"

    @property
    def label_in_record(self) -> str:
        return str(self)


class MinutesUpload(models.Model):
    """A whole protocol from Word: every paragraph as it came and what it was marked as; nothing of it is thrown away."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="uploads", verbose_name=_("minutes"))
    file_name = models.CharField(_("name of the file"), max_length=200)
    sha256 = models.CharField(_("checksum (SHA-256)"), max_length=64)
    paragraphs = models.JSONField(_("paragraphs"), default=list)
    """{"text", "style", "mark"}; `mark` is empty until somebody says what it is."""
    notes = models.JSONField(_("what to look at"), default=list, blank=True)
    uploaded_at = models.DateTimeField(_("sent"))
    uploaded_by = person_key(_("sent by"))
    taken_at = models.DateTimeField(_("taken into the minutes"), null=True, blank=True)

    class Meta:
        verbose_name = _("protocol from Word")
        verbose_name_plural = _("protocols from Word")
        ordering = ["-uploaded_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["minutes", "sha256"], name="the_same_protocol_is_sent_once")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def label_in_record(self) -> str:
        return f"{self.minutes_id} {self.pk}"
