import django.contrib.postgres.fields
from django.db import migrations, models

# Free words that were the name of a topic become that topic. The portal's table is a floor above and may not be there yet.
CARRY = """
DO $$ BEGIN
    IF to_regclass('ratusz_website_topic') IS NOT NULL THEN
        UPDATE ratusz_messages_message SET topic_numbers = ARRAY[topic.id]
        FROM ratusz_website_topic topic WHERE lower(topic.name) = lower(theme);
    END IF;
END $$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('ratusz_messages', '0003_information_for_voters'),
    ]

    operations = [
        migrations.AddField(
            model_name='message',
            name='topic_numbers',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), blank=True, default=list, size=None, verbose_name='topics'),
        ),
        migrations.RunSQL(CARRY, migrations.RunSQL.noop),
        migrations.RemoveField(model_name='message', name='theme'),
    ]
