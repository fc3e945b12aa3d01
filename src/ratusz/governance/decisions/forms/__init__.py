"""Forms of decisions: filters, following, drafts, deeds on one decision, reports with evidence, councillors' questions."""

from ratusz.governance.decisions.forms.deeds import DEED_FORMS
from ratusz.governance.decisions.forms.drafts import AskerForm, DraftForm, HelperForms, QuestionAnswerForm, QuestionForm, RewordForm
from ratusz.governance.decisions.forms.filters import BoardFilter, FollowForm, PublicFilter, ReportFilter
from ratusz.governance.decisions.forms.reports import EvidenceForms, ReportForm

__all__ = [
    "DEED_FORMS", "AskerForm", "BoardFilter", "DraftForm", "EvidenceForms", "FollowForm", "HelperForms", "PublicFilter",
    "QuestionAnswerForm", "QuestionForm", "ReportFilter", "ReportForm", "RewordForm",
]  # fmt: skip
