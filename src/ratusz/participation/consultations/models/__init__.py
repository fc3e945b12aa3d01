"""Consultations: what is asked, of whom, where, when and in which forms; applications for them."""

from ratusz.participation.consultations.models.applications import Application as Application
from ratusz.participation.consultations.models.applications import ApplicationArea as ApplicationArea
from ratusz.participation.consultations.models.applications import ApplicationState as ApplicationState
from ratusz.participation.consultations.models.applications import ApplicationStep as ApplicationStep
from ratusz.participation.consultations.models.applications import SupportTerms as SupportTerms
from ratusz.participation.consultations.models.campaigns import Campaign as Campaign
from ratusz.participation.consultations.models.consultations import Area as Area
from ratusz.participation.consultations.models.consultations import Consultation as Consultation
from ratusz.participation.consultations.models.forms import Form as Form
from ratusz.participation.consultations.models.notices import Extension as Extension
from ratusz.participation.consultations.models.notices import Notice as Notice
from ratusz.participation.consultations.models.opinions import Opinion as Opinion
from ratusz.participation.consultations.models.series import Series as Series
from ratusz.participation.consultations.models.series import SeriesInstance as SeriesInstance
from ratusz.participation.consultations.models.yearly import PlannedSubject as PlannedSubject
from ratusz.participation.consultations.models.yearly import YearPlan as YearPlan

__all__ = [
    "Application",
    "ApplicationArea",
    "ApplicationState",
    "ApplicationStep",
    "Area",
    "Campaign",
    "Consultation",
    "Extension",
    "Form",
    "Notice",
    "Opinion",
    "PlannedSubject",
    "Series",
    "SeriesInstance",
    "SupportTerms",
    "YearPlan",
]
