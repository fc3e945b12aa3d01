"""Texts and vectors of the search lie beside its rows: a search for a common word looks at ten thousand rows and reads no text."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ("ratusz_website", "0015_pictures_by_file"),
    ]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE ratusz_website_searchdocument SET (toast_tuple_target = 256)",
            "ALTER TABLE ratusz_website_searchdocument RESET (toast_tuple_target)",
        ),
    ]
