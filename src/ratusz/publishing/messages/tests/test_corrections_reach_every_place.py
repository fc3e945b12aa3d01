"""A correction is published by a second person, is right at once where we show it, and stays a task elsewhere until somebody proves it."""

import io
from datetime import timedelta

import pytest
from django.core.files.storage import storages

from ratusz.foundation.files.factories import make_image, make_pdf
from ratusz.foundation.files.rules import FileRefused
from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_moment
from ratusz.foundation.kit.outgoing import Hold, holds
from ratusz.publishing.messages import actions, made_files, queries, rules
from ratusz.publishing.messages.factories import let_everything_out, make_author, make_message, warsaw
from ratusz.publishing.messages.models import CorrectionTask, Release
from ratusz.publishing.messages.moves import moves_of

pytestmark = pytest.mark.slow

LATER = {"ends": warsaw(2026, 11, 12, 20)}
WORDS = {"was_wrong": "Woda wróci o 16.00.", "is_right": "Woda wróci o 20.00."}


@pytest.fixture(autouse=True)
def private_storage(tmp_path, monkeypatch):
    monkeypatch.setattr(storages["private"], "_location", str(tmp_path))
    for name in ("base_location", "location"):
        storages["private"].__dict__.pop(name, None)
    yield
    for name in ("base_location", "location"):
        storages["private"].__dict__.pop(name, None)


@pytest.fixture
def message(author, second):
    """Out on the page and on paper, changed since."""
    made = make_message(author, places=["page", "paper"])
    let_everything_out(made, second)
    actions.change_facts(message=made, person=author, expected=1, facts=LATER, correction=WORDS)
    made.refresh_from_db()
    return made


def task_of(message, outlet):
    return CorrectionTask.objects.filter(variant__message=message, variant__outlet=outlet).order_by("-pk").first()


def state_of(message, outlet):
    return (message.variants.get(outlet=outlet).state, str(task_of(message, outlet).state))


def test_a_second_person_publishes_and_our_page_is_right_at_once(message, author, second, told):
    correction = message.corrections.get()
    with pytest.raises(rules.NeedsSecondPerson):
        actions.publish_correction(correction=correction, person=author)
    told.clear()
    published = actions.publish_correction(correction=correction, person=second)
    assert actions.publish_correction(correction=correction, person=second).published_at == published.published_at
    assert (state_of(message, "page"), state_of(message, "paper")) == (("corrected", "done"), ("by_hand", "due"))
    page = message.variants.get(outlet="page")
    assert ("8.00–20.00" in page.release.text, page.releases.count(), set(told)) == (True, 2, {message.pk})
    assert queries.shown_corrections([message]) == {message.pk: [published]}


def test_a_corrected_poster_and_document_say_so_with_the_moment(message, author, second, monkeypatch):
    typeset = []
    monkeypatch.setattr(made_files, "pdf_of", lambda template, content: typeset.append(content) or b"")
    paper = message.variants.get(outlet="paper")
    made_files.poster(paper, "a4")
    correction = actions.publish_correction(correction=message.corrections.get(), person=second)
    made_files.poster(message.variants.select_related("message", "release__facts").get(outlet="paper"), "a4")
    when = polish_moment(correction.published_at)
    words = f"Poprawka: mieliśmy błąd, {when}. Było: Woda wróci o 16.00. Jest: Woda wróci o 20.00."
    assert [(each["corrected"], each["corrections"]) for each in typeset] == [("", []), (f"Poprawiono {when}.", [words])]


def test_a_head_alone_says_why(message, author, second):
    head = make_author("head")
    version = actions.change_facts(message=message, person=head, expected=2, facts={"contact": "tel. 112"}, correction=WORDS)
    correction = message.corrections.get(facts=version)
    published = actions.publish_correction(correction=correction, person=head, alone_because="noc, nikogo nie ma")
    assert (published.approved_alone_because, state_of(message, "page")) == ("noc, nikogo nie ma", ("corrected", "done"))


