"""What is said and filed at a meeting: speakers in their order, questions, voices, individual requests, each with its outcome."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ratusz.foundation.kit.codes import formatted


class Outcome(models.TextChoices):
    """The one thing a voice or a request becomes. The last but two go to a registered target; "none" needs a reason."""

    ANSWERED = "answered", _("answered at the meeting")
    FOLLOW_UP = "follow_up", _("a unit answers later")
    APPLICATION = "application", _("application (wniosek) in the document system")
    COMPLAINT = "complaint", _("complaint (skarga) in the document system")
    INFORMATION = "information", _("request for public information")
    REMARK = "remark", _("remark in a consultation")
    IDEA = "idea", _("idea for the Civic Budget")
    DECISION = "decision", _("decision of the President")
    NONE = "none", pgettext_lazy("outcome", "nothing follows")


class Triaged(models.Model):
    """What was said or filed, and its one outcome."""

    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True)
    outcome_reason = models.CharField(_("why nothing follows"), max_length=500, blank=True)
    outcome_unit = models.ForeignKey(
        "ratusz_units.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit that answers")
    )
    target_key = models.CharField(max_length=120, blank=True, editable=False)
    """What it became elsewhere: "decisions.decision:7"."""
    target_number = models.CharField(_("number there"), max_length=60, blank=True)
    target_url = models.CharField(max_length=500, blank=True, editable=False)
    foreign_number = models.CharField(_("number in the document system (EZD)"), max_length=120, blank=True)
    later_answer = models.TextField(_("answer given later"), max_length=6000, blank=True)
    later_answered_at = models.DateTimeField(_("answered later at"), null=True, blank=True)
    triaged_at = models.DateTimeField(_("outcome given"), null=True, blank=True)
    triaged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("outcome given by"),
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="none") | ~Q(outcome_reason=""), name="%(class)s_nothing_follows_for_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(outcome="follow_up") | Q(outcome_unit__isnull=False), name="%(class)s_follow_up_has_its_unit"
            ),
            models.CheckConstraint(condition=~Q(outcome="decision") | ~Q(target_key=""), name="%(class)s_decision_is_made"),
            models.CheckConstraint(condition=Q(outcome="") | Q(triaged_at__isnull=False), name="%(class)s_outcome_has_its_moment"),
        ]


class Speaker(models.Model):
    """Somebody who asked to speak, in the words they gave; the clock of the speech is on the screen in the room."""

    meeting = models.ForeignKey(
        "ratusz_meetings.Meeting", on_delete=models.CASCADE, related_name="speakers", verbose_name=_("meeting")
    )
    order = models.PositiveSmallIntegerField(_("order"))
    who = models.CharField(_("who speaks, in their words"), max_length=120)
    agenda_item = models.ForeignKey(
        "ratusz_meetings.AgendaItem",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="speakers",
        verbose_name=_("point"),
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    signed_up_at = models.DateTimeField(_("asked to speak"))
    started_at = models.DateTimeField(_("began"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    left_at = models.DateTimeField(_("gave up"), null=True, blank=True)

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["meeting", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "order"], name="a_speaker_has_a_place", deferrable=models.Deferrable.DEFERRED
            ),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(started_at__isnull=False, ended_at=None), name="one_speaks_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(started_at__isnull=False, ended_at__gte=F("started_at")),
                name="a_speech_ends_after_start",
            ),
            models.CheckConstraint(condition=Q(minutes__gte=1, minutes__lte=60), name="a_speech_takes_minutes"),
            models.CheckConstraint(condition=Q(left_at=None) | Q(started_at=None), name="who_gave_up_did_not_speak"),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.who}"

    @property
    def label_in_record(self) -> str:
        return f"{self.meeting_id}/{self.order}"


class Question(models.Model):
    """A question sent ahead or asked in writing in the room. On the screen only after somebody read it."""

    class When(models.TextChoices):
        """When it came."""

        AHEAD = "ahead", _("sent ahead")
        LIVE = "live", _("asked in the room or online")

    class State(models.TextChoices):
        """What is done with it."""

        NEW = "new", pgettext_lazy("question", "to be read")
        SHOWN = "shown", _("on the screen")
        HIDDEN = "hidden", _("not shown")
        ANSWERED = "answered", pgettext_lazy("question", "answered")

    meeting = models.ForeignKey(
        "ratusz_meetings.Meeting", on_delete=models.CASCADE, related_name="questions", verbose_name=_("meeting")
    )
    registration = models.ForeignKey(
        "ratusz_meetings.Registration", on_delete=models.SET_NULL, null=True, blank=True, related_name="questions",
        verbose_name=_("asked with the registration"),
    )  # fmt: skip
    agenda_item = models.ForeignKey(
        "ratusz_meetings.AgendaItem",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name=_("point"),
    )
    group_words = models.CharField(_("subject given by the organiser"), max_length=120, blank=True)
    """Questions with the same words stand together in the briefing note and on the screen."""
    when = models.CharField(_("when"), max_length=5, choices=When, default=When.LIVE)
    text = models.TextField(_("question"), max_length=1500)
    who = models.CharField(_("who asks, in their words"), max_length=120, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.NEW)
    hidden_because = models.CharField(_("why it is not shown"), max_length=300, blank=True)
    asked_at = models.DateTimeField(_("asked"))
    erased_at = models.DateTimeField(_("personal data erased"), null=True, blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["meeting", "asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration"], condition=Q(when="ahead"), name="a_registration_sends_one_question_ahead"
            ),
            models.CheckConstraint(condition=~Q(text="") | Q(erased_at__isnull=False), name="a_question_has_words"),
            models.CheckConstraint(condition=~Q(state="hidden") | ~Q(hidden_because=""), name="a_hidden_question_says_why"),
        ]
        indexes = [models.Index(fields=["meeting", "state"])]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.pk}"

    @property
    def label_in_record(self) -> str:
        return f"{self.meeting_id} {self.pk}"


class Support(models.Model):
    """One personal link supports one question once."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="supports", verbose_name=_("question"))
    registration = models.ForeignKey(
        "ratusz_meetings.Registration", on_delete=models.CASCADE, related_name="supports", verbose_name=_("registration")
    )
    made_at = models.DateTimeField(_("supported"))

    class Meta:
        verbose_name = _("support of a question")
        verbose_name_plural = _("supports of questions")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["question", "registration"], name="a_link_supports_a_question_once")]

    def __str__(self) -> str:
        return f"{self.question_id} {self.pk}"


