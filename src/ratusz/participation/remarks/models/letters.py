"""What the register of remarks knows of a letter that came by e-mail: whose consultation it is, and the intake it became."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ratusz.participation.consultations.models import Consultation, Form
from ratusz.participation.remarks.models.intakes import Intake


class RemarkLetter(models.Model):
    """Beside each letter of the mailbox of remarks. The consultation is a proposal until somebody makes an intake of it."""

    class FoundBy(models.TextChoices):
        """How the consultation was found."""

        ADDRESS = "address", _("by the address it was sent to")
        SUBJECT = "subject", _("by its subject")
        ONLY = "only", _("the only one that ran then")
        PERSON = "person", _("chosen by a person")

    letter = models.OneToOneField(
        "ratusz_incoming.Letter", models.CASCADE, related_name="of_remarks", verbose_name=_("e-mail letter")
    )
    consultation = models.ForeignKey(
        Consultation, models.PROTECT, null=True, blank=True, related_name="letters", verbose_name=_("consultation")
    )
    form = models.ForeignKey(Form, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("form"))
    found_by = models.CharField(
        pgettext_lazy("consultation of a letter", "how it was found"), max_length=10, choices=FoundBy, blank=True
    )
    intake = models.ForeignKey(Intake, models.SET_NULL, null=True, blank=True, related_name="letters", verbose_name=_("intake"))
    """What it became, or the intake that it repeats."""

    class Meta:
        verbose_name = _("letter with remarks")
        verbose_name_plural = _("letters with remarks")

    def __str__(self) -> str:
        return f"{self.letter_id}"

    @property
    def label_in_record(self) -> str:
        return self.letter.label_in_record
