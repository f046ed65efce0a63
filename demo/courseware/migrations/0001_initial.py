
from django.db import migrations, models

import demo.courseware.fields


class Migration(migrations.Migration):

    initial = True

    dependencies: list = [
    ]

    operations = [
        migrations.CreateModel(
            name='Course',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('course_key', demo.courseware.fields.CourseKeyField(case_sensitive=True, max_length=255, unique=True)),
                ('title', models.CharField(max_length=255)),
                ('organisation', models.CharField(max_length=255)),
                ('number', models.CharField(max_length=255)),
                ('run', models.CharField(max_length=255)),
                ('summary', models.TextField(blank=True)),
                ('overview_html', models.TextField(blank=True)),
                ('language', models.CharField(blank=True, max_length=20)),
                ('start', models.DateTimeField(null=True)),
                ('end', models.DateTimeField(null=True)),
                ('open_to_public', models.BooleanField(default=True)),
                ('graded', models.BooleanField(default=False)),
                ('passing_share', models.FloatField(default=0.5)),
                ('picture', models.CharField(blank=True, max_length=255)),
                ('files', models.JSONField(default=dict)),
                ('loaded', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='FieldValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('scope', models.CharField(max_length=40)),
                ('scope_id', models.CharField(blank=True, max_length=255)),
                ('user_key', models.CharField(blank=True, max_length=40)),
                ('field_name', models.CharField(max_length=255)),
                ('value', models.JSONField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['scope_id', 'user_key'], name='courseware_value_block')],
            },
        ),
        migrations.CreateModel(
            name='Block',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('course_key', demo.courseware.fields.CourseKeyField(case_sensitive=True, max_length=255)),
                ('usage_key', demo.courseware.fields.UsageKeyField(case_sensitive=True, max_length=255, unique=True)),
                ('block_type', models.CharField(max_length=64)),
                ('parent', demo.courseware.fields.UsageKeyField(blank=True, case_sensitive=True, max_length=255)),
                ('unit', demo.courseware.fields.UsageKeyField(blank=True, case_sensitive=True, max_length=255)),
                ('position', models.PositiveIntegerField(default=0)),
                ('display_name', models.CharField(blank=True, max_length=255)),
                ('completable', models.BooleanField(default=False)),
                ('graded', models.BooleanField(default=False)),
                ('authored', models.JSONField(default=dict)),
            ],
            options={
                'indexes': [models.Index(fields=['course_key', 'block_type'], name='courseware_block_type'), models.Index(fields=['unit', 'position'], name='courseware_block_unit'), models.Index(fields=['parent', 'position'], name='courseware_block_parent')],
            },
        ),
    ]
