"""Who may do what: the one table. Pages and enforcement both read it, so they cannot differ."""

from django.db.models import TextChoices

from officers.rules.roles import Role


class Permission(TextChoices):
    """Everything that can be permitted, with the words used when it is not."""

    LOG_REPORT = "log_report", "log a missing person report"
    RECORD = "record", "add to the record of an incident"
    CORRECT = "correct", "correct an incident"
    ASSESS_RISK = "assess_risk", "assess risk"
    ENDORSE_RISK = "endorse_risk", "endorse or return a risk assessment"
    SET_ACTION = "set_action", "set or reassign an action"
    APPROVE_NOT_PURSUED = "approve_not_pursued", "approve that an action is not pursued"
    HAND_OVER = "hand_over", "offer or accept an incident"
    LOCATE = "locate", "record that a missing person was located"
    ASK_CLOSURE = "ask_closure", "ask for closure"
    AUTHORISE_CLOSURE = "authorise_closure", "authorise or refuse closure"
    CLOSE_EARLY = "close_early", "close a report in its first hour as not missing or duplicate"
    REOPEN = "reopen", "reopen an incident"
    DIP_SAMPLE = "dip_sample", "draw and review dip samples"
    SEE_STANDARDS = "see_standards", "see how standards are met across a BCU"
    DISCLOSE = "disclose", "make a disclosure pack"
    EDIT_ROTA = "edit_rota", "change the duty rota"
    SEE_TRAINING = "see_training", "see who is trained in a BCU"
    RECORD_TRAINING = "record_training", "record an officer's training"
    SEE_RISK_FIGURES = "see_risk_figures", "see the figures of grading across a BCU"
    SEE_ANSWERED_FOR = "see_answered_for", "see everything that another officer answered for"


_WORKING = frozenset(
    {
        Role.FRONTLINE,
        Role.DUTY_INSPECTOR,
        Role.SAFEGUARDING_DI,
        Role.MISSING_PERSONS_UNIT,
        Role.SUPERINTENDENT,
    }
)
_INSPECTING = frozenset({Role.DUTY_INSPECTOR, Role.SAFEGUARDING_DI, Role.SUPERINTENDENT})

MAY: dict[Permission, frozenset[Role]] = {
    Permission.LOG_REPORT: _WORKING,
    Permission.RECORD: _WORKING,
    Permission.CORRECT: _WORKING,
    Permission.ASSESS_RISK: _WORKING,
    Permission.ENDORSE_RISK: _INSPECTING,
    Permission.SET_ACTION: _WORKING,
    Permission.APPROVE_NOT_PURSUED: _INSPECTING,
    Permission.HAND_OVER: _WORKING,
    Permission.LOCATE: _WORKING,
    Permission.ASK_CLOSURE: _WORKING,
    Permission.AUTHORISE_CLOSURE: _INSPECTING,
    Permission.CLOSE_EARLY: frozenset({Role.SUPERINTENDENT}),
    Permission.REOPEN: _WORKING,
    Permission.DIP_SAMPLE: frozenset({Role.SUPERINTENDENT, Role.ASSURANCE_BOARD}),
    Permission.SEE_STANDARDS: _INSPECTING
    | {Role.MISSING_PERSONS_UNIT, Role.ASSURANCE_BOARD, Role.RECORDS},
    Permission.DISCLOSE: frozenset({Role.RECORDS}),
    Permission.EDIT_ROTA: frozenset({Role.DUTY_INSPECTOR, Role.SUPERINTENDENT}),
    Permission.SEE_TRAINING: _INSPECTING | {Role.MISSING_PERSONS_UNIT, Role.ASSURANCE_BOARD},
    Permission.RECORD_TRAINING: frozenset({Role.DUTY_INSPECTOR, Role.SUPERINTENDENT}),
    Permission.SEE_RISK_FIGURES: _INSPECTING | {Role.MISSING_PERSONS_UNIT, Role.ASSURANCE_BOARD},
    Permission.SEE_ANSWERED_FOR: frozenset(
        {Role.SUPERINTENDENT, Role.ASSURANCE_BOARD, Role.RECORDS}
    ),
}
