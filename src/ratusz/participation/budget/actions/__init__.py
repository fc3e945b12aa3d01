"""What people do with the participatory budget: bring contests in, count a pool, publish, count again, record later changes."""

from ratusz.participation.budget.actions.ballot_list import (
    drop_exclusion,
    exclude_one_another,
    freeze_ballot,
    put_on_ballot,
    take_off_ballot,
)
from ratusz.participation.budget.actions.counting import (
    count_edition,
    count_pool,
    note_turnout,
    publish_edition,
    publish_result,
    record_change,
    recount_pool,
)
from ratusz.participation.budget.actions.editions import make_edition, remove_edition, remove_pool
from ratusz.participation.budget.actions.importing import ImportChoice, check_import, import_contest
from ratusz.participation.budget.actions.known_results import copy_ballots, publish_known_results
from ratusz.participation.budget.actions.opening import (
    open_edition,
    propose_extension,
    propose_rules,
    propose_stage,
    set_calendar,
    set_rules,
    settle_change,
)
from ratusz.participation.budget.actions.pools import make_pools
from ratusz.participation.budget.actions.profiles import close_profile, save_profile

__all__ = [
    "ImportChoice",
    "check_import",
    "copy_ballots",
    "count_edition",
    "count_pool",
    "import_contest",
    "make_edition",
    "note_turnout",
    "publish_edition",
    "publish_known_results",
    "publish_result",
    "record_change",
    "recount_pool",
    "remove_edition",
    "remove_pool",
    "drop_exclusion",
    "exclude_one_another",
    "freeze_ballot",
    "put_on_ballot",
    "take_off_ballot",
    "open_edition",
    "propose_extension",
    "propose_rules",
    "propose_stage",
    "set_calendar",
    "set_rules",
    "settle_change",
    "make_pools",
    "close_profile",
    "save_profile",
]
