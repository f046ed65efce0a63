"""The tries of names, on libraries that are really there: what holds passes, each kind of miss is told."""

import pytest

from community_dashboard.operations.platform_names import uses_in
from community_dashboard.operations.resolving import resolve

USERS = "from django.contrib.auth import get_user_model\nfrom django.db.models import Q\nget_user_model().objects"
TRY = "try:\n    from completion.{} import {} as B\nexcept ImportError:\n    from completion.{} import {} as B\n"
THERE, GONE, LOST = ("models", "BlockCompletion"), ("gone", "B"), ("lost", "B")
HOLDS = [
    "from completion.models import BlockCompletion\n"
    "rows = BlockCompletion.objects.filter(user__username='x', created__date__gte=1, completion__gt=0)\n"
    "for row in rows.values_list('user_id', flat=True).order_by('-modified')[:5]:\n    row.anything\n",
    "from completion.models import BlockCompletion\nBlockCompletion.objects.submit_completion('u', 'k', completion=1.0)",
    "from completion.models import BlockCompletion as B\nfor row in B.objects.all():\n    row.user.get_full_name()\n",
    "from openedx_filters.learning.filters import CourseEnrollmentStarted\nCourseEnrollmentStarted.run_filter(1, 2, 'honor')",
    "import openedx_events.learning.signals\nopenedx_events.learning.signals.CERTIFICATE_CREATED.connect(f, dispatch_uid='x')",
    "from forum import api\napi.create_thread('t', 'b', 'course', 'user', thread_type='question')",
    "from forum.backends.mysql.models import CommentThread, Comment\n"
    "threads = CommentThread.objects.annotate(votes_count=1).filter(votes_count=2).exclude(author=1)\n"
    "Comment.objects.filter(comment_thread__in=threads).first().author.username\n",
    f"{USERS}.filter(Q(username=1) | Q(email=2)).count()",
    "from django.conf import settings\nsettings.SECRET_KEY.strip()",
    "from django.urls import reverse\nreverse('community_dashboard:overview', args=['x'])\nreverse(name)",
    "from django.apps import apps\napps.get_model('completion', 'BlockCompletion').objects.filter(user=1)",
    "from importlib import import_module\nimport_module('completion.models').BlockCompletion",
    "from opaque_keys.edx.keys import CourseKey\ndef verb(key: CourseKey):\n    key.make_usage_key('html', 'x')",
    "from xblock.core import XBlock\nXBlock.needs('i18n')",
]
MISSES = [
    ("from nowhere_at_all import x", "import", "There is no module nowhere_at_all"),
    ("import completion.not_there", "import", "There is no module completion.not_there"),
    ("from completion.models import NotThere", "import", "completion.models has no “NotThere”"),
    (
        "from importlib import import_module\nimport_module('completion.gone')",
        "import",
        "There is no module completion.gone",
    ),
    (
        "from django.apps import apps\napps.get_model('completion', 'Gone')",
        "import",
        "App 'completion' doesn't have a 'Gone' model.",
    ),
    ("from completion import models\nmodels.Nothing()", "attribute", "models has no “Nothing”"),
    (
        "from completion.models import BlockCompletion as B\nB.objects.gone()",
        "attribute",
        "BlockCompletion.objects has no “gone”",
    ),
    (
        "from completion.models import BlockCompletion\nfor row in BlockCompletion.objects.all():\n    row.user.is_gone()",
        "attribute",
        "an object of User has no “is_gone”",
    ),
    ("from django.conf import settings\nsettings.NOT_THERE", "attribute", "settings has no “NOT_THERE”"),
    (
        "from completion.models import BlockCompletion\nBlockCompletion.objects.filter(user=1, gone=2)",
        "field",
        "rows of BlockCompletion have no field “gone”",
    ),
    (
        "from completion.models import BlockCompletion\nBlockCompletion.objects.filter(user__gone__in=[])",
        "field",
        "rows of BlockCompletion have no field “user__gone__in”",
    ),
    (
        "from completion.models import BlockCompletion\nrows = BlockCompletion.objects.all()\nrows.values_list('user', 'gone')",
        "field",
        "rows of BlockCompletion have no field “gone”",
    ),
    (
        f"{USERS}.filter(Q(gone=1))",
        "field",
        "rows of User have no field “gone”",
    ),
    (
        "from completion.models import BlockCompletion\nBlockCompletion(gone=1)",
        "field",
        "BlockCompletion has no field “gone”",
    ),
    (
        "from django.urls import reverse\nreverse('not_an_address')",
        "address",
        "There is no address of the name “not_an_address”",
    ),
    (
        "from django.urls import reverse\nreverse('none:overview')",
        "address",
        "There is no address of the name “none:overview”",
    ),
]
CALLS = [
    ("from forum import api\napi.create_thread('t', 'b', 'c', 'u', gone=1)", "unexpected keyword argument 'gone'"),
    ("from forum import api\napi.create_thread('t')", "missing a required argument"),
    (
        "from openedx_filters.learning.filters import CourseEnrollmentStarted as F\nF.run_filter(1, 2, 3, 4)",
        "too many positional",
    ),
    (
        "from completion.models import BlockCompletion as B\nB.objects.submit_completion('u', 'k')",
        "missing a required argument",
    ),
    (
        "from opaque_keys.edx.keys import CourseKey\ndef verb(key: CourseKey):\n    key.make_usage_key('html')",
        "missing a required",
    ),
]


