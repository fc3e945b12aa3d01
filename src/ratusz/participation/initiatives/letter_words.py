"""What a committee reads after each step of its initiative, the same words by e-mail and on paper."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ratusz.foundation.kit.dates import polish_date
from ratusz.participation.initiatives.models import InitiativeState, InitiativeStep


def letter_text(step: InitiativeStep) -> str:
    """What happened and what the committee does next; each state has its words."""
    mine, state = step.initiative, InitiativeState
    day = polish_date(mine.session_on) if mine.session_on else ""
    words = {
        state.COLLECTING: _("Your initiative is registered. You may collect signatures: print the numbered lists from its page."),
        state.FILED: _("We have your lists of signatures. We check now whether the requirements are met."),
        state.CALLED: _("Complete your initiative. What is missing: %(words)s") % {"words": step.words},
        state.VALID: _("Your draft resolution is valid. It will be on the agenda of a session of the City Council."),
        state.RETURNED: _("Your draft resolution is returned. The reasons: %(words)s") % {"words": step.words},
        state.AGENDA: _("Your draft is on the agenda of the session on %(day)s.") % {"day": day},
        state.WITHDRAWN: _("We have your letter that you withdraw the initiative. It has ended, and nobody collects signatures."),
    }
    voted = _("The City Council has voted on your draft: %(state)s.") % {"state": step.get_state_display()}
    return words.get(state(step.state), f"{voted} {step.words}".strip())
