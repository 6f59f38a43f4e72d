"""Officers and where they serve."""

from officers.models.bcu import BCU, Team
from officers.models.client import Client
from officers.models.officer import Officer
from officers.models.shift import Shift
from officers.models.training import Training

__all__ = ["BCU", "Client", "Officer", "Shift", "Team", "Training"]
