"""Who of the team wrote in a course, asked for each post that comes; and what rules, or people, decided of one kind."""

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
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(
                fields=["course_key", "automatic", "choice", "made_at"], name="decision_course_automatic"
            ),
        ),
    ]
