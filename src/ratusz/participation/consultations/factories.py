"""Consultations with their areas and forms, in each stage, for tests and the demo."""

from __future__ import annotations

from datetime import timedelta

import factory

from ratusz.foundation.kit.clock import database_now
from ratusz.foundation.kit.dates import local_day
from ratusz.foundation.territory.factories import DistrictFactory
from ratusz.foundation.units.factories import UnitFactory
from ratusz.participation.consultations.models import Area, Consultation, Form


class ConsultationFactory(factory.django.DjangoModelFactory):
    """A plan nobody saw; `announced=True` starts in 14 days, `running=True` runs since 7 of its 21, `ended=True` ended 10 ago."""

    class Meta:
        model = Consultation

    class Params:
        today = factory.LazyFunction(lambda: local_day(database_now()))
        announced = factory.Trait(
            starts_on=factory.LazyAttribute(lambda made: made.today + timedelta(days=14)),
            announced_at=factory.LazyFunction(database_now),
        )
        running = factory.Trait(
            starts_on=factory.LazyAttribute(lambda made: made.today - timedelta(days=7)),
            announced_at=factory.LazyFunction(lambda: database_now() - timedelta(days=21)),
        )
        ended = factory.Trait(
            starts_on=factory.LazyAttribute(lambda made: made.today - timedelta(days=30)),
            announced_at=factory.LazyFunction(lambda: database_now() - timedelta(days=45)),
        )

    title = factory.Sequence(lambda n: f"Próbny park na wzgórzu nr {n + 1}")
    slug = factory.Sequence(lambda n: f"probny-park-{n + 1}")
    number = factory.Sequence(lambda n: f"KS/2026/{n + 5001:04}")
    subject = "Projekt nowego urządzenia parku: alejki, plac zabaw, drzewa."
    purpose = "Park ma służyć wszystkim, a projekt powstaje od nowa."
    open_questions = "Układ alejek i miejsce placu zabaw. Granice parku są już ustalone."
    decided_by = "Prezydent Miasta"
    label = Consultation.Label.FORMAL
    modes = factory.LazyFunction(lambda: ["art5a"])
    owner_unit = factory.SubFactory(UnitFactory)
    starts_on = None
    ends_on = factory.LazyAttribute(lambda made: made.starts_on + timedelta(days=20) if made.starts_on else None)
    order_number = "100/2026"
    created_at = factory.LazyFunction(lambda: database_now() - timedelta(days=60))


class AreaFactory(factory.django.DjangoModelFactory):
    """The whole city; `of_district=True` one district."""

    class Meta:
        model = Area

    class Params:
        of_district = factory.Trait(
            kind=Area.Kind.DISTRICT,
            district=factory.SubFactory(DistrictFactory),
            name=factory.LazyAttribute(lambda made: made.district.name),
        )

    consultation = factory.SubFactory(ConsultationFactory, running=True)
    kind = Area.Kind.CITY
    name = "Całe miasto"


class FormFactory(factory.django.DjangoModelFactory):
    """A remark box that is open as long as its consultation."""

    class Meta:
        model = Form

    consultation = factory.SubFactory(ConsultationFactory, running=True)
    kind = "remarks"
    title = "Uwagi na piśmie"
