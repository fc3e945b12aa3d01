
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ratusz_website', '0019_what_a_correction_replaces'),
    ]

    operations = [
        migrations.AlterField(
            model_name='guidepage',
            name='process',
            field=models.CharField(blank=True, choices=[('budget', 'participatory budget'), ('consultations', 'consultations'), ('initiative', "citizens' initiative"), ('hearing', 'public hearing'), ('debate', 'debate on the state of the municipality'), ('reception', "the President's reception hours")], help_text='The page shows by itself whether it goes on now, until when and what one can do.', max_length=20, verbose_name='the process this page is about'),
        ),
    ]
