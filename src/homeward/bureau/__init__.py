"""The bureau: a party's own node, in the browser. One Django project that a bureau, or the neutral, runs for itself.

    node/        settings, addresses, the node's folder, starting it; refuses by default what no view has asked for
    vault/       personal fields encrypted at rest, with keys that lie outside the database
    journal/     the append-only log: who did and who read what; every write of another app goes with a line here
    access/      officers, roles, named permissions, which fields a role may see, second factor, break-glass
    pages/       what all pages share: the frame, the style, words, numbers and dates
    register/    people as claims: entering, importing, searching, reading
    review/      proposals side by side, two deciders, undo
    exchanges/   terms, lists, plan, stages, record, mail between nodes; the neutral's view
    handover/    the manifest on the day: ticks that count once

It holds no rule that another room owns: an app's `services.py` asks the rooms below and writes, its `views.py` shows. A view names
the permission that it needs (`homeward.bureau.access.needs`); one that names none is refused. Templates get only what the
reader may see. All writes to the database go through a `services.py`, together with a line in the journal, in one transaction.
"""
