"""Reports of consultations: the draft with its annexes and sign-offs, published versions with their files, what came of them."""

from ratusz.participation.reports.models.drafts import Annex as Annex
from ratusz.participation.reports.models.drafts import Report as Report
from ratusz.participation.reports.models.drafts import SignOff as SignOff
from ratusz.participation.reports.models.effects import Effect as Effect
from ratusz.participation.reports.models.effects import EffectState as EffectState
from ratusz.participation.reports.models.effects import EffectStep as EffectStep
from ratusz.participation.reports.models.effects import Outcome as Outcome
from ratusz.participation.reports.models.versions import Evidence as Evidence
from ratusz.participation.reports.models.versions import RegisterRow as RegisterRow
from ratusz.participation.reports.models.versions import Version as Version
from ratusz.participation.reports.models.versions import VersionFile as VersionFile

__all__ = [
    "Annex", "Effect", "EffectState", "EffectStep", "Evidence", "Outcome", "RegisterRow", "Report", "SignOff", "Version",
    "VersionFile",
]  # fmt: skip
