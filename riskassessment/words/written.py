"""Where words are written in this app and in those below it: the table of what is looked at."""

from mispers import events as incident_events
from mispers import models as incident
from riskassessment import events, models
from riskassessment.words.fields import (
    asked_for,
    in_row,
    of_assessment,
    of_decision,
    of_overrides,
    said,
)

WORDS = (
    asked_for(
        events.ASSESSED,
        of_assessment,
        holds=[
            (models.RiskAssessment, "rationale"),
            (models.RiskAssessment, "differs_because"),
            (models.RiskAssessment, "changes"),
            (models.RiskAssessment, "repeats_because"),
            (models.RiskAssessment, "factors"),
            (models.InformationItem, "text"),
            (models.PromptAnswer, "text"),
            (models.SourceLookedAt, "reason"),
        ],
        replaces="assessment",
    ),
    asked_for(events.ENDORSED, of_decision, holds=[(models.Endorsement, "reason")]),
    asked_for(events.RETURNED, of_decision, holds=[(models.Endorsement, "reason")]),
    in_row(
        incident_events.REPORTED, "incident", incident.Incident, "circumstances", replaces="report"
    ),
    in_row(
        incident_events.CORRECTED,
        "incident",
        incident.Incident,
        "circumstances",
        replaces="report",
        brings=lambda event: "circumstances" in event.data["fields"],
    ),
    in_row(
        incident_events.STRATEGY_WRITTEN,
        "strategy",
        incident.Strategy,
        "text",
        replaces="strategy",
    ),
    in_row(
        incident_events.HYPOTHESIS_STATED,
        "hypothesis",
        incident.Hypothesis,
        "statement",
        "would_confirm",
        "would_refute",
    ),
    in_row(incident_events.HYPOTHESIS_CONCLUDED, "hypothesis", incident.Hypothesis, "evidence"),
    in_row(incident_events.SEARCHED, "search", incident.Search, "covered", "not_covered", "result"),
    in_row(
        incident_events.SEARCH_ADVISER_DECIDED,
        "decision",
        incident.SearchAdviserDecision,
        "reason",
    ),
    in_row(incident_events.SIGHTED, "sighting", incident.Sighting, "text"),
    in_row(incident_events.LOGGED, "entry", incident.LogEntry, "text"),
    in_row(incident_events.LOGGED_ON_CLOSED, "entry", incident.LogEntry, "text"),
    in_row(incident_events.FAMILY_CONTACTED, "contact", incident.FamilyContact, "text"),
    in_row(
        incident_events.CONDITION_RECORDED,
        "entry",
        incident.HealthCondition,
        "meaning",
        "details",
        "because",
    ),
    in_row(
        incident_events.MEDICATION_RECORDED,
        "entry",
        incident.Medication,
        "critical_because",
        "because",
    ),
    in_row(
        incident_events.EXPLOITATION_RECORDED,
        "entry",
        incident.ExploitationInvestigation,
        "details",
        "because",
    ),
    in_row(incident_events.ASSOCIATE_RECORDED, "entry", incident.Associate, "details", "because"),
    in_row(incident_events.PLACE_RECORDED, "entry", incident.KnownPlace, "why", "because"),
    in_row(incident_events.CLOTHING_RECORDED, "entry", incident.Clothing, "description", "because"),
    in_row(
        incident_events.WEATHER_RECORDED, "entry", incident.Weather, "critical_because", "because"
    ),
    in_row(incident_events.LOCATED, "located", incident.Located, "how"),
    in_row(
        incident_events.PREVENTION_INTERVIEW,
        "interview",
        incident.PreventionInterview,
        "why",
        "what_happened",
        "where_and_with_whom",
        "harm",
        "next_time",
        "not_held_because",
    ),
    in_row(
        incident_events.RETURN_INTERVIEW_ASKED,
        "interview",
        incident.ReturnInterview,
        "outcome",
        replaces="return interview",
    ),
    in_row(
        incident_events.RETURN_INTERVIEW_UPDATED,
        "interview",
        incident.ReturnInterview,
        "outcome",
        replaces="return interview",
    ),
    in_row(
        incident_events.CLOSURE_ASKED, "closure", incident.ClosureRequest, "rationale", "evidence"
    ),
    in_row(incident_events.CLOSURE_REFUSED, "closure", incident.ClosureRequest, "refusal_reason"),
    asked_for(
        incident_events.CLOSURE_AUTHORISED,
        of_overrides,
        holds=[(incident.BarrierOverride, "reason")],
    ),
    in_row(incident_events.REOPENED, "reopening", incident.Reopening, "reason"),
    said(incident_events.NEW_INFORMATION_DECIDED, "reason"),
)
