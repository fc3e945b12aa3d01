"""Who may do what on the platform, what waits for a moderator, what is refused in which words; pure, the moment is an argument."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext

from ratusz.casework.moderation.models import Mode
from ratusz.foundation.kit.plain_numbers import long_number
from ratusz.foundation.units.rules import holds_department_role, holds_role
from ratusz.participation.forum import terms
from ratusz.participation.forum.models import Comment, Participant, Thread, Topic
from ratusz.participation.remarks import rules as remark_rules

HEADS = ("head", "deputy_head")
KEEPERS = (*HEADS, "lead_moderator", "moderator", "editor")
"""Of the department: they open, close, move, lock and merge, and mark remarks."""
ANSWERERS = (*HEADS, "unit_editor", "unit_verifier", "editor", "employee")
"""Of the unit of a topic, or of one above it."""
ERASERS = (*HEADS, "data_protection_officer")
SHORTEST_NAME, LONGEST_NAME = 3, 40
_NAME = re.compile(r"[^\W_](?:[\w .'-]*[^\W_])?")
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
OFFICIAL = ("urząd", "urzad", "prezydent", "moderator", "administrator", "wydział", "wydzial", "miasto katowice")
"""Words of names that would make a resident look like the Office."""


class ForumRefused(ValueError):
    """It cannot be done so; the message says why and what to do."""


class NotYours(Exception):
    """The person's roles, or whose it is, do not let them do this."""


def may(person: Any, deed: str, subject: Any, at: datetime) -> bool:
    """Staff: `manage` topics and threads, `import` and `erase`; `answer` (of a Topic, or None: anywhere); `see` is any of these."""
    if deed in ("manage", "export"):
        return holds_department_role(person, *KEEPERS, at=at)
    if deed == "mark":
        return remark_rules.may(person, "enter", None, at)
    if deed == "import":
        return holds_department_role(person, *HEADS, at=at)
    if deed == "erase":
        return holds_department_role(person, *HEADS, at=at) or holds_role(person, "data_protection_officer", at=at)
    if deed == "answer":
        unit = subject.unit if isinstance(subject, Topic) else None
        return holds_department_role(person, *KEEPERS, at=at) or (
            holds_role(person, *ANSWERERS, at=at, unit=unit) if unit or subject is None else False
        )
    return deed == "see" and any(may(person, each, None, at) for each in ("manage", "erase", "answer"))


def sees_hidden(person: Any, topic: Topic, at: datetime) -> bool:
    """Whether somebody of the staff reads what a moderator took away or has not let out: of their unit's topics, or as a keeper."""
    return any(may(person, deed, topic, at) for deed in ("answer", "manage", "erase", "mark"))


def check_may(person: Any, deed: str, subject: Any, at: datetime) -> None:
    """Raises NotYours."""
    if not may(person, deed, subject, at):
        raise NotYours


def check_name(nickname: str) -> str:
    """The name in its one form. Raises ForumRefused for one that is no name or looks like the Office's."""
    name = " ".join(nickname.split())
    if not (SHORTEST_NAME <= len(name) <= LONGEST_NAME and _NAME.fullmatch(name)):
        raise ForumRefused(gettext("Choose a name of 3 to 40 letters and digits; spaces, dots and hyphens may stand inside."))
    if any(word in name.lower() for word in OFFICIAL):
        raise ForumRefused(gettext("This name looks as if the Office wrote. Choose another one."))
    if long_number(name):
        raise ForumRefused(gettext("Do not put a telephone or another number of a person into the name."))
    return name


def check_participant(participant: Participant | None, at: datetime) -> Participant:
    """Raises ForumRefused for nobody, an erased account or a suspended one."""
    if participant is None or participant.erased_at is not None:
        raise ForumRefused(gettext("Sign in to the platform first: we send a code to your mailbox."))
    if participant.is_suspended(at):
        raise ForumRefused(
            gettext("Your account is suspended: you may read, but not write. The letter about it says how to appeal.")
        )
    return participant


