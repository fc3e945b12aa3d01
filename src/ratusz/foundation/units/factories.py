"""Units and appointments for tests and the demo."""

from datetime import UTC, datetime

import factory

from ratusz.foundation.people.factories import UserFactory
from ratusz.foundation.people.models import Role
from ratusz.foundation.units.models import Appointment, Unit


class UnitFactory(factory.django.DjangoModelFactory):
    """A unit of the Office."""

    class Meta:
        model = Unit

    name = factory.Sequence(lambda n: f"Wydział Próbny {n}")
    short_name = factory.Sequence(lambda n: f"WP{n}")


class AppointmentFactory(factory.django.DjangoModelFactory):
    """An open-ended appointment since 2026, in the department unless a unit is given; `role_code="editor"` picks the role."""

    class Meta:
        model = Appointment

    class Params:
        role_code = "editor"

    person = factory.SubFactory(UserFactory, is_staff=True)
    role = factory.LazyAttribute(lambda made: Role.objects.get(code=made.role_code))
    unit = factory.SubFactory(UnitFactory, is_department=True)
    starts = datetime(2026, 1, 1, tzinfo=UTC)
