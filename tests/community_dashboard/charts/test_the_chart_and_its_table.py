"""What chart.html writes: a finding as heading, numbers for the script, the same numbers in a table that is open."""

import json
import re

from django.template.loader import render_to_string

from community_dashboard.charts.charts import Chart, Drawing, Series, Shape
from community_dashboard.charts.figures import Number, Row

HOSTILE = '</script><img src=x onerror=alert(1)>"'


def chart(**changed):
    drawing = Drawing(Shape.BARS, ("Monday", HOSTILE), (Series("Threads", (3, None), apart=True),), axis=("Mon", ""))
    rows = (Row("Monday", (Number("3", "/list/"),)), Row(HOSTILE, (Number("–"),)))
    fields = {"name": "forum", "title": "In the forum", "finding": "Three threads.", "drawing": drawing}
    return Chart(**(fields | {"columns": ("Day", "Threads"), "rows": rows} | changed))


def html_of(one):
    return render_to_string("community_dashboard/chart.html", {"chart": one})


def test_the_numbers_stand_in_an_open_table_without_any_script():
    html = html_of(chart())
    assert '<details class="chart-numbers" open>' in html
    assert '<a href="/list/"><bdi>3</bdi></a>' in html
    assert html.index("Three threads.") < html.index("<table")


def test_the_script_gets_the_same_numbers_as_data():
    (text,) = re.findall(r'<script id="forum-data" type="application/json">(.*?)</script>', html_of(chart()), re.DOTALL)
    assert json.loads(text) == {
        "shape": "bars",
        "labels": ["Monday", HOSTILE],
        "axis": ["Mon", ""],
        "perCent": False,
        "within": False,
        "series": [{"name": "Threads", "values": [3, None], "compared": False, "apart": True}],
    }


def test_what_people_wrote_is_no_markup():
    html = html_of(chart())
    assert "<img" not in html and html.count("</script>") == 1


def test_where_there_is_nothing_there_is_the_sentence_alone():
    html = html_of(chart(drawing=None, rows=(), finding="Nobody wrote."))
    assert "Nobody wrote." in html
    assert "<details" not in html and "<script" not in html and "chart-drawing" not in html


def test_no_style_and_no_handler_stands_in_the_markup():
    html = html_of(chart(rows=(), note="A note.", beside=Number("See them", "/them/")))
    outside = re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    assert re.search(r"\s(style|on\w+)=", outside) is None
    assert '<a href="/them/">See them</a>' in html
