"""The protocol's codes, by name, and those that barriers of this product have beside them."""

from enum import StrEnum


class Code(StrEnum):
    """What a rule is known by wherever it is met; each has one row in the table.

    As words they are what the database, the trail and REST hold. In the protocol's order.
    """

    OWN_1 = "OWN-1"
    OWN_2 = "OWN-2"
    OWN_3 = "OWN-3"
    OWN_4 = "OWN-4"
    OWN_5 = "OWN-5"
    OWN_6 = "OWN-6"
    ACT_1 = "ACT-1"
    ACT_2 = "ACT-2"
    INI_1 = "INI-1"
    RISK_1 = "RISK-1"
    RISK_2 = "RISK-2"
    RISK_3 = "RISK-3"
    RISK_4 = "RISK-4"
    RISK_5 = "RISK-5"
    PLAN_1 = "PLAN-1"
    SEARCH_1 = "SEARCH-1"
    ENQ_1 = "ENQ-1"
    SIGHT_1 = "SIGHT-1"
    DATA_1 = "DATA-1"
    COR_1 = "COR-1"
    REQ_1 = "REQ-1"
    CIRC_1 = "CIRC-1"
    CIRC_2 = "CIRC-2"
    FAM_1 = "FAM-1"
    CHILD_1 = "CHILD-1"
    CHILD_2 = "CHILD-2"
    CHILD_3 = "CHILD-3"
    LANG_1 = "LANG-1"
    REV_1 = "REV-1"
    REV_2 = "REV-2"
    BIO_1 = "BIO-1"
    END_1 = "END-1"
    END_2 = "END-2"
    END_3 = "END-3"
    END_4 = "END-4"
    END_5 = "END-5"
    DEATH_1 = "DEATH-1"
    NEW_1 = "NEW-1"
    REP_1 = "REP-1"

    # Barriers alone: no record is judged by them.
    HYP_1 = "HYP-1"
    LOCATED = "LOCATED"
    RATIONALE = "RATIONALE"
    HOLD = "HOLD"