class Voice(Triaged):
    """Somebody said something at the meeting: 14 voices are 14 numbered rows. Named are officials only."""

    meeting = models.ForeignKey(
        "ratusz_meetings.Meeting", on_delete=models.PROTECT, related_name="voices", verbose_name=_("meeting")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    who = models.CharField(_("who speaks"), max_length=120, blank=True)
    """In words without a name, such as "mieszkanka, Ligota"."""
    question = models.TextField(_("what was said or asked"), max_length=4000)
    answer = models.TextField(_("answer at the meeting"), max_length=4000, blank=True)
    answered_by = models.CharField(_("answered by (post)"), max_length=120, blank=True)
    agenda_item = models.ForeignKey(
        "ratusz_meetings.AgendaItem",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="voices",
        verbose_name=_("point"),
    )
    speaker = models.OneToOneField(Speaker, on_delete=models.SET_NULL, null=True, blank=True, related_name="voice", editable=False)
    asked = models.OneToOneField(Question, on_delete=models.SET_NULL, null=True, blank=True, related_name="voice", editable=False)
    written_at = models.DateTimeField(_("written down"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("written down by"),
    )

    class Meta(Triaged.Meta):
        verbose_name = _("voice")
        verbose_name_plural = _("voices")
        ordering = ["meeting", "number"]
        constraints = [
            *Triaged.Meta.constraints,
            models.UniqueConstraint(fields=["meeting", "number"], name="a_voice_has_its_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="voices_are_numbered_from_one"),
            models.CheckConstraint(
                condition=~Q(question=""),
                name="a_voice_has_words",
                violation_error_message=_("Write what was asked or said."),
            ),
            models.CheckConstraint(condition=~Q(outcome="answered") | ~Q(answer=""), name="an_answered_voice_has_its_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.number}"

    @property
    def label_in_record(self) -> str:
        return f"{self.meeting_id}/{self.number}"

    @property
    def key(self) -> str:
        """Subject of its clock, and its name for targets."""
        return f"meetings.voice:{self.pk}"


class MeetingRequest(Triaged):
    """An individual request (wniosek) handed in at the desk of a meeting: numbered, with a receipt; who it was stays with staff."""

    meeting = models.ForeignKey(
        "ratusz_meetings.Meeting", on_delete=models.PROTECT, related_name="requests", verbose_name=_("meeting")
    )
    number = models.CharField(_("number"), max_length=20, unique=True, null=True, editable=False)
    """W/2026/0123; given in the transaction that makes the row."""
    code = models.CharField(_("number on the receipt"), max_length=30, unique=True, editable=False)
    subject = models.CharField(_("what it is about"), max_length=200)
    """Public words, without personal data."""
    text = models.TextField(_("text of the request"), max_length=8000, blank=True)
    name = models.CharField(_("name and surname"), max_length=160, blank=True)
    address = models.ForeignKey(
        "ratusz_notifications.Address", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("where to answer"),
    )  # fmt: skip
    scan = models.ForeignKey(
        "ratusz_files.StoredFile", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("scan")
    )
    is_complaint = models.BooleanField(_("it is a complaint (skarga)"), default=False)
    agenda_item = models.ForeignKey(
        "ratusz_meetings.AgendaItem",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="requests",
        verbose_name=_("point"),
    )
    filed_at = models.DateTimeField(_("filed"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("written down by"),
    )
    erased_at = models.DateTimeField(_("personal data erased"), null=True, blank=True)

    class Meta(Triaged.Meta):
        verbose_name = _("request from a meeting")
        verbose_name_plural = _("requests from meetings")
        ordering = ["meeting", "pk"]
        constraints = [
            *Triaged.Meta.constraints,
            models.CheckConstraint(condition=~Q(subject=""), name="a_request_has_its_subject"),
            models.CheckConstraint(
                condition=~Q(text="") | Q(scan__isnull=False) | Q(erased_at__isnull=False), name="a_request_has_words_or_a_scan"
            ),
        ]

    def __str__(self) -> str:
        return self.number or self.code

    @property
    def label_in_record(self) -> str:
        return self.number or str(self.pk)

    @property
    def key(self) -> str:
        """Subject of its number and clock, and its name for targets."""
        return f"meetings.request:{self.pk}"

    @property
    def receipt(self) -> str:
        """As printed: "K7QM-2X9D-4TRA"."""
        return formatted(self.code)
