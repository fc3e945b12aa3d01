"""What is done in a vote: key, opening, casting, log, complaints; then close, verify, strip the envelopes, open, count, publish."""

from ratusz.participation.voting.actions.casting import Cast, cast_ballot, cast_into
from ratusz.participation.voting.actions.ceremony import drill, hold_ceremony
from ratusz.participation.voting.actions.complaints import complain
from ratusz.participation.voting.actions.logging import chain_pending, chain_whole_log, log, sign_due_heads, sign_head
from ratusz.participation.voting.actions.opening import check_opening, open_ballots, strip
from ratusz.participation.voting.actions.proofs import IdentityProof, forget_proofs, hold_proof
from ratusz.participation.voting.actions.publishing import count_vote, publish_vote
from ratusz.participation.voting.actions.telling import tell_voters
from ratusz.participation.voting.actions.verifying import ask_annulment, decide_annulment, decide_complaint, end_verification
from ratusz.participation.voting.actions.votes import close_due_votes, close_vote, extend_vote, open_vote, prepare_vote

__all__ = [
    "Cast",
    "IdentityProof",
    "ask_annulment",
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
    "decide_complaint",
    "drill",
    "end_verification",
    "extend_vote",
    "forget_proofs",
    "hold_ceremony",
    "hold_proof",
    "log",
    "open_ballots",
    "open_vote",
    "prepare_vote",
    "publish_vote",
    "sign_due_heads",
    "sign_head",
    "strip",
    "tell_voters",
]
