"""The health page tells whether a node works and nothing else; a log line holds no value that was at hand."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import include, path

from homeward.bureau.access.needs import public
from homeward.bureau.node import health, urls
from homeward.bureau.node.logs import WithoutValues
from homeward.bureau.vault.keys import VaultError

NAME = "Вигаданенко-Unlikely"


@pytest.mark.django_db
def test_a_node_that_works_says_so_part_by_part() -> None:
    answer = Client().get("/health")
    assert (answer.status_code, answer.json()) == (200, {"database": True, "disk": True, "vault": True})


@pytest.mark.django_db
@pytest.mark.parametrize("part", sorted(health.PARTS))
def test_a_part_that_fails_is_named_without_saying_why(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> bool:
        raise VaultError(f"no key for {NAME}")

    monkeypatch.setitem(health.PARTS, part, broken)
    answer = Client().get("/health")
    assert answer.status_code == 503
    assert {name for name, well in answer.json().items() if not well} == {part}
    assert NAME not in answer.content.decode()


@pytest.mark.django_db
def test_a_full_disk_is_seen_before_it_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "LEAST_FREE_BYTES", 2**62)
    assert Client().get("/health").json()["disk"] is False


def _logged(act: Callable[[logging.Logger], Any]) -> str:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(WithoutValues())
    logger = logging.getLogger("homeward-test")
    logger.propagate = False
    logger.handlers.clear()
    logger.addHandler(handler)
    act(logger)
    return stream.getvalue()


def _fails() -> None:
    raise ValueError(f"row 7: {NAME} has no birth date")


def test_the_text_of_an_exception_is_in_no_log_line() -> None:
    def act(logger: logging.Logger) -> None:
        try:
            _fails()
        except ValueError:
            logger.exception("import of %s failed", NAME)

    line = _logged(act)
    assert NAME not in line
    assert "builtins.ValueError at test_health_and_logs.py" in line
    assert line.count("\n") == 1


def test_neither_is_the_text_of_what_caused_it() -> None:
    def act(logger: logging.Logger) -> None:
        try:
            try:
                _fails()
            except ValueError as error:
                raise KeyError(NAME) from error
        except KeyError:
            logger.exception("failed")

    assert NAME not in _logged(act)


def test_a_message_that_is_an_exception_itself_gives_its_kind_only() -> None:
    assert "ValueError" in (line := _logged(lambda logger: logger.error(ValueError(NAME))))
    assert NAME not in line


@public
def _breaking(request: Any, name: str) -> None:
    raise ValueError(f"{name} {request.GET.get('q')}")


urlpatterns = [path("break/<str:name>", _breaking), path("", include(urls))]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=sys.modules[__name__])
def test_an_error_of_ours_puts_no_name_of_the_request_into_any_output(capfd: pytest.CaptureFixture[str]) -> None:
    import logging.config

    logging.config.dictConfig(settings.LOGGING)
    client = Client(raise_request_exception=False)
    with override_settings(ROOT_URLCONF=sys.modules[__name__]):
        answer = client.get(f"/break/{NAME}?q={NAME}")
    assert answer.status_code == 500
    assert NAME not in answer.content.decode()
    out, err = capfd.readouterr()
    assert NAME not in out + err
    assert "ValueError" in err


def test_every_logger_of_the_node_writes_through_that_formatter() -> None:
    formatters = settings.LOGGING["formatters"]
    assert {name: each["()"] for name, each in formatters.items()} == {"plain": "homeward.bureau.node.logs.WithoutValues"}
    assert {each["formatter"] for each in settings.LOGGING["handlers"].values()} == {"plain"}
