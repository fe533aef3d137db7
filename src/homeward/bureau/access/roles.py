"""Roles, as one table: what each may do, and which fields of a person it may see. Deny is the default.

The pages, the matrix test and docs/bureau.md read these rows. An officer may have several roles and then has what any of them has.
Nobody can both decide and audit: `CONFLICTS` names the roles that one officer may not have together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.bureau.access.permissions import Permission as P  # noqa: N817 - one letter for a table.
from homeward.people import Field


class Role(StrEnum):
    """The roles of a node. Medical, family liaison and press come with their rooms."""

    REGISTRAR = "registrar"
    LIST_OFFICER = "list_officer"
    REVIEWER = "reviewer"
    NEGOTIATOR = "negotiator"
    HANDOVER_OFFICER = "handover_officer"
    DATA_PROTECTION = "data_protection"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    NEUTRAL_DELEGATE = "neutral_delegate"


#: Fields of a person in groups; a role sees whole groups.
GROUPS: Mapping[str, tuple[Field, ...]] = {
    "identity": (
        Field.SURNAME,
        Field.GIVEN_NAMES,
        Field.PATRONYMIC,
        Field.FATHER_NAME,
        Field.MOTHER_MAIDEN_NAME,
        Field.BIRTH_DATE,
        Field.BIRTH_PLACE,
        Field.SEX,
        Field.NATIONALITY,
    ),
    "service": (Field.SERVICE_NUMBER, Field.RANK, Field.UNIT, Field.STATUS),
    "custody": (Field.CAPTURED_ON, Field.CAPTURED_AT, Field.SITE, Field.REGION, Field.STATE, Field.STATE_SINCE),
    "health": (Field.MEDICAL, Field.MOBILITY),
    "legal": (Field.CHARGE, Field.SENTENCE),
    "exchange": (Field.CATEGORY, Field.FAMILY, Field.ID),
    "notes": (Field.NOTE,),
}

ALL_GROUPS = frozenset(GROUPS)


@dataclass(frozen=True, slots=True)
class Rights:
    """What one role has: its name on the page, what it may do, which groups of fields it sees."""

    title: Promise | str
    may: frozenset[P]
    sees: frozenset[str]


_READS_EXCHANGE = {P.EXCHANGES_EXCHANGE_READ, P.EXCHANGES_PLAN_READ, P.EXCHANGES_RECORD_EXPORT}

ROLES: Mapping[Role, Rights] = {
    Role.REGISTRAR: Rights(
        _("Registrar"),
        frozenset(
            {
                P.REGISTER_PERSON_READ,
                P.REGISTER_PERSON_ADD,
                P.REGISTER_PERSON_CLAIM,
                P.REGISTER_IMPORT_MANAGE,
                P.REGISTER_BREAK_GLASS_OPEN,
            }
        ),
        ALL_GROUPS - {"health"},
    ),
    Role.LIST_OFFICER: Rights(
        _("List officer"),
        frozenset(
            {
                P.REGISTER_PERSON_READ,
                P.REGISTER_BREAK_GLASS_OPEN,
                P.REGISTER_EXPORT_MAKE,
                P.REVIEW_PROPOSAL_READ,
                P.REVIEW_RUN_MAKE,
                P.EXCHANGES_LIST_READ,
                P.EXCHANGES_LIST_MANAGE,
                P.EXCHANGES_LIST_ANSWER,
                P.EXCHANGES_MAIL_CARRY,
                P.EXCHANGES_RECORD_COSIGN,
                *_READS_EXCHANGE,
            }
        ),
        ALL_GROUPS,
    ),
    Role.REVIEWER: Rights(
        _("Reviewer"),
        frozenset({P.REVIEW_PROPOSAL_READ, P.REVIEW_PROPOSAL_DECIDE, P.REGISTER_PERSON_READ, P.REGISTER_BREAK_GLASS_OPEN}),
        frozenset({"identity", "service", "custody", "exchange"}),
    ),
    Role.NEGOTIATOR: Rights(
        _("Negotiator"),
        frozenset(
            {
                P.EXCHANGES_TERMS_SIGN,
                P.EXCHANGES_EXCHANGE_MANAGE,
                P.EXCHANGES_PLAN_MANAGE,
                P.EXCHANGES_STAGE_SIGN,
                P.EXCHANGES_LIST_READ,
                P.EXCHANGES_MAIL_CARRY,
                P.EXCHANGES_RECORD_COSIGN,
                P.HANDOVER_MANIFEST_MAKE,
                P.HANDOVER_MANIFEST_READ,
                *_READS_EXCHANGE,
            }
        ),
        frozenset({"identity", "service", "custody", "exchange"}),
    ),
    Role.HANDOVER_OFFICER: Rights(
        _("Handover officer"),
        frozenset(
            {
                P.HANDOVER_MANIFEST_MAKE,
                P.HANDOVER_MANIFEST_READ,
                P.HANDOVER_TICK_MAKE,
                P.HANDOVER_VEHICLE_DEPART,
                P.EXCHANGES_STAGE_SIGN,
                P.EXCHANGES_MAIL_CARRY,
                *_READS_EXCHANGE,
            }
        ),
        frozenset({"identity", "exchange", "health"}),
    ),
    Role.DATA_PROTECTION: Rights(
        _("Data protection officer"),
        frozenset(
            {
                P.REGISTER_READS_READ,
                P.REGISTER_PERSON_PROTECT,
                P.REGISTER_PERSON_READ,
                P.REGISTER_EXPORT_MAKE,
                P.ACCESS_BREAK_GLASS_REVIEW,
                P.ACCESS_FACTOR_RESET,
                P.ACCESS_USER_LIST,
                P.JOURNAL_LINE_READ,
            }
        ),
        frozenset({"identity"}),
    ),
    Role.AUDITOR: Rights(
        _("Auditor"),
        frozenset({P.JOURNAL_LINE_READ, P.REGISTER_READS_READ, P.ACCESS_USER_LIST, *_READS_EXCHANGE}),
        frozenset(),
    ),
    Role.ADMINISTRATOR: Rights(
        _("Administrator"),
        frozenset({P.ACCESS_FACTOR_RESET, P.ACCESS_USER_LIST, P.ACCESS_USER_MANAGE, P.NODE_BACKUP_MAKE}),
        frozenset(),
    ),
    Role.NEUTRAL_DELEGATE: Rights(
        _("Neutral delegate"),
        frozenset(
            {
                P.EXCHANGES_EXCHANGE_MANAGE,
                P.EXCHANGES_INTERVIEW_RECORD,
                P.EXCHANGES_LIST_LODGE,
                P.EXCHANGES_MAIL_CARRY,
                P.EXCHANGES_RECORD_COSIGN,
                P.EXCHANGES_STAGE_SIGN,
                P.EXCHANGES_TERMS_SIGN,
                *_READS_EXCHANGE,
            }
        ),
        frozenset(),
    ),
}

#: Roles that one officer may not have together: who decides is not who checks, and who gives out roles reads nobody.
CONFLICTS: tuple[frozenset[Role], ...] = tuple(
    frozenset({Role.AUDITOR, other}) for other in Role if other not in {Role.AUDITOR, Role.DATA_PROTECTION}
) + tuple(frozenset({Role.ADMINISTRATOR, other}) for other in Role if other not in {Role.ADMINISTRATOR, Role.AUDITOR})


def conflict(roles: frozenset[Role]) -> frozenset[Role] | None:
    """Two of these roles that one officer may not have together, or None."""
    return next((pair for pair in CONFLICTS if pair <= roles), None)
