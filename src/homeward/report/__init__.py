"""One HTML file about one exchange, readable from disk and on paper, with no names in it."""

from homeward.report.model import (
    DeviationSummary,
    FunnelStep,
    ListQuality,
    MatchingSummary,
    Report,
    SideSummary,
    StageSummary,
    TimelineEvent,
)
from homeward.report.page import write_report

__all__ = [
    "DeviationSummary",
    "FunnelStep",
    "ListQuality",
    "MatchingSummary",
    "Report",
    "SideSummary",
    "StageSummary",
    "TimelineEvent",
    "write_report",
]
