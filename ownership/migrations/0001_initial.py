import core.migration_operations
import django.db.models.deletion
import pgtrigger.compiler
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('core', '0001_initial'),
        ('mispers', '0001_initial'),
        ('officers', '0001_initial'),
        ('officers', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Action',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200)),
                ('detail', models.TextField(blank=True)),
                ('priority', models.CharField(choices=[('routine', 'Routine'), ('urgent', 'Urgent')], default='routine', max_length=8)),
                ('due_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('open', 'Open'), ('completed', 'Completed'), ('proposed_not_pursued', 'Proposed not to be pursued'), ('not_pursued', 'Not pursued')], default='open', max_length=24)),
                ('result', models.TextField(blank=True)),
                ('not_pursued_reason', models.TextField(blank=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('set_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to='mispers.incident')),
                ('proposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('responsible', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='actions', to=settings.AUTH_USER_MODEL)),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['due_at', 'pk'],
                'triggers': [pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='616a7be57bc9b737eb4d3ec59367f54c4202411a', operation='DELETE', pgid='pgtrigger_never_deleted_d1a1d', table='ownership_action', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='ActionLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('taken_at', models.DateTimeField()),
                ('basis', models.CharField(choices=[('reported', 'On duty when it was reported'), ('accepted', 'Accepted a handover'), ('reopened', 'On duty when it was reopened'), ('set', 'Named when the action was set'), ('reassigned', 'Reassigned')], max_length=12)),
                ('is_fallback', models.BooleanField(default=False, help_text="The rota had a gap and the BCU's fallback officer stepped in.")),
                ('reason', models.TextField(blank=True)),
                ('action', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='chain', to='ownership.action')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['taken_at', 'pk'],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9022338e7676b7d2adc7dc2e2079dc8c53f781b0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8964c', table='ownership_actionlink', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='9c4993bd77b29f7c20d36b7368c6f0bf37f0272e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_561ae', table='ownership_actionlink', when='BEFORE')), pgtrigger.compiler.Trigger(name='only_forward', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM ownership_actionlink l\n        WHERE l.action_id = NEW.action_id AND l.taken_at >= NEW.taken_at\n    ) THEN\n        RAISE EXCEPTION 'a chain only grows forward: action % is already held at %',\n            NEW.action_id, NEW.taken_at;\n    END IF;\n    RETURN NEW;\n", hash='82c895ed251fb374951a89e980a3c707e5a7ee43', operation='INSERT', pgid='pgtrigger_only_forward_b2e6f', table='ownership_actionlink', when='BEFORE')), pgtrigger.compiler.Trigger(name='keep_responsible', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    UPDATE ownership_action SET responsible_id = NEW.officer_id WHERE id = NEW.action_id;\n    RETURN NEW;\n', hash='ec271c0f6258dc1c67c4d69de684cceed7f4dcba', operation='INSERT', pgid='pgtrigger_keep_responsible_c958e', table='ownership_actionlink', when='AFTER'))],
            },
        ),
        migrations.CreateModel(
            name='Deadline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12)),
                ('subject', models.CharField(blank=True, max_length=40)),
                ('title', models.CharField(max_length=200)),
                ('due_from', models.CharField(choices=[('owner', 'Owner'), ('inspector', 'Inspector'), ('responsible', 'Responsible officer'), ('receiver', 'Officer offered the incident')], max_length=12)),
                ('opened_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('late_from', models.DateTimeField(blank=True, null=True)),
                ('met_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('next_rung', models.PositiveSmallIntegerField(default=0)),
                ('next_rung_at', models.DateTimeField(blank=True, null=True)),
                ('because', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.event')),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deadlines', to='mispers.incident')),
                ('met_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.event')),
                ('officer', models.ForeignKey(blank=True, help_text='Who it is due from, where that is not the holder of a chain.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deadlines', to=settings.AUTH_USER_MODEL)),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.event')),
            ],
            options={
                'ordering': ['due_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('capacity', models.CharField(choices=[('owner', 'Owner'), ('inspector', 'Inspector')], max_length=12)),
                ('reason', models.CharField(max_length=200)),
                ('offered_at', models.DateTimeField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('bcu', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handovers', to='officers.bcu')),
                ('giver', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('receiver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-offered_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='HandoverItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('capacity', models.CharField(choices=[('owner', 'Owner'), ('inspector', 'Inspector')], max_length=12)),
                ('briefing', models.TextField(blank=True)),
                ('drafted', models.BooleanField(default=False)),
                ('worry', models.TextField(blank=True)),
                ('risk', models.CharField(blank=True, choices=[('reconfirmed', 'Risk re-confirmed'), ('review_asked', 'Review of the risk asked for')], max_length=12)),
                ('state', models.CharField(choices=[('offered', 'Waiting'), ('accepted', 'Accepted'), ('declined', 'Sent back'), ('withdrawn', 'Withdrawn')], default='offered', max_length=12)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.TextField(blank=True)),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('handover', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='ownership.handover')),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='handover_items', to='mispers.incident')),
            ],
            options={
                'ordering': ['pk'],
                'triggers': [pgtrigger.compiler.Trigger(name='an_answer_stands', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (OLD.state <> 'offered')", func="\n    RAISE EXCEPTION 'an answer stands: incident % in handover % was % already',\n        OLD.incident_id, OLD.handover_id, OLD.state;\n", hash='f8096fd7b82fe5071bfab581253c85b0e2b45ce7', operation='UPDATE', pgid='pgtrigger_an_answer_stands_32caa', table='ownership_handoveritem', when='BEFORE')), pgtrigger.compiler.Trigger(name='high_risk_answered', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.state = 'accepted')", func="\n    IF NEW.risk = '' AND 'high' = (\n        SELECT a.grade FROM riskassessment_riskassessment a\n        WHERE a.incident_id = NEW.incident_id ORDER BY a.made_at DESC, a.id DESC LIMIT 1\n    ) THEN\n        RAISE EXCEPTION 'high risk is accepted with an answer to it: incident %', NEW.incident_id;\n    END IF;\n    RETURN NEW;\n", hash='9bacbbf8b7daacbefe7ad67361143fe9747d4b4f', operation='UPDATE', pgid='pgtrigger_high_risk_answered_1c402', table='ownership_handoveritem', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='CustodyLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('taken_at', models.DateTimeField()),
                ('basis', models.CharField(choices=[('reported', 'On duty when it was reported'), ('accepted', 'Accepted a handover'), ('reopened', 'On duty when it was reopened'), ('set', 'Named when the action was set'), ('reassigned', 'Reassigned')], max_length=12)),
                ('is_fallback', models.BooleanField(default=False, help_text="The rota had a gap and the BCU's fallback officer stepped in.")),
                ('capacity', models.CharField(choices=[('owner', 'Owner'), ('inspector', 'Inspector')], max_length=12)),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='custody', to='mispers.incident')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('handover_item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='links', to='ownership.handoveritem')),
            ],
            options={
                'ordering': ['taken_at', 'pk'],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='35e9fb9753e98df2511f78f8c573d256967ef5e2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6864c', table='ownership_custodylink', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='7e340145a410ed92075d95a2e51b57c2b2f547e4', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_bf992', table='ownership_custodylink', when='BEFORE')), pgtrigger.compiler.Trigger(name='only_forward', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF EXISTS (\n        SELECT 1 FROM ownership_custodylink l\n        WHERE l.incident_id = NEW.incident_id AND l.capacity = NEW.capacity\n          AND l.taken_at >= NEW.taken_at\n    ) THEN\n        RAISE EXCEPTION 'a chain only grows forward: % of incident % is already held at %',\n            NEW.capacity, NEW.incident_id, NEW.taken_at;\n    END IF;\n    RETURN NEW;\n", hash='57ddf91551b5f6700b0e605a6f0fff0e2e9c5346', operation='INSERT', pgid='pgtrigger_only_forward_10760', table='ownership_custodylink', when='BEFORE')), pgtrigger.compiler.Trigger(name='keep_holding', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    INSERT INTO ownership_holding (incident_id, capacity, officer_id, since, link_id)\n    VALUES (NEW.incident_id, NEW.capacity, NEW.officer_id, NEW.taken_at, NEW.id)\n    ON CONFLICT (incident_id, capacity) DO UPDATE\n        SET officer_id = EXCLUDED.officer_id, since = EXCLUDED.since, link_id = EXCLUDED.link_id;\n    RETURN NEW;\n', hash='9057d55d03f2f27829d6a02e560480a4b4bfe7f7', operation='INSERT', pgid='pgtrigger_keep_holding_52bbf', table='ownership_custodylink', when='AFTER')), pgtrigger.compiler.Trigger(name='only_what_was_accepted', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.basis = 'accepted')", func="\n    IF NOT EXISTS (\n        SELECT 1 FROM ownership_handoveritem i\n        WHERE i.id = NEW.handover_item_id AND i.state = 'accepted'\n          AND i.decided_by_id = NEW.officer_id\n          AND i.incident_id = NEW.incident_id AND i.capacity = NEW.capacity\n    ) THEN\n        RAISE EXCEPTION 'nobody holds what they did not accept: % of incident %',\n            NEW.capacity, NEW.incident_id;\n    END IF;\n    RETURN NEW;\n", hash='8f46672010208e37f5b12eb9ffcd12ffccfe4fba', operation='INSERT', pgid='pgtrigger_only_what_was_accepted_a6b93', table='ownership_custodylink', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='HistoricalAction',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('title', models.CharField(max_length=200)),
                ('detail', models.TextField(blank=True)),
                ('priority', models.CharField(choices=[('routine', 'Routine'), ('urgent', 'Urgent')], default='routine', max_length=8)),
                ('due_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('open', 'Open'), ('completed', 'Completed'), ('proposed_not_pursued', 'Proposed not to be pursued'), ('not_pursued', 'Not pursued')], default='open', max_length=24)),
                ('result', models.TextField(blank=True)),
                ('not_pursued_reason', models.TextField(blank=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('set_at', models.DateTimeField()),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('ended_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('incident', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='mispers.incident')),
                ('proposed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('responsible', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('set_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical action',
                'verbose_name_plural': 'historical actions',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Holding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('capacity', models.CharField(choices=[('owner', 'Owner'), ('inspector', 'Inspector')], max_length=12)),
                ('since', models.DateTimeField()),
                ('incident', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='mispers.incident')),
                ('link', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ownership.custodylink')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'triggers': [pgtrigger.compiler.Trigger(name='only_from_links', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (pg_trigger_depth() < 1)', func="RAISE EXCEPTION 'a holding follows from the chain and is not written alone';", hash='794a6cb39020188ea7a37a86dcd7d94a58c44b19', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_only_from_links_1a073', table='ownership_holding', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='InboxItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('reminder', 'Reminder'), ('notice', 'Notice'), ('unread', 'Reminder not read')], max_length=8)),
                ('rung', models.PositiveSmallIntegerField(choices=[(0, 'Due soon'), (1, 'Due now'), (2, 'Overdue: to the inspector'), (3, 'Overdue: to the superintendent')], null=True)),
                ('due_at', models.DateTimeField(blank=True, null=True)),
                ('urgent', models.BooleanField(default=False)),
                ('title', models.CharField(max_length=300)),
                ('link', models.CharField(max_length=200)),
                ('raised_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(blank=True, null=True)),
                ('unread_escalates_at', models.DateTimeField(blank=True, null=True)),
                ('about', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='escalations', to='ownership.inboxitem')),
                ('deadline', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='ownership.deadline')),
                ('incident', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='told', to='mispers.incident')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inbox', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-raised_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('email', 'E-mail'), ('push', 'Phone or browser')], max_length=8)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('sent', 'Sent'), ('failed', 'Failed, will be tried again'), ('dropped', 'Not sent')], default='waiting', max_length=8)),
                ('attempts', models.PositiveIntegerField(default=0)),
                ('next_try_at', models.DateTimeField(blank=True, null=True)),
                ('leased_until', models.DateTimeField(blank=True, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='ownership.inboxitem')),
            ],
            options={
                'verbose_name_plural': 'deliveries',
                'ordering': ['item_id', 'channel'],
            },
        ),
        migrations.CreateModel(
            name='PushDevice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('endpoint', models.CharField(max_length=500, unique=True)),
                ('p256dh', models.CharField(max_length=120)),
                ('auth', models.CharField(max_length=40)),
                ('label', models.CharField(max_length=100)),
                ('added_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='push_devices', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['added_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Reach',
            fields=[
                ('officer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='reach', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('email', models.BooleanField(default=True)),
                ('quiet_from', models.TimeField(blank=True, null=True)),
                ('quiet_until', models.TimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name_plural': 'reaches',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('quiet_from__isnull', True), ('quiet_until__isnull', True)), models.Q(('quiet_from__isnull', False), ('quiet_until__isnull', False), models.Q(('quiet_from', models.F('quiet_until')), _negated=True)), _connector='OR'), name='reach_quiet_from_and_until')],
            },
        ),
        migrations.AddIndex(
            model_name='action',
            index=models.Index(condition=models.Q(('state__in', ['open', 'proposed_not_pursued'])), fields=['responsible', 'due_at'], name='action_open_by_officer'),
        ),
        migrations.AddIndex(
            model_name='action',
            index=models.Index(fields=['incident', 'due_at'], name='action_by_incident'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True), ('state__in', ['open', 'proposed_not_pursued'])), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), ('state__in', ['completed', 'not_pursued'])), _connector='OR'), name='action_ended_by_and_when'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'completed'), _negated=True), ('result__regex', '\\S'), _connector='OR'), name='action_completed_with_result'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['not_pursued', 'proposed_not_pursued']), _negated=True), ('not_pursued_reason__regex', '\\S'), _connector='OR'), name='action_not_pursued_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='action',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'not_pursued'), _negated=True), models.Q(('ended_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='action_not_pursued_approved_by_another'),
        ),
        migrations.AddConstraint(
            model_name='actionlink',
            constraint=models.UniqueConstraint(fields=('action', 'taken_at'), name='action_one_responsible_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='actionlink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('basis', 'reassigned'), _negated=True), ('reason__regex', '\\S'), _connector='OR'), name='action_reassigned_with_reason'),
        ),
        migrations.AddIndex(
            model_name='deadline',
            index=models.Index(condition=models.Q(('cancelled_at__isnull', True), ('met_at__isnull', True), ('next_rung_at__isnull', False)), fields=['next_rung_at', 'id'], name='deadline_rung_due'),
        ),
        migrations.AddIndex(
            model_name='deadline',
            index=models.Index(condition=models.Q(('cancelled_at__isnull', True), ('met_at__isnull', True)), fields=['incident', 'due_at'], name='deadline_open_by_incident'),
        ),
        migrations.AddIndex(
            model_name='deadline',
            index=models.Index(fields=['incident', 'code'], name='deadline_by_code'),
        ),
        migrations.AddConstraint(
            model_name='deadline',
            constraint=models.UniqueConstraint(condition=models.Q(('cancelled_at__isnull', True), ('met_at__isnull', True)), fields=('incident', 'code', 'subject'), name='deadline_open_once'),
        ),
        migrations.AddConstraint(
            model_name='deadline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('met_at__isnull', True), ('met_by__isnull', True)), models.Q(('met_at__isnull', False), ('met_by__isnull', False)), _connector='OR'), name='deadline_met_by_an_event'),
        ),
        migrations.AddConstraint(
            model_name='deadline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('because__isnull', True), ('late_from__isnull', True)), models.Q(('because__isnull', False), ('late_from__gte', models.F('due_at'))), _connector='OR'), name='deadline_at_once_by_an_event'),
        ),
        migrations.AddConstraint(
            model_name='deadline',
            constraint=models.CheckConstraint(condition=models.Q(('met_at__isnull', True), ('cancelled_at__isnull', True), _connector='OR'), name='deadline_met_or_cancelled'),
        ),
        migrations.AddIndex(
            model_name='handover',
            index=models.Index(fields=['receiver', '-offered_at'], name='handover_receiver'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('capacity__in', ['owner', 'inspector'])), name='handover_capacity_known'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('giver__isnull', True), models.Q(('giver', models.F('receiver')), _negated=True), _connector='OR'), name='handover_to_another'),
        ),
        migrations.AddConstraint(
            model_name='handoveritem',
            constraint=models.UniqueConstraint(fields=('handover', 'incident'), name='handover_incident_once'),
        ),
        migrations.AddConstraint(
            model_name='handoveritem',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'offered')), fields=('incident', 'capacity'), name='handover_one_open_offer'),
        ),
        migrations.AddConstraint(
            model_name='handoveritem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state', 'offered')), models.Q(models.Q(('state', 'offered'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='handover_item_decided_when'),
        ),
        migrations.AddConstraint(
            model_name='handoveritem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), _negated=True), ('reason__regex', '\\S'), _connector='OR'), name='handover_declined_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='handoveritem',
            constraint=models.CheckConstraint(condition=models.Q(('risk', ''), ('risk__in', ['reconfirmed', 'review_asked']), _connector='OR'), name='handover_risk_answer_known'),
        ),
        migrations.AddConstraint(
            model_name='custodylink',
            constraint=models.UniqueConstraint(fields=('incident', 'capacity', 'taken_at'), name='custody_one_holder_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='custodylink',
            constraint=models.CheckConstraint(condition=models.Q(('capacity__in', ['owner', 'inspector'])), name='custody_capacity_known'),
        ),
        migrations.AddConstraint(
            model_name='custodylink',
            constraint=models.UniqueConstraint(fields=('handover_item',), name='custody_accepted_once'),
        ),
        migrations.AddIndex(
            model_name='holding',
            index=models.Index(fields=['officer', 'capacity'], name='holding_by_officer'),
        ),
        migrations.AddConstraint(
            model_name='holding',
            constraint=models.UniqueConstraint(fields=('incident', 'capacity'), name='holding_one_holder'),
        ),
        migrations.AddIndex(
            model_name='inboxitem',
            index=models.Index(condition=models.Q(('read_at__isnull', True)), fields=['officer', '-raised_at'], name='inbox_unread'),
        ),
        migrations.AddIndex(
            model_name='inboxitem',
            index=models.Index(condition=models.Q(('read_at__isnull', True), ('unread_escalates_at__isnull', False)), fields=['unread_escalates_at', 'id'], name='inbox_unread_escalates'),
        ),
        migrations.AddConstraint(
            model_name='inboxitem',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'reminder')), fields=('deadline', 'rung', 'due_at', 'officer'), name='reminder_rung_once_per_officer'),
        ),
        migrations.AddConstraint(
            model_name='inboxitem',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'notice'), models.Q(('deadline__isnull', False), ('due_at__isnull', False), ('kind', 'reminder'), ('rung__isnull', False)), models.Q(('about__isnull', False), ('deadline__isnull', False), ('kind', 'unread'), ('rung__isnull', False)), _connector='OR'), name='reminder_names_deadline_and_rung'),
        ),
        migrations.AddConstraint(
            model_name='inboxitem',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'unread')), fields=('about', 'officer'), name='unread_once_per_officer'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('next_try_at__isnull', False)), fields=['next_try_at'], name='delivery_to_be_tried'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('next_try_at__isnull', False)), fields=['officer', 'channel'], name='delivery_of_officer'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('item', 'channel'), name='delivery_once_per_channel'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('next_try_at__isnull', False), ('sent_at__isnull', True), ('state__in', ['waiting', 'failed'])), models.Q(('leased_until__isnull', True), ('next_try_at__isnull', True), ('sent_at__isnull', False), ('state', 'sent')), models.Q(('leased_until__isnull', True), ('next_try_at__isnull', True), ('sent_at__isnull', True), ('state', 'dropped'), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='delivery_state_and_times'),
        ),
        core.migration_operations.InstallTriggers(
            models=['action', 'actionlink', 'custodylink', 'handoveritem', 'holding'],
        ),
    ]
