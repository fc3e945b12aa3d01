"""Addresses, consents with their proof, suppressions, the outbox, digests and letters to print."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ratusz.foundation.notifications import rules


class Channel(models.TextChoices):
    """How a message reaches a person."""

    EMAIL = "email", _("e-mail")
    SMS = "sms", _("text message")
    LETTER = "letter", _("letter")


class AddressQuerySet(models.QuerySet["Address"]):
    """Filters on addresses."""

    def known_as(self, channel: str, value: str) -> AddressQuerySet:
        cleaned = rules.clean_address(channel, value)
        return self.filter(channel=channel, lookup=rules.lookup_of(channel, cleaned, settings.RATUSZ_LOOKUP_KEY))

    def agreeing_to(self, purpose: str) -> AddressQuerySet:
        """Those with a live consent that are not suppressed."""
        live = Consent.objects.live().filter(purpose=purpose, address=models.OuterRef("pk"))
        stopped = Suppression.objects.live().filter(channel=models.OuterRef("channel"), lookup=models.OuterRef("lookup"))
        return self.filter(models.Exists(live), ~models.Exists(stopped), erased_at__isnull=True)


class Address(models.Model):
    """Where a person can be reached. Erased, it keeps its row (consents stay provable) and loses everything personal."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    value = models.TextField(_("address"), blank=True)
    lookup = models.CharField(max_length=64)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="addresses",
    )
    language = models.CharField(_("language"), max_length=5, default="pl")
    made_at = models.DateTimeField(_("added"))
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)

    objects = AddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        constraints = [
            models.UniqueConstraint(fields=["channel", "lookup"], name="address_is_kept_once"),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) & ~Q(value="") | Q(erased_at__isnull=False, value="", person__isnull=True),
                name="erased_address_keeps_nothing_personal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.pk}"

    @property
    def masked(self) -> str:
        return rules.mask(self.channel, self.value)


class ConsentText(models.Model):
    """A sentence people agreed to, by its SHA-256. Rows are never changed."""

    digest = models.CharField(primary_key=True, max_length=64)
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("text of a consent")
        verbose_name_plural = _("texts of consents")

    def __str__(self) -> str:
        return self.text[:80]


class ConsentChannel(models.TextChoices):
    """Where a person said yes or no."""

    WEB = "web", _("on the website")
    LINK = "link", _("by a personal link")
    PAPER = "paper", _("on paper")
    PHONE = "phone", _("by phone")
    DESK = "desk", _("at the desk")


class ConsentRequest(models.Model):
    """Somebody typed an address and has not yet confirmed from its mailbox. Forgotten after a week."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    address = models.ForeignKey(Address, on_delete=models.CASCADE, related_name="consent_requests")
    purpose = models.CharField(max_length=60)
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT)
    asked_at = models.DateTimeField()
    asked_through = models.CharField(max_length=10, choices=ConsentChannel, default=ConsentChannel.WEB)

    class Meta:
        verbose_name = _("consent waiting for confirmation")
        verbose_name_plural = _("consents waiting for confirmation")
        constraints = [models.UniqueConstraint(fields=["address", "purpose"], name="one_open_request_per_address_and_purpose")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Filters on consents."""

    def live(self) -> ConsentQuerySet:
        return self.filter(withdrawal__isnull=True)


