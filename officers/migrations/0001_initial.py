import core.db.migration_operations
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import oauth2_provider.generators
import oauth2_provider.models
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Officer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(max_length=40, unique=True)),
                ('given_name', models.CharField(max_length=80)),
                ('family_name', models.CharField(max_length=80)),
                ('rank', models.CharField(choices=[('staff', 'Police staff'), ('pc', 'PC'), ('dc', 'DC'), ('ps', 'PS'), ('ds', 'DS'), ('insp', 'Inspector'), ('di', 'DI'), ('ci', 'Chief Inspector'), ('dci', 'DCI'), ('supt', 'Superintendent'), ('cmdr', 'Commander')], max_length=8)),
                ('number', models.CharField(blank=True, max_length=16, verbose_name='collar number')),
                ('role', models.CharField(choices=[('frontline', 'Frontline officer'), ('duty_inspector', 'Duty inspector'), ('safeguarding_di', 'Safeguarding DI'), ('missing_persons_unit', 'Missing Persons Unit'), ('superintendent', 'Superintendent'), ('assurance_board', 'Assurance board'), ('records', 'Records and disclosure')], max_length=24)),
                ('email', models.EmailField(max_length=254)),
                ('is_active', models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('sick', 'Sick'), ('leave', 'On leave'), ('duty_elsewhere', 'On duty elsewhere'), ('other', 'Away for another reason')], max_length=16)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('recorded_at', models.DateTimeField()),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='absences', to=settings.AUTH_USER_MODEL)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['starts_at', 'pk'],
                'indexes': [models.Index(fields=['officer', 'starts_at'], name='absence_of_officer')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='absence_ends_after_start'), models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), ('ended_at__lte', models.F('ends_at')), _connector='OR'), name='absence_ended_before_its_end')],
            },
        ),
        migrations.CreateModel(
            name='BCU',
            fields=[
                ('code', models.CharField(max_length=4, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=100)),
                ('boroughs', models.CharField(max_length=200)),
                ('fallback_officer', models.ForeignKey(blank=True, help_text='Answers where the rota has a gap.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'BCU',
                'ordering': ['code'],
            },
        ),
        migrations.AddField(
            model_name='officer',
            name='bcu',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='officers', to='officers.bcu'),
        ),
        migrations.CreateModel(
            name='Client',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('client_id', models.CharField(db_index=True, default=oauth2_provider.generators.generate_client_id, max_length=255, unique=True, verbose_name='client ID')),
                ('redirect_uris', models.TextField(blank=True, help_text='Allowed URIs list, space separated', verbose_name='redirect URIs')),
                ('post_logout_redirect_uris', models.TextField(blank=True, default='', help_text='Allowed Post Logout URIs list, space separated', verbose_name='post logout redirect URIs')),
                ('client_secret', oauth2_provider.models.ClientSecretField(blank=True, db_index=True, default=oauth2_provider.generators.generate_client_secret, help_text='Client secret for authentication', max_length=255, verbose_name='client secret')),
                ('hash_client_secret', models.BooleanField(default=True, verbose_name='hash client secret')),
                ('skip_authorization', models.BooleanField(default=False, verbose_name='skip authorization')),
                ('created', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('updated', models.DateTimeField(auto_now=True, verbose_name='updated')),
                ('algorithm', models.CharField(blank=True, choices=[('', 'No OIDC support'), ('RS256', 'RSA with SHA-2 256'), ('HS256', 'HMAC with SHA-2 256')], default='', max_length=5, verbose_name='algorithm')),
                ('allowed_origins', models.TextField(blank=True, default='', help_text='Allowed origins list to enable CORS, space separated', verbose_name='allowed origins')),
                ('registration_source', models.CharField(choices=[('manual', 'Manual'), ('dcr', 'Dynamic Client Registration'), ('cimd', 'Client ID Metadata Document')], default='manual', help_text='How this application was registered (manual, DCR per RFC 7591, or CIMD)', max_length=32, verbose_name='registration source')),
                ('cimd_expires_at', models.DateTimeField(blank=True, default=None, help_text='When the cached Client ID Metadata Document should be re-fetched', null=True, verbose_name='CIMD expires at')),
                ('name', models.CharField(max_length=100, unique=True)),
                ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), blank=True, default=list, size=None)),
                ('force_wide', models.BooleanField(default=False)),
                ('acts_for_officers', models.BooleanField(default=False)),
                ('is_active', models.BooleanField(default=True)),
                ('requests_per_minute', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)])),
                ('client_type', models.CharField(choices=[('confidential', 'Confidential'), ('public', 'Public')], default='confidential', editable=False, max_length=32)),
                ('authorization_grant_type', models.CharField(choices=[('authorization-code', 'Authorization code'), ('urn:ietf:params:oauth:grant-type:device_code', 'Device Code'), ('implicit', 'Implicit'), ('password', 'Resource owner password-based'), ('client-credentials', 'Client credentials'), ('openid-hybrid', 'OpenID connect hybrid')], default='client-credentials', editable=False, max_length=44)),
                ('bcus', models.ManyToManyField(blank=True, related_name='clients', to='officers.bcu')),
                ('user', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('client_type', 'confidential'), ('hash_client_secret', True), ('authorization_grant_type', 'client-credentials')), name='client_credentials_only')],
            },
        ),
        migrations.CreateModel(
            name='RotaGap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('frontline', 'Frontline officer'), ('duty_inspector', 'Duty inspector'), ('safeguarding_di', 'Safeguarding DI'), ('missing_persons_unit', 'Missing Persons Unit'), ('superintendent', 'Superintendent'), ('assurance_board', 'Assurance board'), ('records', 'Records and disclosure')], max_length=24)),
                ('day', models.DateField()),
                ('turn', models.CharField(max_length=8)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('found_at', models.DateTimeField()),
                ('filled_at', models.DateTimeField(blank=True, null=True)),
                ('bcu', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rota_gaps', to='officers.bcu')),
            ],
            options={
                'ordering': ['starts_at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('filled_at__isnull', True)), fields=('bcu', 'role', 'day', 'turn'), name='rota_gap_told_once')],
            },
        ),
        migrations.CreateModel(
            name='Shift',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('frontline', 'Frontline officer'), ('duty_inspector', 'Duty inspector'), ('safeguarding_di', 'Safeguarding DI'), ('missing_persons_unit', 'Missing Persons Unit'), ('superintendent', 'Superintendent'), ('assurance_board', 'Assurance board'), ('records', 'Records and disclosure')], max_length=24)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('taken_out_at', models.DateTimeField(blank=True, null=True)),
                ('absence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='shifts', to='officers.absence')),
                ('bcu', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shifts', to='officers.bcu')),
                ('covers', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='covered_by', to='officers.shift')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shifts', to=settings.AUTH_USER_MODEL)),
                ('replaces', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='officers.shift')),
                ('taken_out_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'triggers': [pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='32c1c1120b6275349bb2583406dc585533b7c706', operation='DELETE', pgid='pgtrigger_never_deleted_9cb0e', table='officers_shift', when='BEFORE')), pgtrigger.compiler.Trigger(name='never_edited', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."bcu_id" IS DISTINCT FROM (NEW."bcu_id") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."officer_id" IS DISTINCT FROM (NEW."officer_id") OR OLD."starts_at" IS DISTINCT FROM (NEW."starts_at") OR OLD."ends_at" IS DISTINCT FROM (NEW."ends_at") OR OLD."replaces_id" IS DISTINCT FROM (NEW."replaces_id") OR OLD."covers_id" IS DISTINCT FROM (NEW."covers_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='4f61a4226775df4ebc8608e5e24b21998ba80ff1', operation='UPDATE', pgid='pgtrigger_never_edited_73792', table='officers_shift', when='BEFORE'))],
                'indexes': [models.Index(fields=['bcu', 'role', 'starts_at'], name='shift_lookup'), models.Index(fields=['officer', 'starts_at'], name='shift_of_officer')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='shift_ends_after_start'), models.CheckConstraint(condition=models.Q(('role__in', ['frontline', 'duty_inspector', 'safeguarding_di', 'missing_persons_unit', 'superintendent', 'assurance_board', 'records'])), name='shift_role_known'), models.CheckConstraint(condition=models.Q(models.Q(('taken_out_at__isnull', True), ('taken_out_by__isnull', True)), models.Q(('taken_out_at__isnull', False), ('taken_out_by__isnull', False)), _connector='OR'), name='shift_taken_out_by_and_when'), models.CheckConstraint(condition=models.Q(('absence__isnull', True), ('taken_out_at__isnull', False), _connector='OR'), name='shift_of_absent_officer_taken_out'), models.UniqueConstraint(condition=models.Q(('taken_out_at__isnull', True)), fields=('bcu', 'role', 'officer', 'starts_at'), name='shift_once'), models.UniqueConstraint(condition=models.Q(('taken_out_at__isnull', True)), fields=('covers',), name='shift_covered_by_one')],
            },
        ),
        migrations.CreateModel(
            name='Swap',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('offered', 'Waiting'), ('accepted', 'Accepted'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='offered', max_length=12)),
                ('offered_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('giver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('in_return', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='officers.shift')),
                ('receiver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('shift', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='swaps', to='officers.shift')),
            ],
            options={
                'ordering': ['-offered_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'offered')), fields=('shift',), name='swap_one_open_offer'), models.CheckConstraint(condition=models.Q(('giver', models.F('receiver')), _negated=True), name='swap_with_another_officer'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state', 'offered')), models.Q(models.Q(('state', 'offered'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='swap_decided_when')],
            },
        ),
        migrations.CreateModel(
            name='Team',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
                ('bcu', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teams', to='officers.bcu')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('bcu', 'name'), name='team_name_once_per_bcu')],
            },
        ),
        migrations.AddField(
            model_name='officer',
            name='team',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='officers', to='officers.team'),
        ),
        migrations.CreateModel(
            name='Training',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('course', models.CharField(choices=[('risk_assessment', 'Risk assessment'), ('exploitation', 'Child exploitation')], max_length=24)),
                ('passed_on', models.DateField()),
                ('lapses_on', models.DateField()),
                ('because', models.TextField(blank=True)),
                ('counts', models.BooleanField(default=True)),
                ('recorded_at', models.DateTimeField(blank=True, null=True)),
                ('corrects', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='correction', to='officers.training')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='training', to=settings.AUTH_USER_MODEL)),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d2f063e00837cbb6084e0440aa3e0fa982607332', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c5041', table='officers_training', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;", hash='ba71a5b9ccb5b85cf5992165a43579a172841617', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_1751e', table='officers_training', when='BEFORE')), pgtrigger.compiler.Trigger(name='corrects_the_same', sql=pgtrigger.compiler.UpsertTriggerSql(func="\n    IF NEW.corrects_id IS NOT NULL AND NOT EXISTS (\n        SELECT 1 FROM officers_training t\n        WHERE t.id = NEW.corrects_id\n          AND t.officer_id = NEW.officer_id AND t.course = NEW.course\n    ) THEN\n        RAISE EXCEPTION 'a correction of training is about the same officer and course';\n    END IF;\n    RETURN NEW;\n", hash='80d9365444d4c4f452ea2af359a5a1a0568b31f2', operation='INSERT', pgid='pgtrigger_corrects_the_same_4c252', table='officers_training', when='BEFORE'))],
                'indexes': [models.Index(fields=['officer', 'course'], name='training_officer')],
                'constraints': [models.CheckConstraint(condition=models.Q(('lapses_on__gt', models.F('passed_on'))), name='training_lapses_after_pass'), models.UniqueConstraint(condition=models.Q(('corrects__isnull', True)), fields=('officer', 'course', 'passed_on'), name='training_once_per_day'), models.CheckConstraint(condition=models.Q(models.Q(('corrects__isnull', True), ('counts', True)), models.Q(('because__regex', '\\S'), ('corrects__isnull', False)), _connector='OR'), name='training_corrected_with_reason'), models.CheckConstraint(condition=models.Q(models.Q(('recorded_at__isnull', True), ('recorded_by__isnull', True)), models.Q(('recorded_at__isnull', False), ('recorded_by__isnull', False)), _connector='OR'), name='training_recorded_by_and_when'), models.CheckConstraint(condition=models.Q(('recorded_by__isnull', True), models.Q(('recorded_by', models.F('officer')), _negated=True), _connector='OR'), name='training_recorded_by_another')],
            },
        ),
        migrations.AddIndex(
            model_name='officer',
            index=models.Index(fields=['bcu', 'role'], name='officer_bcu_role'),
        ),
        migrations.AddConstraint(
            model_name='officer',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['frontline', 'duty_inspector', 'safeguarding_di', 'missing_persons_unit', 'superintendent', 'assurance_board', 'records'])), name='officer_role_known'),
        ),
        migrations.AddConstraint(
            model_name='officer',
            constraint=models.CheckConstraint(condition=models.Q(('rank__in', ['staff', 'pc', 'dc', 'ps', 'ds', 'insp', 'di', 'ci', 'dci', 'supt', 'cmdr'])), name='officer_rank_known'),
        ),
        core.db.migration_operations.InstallTriggers(
            models=['shift', 'training'],
        ),
    ]
