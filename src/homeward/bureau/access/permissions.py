"""The permissions of a node by name, `scope:resource:action`, in alphabetical order.

A view names one of these and nothing else; which role has which is the table in `homeward.bureau.access.roles`.
"""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """What an officer may be allowed to do. The scope is the app that asks."""

    ACCESS_BREAK_GLASS_REVIEW = "access:break_glass:review"
    ACCESS_FACTOR_RESET = "access:factor:reset"
    ACCESS_USER_LIST = "access:user:list"
    ACCESS_USER_MANAGE = "access:user:manage"
    EXCHANGES_EXCHANGE_MANAGE = "exchanges:exchange:manage"
    EXCHANGES_EXCHANGE_READ = "exchanges:exchange:read"
    EXCHANGES_INTERVIEW_RECORD = "exchanges:interview:record"
    EXCHANGES_LIST_ANSWER = "exchanges:list:answer"
    EXCHANGES_LIST_LODGE = "exchanges:list:lodge"
    EXCHANGES_LIST_MANAGE = "exchanges:list:manage"
    EXCHANGES_LIST_READ = "exchanges:list:read"
    EXCHANGES_MAIL_CARRY = "exchanges:mail:carry"
    EXCHANGES_PLAN_MANAGE = "exchanges:plan:manage"
    EXCHANGES_PLAN_READ = "exchanges:plan:read"
    EXCHANGES_RECORD_COSIGN = "exchanges:record:cosign"
    EXCHANGES_RECORD_EXPORT = "exchanges:record:export"
    EXCHANGES_STAGE_SIGN = "exchanges:stage:sign"
    EXCHANGES_TERMS_SIGN = "exchanges:terms:sign"
    HANDOVER_MANIFEST_MAKE = "handover:manifest:make"
    HANDOVER_MANIFEST_READ = "handover:manifest:read"
    HANDOVER_VEHICLE_DEPART = "handover:vehicle:depart"
    HANDOVER_TICK_MAKE = "handover:tick:make"
    JOURNAL_LINE_READ = "journal:line:read"
    NODE_BACKUP_MAKE = "node:backup:make"
    REGISTER_BREAK_GLASS_OPEN = "register:break_glass:open"
    REGISTER_EXPORT_MAKE = "register:export:make"
    REGISTER_IMPORT_MANAGE = "register:import:manage"
    REGISTER_PERSON_ADD = "register:person:add"
    REGISTER_PERSON_CLAIM = "register:person:claim"
    REGISTER_PERSON_PROTECT = "register:person:protect"
    REGISTER_PERSON_READ = "register:person:read"
    REGISTER_READS_READ = "register:reads:read"
    REVIEW_PROPOSAL_DECIDE = "review:proposal:decide"
    REVIEW_PROPOSAL_READ = "review:proposal:read"
    REVIEW_RUN_MAKE = "review:run:make"
