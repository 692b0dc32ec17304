from django.db import migrations

COLUMNS = {
    'voices_draft': ('id', 'token_hash', 'content'),
    'voices_spent': ('id', 'code_hash'),
    'voices_heldanswer': ('id', 'content'),
    'voices_heldwords': ('id', 'text'),
    'voices_answer': ('id', 'content'),
    'voices_words': ('id', 'text', 'wording'),
    'voices_optout': ('child', 'class_or_group', 'told_by'),
}


def keep_no_samples(apps, schema_editor):
    """PostgreSQL's planner keeps samples of a column's values (pg_statistic), also of rows that were deleted since: not
    of which codes were used, nor of what people said."""
    if schema_editor.connection.vendor != 'postgresql':
        return
    for table, columns in COLUMNS.items():
        for column in columns:
            schema_editor.execute(f'ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0')


class Migration(migrations.Migration):

    dependencies = [
        ('voices', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(keep_no_samples, migrations.RunPython.noop),
    ]
