"""One HTML file about one exchange, or about one plan, readable from disk and on paper, with no names in it."""

from homeward.report.model import (
    DeviationSummary,
    FunnelStep,
    ListQuality,
    MatchingSummary,
    PlanReport,
    Report,
    SideSummary,
    StageSummary,
    TimelineEvent,
)
from homeward.report.page import write_report
from homeward.report.planpage import write_plan_report

__all__ = [
    "DeviationSummary",
    "FunnelStep",
    "ListQuality",
    "MatchingSummary",
    "PlanReport",
    "Report",
    "SideSummary",
    "StageSummary",
    "TimelineEvent",
    "write_plan_report",
    "write_report",
]
