"""Moderation in words: the statement of reasons, the answer to an appeal, the five words of state, what changed in an edit."""

from __future__ import annotations

import difflib
import re
from datetime import date, datetime, timedelta

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ratusz.casework.deadlines.rulebook import Length, rule_of
from ratusz.casework.deadlines.wording import within_in_words
from ratusz.casework.moderation import catalogue
from ratusz.casework.moderation.models import Appeal, Deed, Item, Judgement, Mandate, State
from ratusz.casework.moderation.registries import Shown
from ratusz.foundation.kit.dates import local_day, polish_date, polish_moment, polish_until


def statement(judgement: Judgement, shown: Shown, *, moved_to: str = "", until: date | None = None) -> str:
    """What the author gets: what, where, when, facts, rule, a person or the machine, how to appeal (as in art. 17 of the DSA)."""
    reason = catalogue.reasons_on(local_day(judgement.judged_at))[judgement.reason]
    context = {
        "judgement": judgement, "shown": shown, "reason": reason, "what_is_done": what_is_done(judgement.deed, moved_to, until),
        "written": polish_moment(shown.written_at), "judged": polish_moment(judgement.judged_at),
        "within": appeal_within(judgement.judged_at),
        "until": polish_until(judgement.appeal_until) if judgement.appeal_until else "", "is_asked": judgement.deed == Deed.ASK,
    }  # fmt: skip
    return tidy(render_to_string("moderation/statement.txt", context))


def appeal_within(at: datetime) -> str:
    """How soon an appeal is decided by the rule of the day: "within 7 days"."""
    rule = rule_of("moderation.appeal", local_day(at))
    return within_in_words(Length(rule.length, rule.unit))


def preview(
    shown: Shown, deed: str, reason: str, facts: str, words: str, at: datetime, *, moved_to: str = "", until: date | None = None
) -> str:
    """The statement as it would go out now."""
    made = Judgement(deed=deed, reason=reason, facts=facts.strip(), judged_at=at, words_before=shown.words)
    made.words_after = words.strip() if deed == Deed.EDIT else ""
    made.appeal_until = None if deed == Deed.ASK else catalogue.appeal_until(at)
    return statement(made, shown, moved_to=moved_to, until=until)


def answer_to_appeal(appeal: Appeal) -> str:
    """The letter that ends an appeal."""
    context = {"appeal": appeal, "label": appeal.judgement.item.label, "filed": polish_moment(appeal.filed_at)}
    return tidy(render_to_string("moderation/answer.txt", context))


def tidy(text: str) -> str:
    """At most one empty line between paragraphs."""
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def what_is_done(deed: str, moved_to: str = "", until: date | None = None) -> str:
    """A whole sentence for the author."""
    if deed == Deed.MOVE:
        return _("We moved it to where it belongs: %(place)s.") % {"place": moved_to}
    if deed == Deed.SUSPEND:
        words = _("We hid it. Until %(day)s, that day included, you cannot write here; then you can again.")
        return words % {"day": polish_date(until) if until else ""}
    return {
        Deed.ASK: _("We ask you to change it. Until then nothing else happens to it."),
        Deed.EDIT: _("We changed the words. Below you see them before and after."),
        Deed.HIDE: _("We hid it: others do not see it."),
        Deed.LOCK: _("We hid it and closed the discussion under which it stood."),
        Deed.QUARANTINE: _("We hid it for now. A moderator looks at it again within a week."),
    }[Deed(deed)]


def state(item: Item) -> str:
    """One of the five words, with whom it is."""
    if item.state == State.WITH_AUTHOR:
        return _("with: the author")
    if item.is_open:
        return _("with: %(who)s") % {"who": item.person.display_name if item.person else _("moderators, nobody has taken it")}
    return pgettext("state", "closed")


def difference(before: str, after: str) -> SafeString:
    """The change word by word, for the eye and for a screen reader: what was taken out and what was put in."""
    old, new = (re.findall(r"\s+|\S+", text) for text in (before, after))
    parts: list[SafeString] = []
    for step, start, end, begin, stop in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        taken, put = "".join(old[start:end]), "".join(new[begin:stop])
        if step == "equal":
            parts.append(format_html("{}", taken))
            continue
        if taken:
            parts.append(format_html("<del>{}</del>", taken))
        if put:
            parts.append(format_html("<ins>{}</ins>", put))
    return format_html_join("", "{}", ((part,) for part in parts))


def signal(code: str, found: str) -> str:
    """What a signal of the machine says, for moderators and, where it held a text as spam, for the author."""
    return {
        "banned": _("a word of the list: %(found)s"), "links": _("links: %(found)s"), "repetition": _("the same again and again"),
        "shouting": _("almost all in capitals"), "haste": _("many texts in ten minutes: %(found)s"),
        "like_spam": _("like earlier spam: %(found)s"), "copy": _("the same words as before"),
        "classifier": _("words that stood in spam: %(found)s"),
    }.get(code, code) % {"found": found}  # fmt: skip


def mandate_days(mandate: Mandate) -> str:
    """ "from 1 May 2026, until the place is over"."""
    first = polish_date(mandate.starts)
    if mandate.ends is None:
        return _("from %(first)s, without an end") % {"first": first}
    return _("from %(first)s to %(last)s") % {"first": first, "last": polish_date(mandate.ends - timedelta(microseconds=1))}


def appointment(mandate: Mandate) -> str:
    """The letter of appointment."""
    facts = {
        "place": mandate.place_name, "days": mandate_days(mandate), "unit": str(mandate.unit),
        "substitute": mandate.substitute.display_name if mandate.substitute else _("nobody yet"),
        "training": polish_date(mandate.trained_on) if mandate.trained_on else _("not yet"),
    }  # fmt: skip
    parts = [
        _("You moderate “%(place)s” (%(unit)s).") % facts, _("Time: %(days)s") % facts,
        _("Substitute: %(substitute)s") % facts,
        _("Training: %(training)s") % facts,
        _("You judge by the catalogue of reasons; every decision has a reason, and the author may appeal against it."),
    ]  # fmt: skip
    if mandate.is_outsider:
        parts.append(_("Your rights end with the place, by themselves."))
    return "\n\n".join(parts)
