"""Letters that came by e-mail, their attachments, and how the last look into each mailbox ended."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ratusz.foundation.incoming import rules


class Letter(models.Model):
    """One letter. The bytes as they came lie in foundation/files; what is read from them stands here until it is erased."""

    class State(models.TextChoices):
        """Where it stands; whoever deals with it moves it."""

        WAITING = "waiting", pgettext_lazy("letter", "to be dealt with")
        HANDLED = "handled", pgettext_lazy("letter", "dealt with")
        SET_ASIDE = "set_aside", pgettext_lazy("letter", "put aside")
        AUTOMATIC = "automatic", pgettext_lazy("letter", "written by a machine")
        QUARANTINED = "quarantined", pgettext_lazy("letter", "looks like spam")
        UNREADABLE = "unreadable", pgettext_lazy("letter", "could not be read")

    mailbox = models.CharField(_("mailbox"), max_length=40)
    """As registry.mailboxes and settings.RATUSZ_MAILBOXES know it."""
    message_digest = models.CharField(max_length=64, blank=True, editable=False)
    """SHA-256 of the Message-ID; "" without one, and for a letter that only borrowed it."""
    bytes_digest = models.CharField(max_length=64, editable=False)
    """SHA-256 of the bytes, of the first ones where the letter was too large to be taken whole."""
    content_digest = models.CharField(max_length=64, blank=True, editable=False)
    """SHA-256 of sender, subject, text and attachments: one letter that came by two ways has other bytes and the same content."""
    arrived_at = models.DateTimeField(pgettext_lazy("letter", "arrived"))
    """When our mail server had it: what its sender's clock says decides nothing."""
    kept_at = models.DateTimeField(_("read from the mailbox"))
    dated_at = models.DateTimeField(_("date its sender wrote"), null=True, blank=True)
    sender = models.ForeignKey(
        "ratusz_notifications.Address", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("sender")
    )
    sender_name = models.CharField(_("name of the sender"), max_length=200, blank=True)
    tag = models.CharField(_("what stands after the plus in our address"), max_length=60, blank=True)
    subject = models.CharField(_("subject"), max_length=500, blank=True)
    text = models.TextField(_("text"), blank=True)
    is_cut = models.BooleanField(_("the text was longer"), default=False)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    raw = models.ForeignKey(
        "ratusz_files.StoredFile", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("the letter as it came")
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.WAITING)
    problem = models.CharField(_("why it does not wait"), max_length=20, blank=True)
    """A code of rules.PROBLEMS."""
    signals = models.JSONField(_("signs of spam"), default=list, blank=True)
    """Sentences."""
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    """In words, of whoever put it aside."""
    duplicate_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="duplicates", verbose_name=_("says the same as")
    )
    outcome = models.CharField(_("what became of it"), max_length=100, blank=True)
    """Key of the thing it was made into: "remarks.intake:12"."""
    opened_at = models.DateTimeField(_("first opened"), null=True, blank=True)
    settled_at = models.DateTimeField(_("when it was settled"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who settled it")
    )
    erased_at = models.DateTimeField(_("text erased"), null=True, blank=True)

    class Meta:
        verbose_name = _("e-mail letter")
        verbose_name_plural = _("e-mail letters")
        ordering = ["-arrived_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["mailbox", "bytes_digest"], name="the_same_bytes_are_one_letter"),
            models.UniqueConstraint(
                fields=["mailbox", "message_digest"], condition=~Q(message_digest=""), name="one_message_id_is_one_letter"
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(subject="", text="", sender_name="", sender=None, raw=None),
                name="an_erased_letter_says_nothing",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["unreadable", "automatic", "quarantined"]) | ~Q(problem=""),
                name="a_letter_set_apart_says_why",
            ),
            models.CheckConstraint(condition=~Q(state="handled") | ~Q(outcome=""), name="a_letter_dealt_with_became_something"),
            models.CheckConstraint(condition=~Q(state="set_aside") | ~Q(reason=""), name="a_letter_put_aside_has_a_reason"),
        ]
        indexes = [
            models.Index(fields=["mailbox", "state", "-arrived_at"], name="letters_by_state"),
            models.Index(fields=["outcome"], name="letters_by_outcome", condition=~Q(outcome="")),
        ]

    def __str__(self) -> str:
        return f"{self.mailbox} {self.pk}"

    @property
    def label_in_record(self) -> str:
        return f"{self.mailbox} {self.pk}"

    @property
    def key(self) -> str:
        return f"incoming.letter:{self.pk}"

    @property
    def problem_words(self) -> str:
        return rules.problem_words(self.problem)

    @property
    def is_written_by_a_machine(self) -> bool:
        """Whether nothing is ever answered to it."""
        return self.problem in rules.AUTOMATIC


class Attachment(models.Model):
    """One file of a letter: kept after the checks of uploads, or refused in words; then it is only in the letter as it came."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="attachments", verbose_name=_("e-mail letter"))
    name = models.CharField(_("name"), max_length=130, blank=True)
    file = models.ForeignKey(
        "ratusz_files.StoredFile", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("file")
    )
    refused = models.CharField(_("why it was not taken"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("attachment of a letter")
        verbose_name_plural = _("attachments of letters")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.letter_id}/{self.pk}"


class Visit(models.Model):
    """The last look into a mailbox: when, and what went wrong since when. Staff see it above the list."""

    mailbox = models.CharField(_("mailbox"), max_length=40, primary_key=True)
    looked_at = models.DateTimeField(_("last looked into"))
    problem = models.CharField(_("what went wrong"), max_length=300, blank=True)
    problem_since = models.DateTimeField(_("since when"), null=True, blank=True)

    class Meta:
        verbose_name = _("look into a mailbox")
        verbose_name_plural = _("looks into mailboxes")

    def __str__(self) -> str:
        return self.mailbox
