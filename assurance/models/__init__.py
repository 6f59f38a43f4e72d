"""What assurance keeps: the standing of every record."""

from assurance.models.standard import StandardState

__all__ = ["StandardState"]
