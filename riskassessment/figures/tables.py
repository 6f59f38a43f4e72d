"""The figures as tables with a chart each: for the page and to download."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from core.rules.shares import Share
from riskassessment.figures.grades import Decided
from riskassessment.figures.harm import Harm
from riskassessment.figures.times import Took
from riskassessment.figures.whole import RiskFigures

# Below so many cases a share is shown with a warning beside its interval.
FEW = 30
Row = Sequence[object]


@dataclass(frozen=True)
class ShareBar:
    """One bar of a chart: a share with its interval, or nothing where there is no case."""

    label: str
    share: Share


@dataclass(frozen=True)
class FigureTable:
    """One figure. says: what is counted; charted: what the bars show."""

    code: str
    title: str
    says: str
    headings: Sequence[str]
    rows: Sequence[Row]
    charted: str
    bars: Sequence[ShareBar]

    @property
    def has_few(self) -> bool:
        """Whether any bar stands on few cases."""
        return any(0 < bar.share.whole < FEW for bar in self.bars)


def tables(figures: RiskFigures) -> list[FigureTable]:
    """Every figure, in the order of the page."""
    return [make(figures) for make in _MAKERS]


def _grades_table(figures: RiskFigures) -> FigureTable:
    given = [each for each in figures.grades.given if each.share.whole]
    return FigureTable(
        "grades",
        "Grades given",
        "Every assessment of the period's reports, first ones and later ones.",
        ("Of", "Grade", "Given", *_SHARE),
        [(each.of.label, each.grade.label, each.number, *_share(each.share)) for each in given],
        "Share of each grade",
        [ShareBar(f"{each.of.label}, {each.grade.label.lower()}", each.share) for each in given],
    )


def _changed(figures: RiskFigures) -> FigureTable:
    whole = sum(each.number for each in figures.grades.changed)
    shares = [(each, Share(each.number, whole)) for each in figures.grades.changed if each.number]
    return FigureTable(
        "changes",
        "Grades changed, and given again",
        "Each later assessment against the one before it on the same record.",
        ("Before", "After", "Times", *_SHARE),
        [
            (each.before.label, each.after.label, each.number, *_share(share))
            for each, share in shares
        ],
        "Share of later assessments",
        [
            ShareBar(
                f"{each.before.label} again"
                if each.before == each.after
                else f"{each.before.label} to {each.after.label.lower()}",
                share,
            )
            for each, share in shares
        ],
    )


def _returned(figures: RiskFigures) -> FigureTable:
    def row(each: Decided) -> Row:
        said = (each.given, each.endorsed, each.returned, each.waiting, each.replaced)
        return (each.grade.label, *said, *_share(each.share_returned))

    decided = figures.grades.decided
    return FigureTable(
        "returned",
        "Grades returned by an inspector",
        "Replaced: a later assessment came before anybody decided.",
        ("Grade", "Given", "Endorsed", "Returned", "Waiting", "Replaced", *_SHARE),
        [row(each) for each in decided],
        "Share returned, of those decided",
        [ShareBar(each.grade.label, each.share_returned) for each in decided],
    )


def _time_to_grade(figures: RiskFigures) -> FigureTable:
    return _times(
        "time-to-grade",
        "Time to the first grade",
        "From the report, by the grade that was given first.",
        figures.time_to_grade,
    )


def _time_to_endorse(figures: RiskFigures) -> FigureTable:
    return _times(
        "time-to-endorse",
        "Time to an inspector's decision",
        "From the assessment until it was endorsed or returned. Those replaced first are left out.",
        figures.time_to_endorse,
    )


def _times(code: str, title: str, says: str, took: Sequence[Took]) -> FigureTable:
    def label(each: Took) -> str:
        return each.grade.label if each.grade else "All"

    return FigureTable(
        code,
        title,
        says,
        ("Grade", "Done", "Half within", "Nine in ten within", *_SHARE),
        [
            (
                label(each),
                each.done,
                _minutes(each.median),
                _minutes(each.nine_in_ten),
                *_share(each.within),
            )
            for each in took
        ],
        "Share done in the time the protocol allowed",
        [ShareBar(label(each), each.within) for each in took],
    )


def grade_of(each: Harm) -> str:
    """The grade in words."""
    return each.grade.label if each.grade else "Never graded"


def _harm(figures: RiskFigures) -> FigureTable:
    found = [each for each in figures.harm if each.share_harmed.whole]
    return FigureTable(
        "harm",
        "Harm by grade",
        "Closed records whose person was found, by the last grade from before they were located. "
        "A grade is no measurement: research on other records found most of those graded high "
        "unharmed, and most of those harmed not graded high.",
        ("Of", "Grade", "Unharmed", "Harmed", "Found dead", *_SHARE),
        [
            (
                each.of.label,
                grade_of(each),
                each.unharmed,
                each.harmed,
                each.deceased,
                *_share(each.share_harmed),
            )
            for each in found
        ],
        "Share harmed or found dead",
        [
            *(
                ShareBar(f"{each.of.label}, {grade_of(each).lower()}", each.share_harmed)
                for each in found
            ),
            *(
                [ShareBar("Of those harmed: not graded high", figures.harmed_not_high)]
                if figures.harmed_not_high.whole
                else []
            ),
        ],
    )


def _sources(figures: RiskFigures) -> FigureTable:
    return FigureTable(
        "sources",
        "Sources that nobody knew",
        "Assessments made without a source: it was not looked at, or nothing was said of it.",
        ("Source", "Looked at", "Not looked at", "Nothing said", *_SHARE),
        [
            (
                each.source.label,
                each.looked_at,
                each.not_looked_at,
                each.nothing_said,
                *_share(each.share_unknown),
            )
            for each in figures.sources
        ],
        "Share of assessments without it",
        [ShareBar(each.source.label, each.share_unknown) for each in figures.sources],
    )


def _language_table(figures: RiskFigures) -> FigureTable:
    return FigureTable(
        "words",
        "Phrases that may blame the person, for 100 records",
        "As they were found when they were written, whether reworded since or kept with a reason.",
        ("Of", "Records", "Found", "Kept", "For 100 records", *_SHARE),
        [
            (
                each.of.label,
                each.records,
                each.found,
                each.kept,
                None if each.per_100 is None else f"{each.per_100:.1f}",
                *_share(each.share),
            )
            for each in figures.words
        ],
        "Share of records with any phrase",
        [ShareBar(each.of.label, each.share) for each in figures.words if each.records],
    )


def _phrases(figures: RiskFigures) -> FigureTable:
    whole = sum(each.found_of_children + each.found_of_others for each in figures.phrases)
    shares = [
        (each, Share(each.found_of_children + each.found_of_others, whole))
        for each in figures.phrases
    ]
    return FigureTable(
        "phrases",
        "Which phrases",
        "The most frequent first.",
        ("Phrase", "In children's records", "In others", *_SHARE),
        [
            (each.phrase, each.found_of_children, each.found_of_others, *_share(share))
            for each, share in shares
        ],
        "Share of all that were found: the ten most frequent",
        [ShareBar(each.phrase, share) for each, share in shares[:10]],
    )


_MAKERS: Sequence[Callable[[RiskFigures], FigureTable]] = (
    _grades_table,
    _changed,
    _returned,
    _time_to_grade,
    _time_to_endorse,
    _harm,
    _sources,
    _language_table,
    _phrases,
)
_SHARE = ("Share", "From", "To")


def _share(share: Share) -> Iterator[str | None]:
    """The share and the ends of its interval, in per cent; empty where there is no case."""
    for value in (share.value, share.low, share.high):
        yield None if value is None else f"{100 * value:.1f}%"


def _minutes(length: timedelta | None) -> str | None:
    """A length of time in minutes, as a spreadsheet can take it."""
    return None if length is None else f"{length.total_seconds() / 60:.0f} min"