def check_writing(topic: Topic, thread: Thread | None, at: datetime) -> None:
    """Raises ForumRefused where nothing may be added."""
    if not topic.is_open(at):
        raise ForumRefused(gettext("This topic is closed: one can read it, but not write in it."))
    if thread is None:
        if not topic.residents_start_threads:
            raise ForumRefused(gettext("In this topic the Office starts the threads. Write in one of them."))
    elif thread.locked_at is not None:
        raise ForumRefused(gettext("This thread is locked: one can read it, but not write in it."))
    elif thread.merged_into_id is not None:
        raise ForumRefused(gettext("This thread was merged into another one. Open it again and write there."))


def check_pace(comments: int, threads: int, at: datetime) -> None:
    """Raises ForumRefused for more comments of one account in an hour, or threads in a day, than the city lets through."""
    if comments >= terms.term("comments_per_hour", at):
        raise ForumRefused(gettext("You have written a lot within an hour. Come back a little later: nothing you wrote is lost."))
    if threads >= terms.term("threads_per_day", at):
        raise ForumRefused(
            gettext("You have begun many threads within 24 hours. Write in one of them, or begin the next one later.")
        )


def check_words(words: str) -> str:
    """The words without what nobody sees. Raises ForumRefused for none."""
    plain = words.replace("\x00", "").replace("\r\n", "\n").strip()
    if not plain:
        raise ForumRefused(gettext("Write something first."))
    if len(plain) > LONGEST:
        raise ForumRefused(gettext("It is too long: 10 000 characters are the most. Shorten it, or attach a file."))
    return plain


LONGEST = 10_000


def waits_again(mode: str, words: str) -> bool:
    """Whether a changed comment is read before it is shown again, by how its place publishes."""
    return mode == Mode.PRE or (mode == Mode.HYBRID and is_risky(words))


def is_risky(words: str) -> bool:
    """Whether it has a link, an e-mail address or a number by which a person may be known."""
    return bool(_LINK.search(words) or "@" in words or long_number(words))


def edit_until(comment: Comment, at: datetime) -> datetime:
    """The first moment at which its author can change it no more."""
    return comment.written_at + timedelta(minutes=terms.term("edit_minutes", at))


def may_edit(comment: Comment, participant: Participant | None, at: datetime) -> bool:
    """Whether it is the author's own, still within its time, and nobody has judged, answered for the Office or registered it."""
    is_own = participant is not None and comment.author_id == participant.pk and comment.erased_at is None
    untouched = comment.hidden_at is None and comment.intake_id is None and comment.answered_at is None
    return is_own and untouched and at < edit_until(comment, at)


def check_editing(comment: Comment, participant: Participant, at: datetime) -> None:
    """Raises NotYours, ForumRefused."""
    if comment.author_id != participant.pk:
        raise NotYours
    if not may_edit(comment, participant, at):
        raise ForumRefused(
            gettext(
                "It can be changed no more: its time is over, or a moderator or the Office has acted on it. Write an answer to it."
            )
        )


def check_answered(parent: Comment, thread: Thread) -> None:
    """Raises ForumRefused when the comment that is answered is not there for everybody."""
    if parent.thread_id != thread.pk or not parent.is_shown:
        raise ForumRefused(gettext("The comment you answer is no longer shown. Write in the thread itself."))


def check_supporting(comment: Comment, participant: Participant, at: datetime) -> None:
    """Raises ForumRefused: for a hidden comment, one's own, and where nobody writes any more."""
    if not comment.is_shown:
        raise ForumRefused(not_shown_words())
    if comment.author_id == participant.pk:
        raise ForumRefused(gettext("One supports what others wrote."))
    check_writing(comment.thread.topic, comment.thread, at)


def answer_due(comment: Comment, at: datetime) -> datetime:
    """Until when the unit answers what it was asked."""
    return comment.written_at + timedelta(days=terms.term("answer_days", at))


def nothing_changed_words() -> str:
    """What the author reads who saved the same words."""
    return gettext("Nothing was changed: the words are the same as before.")


def not_shown_words() -> str:
    """What a reader is told of a comment that a moderator hid meanwhile."""
    return gettext("This comment is not shown any more.")


def own_flag_words() -> str:
    """What the author is told who flags their own words."""
    return gettext("This is your own comment. While its time runs you may change it instead.")


