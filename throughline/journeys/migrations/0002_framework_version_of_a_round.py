from django.db import migrations, models
import django.db.models.deletion


def from_record(apps, schema_editor):
    """Every round so far was about the version of its record."""
    Round = apps.get_model("journeys", "Round")
    for row in Round.objects.select_related("journey__record"):
        row.framework_version_id = row.journey.record.version_id
        row.save(update_fields=["framework_version"])


class Migration(migrations.Migration):

    dependencies = [
        ("frameworks", "0002_open_frameworks_and_drafts"),
        ("journeys", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="round",
            name="framework_version",
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="frameworks.frameworkversion"),
        ),
        migrations.RunPython(from_record, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="round",
            name="framework_version",
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="frameworks.frameworkversion"),
        ),
    ]
