"""Who registered for a meeting or was invited to it, what each is to be told, and what they need to take part."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ratusz.foundation.kit.codes import formatted


class Standing(models.TextChoices):
    """Where a registration stands. A seat counts while it is confirmed, checked in, or held for a time."""

    UNCONFIRMED = "unconfirmed", _("waits for the address to be confirmed")
    PENDING = "pending", _("waits for the organiser's word")
    CONFIRMED = "confirmed", _("has a seat")
    WAITING = "waiting", _("on the waiting list")
    OFFERED = "offered", _("a seat is offered")
    DECLINED = "declined", _("declined")
    EXPIRED = "expired", _("the time ran out")
    CANCELLED = "cancelled", pgettext_lazy("registration", "gave up the seat")
    CHECKED_IN = "checked_in", _("came")
    ABSENT = "absent", _("did not come")


SEATED = (Standing.CONFIRMED, Standing.CHECKED_IN)
ALIVE = (Standing.UNCONFIRMED, Standing.PENDING, Standing.CONFIRMED, Standing.WAITING, Standing.OFFERED, Standing.CHECKED_IN)
"""One person (address) has one registration in these for a meeting."""


class Through(models.TextChoices):
    """How a registration came."""

    WEB = "web", _("form on the website")
    PHONE = "phone", _("by phone")
    DESK = "desk", _("in person")
    INVITATION = "invitation", _("by invitation")


class Need(models.TextChoices):
    """What a person needs to take part: what is needed is asked, not what the disability is."""

    INTERPRETER = "interpreter", _("sign-language (PJM) interpreter")
    LOOP = "loop", _("induction loop")
    WHEELCHAIR = "wheelchair", _("place for a wheelchair")
    COMPANION = "companion", _("place for a companion")
    LARGE_PRINT = "large_print", _("large print")
    TRANSPORT = "transport", _("help with getting there")


def holding_a_seat(at: datetime) -> Q:
    """Whose persons count as seats taken at that moment; times are compared here, never left to the sweep."""
    held = Q(standing=Standing.UNCONFIRMED, hold_expires_at__gt=at, waiting_since=None)
    held |= Q(standing=Standing.OFFERED, offer_expires_at__gt=at)
    return Q(standing__in=SEATED) | held


class RegistrationQuerySet(models.QuerySet["Registration"]):
    """Filters on registrations."""

    def alive(self) -> RegistrationQuerySet:
        """Everything that has not ended: seated, held, waiting."""
        return self.filter(standing__in=ALIVE)

    def seated(self) -> RegistrationQuerySet:
        """With a seat of their own: the list at the door."""
        return self.filter(standing__in=SEATED)

    def taking_seats(self, at: datetime) -> RegistrationQuerySet:
        """Whose persons count as seats taken at that moment."""
        return self.filter(holding_a_seat(at))

    def in_line(self) -> RegistrationQuerySet:
        """The waiting list in its order: priority of the group, then since when, then id."""
        waiting = self.filter(standing=Standing.WAITING)
        return waiting.order_by(models.F("group__priority").asc(nulls_last=True), "waiting_since", "pk")


class Registration(models.Model):
    """One registration of one to five persons. Erased, it keeps the numbers and loses whoever it was.

    The personal link is never stored: it is made anew from `public_id` under a key outside the database; here is only its digest.
    """

    meeting = models.ForeignKey(
        "ratusz_meetings.Meeting", on_delete=models.CASCADE, related_name="registrations", verbose_name=_("meeting")
    )
    group = models.ForeignKey(
        "ratusz_meetings.SeatGroup", on_delete=models.SET_NULL, null=True, blank=True, related_name="registrations",
        verbose_name=_("group of seats"),
    )  # fmt: skip
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    door_code = models.CharField(_("code for the door"), max_length=6, editable=False)
    """Six signs without 0, O, 1 and I; unique within the meeting. Also what the QR holds, after the meeting's number."""
    code = models.CharField(_("number of the registration"), max_length=30, unique=True, editable=False)
    """For "check by number"."""
    standing = models.CharField(_("state"), max_length=12, choices=Standing, default=Standing.UNCONFIRMED)
    through = models.CharField(_("registered through"), max_length=12, choices=Through, default=Through.WEB)
    name = models.CharField(_("how to call you"), max_length=120, blank=True)
    address = models.ForeignKey(
        "ratusz_notifications.Address", on_delete=models.PROTECT, null=True, blank=True, related_name="registrations",
        verbose_name=_("where to write"),
    )  # fmt: skip
    second_address = models.ForeignKey(
        "ratusz_notifications.Address", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("another way to reach the person"),
    )  # fmt: skip
    persons = models.PositiveSmallIntegerField(_("how many persons"), default=1)
    newsroom = models.CharField(_("newsroom"), max_length=160, blank=True)
    newsroom_key = models.CharField(max_length=160, blank=True, editable=False)
    """The newsroom without case and accents: whose seats are counted together."""
    district = models.ForeignKey(
        "ratusz_territory.District", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("district")
    )
    needs = models.JSONField(_("what is needed to take part"), default=list, blank=True)
    needs_words = models.CharField(_("what else is needed"), max_length=500, blank=True)
    needs_erased_at = models.DateTimeField(_("needs erased"), null=True, blank=True)
    question = models.TextField(_("question sent ahead"), max_length=1500, blank=True)
    consents = models.JSONField(_("consents ticked"), default=list, blank=True)
    """Of "image" and "news"; the proof of each is a Consent of notifications, made when the address is confirmed."""
    language = models.CharField(_("language"), max_length=5, default="pl")
    made_at = models.DateTimeField(_("registered"))
    group_since = models.DateTimeField(_("chose the group"), null=True, blank=True, editable=False)
    """When it was later than the registration: whoever asks to speak afterwards stands after those who asked before."""
    hold_expires_at = models.DateTimeField(_("the seat is held until"), null=True, blank=True)
    waiting_since = models.DateTimeField(_("waits since"), null=True, blank=True)
    """Set for an unconfirmed one that found no seat: confirmed in time, it stands in the line by its arrival."""
    offer_expires_at = models.DateTimeField(_("the offer is good until"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    asked_again_at = models.DateTimeField(_("asked after a move"), null=True, blank=True)
    """The meeting was moved and the person has not said yet that they come on the new day; the seat stays theirs meanwhile."""
    code_tries = models.PositiveSmallIntegerField(default=0, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    """How many things the person was told; with the event it names each message."""
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("entered by")
    )
    erased_at = models.DateTimeField(_("personal data erased"), null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "address"], condition=Q(standing__in=ALIVE), name="one_live_registration_per_address"
            ),
            models.UniqueConstraint(fields=["meeting", "door_code"], name="door_code_is_unique_in_a_meeting"),
            models.CheckConstraint(condition=Q(persons__gte=1, persons__lte=5), name="registration_is_for_one_to_five"),
            models.CheckConstraint(
                condition=~Q(standing="offered") | Q(offer_expires_at__isnull=False), name="an_offer_has_its_end"
            ),
            models.CheckConstraint(
                condition=~Q(standing__in=("waiting", "offered")) | Q(waiting_since__isnull=False), name="who_waits_waits_since"
            ),
            models.CheckConstraint(
                condition=~Q(standing="confirmed") | Q(confirmed_at__isnull=False), name="a_confirmed_seat_has_its_moment"
            ),
        ]
        indexes = [
            models.Index(fields=["meeting", "standing"]),
            models.Index(fields=["hold_expires_at"], name="seat_held", condition=Q(standing="unconfirmed")),
            models.Index(fields=["offer_expires_at"], name="seat_offered", condition=Q(standing="offered")),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.door_code}"

    @property
    def label_in_record(self) -> str:
        """Nobody's name: the record outlives the registration."""
        return f"{self.meeting_id}/{self.door_code}"

    @property
    def number(self) -> str:
        """As printed: "K7QM-2X9D-4TRA"."""
        return formatted(self.code)

    @property
    def key(self) -> str:
        """Subject of its messages."""
        return f"meetings.registration:{self.pk}"

    @property
    def is_alive(self) -> bool:
        return self.standing in ALIVE


