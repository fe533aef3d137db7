"""Addresses of exchanges. They hold short names and ids, never a person's name."""

from __future__ import annotations

from django.urls import path

from homeward.bureau.exchanges.views import (
    answers,
    claims,
    interviews,
    lists,
    mail,
    overview,
    peer,
    plan,
    record,
    release,
    signing,
    stage,
    terms,
)

app_name = "exchanges"

_LIST = "<slug:slug>/lists/<str:list_id>/"
_STAGE = "<slug:slug>/stages/<str:stage_id>/"

urlpatterns = [
    path("", overview.index, name="index"),
    path("<slug:slug>/", overview.overview, name="overview"),
    path("<slug:slug>/officers/", overview.officers, name="officers"),
    path("<slug:slug>/officers/assign", overview.assign, name="assign"),
    path("<slug:slug>/officers/unassign", overview.unassign, name="unassign"),
    path("<slug:slug>/officers/key", overview.make_hand, name="make_hand"),
    path("<slug:slug>/terms/", terms.terms, name="terms"),
    path("<slug:slug>/terms/upload", terms.upload, name="terms_upload"),
    path("<slug:slug>/terms/keys", terms.keys, name="terms_keys"),
    path("<slug:slug>/terms/public", terms.public, name="terms_public"),
    path("<slug:slug>/terms/public-file", terms.public_file, name="public_file"),
    path("<slug:slug>/terms/charter", terms.charter, name="terms_charter"),
    path("<slug:slug>/terms/charter-file", terms.charter_file, name="charter_file"),
    path("<slug:slug>/terms/begin", terms.begin, name="terms_begin"),
    path("<slug:slug>/lists/", lists.lists, name="lists"),
    path(_LIST, lists.one, name="list"),
    path(_LIST + "upload", lists.upload, name="list_upload"),
    path(_LIST + "versions/<int:version>/check", lists.check, name="list_check"),
    path(_LIST + "versions/<int:older>/<int:newer>", lists.compare, name="list_compare"),
    path(_LIST + "rows", lists.rows, name="list_rows"),
    path(_LIST + "claims/", claims.claims, name="claims"),
    path(_LIST + "claims/file", claims.take_out, name="claim_file"),
    path(_LIST + "claims/look", claims.look, name="claim_look"),
    path(_LIST + "review", lists.review, name="list_review"),
    path(_LIST + "answers/", answers.answers, name="answers"),
    path(_LIST + "answers/derive", answers.derive, name="answers_derive"),
    path(_LIST + "answers/<str:entry>", answers.edit, name="answer"),
    path(_LIST + "answers/<str:entry>/save", answers.save, name="answer_save"),
    path("<slug:slug>/release/", release.release, name="release"),
    path("<slug:slug>/release/shares", release.shares, name="release_shares"),
    path("<slug:slug>/release/take-shares", release.take_shares, name="release_take_shares"),
    path("<slug:slug>/release/hand-over", release.hand_over, name="release_hand_over"),
    path("<slug:slug>/interviews/", interviews.interviews, name="interviews"),
    path("<slug:slug>/interviews/record", interviews.record, name="interviews_record"),
    path("<slug:slug>/plan/", plan.plan, name="plan"),
    path("<slug:slug>/plan/compute", plan.compute, name="plan_compute"),
    path("<slug:slug>/plan/move", plan.move, name="plan_move"),
    path("<slug:slug>/plan/why/<str:person>", plan.why, name="why"),
    path(_STAGE, stage.stage, name="stage"),
    path("<slug:slug>/to-sign/", signing.tosign, name="tosign"),
    path("<slug:slug>/to-sign/aside", signing.put_proposal, name="put_proposal"),
    path("<slug:slug>/sign", signing.sign, name="sign"),
    path("<slug:slug>/second/<int:number>", signing.second, name="second"),
    path("<slug:slug>/record/", record.record, name="record"),
    path("<slug:slug>/record/head", record.head, name="head"),
    path("<slug:slug>/record/cosign", record.cosign, name="cosign"),
    path("<slug:slug>/record/verdict", record.verify, name="verdict"),
    path("<slug:slug>/record/export", record.export, name="export"),
    path("<slug:slug>/record/compare", record.compare, name="compare"),
    path("<slug:slug>/mail/", mail.mail, name="mail"),
    path("<slug:slug>/mail/send", mail.send, name="send"),
    path("<slug:slug>/mail/receive", mail.receive, name="receive"),
    path("<slug:slug>/mail/now", mail.now, name="exchange_now"),
    path("<slug:slug>/mail/node", mail.peer, name="set_peer"),
    path("<slug:slug>/node/<str:party>", peer.peer, name="peer"),
]
