"""What opinion ballots bring to a consultation: how the form "ballot" behaves, its papers, its part of the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.casework.signatures.likeness import plain_home, plain_name
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.participation.consultations.registries import FormKind, Gap, Part, form_kinds, public_parts
from ratusz.participation.polls import papers, presentation, queries, rules
from ratusz.participation.polls.actions.casting import take_paper
from ratusz.participation.polls.forms import TypedBallotForm
from ratusz.participation.polls.models import Poll
from ratusz.participation.remarks import rules as register_rules
from ratusz.participation.remarks.models import Intake, PaperReturn
from ratusz.participation.remarks.paper_kinds import PaperKind, paper_kinds
from ratusz.participation.remarks.rules import RemarkRefused

FACTS = ("choice", "name", "address", "seen", "urn")


def take_part_url(form: Any, at: datetime) -> str:
    """Where one votes; "" when that is not possible now."""
    poll = queries.poll_of(form)
    if poll is None or not poll.is_online or not register_rules.is_open(form.consultation, form, at):
        return ""
    return reverse("polls:vote", args=[form.consultation.slug, form.pk])


def gaps(form: Any, at: datetime) -> Iterator[Gap]:
    """What the report lacks of the ballot: the question, unsettled ballots, papers not typed, urns not opened."""
    url = reverse("polls_poll", args=[form.pk])
    poll = queries.poll_of(form)
    if poll is None:
        yield Gap("polls.question", _("The ballot “%(title)s” has no question.") % {"title": form.title}, url)
        return
    if unsettled := queries.result_of(poll).open:
        yield Gap("polls.open", _("Ballots not settled: %(count)s") % {"count": unsettled}, url)
    waiting = form.paper_returns.exclude(state=PaperReturn.State.TAKEN_IN).count()
    if waiting:
        words = _("Paper ballots not typed to the end: %(count)s") % {"count": waiting}
        yield Gap("polls.papers", words, reverse("remarks_papers", args=[form.consultation_id]))
    urns = list(poll.urns.all())
    for urn in urns:
        if urn.opened_at is None:
            yield Gap("polls.urn", _("The urn was not opened: %(place)s") % {"place": urn.place}, url)
    if urns:
        yield from _count_of_urns(poll, sum(urn.cards or 0 for urn in urns), url)


def _count_of_urns(poll: Poll, found: int, url: str) -> Iterator[Gap]:
    """Fewer typed than the protocols say refuses; more are only told, because a protocol stays as it was written."""
    typed = poll.form.intakes.filter(channel=Intake.Channel.URN).count()
    if typed != found:
        words = _("Ballots out of urns: %(found)s by the protocols of opening, %(typed)s in the register.")
        yield Gap("polls.urn_count", words % {"found": found, "typed": typed}, url, is_warning=typed > found)


def report_blocks(form: Any, at: datetime) -> list[Any]:
    """The result, in words and tables."""
    poll = queries.poll_of(form)
    return [] if poll is None else presentation.blocks(poll, queries.result_of(poll), at)


def public_part(consultation: Any, at: datetime) -> Part | None:
    """On the page of a consultation: the question, where to vote, the result after the end."""
    polls = queries.polls_of(consultation)
    if not polls:
        return None
    over = consultation.has_ended(local_day(at))
    results = queries.results_of(polls) if over else {}
    rows = [
        {
            "poll": poll, "url": take_part_url(poll.form, at), "result_url": papers.address_of(poll),
            "who": presentation.residence_words(poll),
            "verdict": presentation.verdict(results[poll.pk]) if over else "",
        }
        for poll in polls
    ]  # fmt: skip
    return Part("polls/part.html", {"rows": rows, "advisory": presentation.advisory(), "is_over": over}, order=35)


def typing_form(paper: PaperReturn, data: Any, initial: dict[str, str] | None) -> TypedBallotForm:
    """The form to type a paper ballot into. Raises RemarkRefused for a form without a question."""
    return TypedBallotForm(data, initial=initial, poll=_poll(paper), at=database_now())


def _poll(paper: PaperReturn) -> Poll:
    poll = queries.poll_of(paper.form)
    if poll is None:
        raise RemarkRefused(_("This ballot has no question yet."))
    return poll


def check(paper: PaperReturn, facts: dict[str, str]) -> None:
    """Raises RemarkRefused for an answer that is not on the ballot."""
    if facts["choice"]:
        rules.check_choice(_poll(paper), facts["choice"])


def plain(facts: dict[str, str]) -> tuple[str, ...]:
    """Answer, defect and urn as they are; names and addresses without accents, case and marks."""
    return (facts["choice"], facts["seen"], facts["urn"], plain_name(facts["name"]), plain_home(facts["address"]))


def shown(paper: PaperReturn, facts: dict[str, str]) -> list[str]:
    """One typing in lines."""
    answer = rules.words_of(_poll(paper), facts["choice"]) or _("no answer")
    return [line for line in (answer, facts["name"], facts["address"], facts["seen"]) if line]


def register() -> None:
    """Fills the registries of consultations and of papers."""
    kind = FormKind(
        take_part_url=take_part_url, staff_url=lambda form: reverse("polls_poll", args=[form.pk]), counts=queries.counts_of,
        gaps=gaps, report_blocks=report_blocks, paper=papers.ballot_paper, behind=queries.behind,
    )  # fmt: skip
    form_kinds.register(rules.BALLOT, kind)
    public_parts.register("polls", public_part)
    paper_kinds.register(rules.BALLOT, PaperKind(FACTS, typing_form, check, plain, take_paper, shown))
