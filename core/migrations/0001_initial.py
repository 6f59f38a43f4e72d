import core.db.migration_operations
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('officers', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(unique=True)),
                ('sealed_at', models.DateTimeField()),
                ('upto_event', models.BigIntegerField()),
                ('events', models.PositiveIntegerField()),
                ('prev_root', models.CharField(blank=True, max_length=64)),
                ('root', models.CharField(max_length=64)),
            ],
            options={
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f24b77843cd114313373064d7860b4c1128193f0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e986a', table='core_seal', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='8786d07039aee5df1affda0bfb1b4f6000c92e49', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_a9190', table='core_seal', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Stream',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('bcu', models.CharField(blank=True, db_index=True, max_length=4)),
                ('last_seq', models.PositiveIntegerField(default=0)),
                ('last_hash', models.CharField(default='', max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='GivenAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('caller', models.CharField(max_length=64)),
                ('route', models.CharField(max_length=500)),
                ('key', models.CharField(max_length=255)),
                ('fingerprint', models.CharField(max_length=64)),
                ('status', models.PositiveSmallIntegerField()),
                ('headers', models.JSONField(default=dict)),
                ('body', models.TextField(blank=True)),
                ('at', models.DateTimeField(db_index=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('caller', 'route', 'key'), name='answer_once_per_key')],
            },
        ),
        migrations.CreateModel(
            name='Access',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('consultation', 'Consultation'), ('search', 'Search'), ('disclosure', 'Disclosure')], max_length=16)),
                ('stream', models.CharField(blank=True, db_index=True, max_length=64)),
                ('at', models.DateTimeField()),
                ('client', models.CharField(blank=True, max_length=100)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('detail', models.JSONField(default=dict)),
                ('officer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'accesses',
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='63326e26d205207a63b637b310f75dc5dba850ce', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_354a1', table='core_access', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='a6ab6bde2778d43cb12c489d04561c8ec5150ce8', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_3b04a', table='core_access', when='BEFORE'))],
                'indexes': [models.Index(fields=['officer', 'at'], name='access_officer_at')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.PositiveIntegerField()),
                ('kind', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('actor_name', models.CharField(max_length=200)),
                ('actor_rank', models.CharField(blank=True, max_length=40)),
                ('client', models.CharField(blank=True, max_length=100)),
                ('summary', models.TextField()),
                ('data', models.JSONField(default=dict)),
                ('prev_hash', models.CharField(blank=True, max_length=64)),
                ('hash', models.CharField(max_length=64)),
                ('writer', models.BigIntegerField(db_default=models.Func(output_field=models.BigIntegerField(), template='(pg_current_xact_id()::text::bigint)'))),
                ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stream', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='core.stream')),
            ],
            options={
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e10987bc9a49a1926c7e6570fb01934fa665dda6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_56466', table='core_event', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='35c179c90494995c04d75e2ecf35907d4bc96d8f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_65091', table='core_event', when='BEFORE'))],
                'indexes': [models.Index(fields=['writer', 'id'], name='event_feed'), models.Index(fields=['stream', 'kind'], name='event_stream_kind')],
                'constraints': [models.UniqueConstraint(fields=('stream', 'seq'), name='event_seq_once_per_stream')],
            },
        ),
        core.db.migration_operations.InstallTriggers(
            models=['access', 'event', 'seal'],
        ),
    ]