class Consent(models.Model):
    """A person's yes, with its proof. The database refuses to change or delete it; a no is a Withdrawal beside it."""

    address = models.ForeignKey(Address, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=60)
    ordinal = models.PositiveSmallIntegerField(_("which in a row"), default=1)
    text = models.ForeignKey(ConsentText, verbose_name=_("text"), on_delete=models.PROTECT)
    given_through = models.CharField(_("where"), max_length=10, choices=ConsentChannel)
    asked_at = models.DateTimeField(_("asked"))
    confirmed_at = models.DateTimeField(_("confirmed"))
    confirming_message = models.CharField(_("Message-ID of the question"), max_length=100, blank=True)
    """Proof of the double opt-in: the link in this message was used."""

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(fields=["address", "purpose", "ordinal"], name="consent_ordinal_is_unique"),
            models.CheckConstraint(condition=Q(confirmed_at__gte=models.F("asked_at")), name="consent_is_asked_before_given"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"


class Withdrawal(models.Model):
    """A person's no to an earlier yes. Never changed or deleted."""

    consent = models.OneToOneField(Consent, on_delete=models.PROTECT, related_name="withdrawal")
    withdrawn_at = models.DateTimeField(pgettext_lazy("consent", "withdrawn"))
    withdrawn_through = models.CharField(_("where"), max_length=10, choices=ConsentChannel)

    class Meta:
        verbose_name = _("withdrawal of a consent")
        verbose_name_plural = _("withdrawals of consents")

    def __str__(self) -> str:
        return f"{self.consent_id}"


class Reason(models.TextChoices):
    """Why nothing goes to an address any more."""

    HARD_BOUNCE = "hard_bounce", _("the address does not exist")
    COMPLAINT = "complaint", _("marked as unwanted")
    ASKED = "asked", _("the person asked for it")


class SuppressionQuerySet(models.QuerySet["Suppression"]):
    """Filters on suppressions."""

    def live(self) -> SuppressionQuerySet:
        return self.filter(lifted_at__isnull=True)


class Suppression(models.Model):
    """Nothing goes to this address. By keyed hash, so that it outlives the erasure of the address itself."""

    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    lookup = models.CharField(max_length=64)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason)
    since = models.DateTimeField(_("since"))
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suppression")
        verbose_name_plural = _("suppressions")
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "lookup"], condition=Q(lifted_at__isnull=True), name="one_live_suppression_per_address"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()}: {self.get_reason_display()}"


class Content(models.Model):
    """What is said, once for any number of recipients; `[[name]]` marks what each message fills in."""

    subject = models.CharField(_("subject"), max_length=200, blank=True)
    text = models.TextField(_("text"))
    html = models.TextField(blank=True)
    language = models.CharField(max_length=5, default="pl")
    attachments = models.JSONField(default=list, blank=True)
    """Small files that go with an e-mail (`composing.Attachment.kept`), such as a calendar entry. Wiped with the text."""
    made_at = models.DateTimeField()
    wiped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("content of messages")
        verbose_name_plural = _("contents of messages")
        indexes = [models.Index(fields=["made_at"], name="content_not_wiped", condition=Q(wiped_at__isnull=True))]

    def __str__(self) -> str:
        return self.subject


class MessageState(models.TextChoices):
    """Where a message stands."""

    WAITING = "waiting", _("waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", pgettext_lazy("message", "sent")
    FAILED = "failed", _("not delivered")
    REVIEW = "review", _("unclear whether it went")
    CANCELLED = "cancelled", pgettext_lazy("message", "cancelled")


class OutboxMessageQuerySet(models.QuerySet["OutboxMessage"]):
    """Filters on the outbox."""

    def due(self, channel: str, at: datetime) -> OutboxMessageQuerySet:
        ready = self.filter(state=MessageState.WAITING, channel=channel, send_at__lte=at)
        return ready.order_by("priority", "send_at", "pk")

    def abandoned(self, at: datetime) -> OutboxMessageQuerySet:
        return self.filter(state=MessageState.SENDING, lease_until__lt=at)


class OutboxMessage(models.Model):
    """One message to one recipient through one channel. The row is the queue; its dedup key makes it unique for ever."""

    address = models.ForeignKey(Address, verbose_name=_("recipient"), on_delete=models.PROTECT, related_name="messages")
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    purpose = models.CharField(_("purpose"), max_length=60)
    content = models.ForeignKey(Content, verbose_name=_("content"), on_delete=models.PROTECT, related_name="messages")
    variables = models.JSONField(default=dict, blank=True)
    dedup_key = models.CharField(max_length=200, unique=True)
    priority = models.PositiveSmallIntegerField(default=5)
    state = models.CharField(_("state"), max_length=10, choices=MessageState, default=MessageState.WAITING)
    made_at = models.DateTimeField(_("written"))
    send_at = models.DateTimeField(_("to go"))
    sent_at = models.DateTimeField(pgettext_lazy("message", "sent"), null=True, blank=True)
    message_id = models.CharField(max_length=100, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    leased_by = models.CharField(max_length=100, blank=True)
    last_error = models.CharField(_("last error"), max_length=100, blank=True)

    objects = OutboxMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            models.Index(fields=["channel", "priority", "send_at", "id"], name="outbox_waiting", condition=Q(state="waiting")),
            models.Index(fields=["lease_until"], name="outbox_sending", condition=Q(state="sending")),
            models.Index(fields=["-made_at"], name="outbox_newest"),
            models.Index(fields=["message_id"], name="outbox_message_id"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MessageState.values), name="outbox_state_is_known"),
            models.CheckConstraint(condition=~Q(dedup_key=""), name="outbox_dedup_key_is_given"),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="outbox_sent_has_its_moment",
            ),
            models.CheckConstraint(condition=~Q(state="sending") | ~Q(message_id=""), name="outbox_has_its_id_before_sending"),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} #{self.pk}"


