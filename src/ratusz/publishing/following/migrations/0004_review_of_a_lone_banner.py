import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ratusz_following", "0003_questions_of_a_connection"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="banner",
            name="reviewed_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+",
                to=settings.AUTH_USER_MODEL, verbose_name="reviewed by",
            ),
        ),
        migrations.AddField(
            model_name="banner",
            name="reviewed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="reviewed"),
        ),
        migrations.AddField(
            model_name="banner",
            name="review",
            field=models.CharField(blank=True, default="", max_length=1000, verbose_name="what the reviewer found"),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="banner",
            constraint=models.CheckConstraint(
                condition=models.Q(("reviewed_at", None), ("reviewed_by", None))
                | models.Q(("reviewed_at__isnull", False), ("reviewed_by__isnull", False)),
                name="a_banner_is_reviewed_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="banner",
            constraint=models.CheckConstraint(
                condition=models.Q(("reviewed_by", None)) | ~models.Q(("reviewed_by", models.F("author"))),
                name="somebody_else_reviews_a_banner",
            ),
        ),
    ]
