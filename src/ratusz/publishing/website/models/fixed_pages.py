"""Pages every public body must have: contact, accessibility declaration, privacy clauses, easy-to-read text."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable

from ratusz.publishing.website.blocks import RICH_TEXT_FEATURES, ContactBlock, EasyToReadBody, SignLanguageBlock
from ratusz.publishing.website.panels import RowsPanel
from ratusz.publishing.website.shown_things import page_thing

from .pages import PublicPage


def _rich_text(label, **kwargs) -> RichTextField:
    return RichTextField(label, features=RICH_TEXT_FEATURES, **kwargs)


class FixedPage(PublicPage):
    """A page that shows nothing but itself."""

    class Meta:
        abstract = True

    def shown_things(self) -> set[str]:
        """Itself."""
        return {page_thing(self.pk)}


class ContactPage(FixedPage):
    """How to reach the Office: units and roles with their hours, never a person's name."""

    contacts = StreamField(
        [("contact", ContactBlock()), ("sign_language", SignLanguageBlock())], blank=True, verbose_name=_("contacts")
    )

    template = "website/contact_page.html"
    subpage_types: list[str] = []
    content_panels = [*PublicPage.content_panels, FieldPanel("contacts"), *PublicPage.care_panels]

    class Meta:
        verbose_name = _("contact page")
        verbose_name_plural = _("contact pages")


class AccessibilityDeclarationPage(FixedPage):
    """The accessibility declaration after the technical conditions v2.0 of 31 July 2024; headings follow from the fields."""

    class Status(models.TextChoices):
        FULL = "full", _("fully conformant")
        PARTIAL = "partial", _("partially conformant")
        NONE = "none", _("not conformant")

    shown_here_only = PublicPage.shown_here_only | {
        "body_name", "site_name", "site_address", "published_date", "updated_date", "status", "drawn_up_date", "reviewed_date",
        "contact_unit", "contact_email", "contact_phone", "architecture_address",
    }  # fmt: skip
    body_name = models.CharField(_("name of the public body"), max_length=200)
    site_name = models.CharField(_("name of the website"), max_length=200)
    site_address = models.URLField(_("address of the website"))
    published_date = models.DateField(_("date of the website's publication"))
    updated_date = models.DateField(_("date of its last significant update"))
    status = models.CharField(_("state of accessibility"), max_length=10, choices=Status.choices, default=Status.PARTIAL)
    inaccessible_content = _rich_text(_("what is not accessible and why"), blank=True)
    disproportionate_burden = _rich_text(_("assessment of a disproportionate burden"), blank=True)
    drawn_up_date = models.DateField(_("date of drawing up the declaration"))
    reviewed_date = models.DateField(_("date of its last review"), null=True, blank=True)
    method = _rich_text(_("how it was drawn up"), blank=True)
    conveniences = _rich_text(_("conveniences and limits"), blank=True)
    keyboard_shortcuts = _rich_text(_("keyboard shortcuts of our own"), blank=True)
    contact_unit = models.CharField(_("who answers (unit or role)"), max_length=200)
    contact_email = models.EmailField(_("e-mail"))
    contact_phone = models.CharField(_("phone"), max_length=40)
    procedure = _rich_text(_("requests and complaints"), blank=True)
    mobile_applications = _rich_text(_("mobile applications"), blank=True)
    architecture = _rich_text(_("access to the building"))
    architecture_address = models.URLField(_("address of a page on access to the building"), blank=True)
    communication = _rich_text(_("access to communication and information"))

    template = "website/accessibility_declaration_page.html"
    parent_page_types = ["ratusz_website.HomePage"]
    subpage_types: list[str] = []
    content_panels = [
        *PublicPage.content_panels,
        MultiFieldPanel(
            [FieldPanel(name) for name in ("body_name", "site_name", "site_address", "published_date", "updated_date")],
            heading=_("Whose website"),
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("status", "inaccessible_content", "disproportionate_burden")],
            heading=_("State of accessibility"),
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("drawn_up_date", "reviewed_date", "method")], heading=_("Drawing up the declaration")
        ),
        MultiFieldPanel([FieldPanel(name) for name in ("conveniences", "keyboard_shortcuts")], heading=_("Conveniences")),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("contact_unit", "contact_email", "contact_phone", "procedure")],
            heading=_("Feedback and contact"),
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("mobile_applications", "architecture", "architecture_address", "communication")],
            heading=_("Other information"),
        ),
        *PublicPage.care_panels,
    ]

    class Meta:
        verbose_name = _("accessibility declaration")
        verbose_name_plural = _("accessibility declarations")

    def clean(self):
        super().clean()
        if self.status != self.Status.FULL and not self.inaccessible_content:
            raise ValidationError(
                {
                    "inaccessible_content": _(
                        "Say what is not accessible: the declaration of a site that is not fully conformant must name it."
                    )
                }
            )


class PrivacyPage(FixedPage):
    """Who processes personal data on this portal, for what and by what right; a clause for each purpose."""

    shown_here_only = PublicPage.shown_here_only | {"clauses"}
    body_intro = _rich_text(_("about the controller"), blank=True)

    template = "website/privacy_page.html"
    subpage_types: list[str] = []
    content_panels = [
        *PublicPage.content_panels,
        FieldPanel("body_intro"),
        RowsPanel("clauses", heading=_("Clauses"), label=_("clause"), add_label=_("Add a clause")),
        *PublicPage.care_panels,
    ]

    class Meta:
        verbose_name = _("privacy page")
        verbose_name_plural = _("privacy pages")


class PrivacyClause(Orderable):
    """One purpose of processing: what, by what right, how long."""

    page = ParentalKey(PrivacyPage, on_delete=models.CASCADE, related_name="clauses")
    purpose = models.CharField(_("purpose"), max_length=200)
    legal_basis = models.CharField(_("legal basis"), max_length=300)
    kept_for = models.CharField(_("how long"), max_length=200)
    text = _rich_text(_("in plain words"), blank=True)

    panels = [FieldPanel("purpose"), FieldPanel("legal_basis"), FieldPanel("kept_for"), FieldPanel("text")]

    class Meta(Orderable.Meta):
        verbose_name = _("privacy clause")
        verbose_name_plural = _("privacy clauses")

    def __str__(self) -> str:
        return self.purpose


class EasyToReadPage(FixedPage):
    """A text easy to read and understand (ETR): short sentences, one idea with its picture at a time."""

    ideas = StreamField(EasyToReadBody(), blank=True, verbose_name=_("ideas"))
    original = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("the page it explains"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    template = "website/easy_to_read_page.html"
    subpage_types: list[str] = []
    content_panels = [*PublicPage.content_panels, FieldPanel("ideas"), FieldPanel("original"), *PublicPage.care_panels]

    class Meta:
        verbose_name = _("easy-to-read page")
        verbose_name_plural = _("easy-to-read pages")


class SignLanguagePage(FixedPage):
    """What the Office does, told in Polish Sign Language (PJM), and how to meet an interpreter."""

    recordings = StreamField(
        [("sign_language", SignLanguageBlock()), ("contact", ContactBlock())], blank=True, verbose_name=_("recordings and contact")
    )

    template = "website/sign_language_page.html"
    subpage_types: list[str] = []
    content_panels = [*PublicPage.content_panels, FieldPanel("recordings"), *PublicPage.care_panels]

    class Meta:
        verbose_name = _("sign language page")
        verbose_name_plural = _("sign language pages")
