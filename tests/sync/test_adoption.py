"""What a record says when a later row of it comes back that lacks what may not leave."""

from __future__ import annotations

from app.forms.catalogue import form_for_kind
from app.forms.spec import Kind, Leaves
from app.sync.catching_up import later


def test_what_came_is_later_and_what_never_leaves_stays() -> None:
    held = {"sex": "female", "education": "basic", "birth": "1994-05-14", "birth_year": 1994, "code": "K7M4-29Q"}
    came = {"sex": "female", "education": "higher", "birth_year": 1994, "code": "K7M4-29Q"}
    assert later("person", held, came) == {**held, "education": "higher"}


def test_an_answer_that_was_emptied_later_stays_empty_where_it_always_leaves() -> None:
    assert "education" not in later("person", {"sex": "male", "education": "basic"}, {"sex": "male"})


def test_cells_that_stay_are_kept_row_by_row() -> None:
    form = form_for_kind("identity")
    names = next(field for field in form.fields if field.name == "names")
    assert names.kind is Kind.ROWS
    held = {"names": [{"surname": "Коваль", "given": "Анна"}, {"surname": "Старая"}]}
    came = {"names": [{"surname": "Ковалёва"}]}
    merged = later("identity", held, came)["names"]
    kept = {cell.name for cell in names.row if cell.leaves is not Leaves.ALWAYS}
    assert merged == [{"surname": "Ковалёва", **({"given": "Анна"} if "given" in kept else {})}]
    longer = later("identity", came, held)["names"]
    assert [row["surname"] for row in longer] == ["Коваль", "Старая"]


def test_a_row_from_nothing_is_as_it_came() -> None:
    assert later("need", {}, {"category": "medical", "progress": "met"}) == {"category": "medical", "progress": "met"}
