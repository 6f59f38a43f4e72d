"""The roles of the house, in words a superintendent would use."""

from django.db.models import TextChoices


class Role(TextChoices):
    """What an officer does here. The rota may give a further one for a shift."""

    FRONTLINE = "frontline", "Frontline officer"
    DUTY_INSPECTOR = "duty_inspector", "Duty inspector"
    SAFEGUARDING_DI = "safeguarding_di", "Safeguarding DI"
    MISSING_PERSONS_UNIT = "missing_persons_unit", "Missing Persons Unit"
    SUPERINTENDENT = "superintendent", "Superintendent"
    ASSURANCE_BOARD = "assurance_board", "Assurance board"
    RECORDS = "records", "Records and disclosure"


class Rank(TextChoices):
    """Ranks, lowest first; the order is used where a rule asks for a rank."""

    STAFF = "staff", "Police staff"
    PC = "pc", "PC"
    DC = "dc", "DC"
    PS = "ps", "PS"
    DS = "ds", "DS"
    INSPECTOR = "insp", "Inspector"
    DI = "di", "DI"
    CI = "ci", "Chief Inspector"
    DCI = "dci", "DCI"
    SUPERINTENDENT = "supt", "Superintendent"
    COMMANDER = "cmdr", "Commander"


INSPECTING_RANKS = frozenset(
    {Rank.INSPECTOR, Rank.DI, Rank.CI, Rank.DCI, Rank.SUPERINTENDENT, Rank.COMMANDER}
)

# Roles whose holders see every BCU's records; the others see their own.
FORCE_WIDE = frozenset({Role.ASSURANCE_BOARD, Role.RECORDS})