class RecipientHour(models.Model):
    """How many messages of a purpose one address got in one hour of the clock."""

    address = models.ForeignKey(Address, on_delete=models.CASCADE)
    purpose = models.CharField(max_length=60)
    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("recipient's hour")
        verbose_name_plural = _("recipients' hours")
        constraints = [
            models.UniqueConstraint(fields=["address", "purpose", "hour"], name="one_count_per_address_purpose_and_hour")
        ]

    def __str__(self) -> str:
        return f"{self.address_id} {self.purpose} {self.count}"


class Rhythm(models.TextChoices):
    """How often a person wants to hear of a purpose."""

    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")


class RhythmChoice(models.Model):
    """The rhythm a person chose for a purpose; without a row it is daily."""

    address = models.ForeignKey(Address, on_delete=models.CASCADE, related_name="rhythms")
    purpose = models.CharField(max_length=60)
    rhythm = models.CharField(max_length=10, choices=Rhythm)

    class Meta:
        verbose_name = _("chosen rhythm")
        verbose_name_plural = _("chosen rhythms")
        constraints = [models.UniqueConstraint(fields=["address", "purpose"], name="one_rhythm_per_address_and_purpose")]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.rhythm}"


class DigestItem(models.Model):
    """One event that waits for a person's next digest."""

    address = models.ForeignKey(Address, on_delete=models.CASCADE, related_name="digest_items")
    purpose = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=500, blank=True)
    happened_at = models.DateTimeField()
    dedup_key = models.CharField(max_length=200)
    message = models.ForeignKey(OutboxMessage, null=True, blank=True, on_delete=models.SET_NULL, related_name="digest_items")

    class Meta:
        verbose_name = _("event for a digest")
        verbose_name_plural = _("events for digests")
        indexes = [
            models.Index(fields=["purpose", "address", "happened_at"], name="digest_waiting", condition=Q(message__isnull=True))
        ]
        constraints = [models.UniqueConstraint(fields=["address", "dedup_key"], name="event_is_told_once")]

    def __str__(self) -> str:
        return self.title


class PrintBatch(models.Model):
    """Letters printed together."""

    made_at = models.DateTimeField(_("printed"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("print batch")
        verbose_name_plural = _("print batches")

    def __str__(self) -> str:
        return f"{self.pk}"


class PrintedLetter(models.Model):
    """A letter ready for paper, as it will lie in the envelope; without a batch it waits for printing."""

    message = models.OneToOneField(OutboxMessage, on_delete=models.PROTECT, related_name="letter")
    recipient = models.TextField(_("recipient"))
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    ready_at = models.DateTimeField(_("ready"))
    batch = models.ForeignKey(PrintBatch, null=True, blank=True, on_delete=models.PROTECT, related_name="letters")

    class Meta:
        verbose_name = _("letter to print")
        verbose_name_plural = _("letters to print")

    def __str__(self) -> str:
        return self.subject
