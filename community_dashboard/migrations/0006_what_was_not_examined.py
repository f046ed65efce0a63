"""A mark on posts that were read and are not yet examined.

It is empty for every post that is known already: those were examined when they came, or were there before us and looked at after
filling. So nothing is examined again because of this migration; what is read from now on carries the mark until it is examined.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("community_dashboard", "0005_asked_from_the_index"),
    ]

    operations = [
        migrations.AddField(
            model_name="forumpost",
            name="unexamined_since",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="forumpost",
            index=models.Index(fields=["unexamined_since"], name="forum_post_unexamined"),
        ),
    ]
