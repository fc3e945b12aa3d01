"""Councillors' questions (interpelacja, zapytanie): the clock of 14 days, and both texts published together or not at all."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class CouncillorQuestion(models.Model):
    """A question of a councillor, who asks as an office-holder; art. 24 ust. 3-7 u.s.g."""

    class Kind(models.TextChoices):
        """What the law calls it."""

        INTERPELLATION = "interpelacja", _("interpellation (interpelacja)")
        QUESTION = "zapytanie", _("question (zapytanie)")

    kind = models.CharField(_("kind"), max_length=14, choices=Kind, default=Kind.INTERPELLATION)
    councillor = models.CharField(_("councillor"), max_length=120)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text of the question"), max_length=20000)
    received_on = models.DateField(_("received on"))
    unit = models.ForeignKey(
        "ratusz_units.Unit", on_delete=models.PROTECT, related_name="+", verbose_name=_("unit that writes the answer")
    )
    answer = models.TextField(_("answer"), max_length=20000, blank=True)
    bip_url = models.URLField(_("address in BIP"), max_length=500, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    made_at = models.DateTimeField(_("entered"))

    class Meta:
        verbose_name = _("councillor's question")
        verbose_name_plural = _("councillors' questions")
        ordering = ["-received_on", "-pk"]
        constraints = [
            # Art. 24 ust. 7 u.s.g.: question and answer are published together.
            models.CheckConstraint(
                condition=Q(published_at=None) | (~Q(text="") & ~Q(answer="") & ~Q(bip_url="")),
                name="question_is_published_with_its_answer",
            )
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("decisions_question", args=[self.pk])

    @property
    def key(self) -> str:
        """Subject of its clock."""
        return f"decisions.question:{self.pk}"
