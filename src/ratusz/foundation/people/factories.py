"""Accounts for tests and the demo."""

from datetime import datetime

import factory

from ratusz.foundation.people.models import User
from ratusz.foundation.people.sending_guard import issue, solve


class UserFactory(factory.django.DjangoModelFactory):
    """A resident's account; `is_staff=True` for staff."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"osoba{n}@example.pl")
    first_name = "Osoba"
    last_name = factory.Sequence(lambda n: f"Testowa {n}")


def guard_fields(purpose: str, at: datetime) -> dict[str, str]:
    """What a browser sends of the guard of a form: an easy sum, done."""
    challenge = issue(purpose, at, bits=1)
    return {"homepage": "", "proof_challenge": challenge, "proof_answer": solve(challenge, 1)}
