"""The budget's profiles in networks: added, changed, closed; each shows at once wherever the budget names its profiles."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ratusz.foundation.audit.actions import record
from ratusz.foundation.kit.clock import database_now
from ratusz.participation.budget import rules
from ratusz.participation.budget.actions.counting import require
from ratusz.participation.budget.models import Profile
from ratusz.publishing.website.actions import bump_content_version

FIELDS = ("network", "name", "address", "about", "position")


@transaction.atomic
def save_profile(*, profile: Profile | None = None, facts: dict[str, Any], person: Any) -> Profile:
    """Adds a profile or changes one; a closed one that is added again opens anew.

    Raises NotAllowed, and NotPossible when the address is on the list already.
    """
    now = database_now()
    require(person, "keep_profiles", profile, now)
    if profile is not None:
        profile = Profile.objects.select_for_update().get(pk=profile.pk)
        if profile.closed_at:
            raise rules.NotPossible(_("This profile is closed. Add it again if the city keeps it once more."))
    before = {name: getattr(profile, name) for name in FIELDS} if profile else {}
    changed = profile or _closed(facts["address"], now) or Profile(opened_at=now)
    for name in FIELDS:
        setattr(changed, name, facts[name])
    try:
        with transaction.atomic():
            changed.save()
    except IntegrityError as error:
        raise rules.NotPossible(_("This address is on the list already.")) from error
    after = {name: getattr(changed, name) for name in FIELDS}
    record(deed="budget.save_profile", subject=changed, before=before, after=after, actor=person)
    bump_content_version()
    return changed


def _closed(address: str, now: datetime) -> Profile | None:
    """The closed profile of that address, as the city's own from now on."""
    found = Profile.objects.select_for_update().exclude(closed_at=None).filter(address=address).first()
    if found is not None:
        found.opened_at, found.closed_at = now, None
    return found


@transaction.atomic
def close_profile(*, profile: Profile, person: Any) -> Profile:
    """Takes a profile from the pages and keeps it in the list of closed ones. Raises NotAllowed, NotPossible."""
    now = database_now()
    require(person, "keep_profiles", profile, now)
    profile = Profile.objects.select_for_update().get(pk=profile.pk)
    if profile.closed_at:
        raise rules.NotPossible(_("This profile is closed already."))
    profile.closed_at = now
    profile.save(update_fields=["closed_at"])
    record(deed="budget.close_profile", subject=profile, after={"address": profile.address}, actor=person)
    bump_content_version()
    return profile