class Invitation(models.Model):
    """Somebody invited by name, with a personal link. That the page was opened is not noted: mail scanners open it."""

    class State(models.TextChoices):
        """Where it stands."""

        LISTED = "listed", _("on the list, not sent yet")
        SENT = "sent", pgettext_lazy("invitation", "sent")
        ACCEPTED = "accepted", pgettext_lazy("invitation", "accepted")
        DECLINED = "declined", pgettext_lazy("invitation", "declined")
        SUBSTITUTED = "substituted", _("somebody else comes")

    meeting = models.ForeignKey(
        "ratusz_meetings.Meeting", on_delete=models.CASCADE, related_name="invitations", verbose_name=_("meeting")
    )
    group = models.ForeignKey(
        "ratusz_meetings.SeatGroup", on_delete=models.SET_NULL, null=True, blank=True, related_name="invitations",
        verbose_name=_("group of seats"),
    )  # fmt: skip
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    name = models.CharField(_("who is invited"), max_length=120, blank=True)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    address = models.ForeignKey(
        "ratusz_notifications.Address", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("where to write"),
    )  # fmt: skip
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.LISTED)
    made_at = models.DateTimeField(_("put on the list"))
    sent_at = models.DateTimeField(pgettext_lazy("invitation", "sent"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    registration = models.OneToOneField(
        Registration, on_delete=models.SET_NULL, null=True, blank=True, related_name="invitation", verbose_name=_("registration")
    )
    erased_at = models.DateTimeField(_("personal data erased"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["organisation", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "address"], condition=Q(address__isnull=False), name="an_address_is_invited_once"
            ),
            models.CheckConstraint(condition=~Q(state="sent") | Q(sent_at__isnull=False), name="a_sent_invitation_has_its_moment"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.pk}"

    @property
    def label_in_record(self) -> str:
        return f"{self.meeting_id} {self.pk}"

    @property
    def key(self) -> str:
        """Subject of its messages."""
        return f"meetings.invitation:{self.pk}"


class Notice(models.Model):
    """One thing a registered person is to be told, written in the transaction of the deed; a worker sends it and notes when.

    Unique by (registration, event, sequence), so a deed repeated tells nobody twice.
    """

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="notices", verbose_name=_("registration"))
    event = models.CharField(_("event"), max_length=20)
    sequence = models.PositiveIntegerField(_("which in a row"))
    made_at = models.DateTimeField(_("written"))
    told_at = models.DateTimeField(_("handed to the outbox"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice to a registered person")
        verbose_name_plural = _("notices to registered people")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "event", "sequence"], name="a_registered_person_is_told_once")
        ]
        indexes = [models.Index(fields=["id"], name="notice_waiting", condition=Q(told_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.registration_id} {self.event}"
