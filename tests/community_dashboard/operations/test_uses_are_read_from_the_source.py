"""The list of the platform's names is what the host files say, whatever way they say it."""

import ast
import keyword
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community_dashboard.operations.names import uses_of
from community_dashboard.operations.platform_names import host_files, uses_in
from community_dashboard.operations.uses import Attribute, Call, Each, Instance

ROOT = Path(__file__).resolve().parents[3]
PACKAGES = ("referral_xblock", "community_dashboard")
PLATFORM = ("openedx", "common", "lms", "cms", "xmodule")

quickly = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
words = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(lambda word: not keyword.iskeyword(word))
modules = (
    st.lists(words, min_size=1, max_size=3)
    .map(".".join)
    .filter(lambda name: name.split(".")[0] not in {*sys.stdlib_module_names, *PACKAGES})
)


def chains(source):
    return [(use.module, use.name, use.steps) for use in uses_in(source)]


@quickly
@given(module=modules, name=words, alias=words, attributes=st.lists(words, max_size=3), count=st.integers(0, 4))
def test_a_name_is_followed_under_any_alias(module, name, alias, attributes, count):
    path = "".join(f".{attribute}" for attribute in attributes)
    arguments = ", ".join("0" for _ in range(count))
    source = f"from {module} import {name} as {alias}\ndef verb(self):\n    return {alias}{path}({arguments})\n"
    steps = (*map(Attribute, attributes), Call(positional=count, texts=(None,) * count))
    assert chains(source) == [(module, name, ()), (module, name, steps)]


@quickly
@given(module=modules, attribute=words)
def test_a_module_is_followed_whether_it_has_an_alias_or_not(module, attribute):
    first, *rest = module.split(".")
    plain = chains(f"import {module}\n{module}.{attribute}()\n")
    renamed = chains(f"import {module} as short_name\nshort_name.{attribute}()\n")
    assert plain == [(module, "", ()), (first, "", (*map(Attribute, rest), Attribute(attribute), Call()))]
    assert renamed == [(module, "", ()), (module, "", (Attribute(attribute), Call()))]


@quickly
@given(keywords=st.lists(words, unique=True, max_size=4), text=words)
def test_keywords_and_written_texts_of_a_call_are_kept(keywords, text):
    passed = "".join(f", {word}=1" for word in keywords)
    source = f"from a_b.c import D\nD.objects.filter(**x).values_list({text!r}{passed})\n"
    *_before, last = uses_in(source)[-1].steps
    assert last == Call(positional=1, keywords=tuple(keywords), texts=(text,))
    assert uses_in(source)[-1].steps[2] == Call(open_ended=True)


@quickly
@given(
    name=words, error=st.sampled_from(["ImportError", "ModuleNotFoundError", "Exception", "(KeyError, ImportError)"])
)
def test_an_import_that_is_provided_for_is_optional(name, error):
    guarded = uses_in(f"try:\n    from a_b import {name}\nexcept {error}:\n    {name} = None\n{name}.c()\n")
    bare = uses_in(f"try:\n    from a_b import {name}\nexcept KeyError:\n    {name} = None\n")
    assert [use.optional for use in guarded if not use.steps] == [True]
    assert [use.optional for use in bare] == [False]
    assert guarded[-1].steps == (Attribute("c"), Call())


@pytest.mark.parametrize(
    ("body", "steps"),
    [
        ("rows = D.objects.filter(a=1)\n    rows.count()", ("objects", "filter", "()", "count", "()")),
        ("for row in D.objects.all():\n        row.user", ("objects", "all", "()", "each", "user")),
        ("[row.user for row in D.objects.all()]", ("objects", "all", "()", "each", "user")),
        ("(D if x else None).made", ("made",)),
        ("D(1).read(2).passed", ("()", "read", "()", "passed")),
        ("row: D = find()\n    row.title", ("instance", "title")),
        ("row: 'D | None' = find()\n    row.title", ("instance", "title")),
        ("getattr(D, 'title')", ("title",)),
        ("D.objects.all()[:10].first()", ("objects", "all", "()", "first", "()")),
        ("if (found := D()):\n        found.title", ("()", "title")),
    ],
)
def test_what_a_local_name_stands_for_is_followed(body, steps):
    use = uses_in(f"def verb():\n    from a_b.c import D\n    {body}\n")[-1]
    names = {Call: "()", Each: "each", Instance: "instance"}
    assert tuple(step.name if isinstance(step, Attribute) else names[type(step)] for step in use.steps) == steps


@pytest.mark.parametrize(
    "source",
    [
        "from __future__ import annotations\nimport os.path\nos.path.join(1)",
        "from referral_xblock.data import Course\nCourse.key",
        "from .neighbour import thing\nthing()",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from lms.djangoapps.x import Y",
    ],
)
def test_what_is_python_s_or_ours_or_for_type_checkers_is_left_out(source):
    assert uses_in(source) == []


def test_a_default_of_its_own_asks_for_nothing():
    assert [use.steps for use in uses_in("from a_b import c\ngetattr(c, 'd', None)")] == [()]


def test_a_name_that_means_something_else_now_is_no_longer_followed():
    assert [use.steps for use in uses_in("from a_b import c\ndef verb(c):\n    c.d\n")] == [()]
    assert [use.steps for use in uses_in("from a_b import c\nc = 1\nc.d\n")] == [()]


def test_a_fallback_knows_what_it_stands_in_for():
    source = "try:\n    from new.place import X\nexcept ImportError:\n    from old.place import X\nX.made()\n"
    uses = uses_in(source)
    assert uses[1].instead_of == (("new.place", "X"),)
    assert {(use.module, use.steps) for use in uses[2:]} == {
        (module, (Attribute("made"), Call())) for module in ("new.place", "old.place")
    }


def test_a_decorator_of_ours_that_catches_provides_for_private_functions_only():
    source = """
def or_else(verb):
    def answer(*a):
        try:
            return verb(*a)
        except KeyError:
            raise
        except ImportError:
            return None
    return answer

@or_else
def _address():
    from a_b import c

@or_else
def address():
    from a_b import d
"""
    assert {use.name: set(use.caught) for use in uses_in(source)} == {"c": {"ImportError"}, "d": set()}


def test_a_use_says_where_it_stands():
    use = uses_in("class Host:\n    def roles(self):\n        from a_b import c\n", "host/edx_platform.py")[0]
    assert (use.place, use.verb) == ("host/edx_platform.py:3", "Host.roles")


@pytest.mark.parametrize("package", PACKAGES)
def test_every_import_of_the_platform_in_the_host_files_is_in_the_list(package):
    wanted = set()
    for path in host_files(ROOT / package):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in PLATFORM:
                wanted |= {(node.module, alias.name) for alias in node.names}
            if isinstance(node, ast.Import):
                wanted |= {(alias.name, "") for alias in node.names if alias.name.split(".")[0] in PLATFORM}
    listed = {(use.module, use.name) for use in uses_of(package) if not use.steps}
    assert wanted
    assert wanted <= listed


@pytest.mark.parametrize("package", PACKAGES)
def test_the_files_named_in_the_list_are_there(package):
    assert {use.file for use in uses_of(package) if not (ROOT / use.file).is_file()} == set()
