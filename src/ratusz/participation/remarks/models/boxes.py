"""How the remark box of one form works: its schema, how sure we must be of authors, what becomes of repeated ones, moderation."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ratusz.participation.consultations.models import Form
from ratusz.participation.remarks.models.intakes import Intake


class Box(models.Model):
    """Settings of the remark box of a form. A form without a row of its own has those of a new one."""

    class Uniqueness(models.TextChoices):
        """What becomes of several intakes of one person; declared before people take part."""

        NONE = "none", _("everybody may speak several times")
        FIRST = "first", _("the first one counts")
        LAST = "last", _("the last one counts")
        VOID = "void", _("none of them counts")

    form = models.OneToOneField(Form, models.CASCADE, related_name="remark_box", verbose_name=_("form"))
    schema = models.CharField(_("form to fill in"), max_length=40, blank=True)
    """A code of packs/schemas.toml; "" for the one that the mode of the consultation asks for."""
    proof = models.CharField(_("how sure we must be who speaks"), max_length=2, choices=Intake.Proof, default=Intake.Proof.NONE)
    uniqueness = models.CharField(_("several of one person"), max_length=10, choices=Uniqueness, default=Uniqueness.NONE)
    is_read_before = models.BooleanField(_("a moderator reads remarks before everybody does"), default=True)
    takes_places = models.BooleanField(_("asks for a place"), default=False)

    class Meta:
        verbose_name = _("remark box")
        verbose_name_plural = _("remark boxes")

    def __str__(self) -> str:
        return f"{self.form_id}"

    @property
    def label_in_record(self) -> str:
        return self.form.label_in_record
