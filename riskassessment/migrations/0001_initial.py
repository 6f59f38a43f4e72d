import core.migration_operations
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),
        ('mispers', '0001_initial'),
        ('officers', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='PhraseFound',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(max_length=64)),
                ('phrase', models.CharField(max_length=120)),
                ('written', models.CharField(max_length=200)),
                ('prefer', models.CharField(max_length=300)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.event')),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='phrases_found', to='mispers.incident')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('event', 'field', 'phrase'), name='phrase_found_once_per_field')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c7412dad6332c17147a36af608176cc51cab791b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_29fb9', table='riskassessment_phrasefound', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='678f378dd721d20267ffef724e11315c0088c645', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_1a11e', table='riskassessment_phrasefound', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='RiskDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('data', models.JSONField(default=dict)),
                ('saved_at', models.DateTimeField()),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='risk_drafts', to='mispers.incident')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='risk_drafts', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('officer', 'incident'), name='risk_draft_once_per_officer')],
            },
        ),
        migrations.CreateModel(
            name='GradeDefinition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grade', models.CharField(choices=[('low', 'Low'), ('medium', 'Medium'), ('high', 'High')], max_length=8)),
                ('text', models.TextField()),
                ('standing', models.CharField(choices=[('policy', 'Policy'), ('guidance', 'Guidance')], max_length=8)),
                ('source', models.CharField(max_length=300)),
                ('in_force_from', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('grade', 'standing', 'in_force_from'), name='definition_once_per_grade_and_day'), models.CheckConstraint(condition=models.Q(('grade__in', ['low', 'medium', 'high'])), name='definition_three_grades')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9981ad99276290221c384b676dc620de540a48cc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9de81', table='riskassessment_gradedefinition', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='f01a735d7cd3422267b2372f111364a8e14a645c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_b259e', table='riskassessment_gradedefinition', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='KeptPhrase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.TextField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('found', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='kept', to='riskassessment.phrasefound')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('reason__regex', '\\S')), name='phrase_kept_with_reason')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6cfe6753bc6aa84caa5ce420153f2cd2a600bf4e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_60c30', table='riskassessment_keptphrase', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='dc53067dbe9c0046c036356f9518c0a34d50bb25', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_86f34', table='riskassessment_keptphrase', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='RiskAssessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grade', models.CharField(choices=[('low', 'Low'), ('medium', 'Medium'), ('high', 'High')], max_length=8)),
                ('likelihood', models.CharField(choices=[('possible', 'Possible'), ('likely', 'Likely'), ('very_likely', 'Very likely')], max_length=12)),
                ('severity', models.CharField(choices=[('minimal', 'Minimal'), ('moderate', 'Real, but not serious'), ('serious', 'Serious')], max_length=12)),
                ('rationale', models.TextField()),
                ('factors', models.JSONField(blank=True, default=list)),
                ('usually', models.JSONField(blank=True, default=list)),
                ('differs_because', models.TextField(blank=True)),
                ('changes', models.TextField(blank=True)),
                ('made_at', models.DateTimeField()),
                ('assessor_trained', models.BooleanField()),
                ('review_due_at', models.DateTimeField()),
                ('definition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='riskassessment.gradedefinition')),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='risk_assessments', to='mispers.incident')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-made_at', '-pk'],
                'indexes': [models.Index(fields=['incident', '-made_at', '-id'], name='assessment_latest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('grade__in', ['low', 'medium', 'high'])), name='assessment_three_grades'), models.CheckConstraint(condition=models.Q(('likelihood__in', ['possible', 'likely', 'very_likely'])), name='assessment_likelihood_known'), models.CheckConstraint(condition=models.Q(('severity__in', ['minimal', 'moderate', 'serious'])), name='assessment_severity_known'), models.CheckConstraint(condition=models.Q(('rationale__regex', '\\S')), name='assessment_has_rationale'), models.CheckConstraint(condition=models.Q(('usually', []), ('differs_because__regex', '\\S'), _connector='OR'), name='assessment_says_why_below_usual'), models.CheckConstraint(condition=models.Q(('review_due_at__gt', models.F('made_at'))), name='assessment_review_after_it')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='acfd92bcfcd9146863d06fc0f1944696d812d5b5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fc650', table='riskassessment_riskassessment', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='c0dc6b6a710c1cf4d9f8cb5692f6be21220ee7d0', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_dd097', table='riskassessment_riskassessment', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='InformationItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('supplier', models.CharField(max_length=200)),
                ('contact', models.CharField(blank=True, max_length=200)),
                ('obtained_at', models.DateTimeField()),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='information', to='riskassessment.riskassessment')),
            ],
            options={
                'ordering': ['obtained_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('supplier__regex', '\\S'), ('text__regex', '\\S')), name='information_has_supplier')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='313ca66cbd5321bb5189ba746ee17ebbfbadfd17', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a3f29', table='riskassessment_informationitem', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='f5d6e0d090a59788b41c1c499b92bc979057c861', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_91918', table='riskassessment_informationitem', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='SourceLookedAt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(choices=[('informant', 'Informant'), ('family', 'Family'), ('carers', 'Carers'), ('associates', 'Associates'), ('earlier_reports', 'Earlier reports'), ('pnc', 'PNC'), ('pnd', 'PND'), ('local_intelligence', 'Local intelligence'), ('partner_agencies', 'Partner agencies')], max_length=24)),
                ('checked', models.BooleanField()),
                ('reason', models.TextField(blank=True)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sources', to='riskassessment.riskassessment')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('assessment', 'source'), name='source_once_per_assessment'), models.CheckConstraint(condition=models.Q(('checked', True), ('reason__regex', '\\S'), _connector='OR'), name='source_checked_or_why_not')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c40e26cbcb00664f9906fc8660214fcabefbea77', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8496e', table='riskassessment_sourcelookedat', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='7e60aa3668cf37ef414e8af890bc3fa46417a28a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_e3a5f', table='riskassessment_sourcelookedat', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Endorsement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decision', models.CharField(choices=[('endorsed', 'Endorsed'), ('returned', 'Returned')], max_length=12)),
                ('reason', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('endorser_trained', models.BooleanField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('assessment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='endorsement', to='riskassessment.riskassessment')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('decision', 'endorsed'), models.Q(('decision', 'returned'), ('reason__regex', '\\S')), _connector='OR'), name='endorsement_returned_with_reason')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ae6c318db1b80dfee39cb605931814b48e6c56c9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_78e0e', table='riskassessment_endorsement', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='6ecc5e259be76eb86dcb47832009283a8c810591', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_a68d8', table='riskassessment_endorsement', when='BEFORE')), pgtrigger.compiler.Trigger(name='not_by_assessor', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM riskassessment_riskassessment a\n        WHERE a.id = NEW.assessment_id AND a.made_by_id = NEW.by_id\n    ) THEN\n        RAISE EXCEPTION 'an assessment is not endorsed or returned by whoever made it';\n    END IF;\n    RETURN NEW;\n", hash='add42c5be17c286e6646b95301bd46fc141cdb48', operation='INSERT', pgid='pgtrigger_not_by_assessor_8488f', table='riskassessment_endorsement', when='BEFORE'))],
            },
        ),
        core.migration_operations.InstallTriggers(
            models=['gradedefinition', 'phrasefound', 'keptphrase', 'riskassessment', 'informationitem', 'endorsement', 'sourcelookedat'],
        ),
    ]
