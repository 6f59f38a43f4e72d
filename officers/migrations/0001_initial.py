import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import oauth2_provider.generators
import oauth2_provider.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='BCU',
            fields=[
                ('code', models.CharField(max_length=4, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=100)),
                ('boroughs', models.CharField(max_length=200)),
            ],
            options={
                'verbose_name': 'BCU',
                'ordering': ['code'],
            },
        ),
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
                ('bcu', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='officers', to='officers.bcu')),
            ],
            options={
                'indexes': [models.Index(fields=['bcu', 'role'], name='officer_bcu_role')],
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['frontline', 'duty_inspector', 'safeguarding_di', 'missing_persons_unit', 'superintendent', 'assurance_board', 'records'])), name='officer_role_known'), models.CheckConstraint(condition=models.Q(('rank__in', ['staff', 'pc', 'dc', 'ps', 'ds', 'insp', 'di', 'ci', 'dci', 'supt', 'cmdr'])), name='officer_rank_known')],
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
        migrations.CreateModel(
            name='Training',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('course', models.CharField(choices=[('risk_assessment', 'Risk assessment'), ('exploitation', 'Child exploitation')], max_length=24)),
                ('passed_on', models.DateField()),
                ('lapses_on', models.DateField()),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='training', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['officer', 'course'], name='training_officer')],
                'constraints': [models.CheckConstraint(condition=models.Q(('lapses_on__gt', models.F('passed_on'))), name='training_lapses_after_pass'), models.UniqueConstraint(fields=('officer', 'course', 'passed_on'), name='training_once_per_day')],
            },
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
            name='Shift',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('frontline', 'Frontline officer'), ('duty_inspector', 'Duty inspector'), ('safeguarding_di', 'Safeguarding DI'), ('missing_persons_unit', 'Missing Persons Unit'), ('superintendent', 'Superintendent'), ('assurance_board', 'Assurance board'), ('records', 'Records and disclosure')], max_length=24)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('bcu', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shifts', to='officers.bcu')),
                ('officer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shifts', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['bcu', 'role', 'starts_at'], name='shift_lookup'), models.Index(fields=['officer', 'starts_at'], name='shift_of_officer')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='shift_ends_after_start'), models.CheckConstraint(condition=models.Q(('role__in', ['frontline', 'duty_inspector', 'safeguarding_di', 'missing_persons_unit', 'superintendent', 'assurance_board', 'records'])), name='shift_role_known'), models.UniqueConstraint(fields=('bcu', 'role', 'officer', 'starts_at'), name='shift_once')],
            },
        ),
        migrations.AddField(
            model_name='officer',
            name='team',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='officers', to='officers.team'),
        ),
        migrations.AddField(
            model_name='bcu',
            name='fallback_officer',
            field=models.ForeignKey(blank=True, help_text='Answers where the rota has a gap.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
    ]
