"""Every address of a node. Each app lists its own; the matrix test in tests/bureau/test_matrix.py has a row for every one of them."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

from homeward.bureau.access.demo_addresses import demo_addresses
from homeward.bureau.node.health import health
from homeward.bureau.pages.node_page import this_node
from homeward.bureau.pages.views import bad_request, forbidden, home, not_found, server_error, set_language, too_many

urlpatterns = [
    *demo_addresses(demo=settings.IDENTITY.demo),
    path("", home, name="home"),
    path("health", health, name="health"),
    path("node", this_node, name="node"),
    path("language", set_language, name="set_language"),
    path("accounts/", include("homeward.bureau.access.accounts")),
    path("people/", include("homeward.bureau.register.urls")),
    path("review/", include("homeward.bureau.review.urls")),
    path("exchanges/", include("homeward.bureau.exchanges.urls")),
    path("handover/", include("homeward.bureau.handover.urls")),
    path("staff/", include("homeward.bureau.access.urls")),
    path("jobs/", include("homeward.bureau.jobs.urls")),
    path("log/", include("homeward.bureau.journal.urls")),
]

handler400 = bad_request
handler403 = forbidden
handler404 = not_found
handler429 = too_many  # The login library's own: too many tries.
handler500 = server_error
