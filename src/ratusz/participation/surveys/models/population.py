"""How many people live in the city by age, sex and district on a day: what answers are compared with and weighted to."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ratusz.foundation.territory.models import District


class PopulationTable(models.Model):
    """One table of a day with its source. A corrected file is a table of its own; the newest of a day holds."""

    day = models.DateField(_("state of the day"))
    source = models.CharField(_("source"), max_length=200)
    file_name = models.CharField(_("name of the file"), max_length=130)
    digest = models.CharField(_("SHA-256 of the file"), max_length=64, unique=True, editable=False)
    people = models.PositiveIntegerField(_("people in all"))
    loaded_at = models.DateTimeField(_("taken in"))
    loaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("taken in by")
    )

    class Meta:
        verbose_name = _("table of the population")
        verbose_name_plural = _("tables of the population")
        ordering = ["-day", "-loaded_at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(source=""), name="a_table_of_people_has_its_source")]

    def __str__(self) -> str:
        return f"{self.source} ({self.day})"

    @property
    def label_in_record(self) -> str:
        return str(self)


class PopulationCount(models.Model):
    """People of one age group and sex, of the whole city or of one district."""

    class Sex(models.TextChoices):
        WOMAN = "k", pgettext_lazy("sex", "women")
        MAN = "m", pgettext_lazy("sex", "men")

    table = models.ForeignKey(PopulationTable, models.CASCADE, related_name="counts", verbose_name=_("table of the population"))
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("district"))
    """None: of the whole city."""
    sex = models.CharField(_("sex"), max_length=1, choices=Sex, blank=True)
    """"" where the table does not part them."""
    age_from = models.PositiveSmallIntegerField(_("age from"))
    age_to = models.PositiveSmallIntegerField(_("age to"), null=True, blank=True)
    """The last age inside; None: and more."""
    people = models.PositiveIntegerField(_("people"))

    class Meta:
        verbose_name = _("number of people of an age")
        verbose_name_plural = _("numbers of people of an age")
        ordering = ["table_id", "district_id", "sex", "age_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["table", "district", "sex", "age_from"], nulls_distinct=False, name="people_of_an_age_stand_once"
            ),
            models.CheckConstraint(condition=Q(age_to=None) | Q(age_to__gte=F("age_from")), name="ages_run_upwards"),
            models.CheckConstraint(condition=Q(age_from__lte=120), name="nobody_is_older_than_120"),
        ]

    def __str__(self) -> str:
        return f"{self.table_id}: {self.sex} {self.age_from}"
