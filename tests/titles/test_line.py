"""One line of `auditor classify` in, one object out."""

from __future__ import annotations

import json

import pytest

from auditor.model import Unit
from auditor.read.titles import classify_line


def test_a_plain_title() -> None:
    assert classify_line("LRA Semester I TA 2024\n") == {
        "title": "LRA Semester I TA 2024",
        "kind": "lra",
        "years": [2024],
        "period": "S1",
        "unit": None,
        "confidence": pytest.approx(0.97),
    }


def test_an_object_with_context_and_address() -> None:
    line = json.dumps({"title": "Unduh", "context": "Ringkasan DPA > Dinas Kesehatan | 2023", "url": "/f/12.pdf"})
    answer = classify_line(line, (Unit("Dinas Kesehatan"),))
    assert (answer["title"], answer["kind"], answer["years"]) == ("Unduh", "dpa", [2023])
    assert answer["unit"] == "Dinas Kesehatan"


def test_what_names_nothing() -> None:
    answer = classify_line("Selengkapnya")
    assert (answer["kind"], answer["years"], answer["period"], answer["unit"]) == (None, [], None, None)


@pytest.mark.parametrize(
    "line",
    ['{"title": 5}', "{broken", "{}", '{"context": "DPA 2024"}', "[1]", "null", '{"title": "x"} y', "{" * 5000],
)
def test_a_line_that_is_no_such_object_is_a_title(line: str) -> None:
    assert classify_line(line)["title"] == line


def test_context_and_address_of_another_type_are_left_out() -> None:
    assert classify_line('{"title": "DPA 2024", "context": 5, "url": null}')["kind"] == "dpa"


def test_years_of_a_span_are_first_and_last() -> None:
    assert classify_line("Renstra 2019-2024")["years"] == [2019, 2024]
