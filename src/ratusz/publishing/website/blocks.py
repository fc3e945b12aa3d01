"""The few building blocks of a page's body, each one accessible by its own shape."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from ratusz.foundation.kit.words import slug
from ratusz.publishing.website import marked_languages
from ratusz.ui.parts import Column

RICH_TEXT_FEATURES = ["bold", "italic", "link", "ol", "ul", *marked_languages.FEATURES]
is_safe_address = RegexValidator(
    r"^(https?://|mailto:|tel:|/(?!/))", _("Start the address with https://, mailto:, tel: or / (a page of this portal).")
)


class AddressBlock(blocks.CharBlock):
    """An address of this portal or of another; never `javascript:` or `data:`."""

    def __init__(self, **kwargs):
        super().__init__(validators=[is_safe_address], **{"max_length": 500} | kwargs)


class HeadingValue(blocks.StructValue):
    """A heading with the id by which it can be linked to."""

    @property
    def anchor(self) -> str:
        return slug(self["text"]) or "sekcja"


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Heading"), max_length=160)
    level = blocks.ChoiceBlock(
        label=_("Level"), choices=[("h2", _("Section")), ("h3", _("Part of a section"))], default="h2", search_index=False
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "website/blocks/heading.html"
        value_class = HeadingValue


class DescribedImageBlock(ImageBlock):
    """Wagtail's picture with an alternative text; it leaves the name of the first field in English."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.child_blocks["image"].label = _("File of the picture")


class PictureBlock(blocks.StructBlock):
    """A picture with its alternative text (or marked decorative), a caption and its author."""

    image = DescribedImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "website/blocks/picture.html"


class TableValue(blocks.StructValue):
    """A pasted table as rows of cells."""

    def _lines(self) -> list[list[str]]:
        rows = [
            [cell.strip() for cell in line.split("\t" if "\t" in line else ";")]
            for line in self["cells"].splitlines()
            if line.strip()
        ]
        width = max((len(row) for row in rows), default=0)
        return [row + [""] * (width - len(row)) for row in rows]

    @property
    def columns(self) -> list[Column]:
        """The first line as columns; the first of them may name the rows."""
        labels = (self._lines() or [[]])[0]
        return [
            Column(f"c{place}", label, is_heading=bool(self["first_column_is_heading"]) and place == 0)
            for place, label in enumerate(labels)
        ]

    @property
    def rows(self) -> list[dict[str, str]]:
        return [{f"c{place}": cell for place, cell in enumerate(line)} for line in self._lines()[1:]]


class TableBlock(blocks.StructBlock):
    """A table pasted from Word or a spreadsheet: a line is a row, a tab or a semicolon parts the cells."""

    caption = blocks.CharBlock(label=_("What the table shows"), max_length=200)
    cells = blocks.TextBlock(
        label=_("Cells"),
        rows=8,
        help_text=_("Paste from Word or a spreadsheet, or part the cells with semicolons. The first row holds the headings."),
    )
    first_column_is_heading = blocks.BooleanBlock(label=_("The first column names the rows"), required=False)

    def clean(self, value):
        cleaned = super().clean(value)
        if not cleaned.columns or not all(column.label for column in cleaned.columns):
            raise blocks.StructBlockValidationError(
                block_errors={
                    "cells": ValidationError(
                        _("Give every column a heading in the first row: a screen reader reads it before each cell.")
                    )
                }
            )
        return cleaned

    class Meta:
        icon = "table"
        label = _("Table")
        template = "website/blocks/table.html"
        value_class = TableValue


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quotation"), rows=3)
    who = blocks.CharBlock(label=_("Who said it: office or document"), required=False, max_length=160)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "website/blocks/quote.html"


class CallToActionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("What one can do"), max_length=80, help_text=_("A verb first: “Vote”, “Report a remark”."))
    page = blocks.PageChooserBlock(label=_("Page of this portal"), required=False)
    address = AddressBlock(label=_("or another address"), required=False)
    until = blocks.CharBlock(label=_("Until when"), required=False, max_length=120)

    def clean(self, value):
        cleaned = super().clean(value)
        if bool(cleaned["page"]) == bool(cleaned["address"]):
            raise blocks.StructBlockValidationError(
                block_errors={"address": ValidationError(_("Choose a page or type an address, one of the two."))}
            )
        return cleaned

    class Meta:
        icon = "arrow-right"
        label = _("Call to action")
        template = "website/blocks/call_to_action.html"