def tried(source):
    return resolve(uses_in(source, "host.py"))


@pytest.mark.parametrize("source", HOLDS)
def test_what_is_there_is_no_miss(source):
    assert [miss.words for miss in tried(source).misses] == []


@pytest.mark.parametrize(("source", "kind", "words"), MISSES)
def test_what_is_not_there_is_told_in_words(source, kind, words):
    assert [(miss.kind, miss.words, miss.degrades) for miss in tried(source).misses] == [(kind, words, False)]


@pytest.mark.parametrize(("source", "words"), CALLS)
def test_a_call_that_would_be_refused_is_told(source, words):
    (miss,) = tried(source).misses
    assert miss.kind == "parameters"
    assert words in miss.words


@pytest.mark.parametrize(
    ("error", "line"),
    [
        ("ImportError", "from completion.models import Gone"),
        ("AttributeError", "BlockCompletion.gone"),
        ("TypeError", "BlockCompletion.objects.submit_completion()"),
        ("Exception", "BlockCompletion.objects.filter(gone=1)"),
    ],
)
def test_what_the_file_provides_for_degrades(error, line):
    source = f"from completion.models import BlockCompletion\ntry:\n    {line}\nexcept {error}:\n    pass\n"
    assert [miss.degrades for miss in tried(source).misses] == [True]
    other = source.replace(f"except {error}", "except KeyError")
    assert [miss.degrades for miss in tried(other).misses] == [False]


def test_a_fallback_makes_the_miss_good_and_is_not_asked_for_where_it_is_not_needed():
    for source in (TRY.format(*GONE, *THERE), TRY.format(*THERE, *GONE)):
        assert tried(source + "B.objects.filter(user=1)").misses == []
    neither = TRY.format(*GONE, *LOST)
    assert {miss.words: miss.degrades for miss in tried(neither).misses} == {
        "There is no module completion.gone": True,
        "There is no module completion.lost": False,
    }


def test_one_miss_is_told_once_and_where_it_is_not_provided_for():
    source = "def one():\n    try:\n        from gone_away import x\n    except ImportError:\n        pass\n"
    source += "def two():\n    from gone_away import x\n    x.y\n"
    (miss,) = tried(source).misses
    assert (miss.use.verb, miss.degrades) == ("two", False)


def test_an_attribute_that_objects_give_themselves_is_no_miss():
    source = "from xblock.runtime import KvsFieldData\ndef verb(data: KvsFieldData):\n    data._kvs\n    data.gone\n"
    assert [miss.words for miss in tried(source).misses] == ["an object of KvsFieldData has no “gone”"]


def test_a_walk_that_depends_on_an_answer_is_counted_and_no_miss():
    walks = tried("from crum import get_current_request\nget_current_request().user.whatever\n")
    assert (walks.misses, walks.unfinished) == ([], 1)
