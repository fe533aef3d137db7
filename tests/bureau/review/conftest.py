"""A run of the review desk."""

from __future__ import annotations

import pytest

from homeward.bureau.review.models import Run
from homeward.bureau.review.services import start_run
from tests.bureau.review.people import LISTED, REGISTER


@pytest.fixture
def run(db: None) -> Run:
    """A comparison of an invented list with an invented register."""
    return start_run(exchange="autumn", list_id="home-BB", entries=LISTED, register=REGISTER, by=None)
