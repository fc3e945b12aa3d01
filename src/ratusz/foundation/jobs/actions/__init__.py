"""Plan work for later, cancel it, run what is due, tick the schedule, settle what got stuck."""

from ratusz.foundation.jobs.actions.planning import cancel, drop_job, forget_finished, plan, retry_job
from ratusz.foundation.jobs.actions.running import run_due, sweep
from ratusz.foundation.jobs.actions.ticking import tick

__all__ = ["cancel", "drop_job", "forget_finished", "plan", "retry_job", "run_due", "sweep", "tick"]
