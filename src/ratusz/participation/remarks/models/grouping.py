"""Runs of the analysis, what they proposed, and what people did with groups of remarks, so that each deed can be taken back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ratusz.participation.consultations.models import Consultation
from ratusz.participation.remarks.models.remarks import Cluster, Remark


class AnalysisRun(models.Model):
    """One run of the analysis over the remarks of a consultation, in the background. It keeps numbers of remarks, no words."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for a free worker")
        RUNNING = "running", _("runs")
        DONE = "done", _("done")
        FAILED = "failed", _("did not work")

    class Step(models.TextChoices):
        READING = "reading", _("reading the remarks")
        COPIES = "copies", _("looking for copies")
        LETTERS = "letters", _("looking for letters of one template")
        TOPICS = "topics", _("looking for topics")
        OPPOSED = "opposed", _("looking for remarks that exclude each other")

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="analysis_runs", verbose_name=_("consultation"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    step = models.CharField(_("what it does now"), max_length=10, choices=Step, blank=True)
    remarks = models.PositiveIntegerField(_("number of remarks"), default=0)
    made_with = models.JSONField(_("parameters and versions"), default=dict)
    asked_at = models.DateTimeField(_("asked for"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("asked by"))
    started_at = models.DateTimeField(_("begun"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("run of the analysis")
        verbose_name_plural = _("runs of the analysis")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation"],
                condition=Q(state__in=["waiting", "running"]),
                name="one_unfinished_analysis_of_a_consultation",
            )
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}/{self.pk}"

    @property
    def label_in_record(self) -> str:
        return f"{self.consultation.label_in_record}: {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)


class Proposal(models.Model):
    """Remarks that the machine finds alike or opposed. A person accepts or refuses; nothing happens by itself."""

    class Kind(models.TextChoices):
        COPIES = "copies", _("the same words")
        LETTERS = "letters", _("letters of one template")
        TOPIC = "topic", _("one topic")
        OPPOSED = "opposed", _("exclude each other")

    class State(models.TextChoices):
        OPEN = "open", _("waits for a decision")
        ACCEPTED = "accepted", _("a group was made of it")
        REFUSED = "refused", _("put aside")

    run = models.ForeignKey(AnalysisRun, models.CASCADE, related_name="proposals", verbose_name=_("run of the analysis"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    label = models.JSONField(_("words of the label"), default=list)
    """Base forms that tell it from others, or the subject that sides oppose on."""
    examples = models.JSONField(_("examples"), default=list)
    """[number of the remark, place of the sentence in it]: the words themselves stay in the remark."""
    closeness = models.FloatField(_("closeness"), default=1.0)
    size = models.PositiveIntegerField(_("remarks in it"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    cluster = models.ForeignKey(
        Cluster, models.SET_NULL, null=True, blank=True, related_name="proposals", verbose_name=_("cluster")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )

    class Meta:
        verbose_name = _("proposal of the analysis")
        verbose_name_plural = _("proposals of the analysis")
        ordering = ["run_id", "pk"]

    def __str__(self) -> str:
        return ", ".join(self.label) or self.get_kind_display()

    @property
    def label_in_record(self) -> str:
        return f"{self.run.label_in_record}/{self.pk}"


class ProposedRemark(models.Model):
    """One remark of a proposal."""

    class Side(models.TextChoices):
        NONE = "", _("no side")
        FOR = "for", _("for it")
        AGAINST = "against", _("against it")

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="members", verbose_name=_("proposal"))
    remark = models.ForeignKey(Remark, models.CASCADE, related_name="proposed_in", verbose_name=_("remark"))
    side = models.CharField(_("side"), max_length=10, choices=Side, blank=True)
    sentences = models.JSONField(_("sentences"), default=list)
    """Places of the sentences of its own (letters), or of those that take the side (opposed)."""

    class Meta:
        verbose_name = _("remark of a proposal")
        verbose_name_plural = _("remarks of proposals")
        ordering = ["proposal_id", "remark_id"]
        constraints = [models.UniqueConstraint(fields=["proposal", "remark", "side"], name="a_remark_is_proposed_once_on_a_side")]

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.remark_id}"


class GroupingDeed(models.Model):
    """What somebody did with groups: which remark went from where to where, which name changed. The newest can be taken back."""

    class Kind(models.TextChoices):
        MAKE = "make", _("made a group")
        ACCEPT = "accept", _("accepted a proposal")
        MERGE = "merge", _("merged groups")
        SPLIT = "split", _("split a group")
        MOVE = "move", _("moved remarks")
        RENAME = "rename", _("renamed a group")

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="grouping_deeds", verbose_name=_("consultation"))
    kind = models.CharField(_("deed"), max_length=10, choices=Kind)
    moved = models.JSONField(_("remarks moved"), default=list)
    """[remark, group before or null, group after or null]."""
    renamed = models.JSONField(_("names changed"), default=list)
    """[group, name before, name after]."""
    proposal = models.ForeignKey(Proposal, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("proposal"))
    done_at = models.DateTimeField(_("done"))
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("done by"))
    undone_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("taken back by")
    )

    class Meta:
        verbose_name = _("deed on groups")
        verbose_name_plural = _("deeds on groups")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def label_in_record(self) -> str:
        return f"{self.consultation.label_in_record}: {self.pk}"
