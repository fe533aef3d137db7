"""Long work in the background: a job is a row, done by a worker beside the server, while the officer's browser goes on.

What an officer asks for (`services.ask`) waits as a row until a worker of its kind takes it (`services.claim`), with a lease that it
renews while it works. A worker that was killed renews nothing: the next one takes the job up again, and because a job's last writing
and its end are one transaction, it is done once. There is no broker and no second service: `homeward serve` keeps the workers as
processes of its own (`supervising`), so that pages stay quick while one computes, and its memory goes back when it ends. Where
nobody keeps workers (tests, another WSGI server) a job is done at once, inside the request (`working.see_to`).

Who may know of a job is who asked for it. A row holds counts, codes and numbers; a file, what was asked, and why a job failed lie in
sealed columns.
"""
