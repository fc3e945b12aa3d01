"""Consents, their texts and their withdrawals are proof: the database refuses to change or delete them."""

from django.db import migrations

from ratusz.foundation.kit.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("ratusz_notifications", "0001_initial")]

    operations = [AppendOnly("ConsentText"), AppendOnly("Consent"), AppendOnly("Withdrawal")]
