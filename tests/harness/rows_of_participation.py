"""What one person leaves behind where residents take part: a row of every model that holds something of them."""

from __future__ import annotations

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.units.factories import AppointmentFactory
from ratusz.participation.budget.factories import EditionFactory
from tests.harness.somebody import ADDRESS, NAME, NUMBER, STREET


def take_part(account) -> None:
    """Signs, applies, founds, votes, answers, writes: what an account and a mailbox do on the public pages."""
    _project(account)
    _supported(account)
    _applied_for_a_consultation()
    _in_a_committee()
    _wrote_for_a_hearing()
    _asks_to_speak()
    _founds_a_committee()
    _declared(account)
    _saved_a_survey()
    _on_the_platform()
    _wrote_remarks(account)


def _project(account) -> None:
    from ratusz.participation.projects import actions
    from ratusz.participation.projects.factories import FACTS, LINES

    draft, _token = actions.start_draft(edition=EditionFactory(number=14, year=2027))
    person = {"name": f"Grażyna {NAME}", "address": STREET, "email": ADDRESS, "phone": NUMBER}
    actions.save_draft(application=draft, facts=FACTS | person | {"pool": None}, lines=LINES, version=0)
    now, said = database_now(), f"Pisze {NAME}, {STREET}"
    draft.calls.create(kind="complete", text="Dopisz.", link_digest="x", sent_at=now, due_at=now, answer=said, answered_at=now)
    draft.appeals.create(
        stage="formal", filed_at=now, is_late=False, reasons=said, entered_by=account, is_upheld=False, grounds="Bez zgody.",
        decided_at=now, decided_by=account,
    )  # fmt: skip
    draft.remarks.create(kind="remark", words="Dobry pomysł.", email=ADDRESS, written_at=now)


def _supported(account) -> None:
    """A signature of theirs, a line they typed and one that they settled."""
    from ratusz.casework.signatures import actions
    from ratusz.casework.signatures.factories import make_collection, make_sheet, make_signature, type_twice

    collection = make_collection()
    make_signature(collection, name=f"Grażyna {NAME}", home=STREET, email=ADDRESS)
    desk = [AppointmentFactory(role_code="budget_coordinator").person for _number in range(2)]
    AppointmentFactory(person=account, role_code="desk_officer")
    first, second = make_sheet(collection, desk[0]).lines.all()
    read = actions.Written("Jan Próbny", "ul. Próbna 1")
    type_twice(first, [account, desk[0]], read)
    type_twice(second, desk, read, actions.Written("Jan Inny", "ul. Próbna 1"))
    actions.settle_line(line=second, written=read, person=account)


def _applied_for_a_consultation() -> None:
    """An application of which they are the contact person."""
    from ratusz.participation.consultations.applications.factories import make_application

    make_application(submitted=True, email=ADDRESS, contact_name=f"Grażyna {NAME}", contact_address=STREET)


def _in_a_committee() -> None:
    """A committee of a citizens' initiative that they speak for."""
    from ratusz.participation.initiatives.factories import COMMITTEE, make_initiative

    make_initiative(email=ADDRESS, members=f"{COMMITTEE}\nGrażyna {NAME}; {STREET}")


def _wrote_for_a_hearing() -> None:
    """An opinion for a public hearing, with a name."""
    from ratusz.participation.initiatives.factories import make_hearing, make_opinion

    make_opinion(make_hearing(), f"Tak uważa {NAME}.", who=f"Grażyna {NAME}", email=ADDRESS)


def _asks_to_speak() -> None:
    """A form for the debate on the state of the municipality, with a scan."""
    from ratusz.participation.initiatives.factories import make_debate, make_entry

    make_entry(make_debate(), f"Grażyna {NAME}", STREET, email=ADDRESS)


def _founds_a_committee() -> None:
    """A notice of a committee that waits for the Office."""
    from ratusz.participation.initiatives.factories import COMMITTEE, make_notice

    make_notice(email=ADDRESS, members=f"{COMMITTEE}\nGrażyna {NAME}; {STREET}")


def _declared(account) -> None:
    """A declaration of residence for a vote that has long closed."""
    from ratusz.participation.voting.actions import declare
    from ratusz.participation.voting.factories import edition_to_vote_on, open_vote_on

    vote = open_vote_on(edition_to_vote_on(), identity="pesel")
    words = {"name": f"Grażyna {NAME}", "street": STREET, "contact": ADDRESS, "grounds": f"Pisze {NAME}"}
    declare(vote=vote, voter_key=b"x" * 32, district="L1", age_band="30-44", needs_guardian=False, has_pesel=False, **words)


def _saved_a_survey() -> None:
    """Answers that wait behind a link in a mailbox."""
    from ratusz.participation.surveys import actions, factories, links, queries

    survey = factories.make_survey(factories.content_of(factories.question("p1", "long_text")))
    draft = actions.start_draft(version=queries.version_in_force(survey), key=links.new_key())
    actions.keep_page(draft=draft, pages=[0], given={"p1": f"Pisze {NAME}"})
    actions.send_draft_link(draft=draft, key=links.new_key(), email=ADDRESS)


def _on_the_platform() -> None:
    """An account of the platform, a comment and a support."""
    from ratusz.participation.forum import actions, factories

    own = factories.make_participant(f"Grażyna {NAME}", email=ADDRESS)
    opening = factories.make_opening(participant=own, words=f"Pisze {NAME}, {ADDRESS}")
    other = factories.make_participant("Ktoś inny")
    answer = actions.write_comment(thread=opening.thread, words="Zgoda.", participant=other)
    actions.support(comment=answer, participant=own)


def _wrote_remarks(account) -> None:
    """A remark on paper typed by two people, rejected and complained of, and a remark of somebody else that is followed."""
    from ratusz.foundation.files.factories import make_pdf
    from ratusz.foundation.incoming.factories import make_bytes, make_letter
    from ratusz.foundation.notifications.models import Address
    from ratusz.participation.remarks import factories
    from ratusz.participation.remarks.actions import judging, paper
    from ratusz.participation.remarks.models import Follower

    form, clerks = (
        factories.make_form(is_read_before=False),
        [AppointmentFactory(role_code="desk_officer").person for _turn in "12"],
    )
    came = paper.receive_paper(form=form, channel="hand", arrived_at=database_now(), person=clerks[0])
    facts = {"content": "Więcej drzew.", "category": "resident", "name": f"Grażyna {NAME}", "address": STREET, "email": ADDRESS}
    for clerk in clerks:
        came = paper.type_paper(paper=came, facts=facts, person=clerk)
    editor = AppointmentFactory(role_code="editor").person
    judging.reject(intake=came.intake, code="N05", second=clerks[0], person=editor)
    judging.complain(intake=came.intake, words=f"Pisze {NAME}")
    files = (("plan.pdf", "application/pdf", make_pdf()),)
    make_letter(make_bytes(f"Pisze {NAME}, {STREET}.", subject=f"Sprawa {NAME}", sender=f"{NAME} <{ADDRESS}>", files=files))
    other = factories.make_remark(form, "Cudza uwaga.")
    Follower.objects.create(remark=other, address=Address.objects.get(value=ADDRESS), followed_at=database_now())
