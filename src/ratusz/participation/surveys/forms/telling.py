"""Everything that is wrong with answers is told at once, also what the fields do not know, so that nobody is sent back twice."""

from __future__ import annotations

from ratusz.participation.surveys.actions.answering import NOT_KEPT_YET
from ratusz.participation.surveys.actions.files import faults_of
from ratusz.participation.surveys.forms.asking import AskingForm
from ratusz.participation.surveys.questions import content as c
from ratusz.participation.surveys.questions.judging import judge


def tell_the_rest(form: AskingForm, *, asks_all: bool) -> None:
    """Adds to a refused form what the rules say of its other questions and files; `asks_all` also of what was not answered."""
    sent = form.uploads()
    given = _earlier(form) | form.given() | dict.fromkeys(sent, NOT_KEPT_YET)
    pages = {c.page_holding(form.content, item["code"]) for item in form.items}
    judged = judge(form.content, given, asks_all=asks_all, pages=pages)
    form.blame_the_rest(judged.errors | faults_of(sent))
    form.ask_files_again()


def _earlier(form: AskingForm) -> dict[str, object]:
    """What was answered before on other parts, and files that were kept."""
    typed_anew = {item["code"] for item in form.items if item["kind"] != c.FILE}
    return {code: value for code, value in form.answers.items() if code.removesuffix(c.OTHER) not in typed_anew}
