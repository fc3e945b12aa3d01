"""Accounts for tests and the demo."""

import factory

from ratusz.foundation.people.models import User


class UserFactory(factory.django.DjangoModelFactory):
    """A resident's account; `is_staff=True` for staff."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"osoba{n}@example.pl")
    first_name = "Osoba"
    last_name = factory.Sequence(lambda n: f"Testowa {n}")
