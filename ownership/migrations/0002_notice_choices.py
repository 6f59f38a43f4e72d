import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    # Nothing changes in the database: the table keeps its name for the release still running.

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('ownership', '0001_initial'),
    ]

    operations = [
        migrations.AlterModelTable(name='reach', table='ownership_reach'),
        migrations.RenameModel(old_name='Reach', new_name='NoticeChoices'),
        migrations.AlterModelOptions(
            name='noticechoices',
            options={'verbose_name': 'notice choices', 'verbose_name_plural': 'notice choices'},
        ),
        migrations.AlterField(
            model_name='noticechoices',
            name='officer',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='notice_choices', serialize=False, to=settings.AUTH_USER_MODEL),
        ),
    ]
