"""Pages of the portal, who looks after each, pictures with their passport, and the table of the portal's search."""

from .care import PageCare
from .changes import PageChange
from .dates import PageDate
from .fixed_pages import AccessibilityDeclarationPage, ContactPage, EasyToReadPage, PrivacyClause, PrivacyPage, SignLanguagePage
from .guides import GuidePage
from .images import PortalImage, PortalRendition
from .news import NewsIndexPage, NewsPage
from .pages import ArticlePage, HomePage, PublicPage, SectionPage
from .passports import Basis, ImageConsent, ImagePassport, Minors, PicturePurpose, WithdrawalTask
from .search import SearchableWord, SearchDocument
from .standing import PageStanding
from .stopped import StoppedPublication
from .topics import Topic
from .tries import NumberTry
from .unit_pages import UnitProfile
from .version import ContentVersion, ShownThing
from .wire import WireItem

__all__ = [
    "WithdrawalTask",
    "PicturePurpose",
    "Minors",
    "ImagePassport",
    "ImageConsent",
    "Basis",
    "AccessibilityDeclarationPage",
    "ArticlePage",
    "ContactPage",
    "ContentVersion",
    "EasyToReadPage",
    "GuidePage",
    "HomePage",
    "NewsIndexPage",
    "NewsPage",
    "NumberTry",
    "PageCare",
    "PageChange",
    "PageDate",
    "PageStanding",
    "PortalImage",
    "PortalRendition",
    "PrivacyClause",
    "PrivacyPage",
    "PublicPage",
    "SearchDocument",
    "SearchableWord",
    "SectionPage",
    "ShownThing",
    "SignLanguagePage",
    "StoppedPublication",
    "Topic",
    "UnitProfile",
    "WireItem",
]
