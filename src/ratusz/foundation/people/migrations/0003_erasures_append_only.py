"""What was erased stays known, so that a restore cannot bring it back unseen."""

from django.db import migrations

from ratusz.foundation.kit.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("ratusz_people", "0002_sessions_limits_codes")]

    operations = [AppendOnly("Erasure")]
