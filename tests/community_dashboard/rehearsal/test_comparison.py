"""What a rehearsal counts, and what it shows."""

from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from community_dashboard.rehearsal.comparison import EXAMPLES, Case, Comparison, Example, Row, compare

WORDS = {"credited": "Credited", "held": "Held", "gone": "Not credited"}


def described(cases):
    return [Example(f"person {case.subject}", WORDS[case.before], WORDS[case.after]) for case in cases]


def compared(*cases, **options):
    return compare(cases, words=WORDS, describe=described, **options)


def test_cases_are_counted_before_and_after():
    found = compared(Case(1, "credited", "held"), Case(2, "credited", "credited"), Case(3, "held", "held"))
    assert found.rows == (Row("Credited", 2, 1), Row("Held", 1, 2))
    assert [row.change for row in found.rows] == [-1, 1]
    assert (found.total, found.changed) == (3, 1)
    assert found.examples == (Example("person 1", "Credited", "Held"),)


def test_at_most_ten_examples_are_described_and_in_one_go():
    asked = []

    def describe(cases):
        asked.append(len(cases))
        return described(cases)

    found = compare((Case(n, "credited", "gone") for n in range(25)), words=WORDS, describe=describe)
    assert asked == [EXAMPLES]
    assert len(found.examples) == EXAMPLES
    assert found.changed == 25


@given(st.lists(st.builds(Case, st.integers(), st.sampled_from(list(WORDS)), st.sampled_from(list(WORDS)))))
def test_no_case_is_lost_or_counted_twice(cases):
    found = compared(*cases)
    assert sum(row.before for row in found.rows) == sum(row.after for row in found.rows) == found.total == len(cases)


def drawn(rehearsal: Comparison) -> str:
    return " ".join(render_to_string("community_dashboard/rehearsal.html", {"rehearsal": rehearsal}).split())


def test_the_page_says_that_nothing_happened_or_that_nothing_would_change():
    assert "Nothing happened in the last 14 days" in drawn(compared())
    assert "Nothing would have gone another way" in drawn(compared(Case(1, "held", "held")))


def test_the_page_shows_figures_and_examples_and_escapes_names():
    example = Example("<script>x</script>", "Credited", "Held", url="/somewhere/")
    page = drawn(Comparison(14, 3, 1, (Row("Credited", 2, 1),), (example,)))
    assert "1 case would have gone another way." in page
    assert "&lt;script&gt;" in page
    assert '<a href="/somewhere/">' in page
