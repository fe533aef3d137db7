"""Officers in real browsers: each has a browser session of its own on one node, and does with the pages what the walk says."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from homeward.bureau.access.demo import DEMO_PASSWORD, DEMO_SECRET

SLUG = "walk"
#: The pages that ask for the password or the code again.
_ASKS_WHO_IT_IS = re.compile(r"/accounts/(confirm|2fa/reauthenticate)/")


class Officer:
    """One officer of one node. `page` is Playwright's; whatever the browser complains about is kept in `complaints`."""

    def __init__(self, browser: Any, address: str, name: str) -> None:
        self.address = address.rstrip("/")
        self.name = name
        self.page = browser.new_context(viewport={"width": 1360, "height": 900}).new_page()
        self.page.set_default_timeout(60_000)
        self.complaints: list[str] = []
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.go("/accounts/login/")
        self.page.locator(f'form:has-text("{name}") button').first.click()
        self.page.wait_for_url(self.address + "/")
        #: The login name, which stands in the frame of every page.
        self.login = self.page.locator(".bar__me summary").inner_text().strip()

    def go(self, path: str) -> None:
        """Open a page of the node; it must answer 200."""
        answer = self.page.goto(self.address + path)
        self._show_who_it_is()
        assert answer.status == 200, f"{self.name}: {path} answered {answer.status}"

    def room(self, path: str = "") -> None:
        """Open a page of the exchange."""
        self.go(f"/exchanges/{SLUG}/{path}")

    def stay_in(self, path: str) -> None:
        """Open a page of the exchange unless it is in front of the officer already."""
        if self.page.url != f"{self.address}/exchanges/{SLUG}/{path}":
            self.room(path)

    def press(self, words: str) -> None:
        """Press the first button or link of this name, and wait for the page that follows."""
        with self.page.expect_navigation():
            self._named(words).first.click()
        self._show_who_it_is()

    def _show_who_it_is(self) -> None:
        """Give the password or the code again where a signature asks for it; what was asked for goes on by itself."""
        if not _ASKS_WHO_IT_IS.search(self.page.url):
            return
        asked = self.page.get_by_role("heading", name="Confirm that it is you")
        assert asked.count(), self.page.locator("main").inner_text()
        if self.page.locator("input[name=password]").count():
            self.page.locator("input[name=password]").fill(DEMO_PASSWORD)
        else:
            self.page.locator("input[name=code]").fill(format_hotp_value(hotp_value(DEMO_SECRET, int(time.time()) // 30)))
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="Confirm", exact=True).click()
        assert not asked.count(), self.page.locator("main").inner_text()

    def can_press(self, words: str) -> bool:
        """Whether there is a button or link of this name."""
        return bool(self._named(words).count())

    def _named(self, words: str) -> Any:
        return self.page.get_by_role("button", name=words, exact=True).or_(
            self.page.get_by_role("link", name=words, exact=True)
        )

    def upload(self, button: str, *files: Path) -> None:
        """Choose files in the form that has this button, and send it."""
        form = self.page.locator("form", has=self.page.get_by_role("button", name=button)).first
        form.locator("input[type=file]").set_input_files([str(file) for file in files])
        with self.page.expect_navigation():
            form.get_by_role("button", name=button).click()

    def download(self, words: str, folder: Path) -> Path:
        """Press what downloads a file, and give where it was put."""
        with self.page.expect_download() as coming:
            self._named(words).first.click()
        path = folder / coming.value.suggested_filename
        coming.value.save_as(path)
        return path

    def said(self) -> str:
        """What the page tells after something was done."""
        return " ".join(self.page.locator(".note").all_inner_texts())

    def sign(self, words: str) -> None:
        """Press what leads to a signature, read the sentence, and sign or ask for a second hand."""
        self.press(words)
        self._sign_here()

    def _sign_here(self) -> None:
        assert self.page.locator(".says").count(), self.page.locator("main").inner_text()
        self.press("Sign" if self.can_press("Sign") else "Ask for it")
        assert not self.page.locator(".note--error").count(), self.said()

    def confirm_all(self) -> int:
        """Give the second hand to everything that another officer asked for; gives how many."""
        done = 0
        self.room("to-sign/")
        while self.can_press("Read and confirm"):
            self.press("Read and confirm")
            self.press("Confirm and sign")
            done += 1
            self.room("to-sign/")
        return done

    def agree_to_all(self) -> int:
        """Agree to every proposal of others that waits for this party; gives how many."""
        self.room("to-sign/")
        addresses = [link.get_attribute("href") for link in self._named("Read and agree").all()]
        for address in addresses:
            self.go(str(address))
            self._sign_here()
        return len(addresses)
