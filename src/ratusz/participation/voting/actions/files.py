"""Makes the files of a published vote in the worker: the observers' bundle and the protocol, once per result."""

from __future__ import annotations

from django_tasks import task

from ratusz.participation.voting import observers, queries
from ratusz.participation.voting.actions.logging import head_now
from ratusz.participation.voting.models import Vote
from ratusz.publishing.website.actions import bump_content_version


@task()
def make_files_of_vote(vote_id: int) -> None:
    """Every file there is to download about a published vote; repeatable, each is written once."""
    vote = Vote.objects.select_related("edition").filter(pk=vote_id, state=Vote.State.COUNTED).first()
    if vote:
        if not queries.log_is_whole(vote):
            head_now(vote)
        observers.make_all_files(vote)
        bump_content_version()
