"""Periodic work of the whole house: a name, every how long or at what time in Warsaw, and the registered action."""

from __future__ import annotations

from datetime import time, timedelta

from ratusz.foundation.jobs.rules import PeriodicWork

SCHEDULE = [
    PeriodicWork(name="publish scheduled", action="jobs.publish_scheduled", every=timedelta(minutes=1)),
    PeriodicWork(name="forget finished jobs", action="jobs.forget_finished", at=time(3, 10)),
]
