"""The figures as a table on paper or a screen."""

from collections.abc import Sequence

from benchmarks.measure import Figures

HEADINGS = ("case", "ratio to its SQL", "p50 ms", "p95 ms", "queries", "SQL alone, p50 ms")


def as_table(figures: Sequence[Figures]) -> str:
    """A Markdown table, ratios first."""
    rows = [
        (
            each.name,
            f"{each.ratio:.1f}",
            f"{each.p50:.1f}",
            f"{each.p95:.1f}",
            str(each.queries),
            f"{each.raw_p50:.1f}",
        )
        for each in figures
    ]
    widths = [max(len(row[i]) for row in (HEADINGS, *rows)) for i in range(len(HEADINGS))]
    rule = tuple("-" * width for width in widths)
    lines = [
        " | ".join(
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in (HEADINGS, rule, *rows)
    ]
    return "\n".join(f"| {line} |" for line in lines)
