"""What is done with clocks: start, stop, pause, let run again, extend, say their term, tell what they warn of."""

from ratusz.casework.deadlines.actions.clocks import (
    assign_clock,
    extend_clock,
    pause_clock,
    resume_clock,
    set_due,
    start_clock,
    stop_clock,
)
from ratusz.casework.deadlines.actions.telling import tell_of_clocks
from ratusz.casework.deadlines.actions.writing import write_of_clock

__all__ = [
    "assign_clock", "extend_clock", "pause_clock", "resume_clock", "set_due", "start_clock", "stop_clock", "tell_of_clocks",
    "write_of_clock",
]  # fmt: skip
