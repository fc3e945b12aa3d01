"""Applications in words: groups of states for the filter, the scope, the five words for staff."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from ratusz.participation.consultations.models import Application, ApplicationState

GROUPS = {
    "zbieraja": [ApplicationState.COLLECTING],
    "rozpatrywane": [ApplicationState.SUBMITTED, ApplicationState.CALLED, ApplicationState.COMPLETE],
    "przyjete": [ApplicationState.ACCEPTED],
    "odmowy": [ApplicationState.REFUSED, ApplicationState.APPEALED, ApplicationState.DISMISSED],
    "wycofane": [ApplicationState.WITHDRAWN],
}
GROUP_NAMES = [
    ("", pgettext_lazy("state", "all")),
    ("zbieraja", _("collect signatures")),
    ("rozpatrywane", _("being considered")),
    ("przyjete", pgettext_lazy("applications", "accepted")),
    ("odmowy", _("refused or appealed")),
    ("wycofane", pgettext_lazy("applications", "withdrawn")),
]


def scope(application: Application) -> str:
    """Whom it concerns: names of its areas; reads what is prefetched."""
    return ", ".join(each.name for each in application.areas.all())


def sentence(words: str) -> str:
    """Words as a sentence."""
    return words[:1].upper() + words[1:] + "."


def five_words(application: Application) -> str:
    """One of the five words of the house."""
    if application.state in (ApplicationState.DRAFT, ApplicationState.COLLECTING):
        return pgettext("state", "draft")
    who = {
        ApplicationState.CALLED: pgettext("whose move", "the applicant"),
        ApplicationState.APPEALED: pgettext("whose move", "the City Council"),
        ApplicationState.SUBMITTED: pgettext("whose move", "the Office"),
        ApplicationState.COMPLETE: pgettext("whose move", "the Office"),
    }.get(ApplicationState(application.state))
    return _("with: %(who)s") % {"who": who} if who else pgettext("state", "closed")
