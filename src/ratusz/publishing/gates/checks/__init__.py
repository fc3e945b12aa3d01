"""The gates of this module, one file per matter; other modules bring theirs through the registry."""

from django.utils.translation import gettext_lazy as _

from ratusz.publishing.gates.findings import Gate
from ratusz.publishing.gates.registries import gates

from . import care, colours, languages, lengths, media, personal, readable, structure


def register_own_gates() -> None:
    """Called once, from ready()."""
    for code, name, check in (
        ("W01", _("Owner and contact"), care.owner),
        ("W02", _("Day of the next review"), care.review),
        ("W03", _("Alternative texts"), media.alternative_texts),
        ("W05", _("Headings and tables"), structure.headings_and_tables),
        ("W06", _("Files"), media.files),
        ("W07", _("Parts in another language"), languages.unmarked_parts),
        ("W08", _("Plain language"), readable.score),
        ("W09", _("Personal data"), personal.personal_data),
        ("W10", _("Words of links"), structure.links),
        ("W11", _("As of when, until when"), care.moments),
        ("W12", _("Recordings"), media.recordings),
        ("W15", _("Title and introduction"), lengths.title_and_lead),
        ("W16", _("Contrast of colours"), colours.contrast),
    ):
        gates.register(code, Gate(name, check))
