"""The kinds of event this app puts on the trail."""

from core.trail import kind

TAKEN = kind("ownership.taken", "Responsibility taken")
OFFERED = kind("handover.offered", "Handover offered")
ACCEPTED = kind("handover.accepted", "Handover accepted")
DECLINED = kind("handover.declined", "Handover sent back")
RISK_RECONFIRMED = kind("handover.risk_reconfirmed", "Risk re-confirmed at handover")
REVIEW_ASKED = kind("handover.review_asked", "Review of the risk asked for at handover")
SHIFT_ENDED = kind("handover.shift_ended", "A shift ended without an accepted handover")
LEFT_WAITING = kind("handover.left_waiting", "Holder went off duty before anybody accepted")
SIGNED_OFF = kind("duty.signed_off", "Went off duty")
WITHDRAWN = kind("handover.withdrawn", "Handover withdrawn")
ACTION_SET = kind("action.set", "Action set")
ACTION_REASSIGNED = kind("action.reassigned", "Action reassigned")
ACTION_EXTENDED = kind("action.extended", "Action's due time changed")
ACTION_COMPLETED = kind("action.completed", "Action completed")
ACTION_NOT_PURSUED_PROPOSED = kind(
    "action.not_pursued_proposed", "Action proposed not to be pursued"
)
ACTION_NOT_PURSUED = kind("action.not_pursued", "Action not pursued")
REMINDED = kind("reminder.raised", "Reminder raised")
READ = kind("reminder.read", "Reminder or notice read")
UNREAD = kind("reminder.unread", "Reminder not read: told further up")
REACH_CHOSEN = kind("notices.chosen", "Channels and quiet hours chosen")
DEVICE_ADDED = kind("notices.device_added", "Device added for notices")
DEVICE_REMOVED = kind("notices.device_removed", "Device removed from notices")