class ContactBlock(blocks.StructBlock):
    """How to reach a unit: its role, never a person's name."""

    unit = blocks.CharBlock(label=_("Unit or role"), max_length=160, help_text=_("Name the unit or the role, not a person."))
    about = blocks.CharBlock(label=_("In what matters"), required=False, max_length=250)
    phone = blocks.CharBlock(label=_("Phone"), required=False, max_length=40, search_index=False)
    email = blocks.EmailBlock(label=_("E-mail"), required=False, search_index=False)
    hours = blocks.TextBlock(label=_("Hours"), required=False, rows=3, search_index=False)
    address = blocks.TextBlock(label=_("Address"), required=False, rows=3, search_index=False)

    class Meta:
        icon = "mail"
        label = _("Contact")
        template = "website/blocks/contact.html"


class FileBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    address = AddressBlock(label=_("Address of the file"))
    size = blocks.CharBlock(label=_("Kind and size"), max_length=60, help_text=_("For example “PDF, 240 kB”."))
    page_twin = blocks.PageChooserBlock(label=_("The same as a page"), required=False)


class FileListBlock(blocks.StructBlock):
    files = blocks.ListBlock(FileBlock(), label=_("Files"), min_num=1)

    class Meta:
        icon = "download"
        label = _("List of files")
        template = "website/blocks/file_list.html"


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Step"), max_length=120)
    text = blocks.RichTextBlock(label=_("What to do"), features=RICH_TEXT_FEATURES, required=False)


class StepsBlock(blocks.StructBlock):
    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=2)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "website/blocks/steps.html"


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"), max_length=200)
    answer = blocks.RichTextBlock(label=_("Answer"), features=RICH_TEXT_FEATURES)


class AccordionBlock(blocks.StructBlock):
    questions = blocks.ListBlock(QuestionBlock(), label=_("Questions"), min_num=1)

    class Meta:
        icon = "collapse-down"
        label = _("Questions and answers")
        template = "website/blocks/accordion.html"


class DistrictMapBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), default="Twoja dzielnica", max_length=120)

    class Meta:
        icon = "site"
        label = _("Map of districts")
        template = "website/blocks/district_map.html"


class SignLanguageBlock(blocks.StructBlock):
    """A recording in Polish Sign Language with its transcript; a foreign video is a link to its page."""

    title = blocks.CharBlock(label=_("What the recording says"), max_length=160)
    address = AddressBlock(label=_("Address of the recording"))
    length = blocks.CharBlock(label=_("Length"), required=False, max_length=40)
    transcript = blocks.RichTextBlock(label=_("The same in words"), features=RICH_TEXT_FEATURES)

    class Meta:
        icon = "media"
        label = _("Sign language (PJM)")
        template = "website/blocks/sign_language.html"


class IdeaBlock(blocks.StructBlock):
    """One idea of an easy-to-read text: a short sentence or two, with a picture slot."""

    text = blocks.TextBlock(label=_("Short sentences, one in a line"), rows=3)
    image = DescribedImageBlock(label=_("Picture that shows it"), required=False)

    class Meta:
        icon = "pilcrow"
        label = _("One idea")
        template = "website/blocks/idea.html"


class PageBody(blocks.StreamBlock):
    """What an ordinary page is made of."""

    heading = HeadingBlock()
    paragraph = blocks.RichTextBlock(
        label=_("Text"), icon="pilcrow", features=RICH_TEXT_FEATURES, template="website/blocks/paragraph.html"
    )
    picture = PictureBlock()
    table = TableBlock()
    quote = QuoteBlock()
    call_to_action = CallToActionBlock()
    contact = ContactBlock()
    files = FileListBlock()
    steps = StepsBlock()
    accordion = AccordionBlock()
    district_map = DistrictMapBlock()
    sign_language = SignLanguageBlock()


class EasyToReadBody(blocks.StreamBlock):
    """What an easy-to-read page is made of."""

    heading = HeadingBlock()
    idea = IdeaBlock()
    contact = ContactBlock()
    sign_language = SignLanguageBlock()
