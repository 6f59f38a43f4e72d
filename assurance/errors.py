"""What can go wrong when records are sampled and reviewed."""

from core.errors import Conflict


class AlreadyReviewed(Conflict):
    """Somebody has reviewed this record of the sample; says who and when."""

    code = "already_reviewed"
