"""What is done in a vote: key, opening, casting, log, complaints; then close, verify, strip the envelopes, open, count, publish."""

from ratusz.participation.voting.actions.anomalies import (
    add_known_line,
    ask_annulment_of_case,
    end_case,
    look_for_anomalies,
    look_in_open_votes,
    quarantine,
    set_limits,
)
from ratusz.participation.voting.actions.calendar import follow_change, prepare_from_edition
from ratusz.participation.voting.actions.casting import Cast, cast_ballot, cast_into
from ratusz.participation.voting.actions.ceremony import drill, hold_ceremony
from ratusz.participation.voting.actions.complaints import complain
from ratusz.participation.voting.actions.declarations import PURPOSE as DECLARATION_PURPOSE
from ratusz.participation.voting.actions.declarations import (
    decide_declaration,
    declare,
    declare_at_point,
    erase_declarations,
    forget_due_registers,
)
from ratusz.participation.voting.actions.desk import admit_at_point
from ratusz.participation.voting.actions.guardians import give_consent
from ratusz.participation.voting.actions.letters import make_letters
from ratusz.participation.voting.actions.logging import chain_pending, chain_whole_log, log, sign_due_heads, sign_head
from ratusz.participation.voting.actions.opening import check_opening, open_ballots, strip
from ratusz.participation.voting.actions.paper import add_point, finish_card, issue_cards, reject_card, type_card
from ratusz.participation.voting.actions.proofs import IdentityProof, forget_proofs, hold_proof
from ratusz.participation.voting.actions.publishing import count_vote, guard_publication, publish_vote
from ratusz.participation.voting.actions.register import bring_register, drop_register, take_register
from ratusz.participation.voting.actions.telling import tell_voters
from ratusz.participation.voting.actions.verifying import (
    UNDER_VERIFICATION,
    ask_annulment,
    decide_annulment,
    decide_annulments,
    decide_complaint,
    end_verification,
    what_is_open,
)
from ratusz.participation.voting.actions.votes import close_due_votes, close_vote, extend_vote, open_vote, prepare_vote

__all__ = [
    "DECLARATION_PURPOSE",
    "UNDER_VERIFICATION",
    "Cast",
    "IdentityProof",
    "add_known_line",
    "add_point",
    "admit_at_point",
    "ask_annulment",
    "ask_annulment_of_case",
    "bring_register",
    "cast_ballot",
    "cast_into",
    "chain_pending",
    "chain_whole_log",
    "check_opening",
    "close_due_votes",
    "close_vote",
    "complain",
    "count_vote",
    "decide_annulment",
    "decide_annulments",
    "decide_complaint",
    "decide_declaration",
    "declare",
    "declare_at_point",
    "drill",
    "drop_register",
    "end_case",
    "end_verification",
    "erase_declarations",
    "extend_vote",
    "finish_card",
    "follow_change",
    "forget_due_registers",
    "forget_proofs",
    "give_consent",
    "guard_publication",
    "hold_ceremony",
    "hold_proof",
    "issue_cards",
    "log",
    "look_for_anomalies",
    "look_in_open_votes",
    "make_letters",
    "open_ballots",
    "open_vote",
    "prepare_from_edition",
    "prepare_vote",
    "publish_vote",
    "quarantine",
    "reject_card",
    "set_limits",
    "sign_due_heads",
    "sign_head",
    "strip",
    "take_register",
    "tell_voters",
    "type_card",
    "what_is_open",
]
