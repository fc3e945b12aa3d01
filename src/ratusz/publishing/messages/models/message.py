"""The message itself: its number, kind and owner; what it says stands in its versions of facts."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.kit.words import slug, without_long_numbers


class MessageQuerySet(models.QuerySet["Message"]):
    """Filters on messages."""

    def going(self, at: datetime) -> MessageQuerySet:
        """Neither withdrawn nor past their time."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gt=at), withdrawn_at=None)


class Message(models.Model):
    """One thing that the city tells, on however many outlets."""

    class Kind(models.TextChoices):
        """What sort of thing it is; it decides its templates and where it stands."""

        INFORMATION = "information", _("information")
        DISRUPTION = "disruption", _("disruption")
        INVITATION = "invitation", _("invitation")
        EVENT = "event", _("event")
        DECISION = "decision", _("decision")
        VOTERS = "voters", _("information for voters")
        """Where, when and how to vote, nothing about who stands: leaves in the election silence too, seen by two persons."""
        CRISIS = "crisis", _("crisis message")

    class Urgency(models.TextChoices):
        NORMAL = "normal", _("normal")
        URGENT = "urgent", _("urgent")

    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number in the year"))
    kind = models.CharField(_("kind of message"), max_length=12, choices=Kind)
    topic_numbers = ArrayField(models.PositiveIntegerField(), verbose_name=_("topics"), default=list, blank=True)
    """Keys of the topics that a module above offers; it has them in a table of its own, where a floor below may not look."""
    owner_unit = models.ForeignKey("ratusz_units.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("owner unit"))
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="pl")
    urgency = models.CharField(_("urgency"), max_length=8, choices=Urgency, default=Urgency.NORMAL)
    valid_until = models.DateTimeField(
        _("shown as current until"),
        null=True,
        blank=True,
        help_text=_("After that moment it leaves the home page and the screens."),
    )
    facts = models.ForeignKey(
        "FactsVersion", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("facts in force")
    )
    """The newest version; empty only inside the action that writes the first one."""
    handed_in_at = models.DateTimeField(_("handed in for approval"), null=True, blank=True)
    published_at = models.DateTimeField(_("first published"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_because = models.CharField(_("withdrawn because"), max_length=300, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="message_number_is_given_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="message_numbers_start_at_one"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawn_because=""), name="message_is_withdrawn_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}" if self.facts else self.reference

    @property
    def title(self) -> str:
        """The title with its facts filled in."""
        from ratusz.publishing.messages.queries import title_of  # it reads models

        return title_of(self)

    @property
    def reference(self) -> str:
        """ "K/12/2026": what people name it by."""
        return f"K/{self.number}/{self.year}"

    @property
    def slug(self) -> str:
        # Addresses are kept by others for good: no telephone, PESEL or account number stands in one.
        return (slug(without_long_numbers(self.facts.what), 60) if self.facts else "") or "komunikat"


class MessagePicture(models.Model):
    """The picture of a message with the words instead of it and the right to show it."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="picture", verbose_name=_("message"))
    file = models.ForeignKey("ratusz_files.StoredFile", on_delete=models.PROTECT, related_name="+", verbose_name=_("file"))
    alt = models.CharField(_("what the picture shows"), max_length=300)
    author = models.CharField(_("author of the picture"), max_length=150)
    licence = models.CharField(
        _("right to use it"), max_length=150, help_text=_("For example: agreement, CC BY 4.0, the city's own.")
    )
    came_as = models.CharField(max_length=40, blank=True, db_index=True, editable=False)
    """SHA-1 of the file as it came, before it was narrowed: the photo bank knows the same picture by it."""

    class Meta:
        verbose_name = _("picture of a message")
        verbose_name_plural = _("pictures of messages")
        constraints = [
            models.CheckConstraint(
                condition=~Q(alt="") & ~Q(author="") & ~Q(licence=""), name="message_picture_has_words_and_rights"
            )
        ]

    def __str__(self) -> str:
        return self.alt