def taken_name_words() -> str:
    """What is told of a name that somebody has."""
    return gettext("Somebody on the platform has this name already. Choose another one.")


def check_answering(thread: Thread) -> None:
    """Raises ForumRefused where the Office cannot answer."""
    if thread.topic.is_archive:
        raise ForumRefused(archive_words())
    if thread.topic.unit_id is None:
        raise ForumRefused(unit_words())
    if thread.merged_into_id is not None:
        raise ForumRefused(gettext("This thread was merged into another one. Open it again and write there."))


def taken_address_words() -> str:
    """What staff read when another thing has the address."""
    return gettext("Another one has this address on the website already. Choose another address.")


def archive_words() -> str:
    """What staff read of what came over."""
    return gettext("This came over from the old forum and is only read.")


def unit_words() -> str:
    """What staff read where no unit answers."""
    return gettext("Name the unit that answers in this topic first: the answer stands under its name.")


def check_topic(topic: Topic, old: Topic | None) -> None:
    """Raises ForumRefused for days the wrong way round, an archive, and a consultation changed while remarks came of the topic."""
    if topic.is_archive:
        raise ForumRefused(archive_words())
    if topic.closes_at is not None and topic.closes_at <= topic.opens_at:
        raise ForumRefused(gettext("The last day comes before the first one. Change one of them."))
    if topic.consultation is not None and not topic.consultation.label:
        raise ForumRefused(
            gettext("Choose the label of the consultation first: formal, or an informal talk. It stands on every page.")
        )
    if old is not None and old.consultation_id not in (None, topic.consultation_id) and has_remarks(old):
        raise ForumRefused(gettext("Remarks of this topic are in the register of its consultation, so it stays with that one."))


def has_remarks(topic: Topic) -> bool:
    """Whether comments of the topic stand in a register of remarks."""
    return Comment.objects.filter(thread__topic=topic).exclude(intake=None).exists()


def check_moving(topic: Topic, to: Topic, *, has_remarks: bool) -> None:
    """Raises ForumRefused."""
    if topic.is_archive or to.is_archive:
        raise ForumRefused(archive_words())
    if topic.pk == to.pk:
        raise ForumRefused(gettext("The thread is in this topic already. Choose another one."))
    if has_remarks and topic.consultation_id != to.consultation_id:
        raise ForumRefused(gettext("Remarks of this thread are in the register of its consultation, so it stays with that one."))


def check_merging(thread: Thread, into: Thread, *, has_remarks: bool) -> None:
    """Raises ForumRefused."""
    if thread.pk == into.pk:
        raise ForumRefused(gettext("A thread cannot be merged into itself. Choose another one."))
    if thread.topic.is_archive or into.topic.is_archive:
        raise ForumRefused(archive_words())
    if thread.merged_into_id is not None or into.merged_into_id is not None:
        raise ForumRefused(gettext("One of them was merged already. Open the list of threads again."))
    if has_remarks and thread.topic.consultation_id != into.topic.consultation_id:
        raise ForumRefused(gettext("Remarks of this thread are in the register of its consultation, so it stays with that one."))


def check_marking(comment: Comment) -> Any:
    """The consultation whose remark a comment becomes. Raises ForumRefused."""
    topic = comment.thread.topic
    if topic.consultation is None or topic.is_archive:
        raise ForumRefused(gettext("This topic belongs to no consultation. Name its consultation first."))
    if comment.author is None or not comment.is_shown or comment.erased_at is not None:
        raise ForumRefused(gettext("Only a shown comment of a resident can become a remark."))
    return topic.consultation


def check_opinion(topic: Topic, at: datetime) -> Any:
    """The consultation in which an organisation gives its opinion. Raises ForumRefused."""
    if not topic.takes_opinions or topic.consultation is None or not topic.is_open(at):
        raise ForumRefused(gettext("Opinions of organisations are not taken here now."))
    return topic.consultation


def points_of(words: str) -> list[str]:
    """The points of an opinion: paragraphs parted by an empty line."""
    return [part.strip() for part in re.split(r"\n\s*\n", check_words(words)) if part.strip()]
