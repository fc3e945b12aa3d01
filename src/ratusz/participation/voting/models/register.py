"""Who may vote, as keyed digests alone: entries of the register, files brought in by two people, codes of letters, consents."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ratusz.participation.voting.models.roll import SMALL
from ratusz.participation.voting.models.votes import Vote


class RegisterImport(models.Model):
    """One file of residents: counts and rows with faults. The file is never kept; its good lines wait for a second person."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for a second person")
        TAKEN = "taken", _("in the register")
        DROPPED = "dropped", _("thrown away")

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="register_imports", verbose_name=_("vote"))
    file_digest = models.BinaryField(_("keyed digest of the file"), max_length=SMALL)
    rows = models.PositiveIntegerField(_("rows in the file"))
    good = models.PositiveIntegerField(_("rows that can be taken"))
    faults = models.JSONField(_("rows with faults"), default=list)
    """Numbers of rows with the code of what is wrong, never a value; the first thousand of them."""
    fault_counts = models.JSONField(_("numbers of faults"), default=dict)
    added = models.PositiveIntegerField(_("people added"), default=0)
    changed = models.PositiveIntegerField(_("people with a changed district or age band"), default=0)
    state = models.CharField(_("state"), max_length=7, choices=State.choices, default=State.WAITING)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("brought in by"))
    brought_at = models.DateTimeField(_("brought in"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("file of the register of voters")
        verbose_name_plural = _("files of the register of voters")
        ordering = ["-brought_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True, decided_by__isnull=True)
                | ~Q(state="waiting") & Q(decided_at__isnull=False, decided_by__isnull=False),
                name="a_decided_file_of_the_register_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state="taken") | ~Q(decided_by=F("brought_by")), name="two_people_take_a_file_into_the_register"
            ),
            models.UniqueConstraint(
                fields=["vote", "file_digest"], condition=Q(state="waiting"), name="one_file_of_the_register_waits_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class RegisterLine(models.Model):
    """A good line of a file that waits for the second person; gone once it is decided."""

    brought = models.ForeignKey(RegisterImport, models.CASCADE, related_name="lines", verbose_name=_("file"))
    voter_key = models.BinaryField(_("keyed digest of the voter"), max_length=SMALL)
    district = models.CharField(_("code of the district's pool"), max_length=60, blank=True)
    age_band = models.CharField(_("age band"), max_length=5)
    needs_guardian = models.BooleanField(_("votes with a guardian"))

    class Meta:
        verbose_name = _("line that waits for the register")
        verbose_name_plural = _("lines that wait for the register")
        constraints = [models.UniqueConstraint(fields=["brought", "voter_key"], name="one_line_per_person_in_a_file")]

    def __str__(self) -> str:
        return f"{self.brought_id}"


class RegisterEntry(models.Model):
    """One person who may vote: a keyed digest, a district, an age band, whether a guardian is needed. Nothing else is known."""

    class Source(models.TextChoices):
        FILE = "file", _("file")
        DECLARATION = "declaration", _("declaration")
        DESK = "desk", _("declaration at a point")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    vote = models.ForeignKey(Vote, models.PROTECT, related_name="register", verbose_name=_("vote"))
    voter_key = models.BinaryField(_("keyed digest of the voter"), max_length=SMALL)
    district = models.CharField(_("code of the district's pool"), max_length=60, blank=True)
    age_band = models.CharField(_("age band"), max_length=5)
    needs_guardian = models.BooleanField(_("votes with a guardian"), default=False)
    source = models.CharField(_("comes from"), max_length=11, choices=Source.choices)

    class Meta:
        verbose_name = _("entry of the register of voters")
        verbose_name_plural = _("register of voters")
        constraints = [models.UniqueConstraint(fields=["vote", "voter_key"], name="one_register_entry_per_person_and_vote")]

    def __str__(self) -> str:
        return f"{self.pk}"


class LetterBatch(models.Model):
    """Letters with codes that were made at once. The file with names went to whoever made it and is kept nowhere."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="letter_batches", verbose_name=_("vote"))
    letters = models.PositiveIntegerField(_("letters"))
    people = models.PositiveIntegerField(_("people"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("batch of letters with codes")
        verbose_name_plural = _("batches of letters with codes")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.pk}"


class VoterCode(models.Model):
    """A code of one person of the register, by a letter or a message: an open number and the keyed digest of the secret part."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="voter_codes", verbose_name=_("vote"))
    number = models.CharField(_("number of the code"), max_length=9)
    code_digest = models.BinaryField(_("keyed digest of the code"), max_length=SMALL)
    entry = models.ForeignKey(RegisterEntry, models.CASCADE, related_name="codes", verbose_name=_("entry of the register"))
    batch = models.ForeignKey(
        LetterBatch, models.PROTECT, null=True, blank=True, related_name="codes", verbose_name=_("batch of letters")
    )
    voided_at = models.DateTimeField(_("void since"), null=True, blank=True)

    class Meta:
        verbose_name = _("code of a voter")
        verbose_name_plural = _("codes of voters")
        constraints = [
            models.UniqueConstraint(fields=["vote", "number"], name="one_voter_code_per_number"),
            models.UniqueConstraint(fields=["entry"], condition=Q(voided_at__isnull=True), name="one_good_code_per_voter"),
        ]

    def __str__(self) -> str:
        return self.number


class GuardianConsent(models.Model):
    """A guardian says that a child votes, once: both as keyed digests. A child has one guardian in a vote."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="guardian_consents", verbose_name=_("vote"))
    child_key = models.BinaryField(_("keyed digest of the child"), max_length=SMALL)
    guardian_key = models.BinaryField(_("keyed digest of the guardian"), max_length=SMALL)
    day = models.DateField(_("day"))

    class Meta:
        verbose_name = _("consent of a guardian")
        verbose_name_plural = _("consents of guardians")
        constraints = [
            models.UniqueConstraint(fields=["vote", "child_key"], name="one_guardian_per_child_and_vote"),
            models.CheckConstraint(condition=~Q(child_key=F("guardian_key")), name="nobody_is_their_own_guardian"),
        ]
        indexes = [models.Index(fields=["vote", "guardian_key"], name="voting_consents_of_guardian")]

    def __str__(self) -> str:
        return f"{self.pk}"
