"""The kinds of jobs, as a table: what each is called, who may ask for it, the code that does it, where its result is shown.

The code is named by its place and imported when a worker needs it: it gets a `homeward.bureau.jobs.working.Work` and ends the job in
the transaction of its last writing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from homeward.bureau.access.permissions import Permission as P  # noqa: N817 - one letter for a table.

if TYPE_CHECKING:
    from homeward.bureau.jobs.working import Work


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind. `permissions`: any of them lets an officer ask for it and look at it."""

    title: Promise | str
    permissions: tuple[P, ...]
    #: `module:function` that does it.
    code: str
    #: The page of the result; it takes the number in `Job.about`.
    page: str
    #: What the link to that page says.
    see: Promise | str

    @property
    def do(self) -> Callable[[Work], None]:
        """The code of the kind."""
        module, _colon, name = self.code.partition(":")
        found: Callable[[Work], None] = getattr(import_module(module), name)
        return found

    def result_of(self, about: str) -> str:
        """The address of the result."""
        return reverse(self.page, args=(int(about.rpartition(":")[2]),))


#: Reading a file and its dry run.
READ = "import.read"
#: Taking the rows of an import into the register.
TAKE_IN = "import.take_in"
#: Comparing a list with itself and with the register, for the review desk.
COMPARE = "review.compare"

KINDS: Mapping[str, Kind] = {
    READ: Kind(
        _("Dry run of an import"),
        (P.REGISTER_IMPORT_MANAGE,),
        "homeward.bureau.register.work:read",
        "register:import",
        _("See what the import would do"),
    ),
    TAKE_IN: Kind(
        _("Import into the register"),
        (P.REGISTER_IMPORT_MANAGE,),
        "homeward.bureau.register.work:take_in",
        "register:import",
        _("See what became of every row"),
    ),
    COMPARE: Kind(
        _("Comparison of a list with our register"),
        (P.REVIEW_RUN_MAKE, P.EXCHANGES_LIST_ANSWER),
        "homeward.bureau.review.work:compare",
        "review:queue",
        _("See the pairs"),
    ),
}

#: Everybody who may ask for any kind: who may open the pages about jobs.
ASKERS: tuple[P, ...] = tuple(sorted({each for kind in KINDS.values() for each in kind.permissions}))

#: The steps of work by the code that a worker tells: each in words. What is counted are rows of the file or entries of the list.
STEPS: Mapping[str, Promise | str] = {
    "reading": _("reading the file"),
    "register": _("opening the register"),
    "comparing": _("comparing"),
    "taking_in": _("taking rows in"),
    "writing": _("writing down what was found"),
}
