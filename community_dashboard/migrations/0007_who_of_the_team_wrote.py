"""Who of the team wrote in a course, stepped through in an index: asked for each post that comes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("community_dashboard", "0006_what_was_not_examined"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="forumpost",
            index=models.Index(fields=["course_key", "by_staff", "author"], name="forum_post_by_team"),
        ),
    ]
