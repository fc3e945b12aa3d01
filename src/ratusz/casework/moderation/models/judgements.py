"""What was judged and why, for ever; and the appeal against it, decided by somebody else."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ratusz.casework.moderation.models.items import Item


class Deed(models.TextChoices):
    """What is done with a thing."""

    APPROVE = "approve", _("leave it as it is")
    ASK = "ask", _("ask the author for a change")
    EDIT = "edit", _("change the words")
    HIDE = "hide", _("hide")
    LOCK = "lock", _("hide, and lock the thread")
    MOVE = "move", _("move it to where it belongs")
    QUARANTINE = "quarantine", _("quarantine: hide, and look again within a week")
    SUSPEND = "suspend", _("hide, and let the author write nothing for a time")


class Outcome(models.TextChoices):
    """How an appeal ends."""

    UPHELD = "upheld", _("upheld: the decision stays")
    REVERSED = "reversed", _("reversed: the thing is back as it was")
    PARTLY = "partly", _("partly: the thing is back, changed")


class Judgement(models.Model):
    """One decision about a thing, never changed. Erasing takes its words out; that it was made, by whom and why stays."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="judgements", verbose_name=_("thing to judge"))
    number = models.PositiveSmallIntegerField(_("which decision about the thing"))
    deed = models.CharField(_("decision"), max_length=12, choices=Deed)
    reason = models.CharField(_("reason"), max_length=40, blank=True)
    rule_quoted = models.TextField(_("rule, as it stood on that day"), blank=True)
    facts = models.TextField(_("facts"), max_length=2000, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("moderator")
    )
    is_automatic = models.BooleanField(_("made by the machine"), default=False)
    judged_at = models.DateTimeField(_("judged"))
    words_before = models.TextField(_("words judged"), blank=True)
    words_after = models.TextField(_("words after the change"), blank=True)
    statement = models.TextField(_("statement to the author"), blank=True)
    moved_from = models.CharField(_("where it stood"), max_length=120, blank=True)
    moved_to = models.CharField(_("where it stands now"), max_length=120, blank=True)
    was_sent = models.BooleanField(_("statement sent"), default=False)
    appeal_until = models.DateTimeField(_("appeal possible until"), null=True, blank=True)
    erased_at = models.DateTimeField(_("personal data erased"), null=True, blank=True)

    class Meta:
        verbose_name = _("judgement")
        verbose_name_plural = _("judgements")
        ordering = ["item", "number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="judgements_of_a_thing_are_numbered"),
            models.CheckConstraint(
                condition=Q(deed="approve") | (~Q(reason="") & ~Q(rule_quoted="")), name="no_deed_without_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(reason="other") | ~Q(facts="") | Q(erased_at__isnull=False), name="another_reason_is_written"
            ),
            models.CheckConstraint(
                condition=Q(is_automatic=True, person=None) | Q(is_automatic=False, person__isnull=False),
                name="a_person_judged_or_the_machine",
            ),
            models.CheckConstraint(condition=Q(is_automatic=False) | Q(deed="quarantine"), name="the_machine_only_quarantines"),
            models.CheckConstraint(
                condition=Q(deed="approve") | ~Q(statement="") | Q(erased_at__isnull=False), name="every_deed_has_its_statement"
            ),
            models.CheckConstraint(
                condition=Q(deed__in=("approve", "ask")) | Q(appeal_until__isnull=False, appeal_until__gt=F("judged_at")),
                name="every_deed_can_be_appealed",
            ),
            models.CheckConstraint(
                condition=~Q(deed="edit") | ~Q(words_after="") | Q(erased_at__isnull=False), name="an_edit_leaves_words"
            ),
            models.CheckConstraint(condition=~Q(deed="move") | ~Q(moved_to=""), name="what_is_moved_stands_somewhere"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id}/{self.number}"

    @property
    def label_in_record(self) -> str:
        return f"{self.item.thing} {self.deed}"

    def may_be_appealed(self, at: datetime) -> bool:
        """Within its window; whether somebody has appealed already is another question."""
        return self.appeal_until is not None and at < self.appeal_until


class AppealQuerySet(models.QuerySet["Appeal"]):
    """Filters on appeals."""

    def open(self) -> AppealQuerySet:
        return self.filter(decided_at=None)


class Appeal(models.Model):
    """What the author said against a judgement, and how somebody else decided. The database refuses the same person twice."""

    judgement = models.OneToOneField(Judgement, on_delete=models.PROTECT, related_name="appeal", verbose_name=_("judgement"))
    words = models.TextField(_("words of the author"), max_length=2000, blank=True)
    filed_at = models.DateTimeField(_("filed"))
    outcome = models.CharField(_("how it ended"), max_length=10, choices=Outcome, blank=True)
    answer = models.TextField(_("answer to the author"), max_length=3000, blank=True)
    words_after = models.TextField(_("words after the decision"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    erased_at = models.DateTimeField(_("personal data erased"), null=True, blank=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        ordering = ["filed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at=None, outcome="", decided_by=None, answer="")
                | (
                    Q(decided_at__isnull=False, decided_by__isnull=False)
                    & ~Q(outcome="")
                    & (~Q(answer="") | Q(erased_at__isnull=False))
                ),
                name="an_appeal_is_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None) | Q(decided_at__gte=F("filed_at")), name="decided_after_it_was_filed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.judgement_id}"

    @property
    def label_in_record(self) -> str:
        return self.judgement.label_in_record

    @property
    def key(self) -> str:
        """Subject of its clock."""
        return f"moderation.appeal:{self.pk}"
