"""What counted journeys are made of, on paper or a screen."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from benchmarks.counting import Count, Figures
from core.text import cut

HEADINGS = ("journey", "modules", "moves", "queries")
LONGEST = 150
_COLUMNS = re.compile(r'(SELECT|\(|RETURNING) ?"\w+"(?:\."\w+")?, .*?( FROM |\) VALUES |$)')


def as_table(rows: Sequence[tuple[str, Figures]]) -> str:
    """A Markdown table, one line a journey."""
    width = max(len(name) for name, _ in rows)
    lines = [
        f"| {HEADINGS[0]:<{width}} | {' | '.join(HEADINGS[1:])} |",
        f"| {'-' * width} | {' | '.join('-' * len(each) for each in HEADINGS[1:])} |",
    ]
    lines += [
        f"| {name:<{width}} | {got.modules:>7} | {got.moves:>5} | {got.queries:>7} |"
        for name, got in rows
    ]
    return "\n".join(lines)


def as_list(count: Count, handed_over: Sequence[str], top: int) -> str:
    """The modules, the `top` most frequent moves, the queries, the tasks left to workers."""
    return "\n".join(
        (*_modules(count), *_moves(count, top), *_queries(count), *_tasks(handed_over))
    )


def _modules(count: Count) -> Iterator[str]:
    yield "Modules: begun functions, different ones, moves in, moves out"
    begun, different = Counter[str](), Counter[str]()
    for (module, _), times in count.begun.items():
        begun[module] += times
        different[module] += 1
    into, out = Counter[str](), Counter[str]()
    for (left, entered, _), times in count.moves.items():
        out[left] += times
        into[entered] += times
    for module in count.modules:
        figures = (begun[module], different[module], into[module], out[module])
        yield f"{' '.join(f'{each:5}' for each in figures)}  {module}"


def _moves(count: Count, top: int) -> Iterator[str]:
    yield f"\nMost frequent moves, {min(top, len(count.moves))} of {len(count.moves)}"
    for (left, entered, function), times in sorted(
        count.moves.items(), key=lambda item: (-item[1], item[0])
    )[:top]:
        yield f"{times:5}  {left} -> {entered}: {function}"


def _queries(count: Count) -> Iterator[str]:
    yield "\nQueries in their order, and who sent them"
    for query in count.queries:
        yield f"{_shortened(query.sql)}  [{query.sent_by}]"
    yield "\nQueries sent again with the same values"
    for query, senders in sorted(count.repeated().items(), key=lambda item: -len(item[1])):
        yield f"{len(senders):5}  {_shortened(query.sql)}  {query.values}"
        yield from (f"       {sender}" for sender in senders)


def _shortened(sql: str) -> str:
    """A statement on one line, without the columns that it names."""
    line = " ".join(sql.split())
    return cut(_COLUMNS.sub(r"\1 …\2", line), LONGEST)


def _tasks(handed_over: Sequence[str]) -> Iterator[str]:
    yield "\nTasks handed to workers"
    for name, times in sorted(Counter(handed_over).items()):
        yield f"{times:5}  {name}"