def test_a_place_by_hand_is_corrected_when_its_proof_comes(message, author, second):
    paper, now = message.variants.get(outlet="paper"), database_now()
    with pytest.raises(rules.Refused, match="Najpierw opublikuj"):
        actions.settle_task(task=task_of(message, "paper"), person=author)
    actions.publish_correction(correction=message.corrections.get(), person=second)
    proof = actions.record_by_hand(
        variant=paper, person=author, url="https://bip.example/1", published_by="Redakcja BIP", published_at=now,
        upload=io.BytesIO(make_pdf()), name="zrzut.pdf",
    )  # fmt: skip
    assert (proof.release.facts.number, proof.file.kind, state_of(message, "paper")) == (2, "pdf", ("corrected", "done"))
    assert str(proof) == "https://bip.example/1"


def test_a_proof_of_the_old_text_leaves_the_task(message, author):
    paper = message.variants.get(outlet="paper")
    actions.record_by_hand(
        variant=paper, person=author, url="https://bip.example/1", published_by="BIP", published_at=database_now()
    )
    assert state_of(message, "paper") == ("confirmed", "due")


@pytest.mark.parametrize(
    "wrong",
    [{"published_at": timedelta(hours=1)}, {"url": ""}, {"url": "javascript:alert(1)"}, {"url": "/lokalnie"}],
)
def test_a_proof_without_sense_is_refused(message, author, wrong):
    given = {"url": "https://bip.example/1", "published_by": "BIP", "published_at": timedelta(0)} | wrong
    given["published_at"] = database_now() + given["published_at"]
    with pytest.raises(rules.Refused):
        actions.record_by_hand(variant=message.variants.get(outlet="paper"), person=author, **given)


def test_nothing_is_proved_before_it_is_sent(author):
    variant = make_message(author, places=["paper"]).variants.get()
    with pytest.raises(rules.Refused):
        actions.record_by_hand(
            variant=variant, person=author, url="https://bip.example/1", published_by="BIP", published_at=database_now()
        )
    with pytest.raises(rules.Refused):
        actions.hang_poster(variant=variant, person=author, place="Rynek 1", hung_by="gospodarz", hung_at=database_now())


def test_old_posters_come_down_before_the_correction_is_done(message, author, second):
    paper, now = message.variants.get(outlet="paper"), database_now()
    hung = actions.hang_poster(
        variant=paper,
        person=author,
        place="Rynek 1",
        hung_by="gospodarz budynku",
        hung_at=now,
        upload=io.BytesIO(make_image()),
        name="x.jpg",
    )
    assert (hung.photo.kind, message.variants.get(outlet="paper").state) == ("jpeg", "confirmed")
    actions.publish_correction(correction=message.corrections.get(), person=second)
    with pytest.raises(rules.Refused, match="Stare plakaty"):
        actions.settle_task(task=task_of(message, "paper"), person=author)
    actions.hang_poster(variant=paper, person=author, place="Rynek 1", hung_by="gospodarz budynku", hung_at=database_now())
    for wrong in (hung.hung_at - timedelta(days=1), database_now() + timedelta(days=1)):
        with pytest.raises(rules.Refused):
            actions.take_poster_down(hanging=hung, person=author, taken_down_at=wrong)
    down = actions.take_poster_down(hanging=hung, person=author)
    assert actions.take_poster_down(hanging=hung, person=author).taken_down_at == down.taken_down_at
    assert actions.settle_task(task=task_of(message, "paper"), person=author).state == "done"
    assert state_of(message, "paper") == ("corrected", "done")
    assert actions.settle_task(task=task_of(message, "paper"), person=author, is_needed=False, note="x").note == ""
    with pytest.raises(rules.Refused):
        actions.hang_poster(variant=paper, person=author, place="x", hung_by="y", hung_at=database_now() + timedelta(days=1))


