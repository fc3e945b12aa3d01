"""Answers not sent yet: kept part by part behind a link of one's own, sent as one answer, dropped when they are too old."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import polish_date
from ratusz.foundation.notifications.actions import add_address, send
from ratusz.participation.surveys import links, rules, terms
from ratusz.participation.surveys.actions.answering import NOT_KEPT_YET, Sent, submit_answer
from ratusz.participation.surveys.actions.files import delete_files, keep_files
from ratusz.participation.surveys.models import Channel, Draft, Questionnaire, Token
from ratusz.participation.surveys.questions import content as c
from ratusz.participation.surveys.questions.judging import judge

PURPOSE = "surveys.draft"


@transaction.atomic
def start_draft(
    *, version: Questionnaire, key: str, language: str = "pl", channel: str = Channel.ONLINE, token: Token | None = None
) -> Draft:
    """The draft of a key, begun once. Raises SurveyRefused when the survey takes no answers or asks for a code."""
    survey, now = version.survey, database_now()
    rules.check_open(survey, now)
    if rules.needs_code(survey) and token is None:
        raise rules.SurveyRefused(_("This survey is answered with a code. Enter yours first."))
    facts = {
        "survey": survey, "questionnaire": version, "language": language, "channel": channel, "token": token,
        "keep_until": now + timedelta(days=terms.term("draft_days", now)),
    }  # fmt: skip
    return Draft.objects.get_or_create(key=links.key_digest(survey, key), defaults=facts)[0]


def locked(draft: Draft) -> Draft:
    """The draft, nobody else's for the rest of the transaction. Raises SurveyRefused when it was sent or dropped meanwhile."""
    mine = (
        Draft.objects.select_for_update(of=("self",)).select_related("questionnaire__survey", "token").filter(pk=draft.pk).first()
    )
    if mine is None:
        raise rules.SurveyRefused(_("This form was sent or deleted. Begin anew if you did not send it."))
    return mine


@transaction.atomic
def keep_page(
    *, draft: Draft, pages: Sequence[int], given: dict[str, Any], uploads: Mapping[str, Any] | None = None, asks_all: bool = True
) -> Draft:
    """Keeps the answers of these parts, from 0; `asks_all` False keeps what is not finished. Raises AnswersWrong."""
    mine = locked(draft)
    rules.check_open(mine.survey, database_now())
    content = mine.questionnaire.content
    own = {item["code"] for page in pages for item in c.pages_of(content)[page].get("items", ())}
    answers = {
        code: value for code, value in mine.content.items() if code.removesuffix(c.OTHER) not in own or _is_kept_file(content, code)
    }
    answers |= {code: value for code, value in given.items() if value is not None and code.removesuffix(c.OTHER) in own}
    sent = {code: upload for code, upload in (uploads or {}).items() if code in own}
    judged = judge(content, answers | dict.fromkeys(sent, NOT_KEPT_YET), asks_all=asks_all, pages=pages)
    wrong = {code: words for code, words in judged.errors.items() if code in own}
    if wrong:
        raise rules.AnswersWrong(wrong)
    if sent:
        delete_files([(_only(content, sent), mine.content)], "replaced")
    mine.content = keep_files(mine.survey, answers | dict.fromkeys(sent, NOT_KEPT_YET), sent)
    mine.save(update_fields=["content"])
    return mine


def _is_kept_file(content: c.Content, code: str) -> bool:
    item = c.item_of(content, code)
    return item is not None and item["kind"] == c.FILE


def _only(content: c.Content, codes: Mapping[str, Any]) -> c.Content:
    return {"pages": [{"items": [item for item in c.items_of(content) if item["code"] in codes]}]}


@transaction.atomic
def send_draft(*, draft: Draft, key: str) -> Sent:
    """The whole draft as one answer; the draft goes. Raises AnswersWrong, QuotaFull, SurveyRefused."""
    mine = locked(draft)
    sent = submit_answer(
        version=mine.questionnaire, key=key, given=mine.content, language=mine.language, channel=mine.channel, token=mine.token
    )
    mine.delete()
    return sent


@transaction.atomic
def send_draft_link(*, draft: Draft, key: str, email: str) -> Draft:
    """Writes the link of the draft to a mailbox, which goes with the draft. Raises SurveyRefused."""
    mine = locked(draft)
    mine.contact = add_address(channel="email", value=email)
    mine.save(update_fields=["contact"])
    text = _("Here you go on with the survey “%(title)s”: %(link)s. Until %(day)s; then what you have answered is deleted.") % {
        "title": mine.survey.said("title", mine.language), "link": links.draft_url(mine.survey, mine.language, key),
        "day": polish_date(mine.keep_until),
    }  # fmt: skip
    send(
        to=mine.contact, purpose=PURPOSE, subject=_("Your survey to be finished"), text=text,
        dedup_key=f"surveys.draft:{mine.pk}:{mine.contact.pk}",
    )  # fmt: skip
    return mine


@transaction.atomic
def drop_draft(*, draft: Draft) -> None:
    """Deletes a draft with its files, as its holder asks."""
    mine = locked(draft)
    delete_files([(mine.questionnaire.content, mine.content)], "dropped")
    mine.delete()
