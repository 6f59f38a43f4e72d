import core.db.migration_operations
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),
        ('mispers', '0001_initial'),
        ('officers', '0001_initial'),
        ('officers', '__first__'),
        ('ownership', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Unevaluated',
            fields=[
                ('incident', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='mispers.incident')),
                ('since', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='DipSample',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=24, unique=True)),
                ('period_from', models.DateTimeField()),
                ('period_to', models.DateTimeField()),
                ('size', models.PositiveSmallIntegerField()),
                ('seed', models.CharField(max_length=64)),
                ('population', models.PositiveIntegerField()),
                ('drawn_at', models.DateTimeField()),
                ('bcu', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dip_samples', to='officers.bcu')),
                ('drawn_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-drawn_at', '-pk'],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='849ebc5c6049a8e6dc8eb782a336bfa1474933fe', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_075b6', table='assurance_dipsample', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='67cf0a423a0ece1e6ca250df4f8412fcd1146bf3', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_f94dc', table='assurance_dipsample', when='BEFORE'))],
                'constraints': [models.CheckConstraint(condition=models.Q(('period_to__gt', models.F('period_from'))), name='sample_period_forward'), models.CheckConstraint(condition=models.Q(('size__gte', 1)), name='sample_of_at_least_one')],
            },
        ),
        migrations.CreateModel(
            name='Disclosure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(max_length=300)),
                ('recipient', models.CharField(max_length=200)),
                ('redactions', models.JSONField(default=list)),
                ('made_at', models.DateTimeField()),
                ('content', models.BinaryField()),
                ('sha256', models.CharField(max_length=64)),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disclosures', to='mispers.incident')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-made_at', '-pk'],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='bd5ed33cc59d33e7cf2ebcf5dabcb2c89c9e9906', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4868a', table='assurance_disclosure', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='bbb43a4bacfedcaef1a2c9d93a3d837c40afec2d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_8e58f', table='assurance_disclosure', when='BEFORE'))],
                'constraints': [models.CheckConstraint(condition=models.Q(('purpose__regex', '\\S'), ('recipient__regex', '\\S')), name='disclosure_for_whom_and_why')],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reviewed_at', models.DateTimeField()),
                ('reviewed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6afa0df5a616bf0754abbbe9b83e2c1e28a6caff', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_19090', table='assurance_review', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='0f55d4dd50c098093bc7de5cbbe896a3df7d9743', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_7f1e9', table='assurance_review', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('made_at', models.DateTimeField()),
                ('action', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='finding', to='ownership.action')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='assurance.review')),
            ],
            options={
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7b4b675c4c1fa54cf45abff2dfb7c0ec2d3372da', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4efe5', table='assurance_finding', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='5cafc86365eea895b38380ef9974b7896608ca29', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_0f20b', table='assurance_finding', when='BEFORE'))],
                'constraints': [models.CheckConstraint(condition=models.Q(('text__regex', '\\S')), name='finding_in_words')],
            },
        ),
        migrations.CreateModel(
            name='ReviewAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('principle', models.CharField(max_length=24)),
                ('words', models.TextField()),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='assurance.review')),
            ],
            options={
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0826b98c01a77b79d997926e1a9fcbce706473c2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_65bee', table='assurance_reviewanswer', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='8cc0e3928b27f9b23745a10704544c08eeb44d1a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_da90f', table='assurance_reviewanswer', when='BEFORE'))],
                'constraints': [models.UniqueConstraint(fields=('review', 'principle'), name='answer_once'), models.CheckConstraint(condition=models.Q(('words__regex', '\\S')), name='answer_in_words')],
            },
        ),
        migrations.CreateModel(
            name='SampleItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('why', models.CharField(choices=[('lot', 'Drawn by lot'), ('override', 'A barrier to closure was overridden'), ('lower_grade', 'Graded lower than is usual'), ('repeat', 'A rationale repeated an earlier one')], max_length=12)),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sampled', to='mispers.incident')),
                ('sample', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='assurance.dipsample')),
            ],
            options={
                'ordering': ['position'],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0840424246c9c228648b257b027883668f9620ed', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_cecaf', table='assurance_sampleitem', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='22b1bba1c26f084840f1f4cf48f0d6a97213dea4', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_63472', table='assurance_sampleitem', when='BEFORE'))],
                'constraints': [models.UniqueConstraint(fields=('sample', 'incident'), name='sample_incident_once'), models.UniqueConstraint(fields=('sample', 'position'), name='sample_position_once')],
            },
        ),
        migrations.CreateModel(
            name='ReviewDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('data', models.JSONField(default=dict)),
                ('saved_at', models.DateTimeField()),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='review_drafts', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='assurance.sampleitem')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('officer', 'item'), name='review_draft_once_per_officer')],
            },
        ),
        migrations.AddField(
            model_name='review',
            name='item',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='review', to='assurance.sampleitem'),
        ),
        migrations.CreateModel(
            name='StandardState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12)),
                ('state', models.CharField(choices=[('met', 'Met'), ('not_met', 'Not met'), ('not_yet_due', 'Not yet due'), ('not_applicable', 'Not applicable')], max_length=16)),
                ('late', models.BooleanField(default=False)),
                ('since', models.DateTimeField()),
                ('due_at', models.DateTimeField(null=True)),
                ('next_change_at', models.DateTimeField(null=True)),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='standards', to='mispers.incident')),
                ('proved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.event')),
            ],
            options={
                'indexes': [models.Index(fields=['code', 'state', 'since'], name='standard_by_code'), models.Index(condition=models.Q(('next_change_at__isnull', False)), fields=['next_change_at'], name='standard_changes_by_time')],
                'constraints': [models.UniqueConstraint(fields=('incident', 'code'), name='standard_once_per_record'), models.CheckConstraint(condition=models.Q(('state__in', ['met', 'not_met', 'not_yet_due', 'not_applicable'])), name='standard_state_known')],
            },
        ),
        core.db.migration_operations.InstallTriggers(
            models=['dipsample', 'disclosure', 'finding', 'review', 'reviewanswer', 'sampleitem'],
        ),
    ]