def test_a_correction_that_a_place_does_not_need_says_why(message, author):
    with pytest.raises(rules.Refused, match="Napisz, dlaczego"):
        actions.settle_task(task=task_of(message, "paper"), person=author, is_needed=False)
    settled = actions.settle_task(task=task_of(message, "paper"), person=author, is_needed=False, note="Plakat nie podaje godziny.")
    assert (settled.state, state_of(message, "paper")[0]) == ("not_needed", "by_hand")


def test_our_own_page_is_corrected_by_the_program_alone(author, second):
    made = make_message(author, places=["page"])
    let_everything_out(made, second)
    page = made.variants.get()
    actions.change_facts(message=made, person=author, expected=1, facts={"contact": "tel. 112"}, correction=WORDS)
    task = task_of(made, "page")
    with pytest.raises(rules.Refused, match="Najpierw opublikuj"):
        actions.release_correction(task=task, person=second)
    holds.register("test", lambda outgoing, at: Hold("test", "Cisza wyborcza."))
    try:
        actions.publish_correction(correction=made.corrections.get(), person=second)
        task.refresh_from_db()
        assert (task.state, task.note) == ("due", "Cisza wyborcza.")
        with pytest.raises(rules.Refused, match="sam"):
            actions.settle_task(task=task, person=second)
        with pytest.raises(rules.Refused, match="Cisza"):
            actions.release_correction(task=task, person=second)
    finally:
        del holds._entries["test"]
    assert actions.release_correction(task=task, person=second).state == "done"
    assert actions.release_correction(task=task, person=second).state == "done"
    page.refresh_from_db()
    assert (page.state, "tel. 112" in page.text) == ("corrected", False)


def test_a_text_with_an_old_fact_typed_by_hand_is_rewritten_first(author, second):
    made = make_message(author, places=["page"])
    page = actions.edit_variant(variant=made.variants.get(), written="Woda wróci o 16.00.", person=author, expected=0)
    let_everything_out(made, second)
    actions.change_facts(message=made, person=author, expected=1, facts=LATER, correction=WORDS)
    actions.publish_correction(correction=made.corrections.get(), person=second)
    task = task_of(made, "page")
    assert (task.state, "16.00" in task.note) == ("due", True)
    actions.edit_variant(variant=page, written="Woda wróci {do}.", person=author, expected=1)
    with pytest.raises(rules.Refused, match="ktoś inny"):
        actions.release_correction(task=task, person=author)
    actions.release_correction(task=task, person=second)
    page.refresh_from_db()
    assert page.release.text == "Woda wróci 12 listopada 2026 r., godz. 20.00."


def test_a_withdrawn_message_keeps_its_notice_and_makes_tasks_elsewhere(message, author, second, told):
    paper = message.variants.get(outlet="paper")
    hung = actions.hang_poster(variant=paper, person=author, place="Rynek 1", hung_by="gospodarz", hung_at=database_now())
    actions.add_variant(message=message, outlet="sms", person=author)
    with pytest.raises(rules.Refused, match="dlaczego"):
        actions.withdraw_message(message=message, person=second, because=" ")
    withdrawn = actions.withdraw_message(message=message, person=second, because="Awarii nie było.")
    assert actions.withdraw_message(message=message, person=second, because="x").withdrawn_because == "Awarii nie było."
    assert (state_of(message, "page"), state_of(message, "paper")) == (("withdrawn", "done"), ("confirmed", "due"))
    assert message.variants.get(outlet="sms").state == "withdrawn"
    actions.take_poster_down(hanging=hung, person=author)
    actions.settle_task(task=task_of(message, "paper"), person=author)
    assert state_of(message, "paper") == ("withdrawn", "done")
    deeds = [
        lambda: actions.change_facts(message=message, person=author, expected=2, facts={"contact": "x"}),
        lambda: actions.hand_in_message(message=message, person=author),
        lambda: actions.approve_variant(variant=paper, person=second),
        lambda: actions.send_variant(variant=message.variants.get(outlet="sms"), person=second),
        lambda: actions.hang_poster(variant=paper, person=author, place="x", hung_by="y", hung_at=database_now()),
    ]
    for deed in deeds[:2] + deeds[3:4]:
        with pytest.raises(rules.Refused, match="wycofan"):
            deed()
    assert (withdrawn.withdrawn_at is not None, rules.is_over(withdrawn, database_now())) == (True, True)


