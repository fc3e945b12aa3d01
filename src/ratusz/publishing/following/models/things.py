"""Who follows one thing by e-mail, and the news of it that are still to be told; what things there are other modules say."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.notifications.models import Address

THINGS = "following.things"
"""The one consent for every thing a person follows; which they are stands in their rows."""
KEY = 120
LONGEST_NEWS = 1000


class ThingFollowQuerySet(models.QuerySet["ThingFollow"]):
    """Filters on followers of one thing."""

    def without_consent(self) -> ThingFollowQuerySet:
        """Of those who left: nothing goes to them, and their rows are forgotten in the night."""
        return self.exclude(address__in=Address.objects.filter(consents__purpose=THINGS, consents__withdrawal__isnull=True))


class ThingFollow(models.Model):
    """An address that follows one thing after a double opt-in."""

    address = models.ForeignKey(Address, verbose_name=_("recipient"), on_delete=models.CASCADE, related_name="+")
    thing = models.CharField(_("what is followed"), max_length=KEY)
    followed_at = models.DateTimeField(_("followed since"))

    objects = ThingFollowQuerySet.as_manager()

    class Meta:
        verbose_name = _("followed thing")
        verbose_name_plural = _("followed things")
        constraints = [
            models.UniqueConstraint(fields=["thing", "address"], name="one_thing_is_followed_once"),
            models.CheckConstraint(condition=Q(thing__contains=":"), name="a_followed_thing_has_its_kind"),
        ]

    def __str__(self) -> str:
        return self.thing


class ThingNews(models.Model):
    """Something changed for everybody with one thing; told once to each who follows it. The row is the queue."""

    thing = models.CharField(_("what it is about"), max_length=KEY)
    text = models.CharField(_("what changed"), max_length=LONGEST_NEWS)
    happened_at = models.DateTimeField(_("when"))
    told_at = models.DateTimeField(_("followers told"), null=True, blank=True)

    class Meta:
        verbose_name = _("news of a followed thing")
        verbose_name_plural = _("news of followed things")
        indexes = [models.Index(fields=["id"], name="news_not_told", condition=Q(told_at=None))]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="news_say_something")]

    def __str__(self) -> str:
        return f"{self.thing} {self.happened_at:%Y-%m-%d}"
