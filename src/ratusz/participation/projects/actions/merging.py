"""Two projects become one: proposed by the Office, agreed to by both authors by their links, one number stays."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.projects import rules
from ratusz.participation.projects.actions.assessing import close_questions
from ratusz.participation.projects.actions.balloting import take_off_ballot
from ratusz.participation.projects.actions.calling import end_calls
from ratusz.participation.projects.actions.drafts import locked
from ratusz.participation.projects.actions.steps import take_step, write_to_author
from ratusz.participation.projects.actions.supporting import end_supporting
from ratusz.participation.projects.models import Application, Merger, State
from ratusz.publishing.website.own_sites import full_address

OPEN = (State.FORMAL_YES, State.POSITIVE)


@transaction.atomic
def propose_merger(*, kept: Application, absorbed: Application, reason: str, person: Any) -> Merger:
    """Asks both authors. Raises NotYours, ApplicationRefused."""
    kept, absorbed = _locked_both(kept, absorbed)
    rules.check_may(person, "merge", kept, database_now())
    if kept.pk == absorbed.pk or kept.pool_id != absorbed.pool_id:
        raise rules.ApplicationRefused(_("Only two projects of one pool can be merged."))
    for each in (kept, absorbed):
        rules.check_state(each, *OPEN)
    if not reason.strip():
        raise rules.ApplicationRefused(_("Write in a few words why."))
    links = [rules.new_link(), rules.new_link()]
    merger = Merger.objects.create(
        kept=kept, absorbed=absorbed, reason=reason.strip(), proposed_at=database_now(), kept_link_digest=links[0][1],
        absorbed_link_digest=links[1][1],
    )  # fmt: skip
    for each, other, (token, _digest) in ((kept, absorbed, links[0]), (absorbed, kept, links[1])):
        address = full_address(reverse("projects:merger", args=[each.edition.slug, token]))
        context = {"other": other, "kept": kept, "reason": merger.reason}
        write_to_author(each, "merger", context, dedup=f"merger:{merger.pk}", button=(_("Agree or not"), address))
    record(deed="projects.propose_merger", subject=merger, after={"kept": kept.number, "absorbed": absorbed.number}, actor=person)
    return merger


@transaction.atomic
def answer_merger(*, merger: Merger, digest: str, agrees: bool) -> Merger:
    """One author's word; with both in favour the projects are merged at once. Raises ApplicationRefused."""
    kept, absorbed = _locked_both(merger.kept, merger.absorbed)
    merger = Merger.objects.select_for_update().get(pk=merger.pk)
    if merger.carried_out_at:
        raise rules.ApplicationRefused(_("The projects are merged already."))
    side = "kept_says" if digest == merger.kept_link_digest else "absorbed_says"
    setattr(merger, side, agrees)
    merger.save()
    record(deed="projects.answer_merger", subject=merger, after={side: agrees})
    if merger.kept_says and merger.absorbed_says:
        for each in (kept, absorbed):
            rules.check_state(each, *OPEN)
        merger.carried_out_at = database_now()
        merger.save(update_fields=["carried_out_at"])
        words = _("Merged into %(number)s with the consent of both authors.") % {"number": kept.number}
        close_questions(absorbed)
        take_step(absorbed, State.MERGED, deed="projects.merge", reason=words)
        words = _("Project %(number)s goes into this one, with the consent of both authors.") % {"number": absorbed.number}
        take_step(kept, kept.state, deed="projects.merge", reason=words)
    return merger


def _locked_both(one: Application, other: Application) -> tuple[Application, Application]:
    """In the order of their keys: two mergers the other way round do not wait for one another."""
    found = {pk: locked(each) for pk, each in sorted({one.pk: one, other.pk: other}.items())}
    return found[one.pk], found[other.pk]


@transaction.atomic
def withdraw(*, application: Application, reason: str, person: Any) -> Application:
    """The author withdraws: by a signed paper the Office enters. Raises NotYours, ApplicationRefused."""
    application = locked(application)
    rules.check_may(person, "withdraw", application, database_now())
    rules.check_state(application, *rules.MAY_BE_WITHDRAWN)
    if application.state == State.ON_BALLOT:
        take_off_ballot(application, reason.strip(), person)
    end_calls(application)
    close_questions(application)
    take_step(application, State.WITHDRAWN, deed="projects.withdraw", reason=reason.strip(), person=person)
    end_supporting(application)
    write_to_author(application, "withdrawn", {}, dedup="withdrawn")
    return application
