"""What happened with a building, and how its days were moved, is added and never changed."""

from django.db import migrations

from ratusz.foundation.kit.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("ratusz_projects", "0006_building")]
    operations = [AppendOnly("deliverystep"), AppendOnly("daymove")]
