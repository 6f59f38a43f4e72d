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
        ('officers', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='RationalePrint',
            fields=[
                ('pk', models.CompositePrimaryKey('print', 'made_on', 'assessment_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('print', models.BigIntegerField()),
                ('made_on', models.DateField()),
                ('assessment_id', models.BigIntegerField()),
            ],
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
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c7412dad6332c17147a36af608176cc51cab791b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_29fb9', table='riskassessment_phrasefound', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='678f378dd721d20267ffef724e11315c0088c645', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_1a11e', table='riskassessment_phrasefound', when='BEFORE'))],
                'constraints': [models.UniqueConstraint(fields=('event', 'field', 'phrase'), name='phrase_found_once_per_field')],
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
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6cfe6753bc6aa84caa5ce420153f2cd2a600bf4e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_60c30', table='riskassessment_keptphrase', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='dc53067dbe9c0046c036356f9518c0a34d50bb25', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_86f34', table='riskassessment_keptphrase', when='BEFORE'))],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason__regex', '\\S')), name='phrase_kept_with_reason')],
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
                ('repeats_because', models.TextField(blank=True)),
                ('unanswered', models.JSONField(blank=True, default=list)),
                ('made_at', models.DateTimeField()),
                ('assessor_trained', models.BooleanField()),
                ('review_due_at', models.DateTimeField()),
                ('definition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='riskassessment.gradedefinition')),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='risk_assessments', to='mispers.incident')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('regrades', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='regraded_as', to='riskassessment.riskassessment')),
            ],
            options={
                'ordering': ['-made_at', '-pk'],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='acfd92bcfcd9146863d06fc0f1944696d812d5b5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fc650', table='riskassessment_riskassessment', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='c0dc6b6a710c1cf4d9f8cb5692f6be21220ee7d0', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_dd097', table='riskassessment_riskassessment', when='BEFORE')), pgtrigger.compiler.Trigger(name='regraded_by_another', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF NEW.regrades_id IS NOT NULL AND NOT EXISTS (\n        SELECT 1 FROM riskassessment_riskassessment a\n        WHERE a.id = NEW.regrades_id\n          AND a.incident_id = NEW.incident_id AND a.made_by_id <> NEW.made_by_id\n          AND NOT EXISTS (\n              SELECT 1 FROM riskassessment_endorsement e WHERE e.assessment_id = a.id\n          )\n    ) THEN\n        RAISE EXCEPTION 'only an undecided assessment of another, on this record, is graded again';\n    END IF;\n    RETURN NEW;\n", hash='babaefcfe7098dd2286d7d39ff288ef932250d20', operation='INSERT', pgid='pgtrigger_regraded_by_another_8dc8f', table='riskassessment_riskassessment', when='BEFORE'))],
                'indexes': [models.Index(fields=['incident', '-made_at', '-id'], name='assessment_latest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('grade__in', ['low', 'medium', 'high'])), name='assessment_three_grades'), models.CheckConstraint(condition=models.Q(('likelihood__in', ['possible', 'likely', 'very_likely'])), name='assessment_likelihood_known'), models.CheckConstraint(condition=models.Q(('severity__in', ['minimal', 'moderate', 'serious'])), name='assessment_severity_known'), models.CheckConstraint(condition=models.Q(('rationale__regex', '\\S')), name='assessment_has_rationale'), models.CheckConstraint(condition=models.Q(('usually', []), ('differs_because__regex', '\\S'), _connector='OR'), name='assessment_says_why_below_usual'), models.CheckConstraint(condition=models.Q(('review_due_at__gt', models.F('made_at'))), name='assessment_review_after_it')],
            },
        ),
        migrations.CreateModel(
            name='PromptAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=32)),
                ('question', models.CharField(max_length=200)),
                ('state', models.CharField(choices=[('answered', 'Answered'), ('not_known', 'Not known'), ('not_asked', 'Not asked')], max_length=12)),
                ('text', models.TextField(blank=True)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='prompts', to='riskassessment.riskassessment')),
            ],
            options={
                'ordering': ['pk'],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e081b7387ba32af5f036dc678f80fcfbffbd1a77', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_39506', table='riskassessment_promptanswer', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='ebb256a2b7765e99d3bdb4dfd2df7f0c3a6e6178', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_680a0', table='riskassessment_promptanswer', when='BEFORE'))],
                'constraints': [models.UniqueConstraint(fields=('assessment', 'code'), name='prompt_once_per_assessment'), models.CheckConstraint(condition=models.Q(('state', 'not_known'), models.Q(('state__in', ['answered', 'not_asked']), ('text__regex', '\\S')), _connector='OR'), name='prompt_answered_in_words')],
            },
        ),
        migrations.CreateModel(
            name='Pointed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('copy', 'Copy of an earlier rationale'), ('passage', 'Passage of an earlier rationale'), ('stock', 'Stock phrase'), ('short', 'Too short to give a reason'), ('nobody', 'Says nothing of this person')], max_length=8)),
                ('passage', models.TextField(blank=True)),
                ('percent', models.PositiveSmallIntegerField(default=0)),
                ('ask', models.CharField(blank=True, max_length=300)),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pointed', to='riskassessment.riskassessment')),
                ('of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='riskassessment.riskassessment')),
            ],
            options={
                'ordering': ['pk'],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='76f320c9b9595f9cf03eac3e0ca4d0d523ab4a3c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7b22f', table='riskassessment_pointed', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='dccb5f64c924457c639b296a2984aa0c41b21953', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_4b758', table='riskassessment_pointed', when='BEFORE'))],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['copy', 'passage']), ('of__isnull', False)), models.Q(('kind__in', ['stock', 'short', 'nobody']), ('of__isnull', True)), _connector='OR'), name='pointed_names_what_it_repeats'), models.CheckConstraint(condition=models.Q(('percent__lte', 100)), name='pointed_percent_of_a_hundred'), models.CheckConstraint(condition=models.Q(('of__isnull', True), models.Q(('of', models.F('assessment')), _negated=True), _connector='OR'), name='pointed_at_another')],
            },
        ),
        migrations.CreateModel(
            name='InformationItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('supplier', models.CharField(max_length=200)),
                ('contact', models.CharField(max_length=200)),
                ('obtained_at', models.DateTimeField()),
                ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='information', to='riskassessment.riskassessment')),
            ],
            options={
                'ordering': ['obtained_at', 'pk'],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='313ca66cbd5321bb5189ba746ee17ebbfbadfd17', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a3f29', table='riskassessment_informationitem', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='f5d6e0d090a59788b41c1c499b92bc979057c861', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_91918', table='riskassessment_informationitem', when='BEFORE'))],
                'constraints': [models.CheckConstraint(condition=models.Q(('supplier__regex', '\\S'), ('text__regex', '\\S')), name='information_has_supplier'), models.CheckConstraint(condition=models.Q(('contact__regex', '\\S')), name='information_says_how_to_reach')],
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
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ae6c318db1b80dfee39cb605931814b48e6c56c9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_78e0e', table='riskassessment_endorsement', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='6ecc5e259be76eb86dcb47832009283a8c810591', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_a68d8', table='riskassessment_endorsement', when='BEFORE')), pgtrigger.compiler.Trigger(name='not_by_assessor', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM riskassessment_riskassessment a\n        WHERE a.id = NEW.assessment_id AND a.made_by_id = NEW.by_id\n    ) THEN\n        RAISE EXCEPTION 'an assessment is not endorsed or returned by whoever made it';\n    END IF;\n    RETURN NEW;\n", hash='add42c5be17c286e6646b95301bd46fc141cdb48', operation='INSERT', pgid='pgtrigger_not_by_assessor_8488f', table='riskassessment_endorsement', when='BEFORE')), pgtrigger.compiler.Trigger(name='one_of_two_trained', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF NEW.decision = 'endorsed' AND NOT NEW.endorser_trained AND EXISTS (\n        SELECT 1 FROM riskassessment_riskassessment a\n        WHERE a.id = NEW.assessment_id AND NOT a.assessor_trained\n    ) THEN\n        RAISE EXCEPTION 'an untrained assessment is endorsed by a trained inspector';\n    END IF;\n    RETURN NEW;\n", hash='5635b895778cc3e023dd9cc4495222ebeca8498d', operation='INSERT', pgid='pgtrigger_one_of_two_trained_43253', table='riskassessment_endorsement', when='BEFORE'))],
                'constraints': [models.CheckConstraint(condition=models.Q(('decision', 'endorsed'), models.Q(('decision', 'returned'), ('reason__regex', '\\S')), _connector='OR'), name='endorsement_returned_with_reason')],
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
                ('regrades', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='riskassessment.riskassessment')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('officer', 'incident'), name='risk_draft_once_per_officer')],
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
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c40e26cbcb00664f9906fc8660214fcabefbea77', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8496e', table='riskassessment_sourcelookedat', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='7e60aa3668cf37ef414e8af890bc3fa46417a28a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_e3a5f', table='riskassessment_sourcelookedat', when='BEFORE'))],
                'constraints': [models.UniqueConstraint(fields=('assessment', 'source'), name='source_once_per_assessment'), models.CheckConstraint(condition=models.Q(('checked', True), ('reason__regex', '\\S'), _connector='OR'), name='source_checked_or_why_not')],
            },
        ),
        core.db.migration_operations.InstallTriggers(
            models=['endorsement', 'gradedefinition', 'informationitem', 'keptphrase', 'phrasefound', 'pointed', 'promptanswer', 'riskassessment', 'sourcelookedat'],
        ),
    ]
