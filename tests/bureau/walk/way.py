"""The way of an exchange as officers go it, page by page. Every step is done with what a page offers; none reaches behind it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import openpyxl

from tests.bureau.walk.officers import SLUG, Officer

TITLE = "Twelve for twelve"
BUREAUX = ("UA", "RU")
#: List → who holds the people, who receives them.
LISTS = {"home-UA": ("RU", "UA"), "home-RU": ("UA", "RU")}


class Walk:
    """All officers of three nodes, at their browsers. `files` is where downloads lie, `exchange` the invented files."""

    def __init__(self, browser: Any, addresses: dict[str, str], files: Path, exchange: Path) -> None:
        self.browser, self.addresses, self.files, self.exchange = browser, addresses, files, exchange
        self.officers: dict[tuple[str, str], Officer] = {}

    def at(self, party: str, name: str) -> Officer:
        """An officer, signed in once and then staying so."""
        key = (party, name)
        if key not in self.officers:
            self.officers[key] = Officer(self.browser, self.addresses[party], name)
        return self.officers[key]

    def first(self, party: str) -> Officer:
        """Who signs first for a party."""
        return self.at(party, "First delegate" if party == "NEUTRAL" else "Negotiator")

    def second(self, party: str) -> Officer:
        """Who gives the second hand."""
        return self.at(party, "Second delegate" if party == "NEUTRAL" else "Handover officer")

    # -- mail and heads

    def post(self, *parties: str) -> None:
        """These bureaux exchange files with the neutral, by HTTPS. By default both, and the first once more, for what the second
        has brought."""
        for party in parties or (*BUREAUX, BUREAUX[0]):
            officer = self.first(party)
            officer.stay_in("mail/")
            officer.press("Exchange files now")
            assert not officer.page.locator(".note--error").count(), officer.said()

    def head(self) -> None:
        """A head over everything, cosigned by all three, and known to all as such."""
        self.post(*BUREAUX)
        neutral = self.first("NEUTRAL")
        neutral.stay_in("record/")
        neutral.press("Make a head over everything and cosign it")
        assert not neutral.page.locator(".note--error").count(), neutral.said()
        self.post(*BUREAUX)
        for party in BUREAUX:
            officer = self.first(party)
            officer.room("record/")
            officer.press("Recompute everything and cosign the newest head")
            assert not officer.page.locator(".note--error").count(), officer.said()
        self.post()
        for party in BUREAUX:
            officer = self.first(party)
            officer.room("record/")
            assert "cosigned by all" in officer.page.locator("tbody tr").first.inner_text(), officer.page.inner_text("main")

    def all_agree(self, *, two: bool) -> None:
        """Every party agrees to what waits for it, with two hands where the act wants two."""
        for party in ("NEUTRAL", *BUREAUX):
            self.first(party).agree_to_all()
            if two:
                self.second(party).confirm_all()

    # -- founding

    def import_registers(self) -> None:
        """Each bureau takes its register in: a dry run first, then row by row into the register."""
        for party, name in (("UA", "register.xlsx"), ("RU", "register.csv")):
            officer = self.at(party, "Registrar")
            officer.go("/people/imports/add/")
            officer.page.locator("main input[type=file]").set_input_files(str(self.exchange / party / name))
            officer.press("Show what it would do")
            self._finish_import(officer)

    def _finish_import(self, officer: Officer) -> None:
        """Look at the dry run, then import; the page of each job goes to its result by itself."""
        page = officer.page
        page.get_by_text("dry run, nothing done").wait_for()
        where = page.url
        with page.expect_navigation(url="**/jobs/*/"):
            page.locator("main button.button--main").click()
        page.wait_for_url(where)
        assert "done" in page.locator(".head .state").inner_text(), page.locator(".head").inner_text()

    def found(self) -> None:
        """Terms, keys of three, one charter, three records begun under it, the terms agreed."""
        for party in ("NEUTRAL", *BUREAUX):
            officer = self.first(party)
            officer.go("/exchanges/")
            page = officer.page
            if page.locator("details.panel:not([open])").count():
                page.locator("details.panel summary").click()
            page.locator("input[name=slug]").fill(SLUG)
            page.locator("input[name=title]").fill(TITLE)
            officer.press("Add")
            officer.room("terms/")
            officer.upload("Upload terms (TOML)", self.exchange / "terms.toml")
            officer.press("Make our keys")
            officer.download(f"Download {party}.public", self.files)
        maker = self.first("NEUTRAL")
        maker.room("terms/")
        for party in BUREAUX:
            maker.upload("Upload another party’s .public", self.files / f"{party}.public")
        maker.press("Make the charter")
        charter = maker.download("Download the charter", self.files)
        digits = maker.page.locator("strong.digits").inner_text()
        for party in ("NEUTRAL", *BUREAUX):
            officer = self.first(party)
            officer.room("terms/")
            if party != "NEUTRAL":
                officer.upload("Upload the one another party made", charter)
            assert officer.page.locator("strong.digits").inner_text() == digits, "all read the same digits aloud"
            officer.page.get_by_label("The digits of the charter and of all keys were compared aloud").check()
            officer.press("Begin the record")

    def give_keys(self) -> None:
        """Whoever signs gets assigned and a signing key of his own; who began the record has one."""
        for party in ("NEUTRAL", *BUREAUX):
            manager = self.first(party)
            manager.room("officers/")
            signers = ["delegate2"] if party == "NEUTRAL" else ["handover", "listofficer"]
            others = [] if party == "NEUTRAL" else ["reviewer1", "reviewer2"]
            for name in (*signers, *others):
                manager.page.get_by_label("Login name").fill(name)
                manager.press("Assign")
            for name in signers:
                row = manager.page.get_by_role("row", name=name)
                with manager.page.expect_navigation():
                    row.get_by_role("button", name="Give a signing key").click()

    def meet_by_https(self) -> None:
        """The neutral makes a secret for each bureau; each enters the other's address."""
        for party in BUREAUX:
            neutral, bureau = self.first("NEUTRAL"), self.first(party)
            bureau.room("mail/")
            neutral.room("mail/")
            theirs = self._address_for(bureau, "NEUTRAL")
            ours = self._address_for(neutral, party)
            form = neutral.page.locator("form.peer", has=neutral.page.locator(f"input[value={party}]"))
            form.get_by_label("Address of the other node").fill(theirs)
            form.get_by_label("make a new secret and show it once").check()
            with neutral.page.expect_navigation():
                form.get_by_role("button", name="Keep").click()
            secret = neutral.page.locator("p.mono.big").inner_text().strip()
            form = bureau.page.locator("form.peer")
            form.get_by_label("Address of the other node").fill(ours)
            form.locator("input[name=token]").fill(secret)
            with bureau.page.expect_navigation():
                form.get_by_role("button", name="Keep").click()

    def _address_for(self, officer: Officer, party: str) -> str:
        form = officer.page.locator("form.peer", has=officer.page.locator(f"input[value={party}]"))
        return str(form.locator(".mono").first.inner_text()).strip()

    def carry_by_hand(self) -> None:
        """The first parcels go as files, as a courier would take them: out of one node, into the other, twice."""
        neutral = self.first("NEUTRAL")
        for party in BUREAUX:
            officer = self.first(party)
            officer.room("mail/")
            parcel = officer.download("Make a parcel for NEUTRAL", self.files)
            for _time in range(2):
                neutral.room("mail/")
                neutral.upload("Take in", parcel)
                assert "refused" not in neutral.said(), neutral.said()
        for party in BUREAUX:
            neutral.room("mail/")
            parcel = neutral.download(f"Make a parcel for {party}", self.files)
            officer = self.first(party)
            officer.room("mail/")
            officer.upload("Take in", parcel)

    def agree_to_terms(self) -> None:
        """One proposes, all agree with their roots."""
        proposer = self.first("UA")
        proposer.room("terms/")
        proposer.sign("Propose the terms")
        self.carry_by_hand()
        for party in ("RU", "NEUTRAL"):
            officer = self.first(party)
            officer.room("terms/")
            officer.sign("Agree")

    # -- lists

    def commit_lists(self) -> None:
        """Every holder uploads its list, reads what the check says, and is bound to it; all cosign that."""
        for list_id, (holder, _) in LISTS.items():
            officer = self.at(holder, "List officer")
            officer.room(f"lists/{list_id}/")
            officer.upload("Upload a version (XLSX, CSV)", self.exchange / holder / "held.xlsx")
            self._correct(officer, list_id, self.exchange / holder / "held.xlsx")
            officer.press("Check clause by clause")
            officer.room(f"lists/{list_id}/")
            officer.sign("Commit to the newest version")
        self.head()

    def _correct(self, officer: Officer, list_id: str, source: Path) -> None:
        """Take out the rows that the report says stop the list, and upload the next version, until nothing stops it."""
        version = 1
        while officer.page.locator("tbody tr").first.locator(".state--bad").count():
            report = officer.page.locator("pre.report").inner_text()
            stops = report.partition("STOPS SENDING")[2].partition("\nLOOK")[0]
            rows = sorted({int(found.split(",")[-1]) for found in re.findall(r"Rows? ([0-9, ]+):", stops)}, reverse=True)
            assert rows, stops
            workbook = openpyxl.load_workbook(source)
            for row in rows:
                workbook.active.delete_rows(row)
            version += 1
            source = self.files / f"{list_id}-{version}.xlsx"
            workbook.save(source)
            officer.upload("Upload a version (XLSX, CSV)", source)

    def release_lists(self) -> None:
        """The neutral lodges and, with two delegates, releases; all cosign; every receiver opens what it was sent."""
        delegate = self.first("NEUTRAL")
        for list_id in LISTS:
            delegate.room(f"lists/{list_id}/")
            delegate.sign("Lodge")
        self.head()
        delegate.room("lists/")
        delegate.sign("Release all lists")
        assert self.second("NEUTRAL").confirm_all() == 1
        self.head()
        for list_id, (_, receiver) in LISTS.items():
            officer = self.at(receiver, "List officer")
            officer.room(f"lists/{list_id}/")
            officer.sign("Open the list")
        self.post()

    def interview_everybody(self) -> None:
        """The delegate ticks everybody who wishes to go, page by page."""
        delegate = self.first("NEUTRAL")
        while True:
            delegate.room("interviews/?outcome=none")
            boxes = delegate.page.locator("input[name=person]")
            if not boxes.count():
                break
            for box in boxes.all():
                box.check()
            delegate.page.get_by_label("Outcome for those who are ticked").select_option("wishes_to_go")
            delegate.press("Sign the outcomes")

    def review_lists(self) -> None:
        """Each receiver compares the list with its register; two reviewers decide every pair by keys alone."""
        for list_id, (_, receiver) in LISTS.items():
            officer = self.at(receiver, "List officer")
            officer.room(f"lists/{list_id}/")
            officer.press("Start a review against our register")
            officer.page.wait_for_url("**/review/**")  # The comparison is a job, whose page goes to the pairs.
            for name in ("First reviewer", "Second reviewer"):
                self._decide(self.at(receiver, name))

    def _decide(self, reviewer: Officer) -> int:
        """Work through what waits for this reviewer without a page load: s for the same person, d for different ones."""
        reviewer.go("/review/")
        reviewer.press("Work")
        page, done = reviewer.page, 0
        while page.locator(".desk__words button[data-key=s]").count():
            place = page.locator(".desk__head h2").inner_text()
            page.keyboard.press("s" if self._likely(page.locator(".desk__why h3").first.inner_text()) else "d")
            page.locator(".desk__head h2", has_text=place).wait_for(state="detached")
            done += 1
        return done

    def _likely(self, machine: str) -> bool:
        """What the machine says, as a walk without knowledge of its own takes it: likely from one half on."""
        found = re.search(r"([0-9]+(?:\.[0-9]+)?)\s*%", machine)
        return found is not None and float(found.group(1)) >= 50

    def answer_lists(self) -> None:
        """The decisions become answers; they are read and sent sealed."""
        for list_id, (_, receiver) in LISTS.items():
            officer = self.at(receiver, "List officer")
            officer.room(f"lists/{list_id}/answers/")
            officer.press("Derive answers from the decisions")
            officer.room(f"lists/{list_id}/answers/")
            officer.sign("Send the answers")
        self.head()

    def freeze_lists(self) -> None:
        """The holders open the answers and freeze; the receivers agree; all cosign."""
        for list_id, (holder, _) in LISTS.items():
            officer = self.at(holder, "List officer")
            officer.room(f"lists/{list_id}/")
            officer.sign("Open the answers")
            officer.room(f"lists/{list_id}/")
            officer.sign("Freeze")
        self.post()
        for list_id, (_, receiver) in LISTS.items():
            officer = self.at(receiver, "List officer")
            officer.room(f"lists/{list_id}/")
            officer.sign("Agree to the freeze")
        self.head()

    # -- stages

    def plan_all(self) -> None:
        """Each bureau computes the plan alone, from the lists that it has open."""
        for party in BUREAUX:
            officer = self.first(party)
            officer.room("plan/")
            officer.press("Compute the plan")
            assert officer.page.locator(".board").count(), officer.page.locator("main").inner_text()

    def stage(self, stage: str, *, absent: bool = False) -> None:
        """One stage: proposed, agreed, opened with two keys each, handed over, received, balanced, closed.

        With `absent` one person of RU's is not presented; both sides tick that, and sign it as a deviation.
        """
        self._all_sign(stage, "UA", "Propose the people of this stage")
        self._all_sign(stage, "RU", "Give the GO")
        for party in BUREAUX:
            self._make_manifest(party, stage)
        for party in BUREAUX:
            self._tick(party, stage, "holder", absent=absent and party == "RU")
        self.head()
        for party in BUREAUX:
            self._tick(party, stage, "receiver", absent=absent and party == "UA")
        self.head()
        if absent:
            self.all_agree(two=False)
            self.head()
        self._all_sign(stage, "RU", "Close with this balance")

    def _all_sign(self, stage: str, party: str, words: str) -> None:
        """One party asks with two hands, everybody agrees with two hands, all cosign."""
        officer = self.first(party)
        officer.room(f"stages/{stage}/")
        officer.sign(words)
        assert self.second(party).confirm_all() == 1
        self.post(party, *(each for each in BUREAUX if each != party))
        self.all_agree(two=True)
        self.head()

    def _make_manifest(self, party: str, stage: str) -> None:
        officer = self.at(party, "Handover officer")
        officer.room(f"stages/{stage}/")
        officer.press("Make the manifest")
        if officer.can_press("Write the manifest down"):
            officer.press("Write the manifest down")

    def _tick(self, party: str, stage: str, role: str, *, absent: bool = False) -> None:
        """Everybody of every vehicle of this role: ticked, counted with the other side, left, signed into the record."""
        officer = self.at(party, "Handover officer")
        page = officer.page
        officer.go("/handover/")
        officer.press(f"{SLUG} · {stage}")
        words = "we hand over" if role == "holder" else "we receive"
        for address in [each.get_attribute("href") for each in page.locator("a.fleet__one", has_text=words).all()]:
            officer.go(str(address))
            people = page.locator("li.person")
            for number in range(people.count()):
                if absent and number == 0:
                    people.nth(number).locator("details.others summary").click()
                    people.nth(number).get_by_role("button", name="Not presented").click()
                else:
                    people.nth(number).locator(".tick--main").click()
            for number in range(people.count()):
                people.nth(number).get_by_role("button", name="Take back").wait_for()
            page.locator("#outbox").wait_for(state="hidden")
            officer.go(str(address))
            page.get_by_label("The other side counted at the line").fill(str(people.count() - absent))
            officer.press("Sign the departure")
            officer.press("Sign the ticks into the record")

    def close(self) -> None:
        """All close the exchange; the last head is cosigned by all; every party takes its record home."""
        officer = self.first("UA")
        officer.room()
        officer.sign("Close the exchange")
        assert self.second("UA").confirm_all() == 1
        self.post(*BUREAUX)
        self.all_agree(two=True)
        self.head()

    def take_records(self) -> dict[str, Path]:
        """What each party exports in the end."""
        found = {}
        for party in ("NEUTRAL", *BUREAUX):
            officer = self.first(party)
            officer.room("record/")
            folder = self.files / party
            folder.mkdir(exist_ok=True)
            found[party] = officer.download("Export (.record)", folder)
        return found
