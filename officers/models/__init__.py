"""Officers and where they serve."""

from officers.models.absence import Absence
from officers.models.bcu import BCU, Team
from officers.models.client import Client
from officers.models.officer import Officer
from officers.models.rota_gap import RotaGap
from officers.models.shift import Shift
from officers.models.swap import Swap
from officers.models.training import Training

__all__ = [
    "BCU",
    "Absence",
    "Client",
    "Officer",
    "RotaGap",
    "Shift",
    "Swap",
    "Team",
    "Training",
]
