"""What stands in the way of approval and of publication, as sentences for the person; pure but for reading what is asked about."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ratusz.casework.meetings.minutes import spoken
from ratusz.casework.meetings.minutes.content import content_of
from ratusz.casework.meetings.minutes.names import names_in, officials_in
from ratusz.casework.meetings.minutes.rendition import Content, canonical, digest, public_of, public_words
from ratusz.casework.meetings.models import Minutes, MinutesBlock, MinutesState, MinutesVersion
from ratusz.casework.meetings.registries import public_words_checks, targets
from ratusz.casework.meetings.rules import Refused
from ratusz.foundation.kit.dates import local_day, polish_moment

LONGEST_PUBLIC_DECISION = 600
DECISION = "decisions.decision"


class NotReady(Refused):
    """Something is missing; `missing` is the whole list, each as a sentence."""

    def __init__(self, missing: Sequence[str]):
        super().__init__(" ".join(missing))
        self.missing = list(missing)


def obstacles(minutes: Minutes, blocks: Sequence[MinutesBlock], at: datetime) -> list[str]:
    """Everything that must be done before these minutes are approved."""
    found: list[str] = []
    if minutes.meeting.starts_at > at:
        found.append(_("The meeting has not begun yet."))
    if names := spoken.untriaged(minutes.meeting):
        found.append(_("These have no outcome yet: %(names)s. Say of each what becomes of it.") % {"names": ", ".join(names)})
    found += _review_obstacles(minutes, at)
    number = 0
    for block in blocks:
        if block.kind == "decision":
            number += 1
            found += _decision_obstacles(block, number)
    if any(block.kind == "decision" for block in blocks) and DECISION not in targets:
        found.append(_("Decisions cannot be handed on: the register of decisions is not installed."))
    if minutes.versions.exists() and not minutes.what_changes:
        found.append(_("Say what changes in this version."))
    return found


def _review_obstacles(minutes: Minutes, at: datetime) -> list[str]:
    found: list[str] = []
    waiting = minutes.suggestions.filter(state="open").count()
    if waiting:
        words = ngettext("%(count)s suggestion of a reviewer waits.", "%(count)s suggestions of reviewers wait.", waiting)
        found.append(words % {"count": waiting})
    if minutes.state not in (MinutesState.IN_REVIEW, MinutesState.CORRECTIONS) or minutes.corrections_until is None:
        return found
    silent = minutes.review_links.filter(agreed_at=None, revoked_at=None, erased_at=None, suggestions=None)
    if at < minutes.corrections_until and silent.exists():
        found.append(_("Reviewers may send remarks until %(when)s.") % {"when": polish_moment(minutes.corrections_until)})
    elif names := [each.name for each in silent.filter(silence_agrees=False)]:
        words = _("No answer yet from: %(names)s. Their invitation did not say that silence agrees: ask again or take it back.")
        found.append(words % {"names": ", ".join(names)})
    return found


def _decision_obstacles(block: MinutesBlock, number: int) -> list[str]:
    fields, name = block.fields, _("Decision %(number)s") % {"number": number}
    missing = []
    if not fields.get("text") and not fields.get("public_text"):
        missing.append(_("write what was decided"))
    if fields.get("is_public") and not fields.get("public_text"):
        missing.append(_("write it in plain words for everybody"))
    if len(fields.get("public_text") or "") > LONGEST_PUBLIC_DECISION:
        missing.append(_("shorten the public words to 600 letters"))
    if not fields.get("is_public") and not fields.get("not_public_reason"):
        missing.append(_("say why it is not public"))
    if fields.get("due_on") and not _is_day(str(fields["due_on"])):
        missing.append(_("mend the day"))
    return [f"{name}: {each}." for each in missing]


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def public_content(version: MinutesVersion) -> Content:
    """The public text of a version."""
    return json.loads(version.public_canonical)


def whole_content(version: MinutesVersion) -> Content:
    """The whole text of a version."""
    return json.loads(version.canonical)


def check_frozen(version: MinutesVersion) -> None:
    """That the kept text is the approved one, and the public one is made of it. Raises Refused."""
    if (digest(version.canonical), digest(version.public_canonical)) != (version.sha256, version.public_sha256):
        raise Refused(_("The kept text is not the approved one. Nothing is published; call the administrator."))
    if canonical(public_of(whole_content(version))) != version.public_canonical:
        raise Refused(_("The public text is not made of the approved one. Nothing is published; begin a new version."))


def personal_data_in(version: MinutesVersion, at: datetime, *, let_through: bool = False) -> list[str]:
    """Sentences about personal data in the public words; with `let_through` only those that no reason lets through."""
    return personal_words(public_content(version), whole_content(version), at, let_through=let_through)


def personal_words(public: Content, whole: Content, at: datetime, *, let_through: bool = False) -> list[str]:
    """The same of a text that is not approved yet."""
    texts = public_words(public)
    found = [problem for check in public_words_checks for problem in check(texts, at)]
    sentences = [problem.words for problem in found if problem.is_final or not let_through]
    if not let_through:
        known = _known_names(whole)
        names = sorted({name for text in texts for name in names_in(text, known)})
        if names:
            words = _("Names that may be of private persons stand in the text: %(names)s. Take them out, or say why they stay.")
            sentences.append(words % {"names": ", ".join(names)})
    return list(dict.fromkeys(sentences))


def personal_words_of(minutes: Minutes, at: datetime, *, let_through: bool = False) -> list[str]:
    """The same of minutes that are still written, as their public text stands now."""
    whole = content_of(minutes, list(minutes.blocks.standing()), at)
    return personal_words(public_of(whole), whole, at, let_through=let_through)


def _known_names(whole: Content) -> list[str]:
    """Officials of the presence block, the host, the minute-taker and whoever approved: their names are public."""
    names: list[str] = []
    for block in whole.get("blocks", ()):
        if block["kind"] == "presence":
            names += officials_in(str(block.get("officials", "")))
        for name in ("host", "minute_taker", "by"):
            if block.get(name):
                names += [each.strip() for each in str(block[name]).split(",")]
    return names


def due_day(ends_at: datetime, days: int) -> date:
    """The last day for public minutes."""
    return local_day(ends_at) + timedelta(days=days)


def end_of(day: date) -> datetime:
    """The first moment after that day in the city."""
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=ZoneInfo(settings.TIME_ZONE))


def is_late(was_published: bool, ends_at: datetime, days: int, at: datetime) -> bool:
    """Whether public minutes are past their day: from the 15th day after the meeting where the rule says 14."""
    return not was_published and local_day(at) > due_day(ends_at, days)