def test_a_withdrawn_message_is_never_sent_as_a_correction_of_itself(author, second):
    made = make_message(author, places=["sms"], title="Bez wody", short_text="Krótko.")
    let_everything_out(made, second)
    actions.withdraw_message(message=made, person=second, because="Awarii nie było.")
    task = task_of(made, "sms")
    with pytest.raises(rules.Refused, match="wycofany"):
        actions.release_correction(task=task, person=second)
    assert (Release.objects.filter(variant__message=made).count(), state_of(made, "sms")) == (1, ("out", "due"))
    actions.settle_task(task=task, person=author, note="Wysłano SMS o pomyłce.")
    assert state_of(made, "sms") == ("withdrawn", "done")


def test_a_message_that_is_nowhere_is_withdrawn_without_tasks(author, second):
    made = make_message(author, places=["page"])
    actions.withdraw_message(message=made, person=second, because="Pomyłka.")
    assert (made.corrections.count(), made.variants.get().state) == (0, "withdrawn")


def test_a_picture_has_words_an_author_and_a_right(author, message, told):
    given = {
        "message": message,
        "person": author,
        "name": "z.jpg",
        "alt": "Beczkowóz",
        "author": "Fot. próbna",
        "licence": "własność miasta",
    }
    picture = actions.set_picture(upload=io.BytesIO(make_image(size=(2000, 1000))), **given)
    again = actions.set_picture(upload=io.BytesIO(make_image()), **given | {"alt": "Inny"})
    assert (str(picture), str(again), message.picture.pk) == ("Beczkowóz", "Inny", again.pk)
    for missing in ("alt", "author", "licence"):
        with pytest.raises(rules.Refused):
            actions.set_picture(upload=io.BytesIO(make_image()), **given | {missing: " "})
    with pytest.raises(FileRefused):
        actions.set_picture(upload=io.BytesIO(b"nic"), **given)


def test_the_desk_shows_whose_move_it_is(message, author, second, monkeypatch):
    at = database_now()
    reference, told = message.reference, "Przerwa w dostawie wody: ul. Mikołowska 10–44"
    assert [move.what for move in moves_of(author, at)] == []
    assert [move.what.split(":")[0] for move in moves_of(second, at)] == ["Sprawdź i opublikuj poprawkę"]
    actions.publish_correction(correction=message.corrections.get(), person=second)
    assert [move.what for move in moves_of(author, at)] == [f"Popraw tam: tablica – {reference} {told}"]
    other = actions.hand_in_message(message=make_message(author, places=["page", "paper"]), person=author)
    assert [move.what.split(":")[0] for move in moves_of(second, at)] == ["Popraw tam", "Przeczytaj i zatwierdź"]
    let_everything_out(other, second)
    held = make_message(author, places=["page"])
    actions.approve_all(message=held, person=second)
    monkeypatch.setattr(holds, "_entries", {"x": lambda outgoing, at: Hold("x", "Cisza.")})
    actions.send_variant(variant=held.variants.get(), person=second)
    assert [move.what.split(":")[0] for move in moves_of(author, at)] == [
        "Popraw tam",
        "Opublikuj tam i wklej odnośnik",
        "Nie mogło wyjść",
    ]
    assert list(moves_of(make_author("moderator"), at)) == []


def test_no_poster_of_a_withdrawn_message_is_hung(message, author, second):
    actions.withdraw_message(message=message, person=second, because="Awarii nie było.")
    with pytest.raises(rules.Refused, match="wycofany"):
        actions.hang_poster(
            variant=message.variants.get(outlet="paper"),
            person=author,
            place="x",
            hung_by="y",
            hung_at=database_now() - timedelta(hours=1),
        )
