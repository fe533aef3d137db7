"""What each kind of line says, in a sentence without numbers or names: the line's own columns hold those.

The codes of `tags` stay what is stored, asked for and exported; a test holds that none is without its sentence.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.bureau.journal.tags import Tag

SAYS: Mapping[Tag, Promise | str] = {
    Tag.ACCESS_BREAK_GLASS_ENDED: _("Emergency access ended."),
    Tag.ACCESS_BREAK_GLASS_OPENED: _("Emergency access opened."),
    Tag.ACCESS_BREAK_GLASS_SEEN: _("An emergency access was looked into by data protection."),
    Tag.ACCESS_FACTOR_RESET_ASKED: _("Asked that a lost second factor be removed."),
    Tag.ACCESS_FACTOR_RESET_DROPPED: _("The request to remove a second factor was dropped."),
    Tag.ACCESS_FACTOR_RESET_GRANTED: _("A lost second factor was removed, by a second officer’s consent."),
    Tag.ACCESS_LOGIN_FAILED: _("A try to sign in failed."),
    Tag.ACCESS_LOGIN_OK: _("Signed in."),
    Tag.ACCESS_PASSWORD_CHANGED: _("Changed the password."),
    Tag.ACCESS_PASSWORD_GIVEN: _("Gave an officer a password that is good for one sign-in."),
    Tag.ACCESS_ROLES_CHANGED: _("Changed the roles of an officer."),
    Tag.ACCESS_SECOND_FACTOR_CHANGED: _("Changed the second factor."),
    Tag.ACCESS_USER_ADDED: _("Added an officer."),
    Tag.ACCESS_USER_CHANGED: _("Changed an officer’s details."),
    Tag.ACCESS_USER_DISABLED: _("Closed an officer’s account."),
    Tag.ACCESS_USER_ENABLED: _("Opened an officer’s account again."),
    Tag.EXCHANGES_ACT_ASKED: _("Asked for a grave act; a second officer has to confirm it."),
    Tag.EXCHANGES_ACT_SIGNED: _("Signed acts into the record."),
    Tag.EXCHANGES_ACT_WITHDRAWN: _("Took back an act that waited for a second officer."),
    Tag.EXCHANGES_ANSWER_DRAFTED: _("Drafted answers to a list."),
    Tag.EXCHANGES_CLAIM_READ: _("Read the file of a claim that the other side has shown."),
    Tag.EXCHANGES_EXCHANGE_ADDED: _("Added an exchange to this node."),
    Tag.EXCHANGES_FILE_EXPORTED: _("Took a file of an exchange out."),
    Tag.EXCHANGES_HAND_ADDED: _("Gave an officer a signing key."),
    Tag.EXCHANGES_HEAD_COSIGNED: _("Cosigned a head."),
    Tag.EXCHANGES_HEAD_MADE: _("Made a head over the record."),
    Tag.EXCHANGES_KEYS_MADE: _("Made keys, or took in the public keys of another party."),
    Tag.EXCHANGES_LIST_READ: _("Was shown rows of a list with names."),
    Tag.EXCHANGES_LIST_UPLOADED: _("Uploaded a version of our list."),
    Tag.EXCHANGES_LISTS_HANDED: _("Handed the released lists over to their receivers."),
    Tag.EXCHANGES_OFFICER_ASSIGNED: _("Let an officer know of an exchange."),
    Tag.EXCHANGES_OFFICER_REMOVED: _("Took an officer off an exchange."),
    Tag.EXCHANGES_PARCEL_RECEIVED: _("Took in a parcel."),
    Tag.EXCHANGES_PARCEL_REFUSED: _("A parcel was refused, as a whole or in part."),
    Tag.EXCHANGES_PARCEL_SENT: _("Made a parcel for another party."),
    Tag.EXCHANGES_PEER_CHANGED: _("Changed how another node is reached."),
    Tag.EXCHANGES_PLAN_MADE: _("Computed a plan."),
    Tag.EXCHANGES_PLAN_MOVED: _("Moved people in the plan by hand."),
    Tag.EXCHANGES_PROPOSAL_PUT_ASIDE: _("Put an overtaken proposal aside."),
    Tag.EXCHANGES_PROPOSAL_PUT_BACK: _("Put a proposal back among those to sign."),
    Tag.EXCHANGES_SHARES_TAKEN: _("Took in another keeper’s shares."),
    Tag.EXCHANGES_TERMS_UPLOADED: _("Uploaded terms or a charter."),
    Tag.HANDOVER_MANIFEST_MADE: _("Wrote a manifest down."),
    Tag.HANDOVER_MANIFEST_READ: _("Was shown people of a manifest."),
    Tag.HANDOVER_TICK_MADE: _("Ticked an outcome for a person."),
    Tag.HANDOVER_TICK_UNDONE: _("Took a tick back."),
    Tag.HANDOVER_VEHICLE_DEPARTED: _("Signed a vehicle’s departure."),
    Tag.HANDOVER_VEHICLE_SIGNED: _("Signed a vehicle’s ticks into the record."),
    Tag.JOBS_JOB_ASKED: _("Asked for long work in the background."),
    Tag.JOBS_JOB_DONE: _("Long work in the background is done."),
    Tag.JOBS_JOB_FAILED: _("Long work in the background failed."),
    Tag.JOBS_JOB_GIVEN_UP: _("Long work in the background was given up."),
    Tag.JOBS_JOB_RESUMED: _("Long work in the background goes on after it was cut off."),
    Tag.JOURNAL_EXPORT_MADE: _("Took lines of the journal out in a file."),
    Tag.NODE_BACKUP_MADE: _("Made a backup of the node."),
    Tag.NODE_BACKUP_RESTORED: _("Restored the node from a backup."),
    Tag.NODE_KEY_ADDED: _("Sealed everything under a new key."),
    Tag.REGISTER_EXPORT_MADE: _("Took people of the register out in a file."),
    Tag.REGISTER_IMPORT_APPLIED: _("Took an import into the register."),
    Tag.REGISTER_IMPORT_CHOSEN: _("Decided about a row of an import."),
    Tag.REGISTER_IMPORT_DROPPED: _("Dropped an import; nothing of it was taken."),
    Tag.REGISTER_IMPORT_STAGED: _("Uploaded a file for an import."),
    Tag.REGISTER_PERSON_ADDED: _("Entered a person."),
    Tag.REGISTER_PERSON_CLAIMED: _("Added what a source says of a person."),
    Tag.REGISTER_PERSON_PROTECTED: _("Changed whether a person is specially protected."),
    Tag.REGISTER_PERSON_READ: _("Was shown a person."),
    Tag.REGISTER_PERSON_SEARCHED: _("Searched the register."),
    Tag.REGISTER_PROTECTED_READ: _("Was shown a specially protected person."),
    Tag.REGISTER_READERS_CHANGED: _("Changed who may know of a protected person."),
    Tag.REGISTER_READS_LISTED: _("Looked up who has read whom."),
    Tag.REVIEW_DECISION_MADE: _("Gave a word on a pair of records."),
    Tag.REVIEW_DECISION_UNDONE: _("Took a word on a pair back."),
    Tag.REVIEW_PAIR_ADDED: _("Put a pair on the review desk by hand."),
    Tag.REVIEW_PROPOSAL_READ: _("Was shown a pair of records."),
    Tag.REVIEW_RUN_MADE: _("Compared a list with the register."),
}

#: The apps that write lines, by the first word of the code.
ROOMS: Mapping[str, Promise | str] = {
    "access": _("Officers and rights"),
    "exchanges": _("Exchanges"),
    "handover": _("Handover desk"),
    "jobs": _("Long work"),
    "journal": _("Journal"),
    "node": _("This node"),
    "register": _("Register"),
    "review": _("Review desk"),
}


def says(code: str) -> str:
    """The sentence for a line's kind; a kind of another version stays as it is."""
    try:
        return str(SAYS.get(Tag(code), code))
    except ValueError:
        return code
