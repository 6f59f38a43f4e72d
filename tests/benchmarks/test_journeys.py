"""The counter counts what it says, in a toy; and both journeys can still be gone."""

import importlib
import threading
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest
from django.db import connection, transaction

from benchmarks.counting import Count, Figures
from benchmarks.journeys import WAYS, measure

# What each journey may pass through at most; docs/benchmarks.md has the figures.
CEILINGS = {
    "report over REST to first reminder": Figures(modules=88, moves=414, queries=67),
    "acceptance to the boards told": Figures(modules=60, moves=133, queries=29),
}

DOOR = """
from toyhouse.kitchen import Cook, Guest, eggs, set_table

def knock():
    Guest("Orla")                              # wrote itself: nobody's code
    set_table()                                # a move, and one inside the kitchen
    Cook().boil()                              # a move
    total = sum(eggs())                        # one move, however often it goes on
    sorted([2, 1], key=set_aside)              # through the library, into our own module
    list(map(Cook().count, [1, 2]))            # two moves, through the library
    return total

def set_aside(number):
    return number
"""
KITCHEN = """
from dataclasses import dataclass

@dataclass
class Guest:
    name: str

class Cook:
    def boil(self):
        return "boiled"

    def count(self, number):
        return number

def set_table():
    return lay()

def lay():
    return "laid"

def eggs():
    yield 1
    yield 2
    yield 3
"""
PANTRY = "LOCKED = True"


@pytest.fixture
def toyhouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    house = tmp_path / "toyhouse"
    house.mkdir()
    for name, text in {"__init__": "", "door": DOOR, "kitchen": KITCHEN, "pantry": PANTRY}.items():
        (house / f"{name}.py").write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path))
    importlib.import_module("toyhouse.pantry")
    return importlib.import_module("toyhouse.door")


def test_modules_entered_and_moves_between_them_are_counted(toyhouse: ModuleType) -> None:
    count = Count(packages=["toyhouse"])
    with count.going_on():
        assert toyhouse.knock() == 6
    assert count.modules == ["toyhouse.door", "toyhouse.kitchen"]
    assert count.moves == {
        ("toyhouse.door", "toyhouse.kitchen", "set_table"): 1,
        ("toyhouse.door", "toyhouse.kitchen", "Cook.boil"): 1,
        ("toyhouse.door", "toyhouse.kitchen", "eggs"): 1,
        ("toyhouse.door", "toyhouse.kitchen", "Cook.count"): 2,
    }
    assert count.begun["toyhouse.kitchen", "eggs"] == 1
    assert count.begun["toyhouse.door", "set_aside"] == 2
    assert count.figures == Figures(modules=2, moves=5, queries=0)


def test_it_goes_on_where_it_stopped_and_counts_nothing_in_between(toyhouse: ModuleType) -> None:
    count = Count(packages=["toyhouse"])
    with count.going_on():
        toyhouse.set_table()
    toyhouse.knock()
    with count.going_on():
        toyhouse.set_table()
    assert count.begun == {
        ("toyhouse.kitchen", "set_table"): 2,
        ("toyhouse.kitchen", "lay"): 2,
    }
    # Nothing of the house called it: entering from outside is no move.
    assert count.moves == Counter()


def test_a_thread_that_begins_meanwhile_is_counted_as_well(toyhouse: ModuleType) -> None:
    count = Count(packages=["toyhouse"])
    with count.going_on():
        thread = threading.Thread(target=toyhouse.knock)
        thread.start()
        thread.join()
    assert count.figures.moves == 5


def ask(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s", [number])


@pytest.mark.django_db
def test_queries_are_counted_and_those_that_repeat_are_told_apart() -> None:
    count = Count()
    with count.going_on(), transaction.atomic():
        for number in (1, 2, 1):
            ask(number)
    ask(1)
    assert [query.values for query in count.queries] == ["[1]", "[2]", "[1]"]
    assert [(query.values, len(sent)) for query, sent in count.repeated().items()] == [("[1]", 2)]


def test_both_journeys_can_be_gone_and_pass_through_every_room(transactional_db: None) -> None:
    journeys = measure()
    assert [journey.name for journey in journeys] == list(WAYS)
    for journey in journeys:
        rooms = {module.partition(".")[0] for module in journey.count.modules}
        assert rooms == {"core", "officers", "mispers", "riskassessment", "ownership", "assurance"}
        assert journey.count.figures.moves > journey.count.figures.modules
        assert journey.count.figures.queries > len(journey.count.repeated())
        assert "assurance.tasks.evaluate_record" in journey.handed_over
        figures, most = journey.count.figures, CEILINGS[journey.name]
        assert figures.modules <= most.modules
        assert figures.moves <= most.moves
        assert figures.queries <= most.queries
