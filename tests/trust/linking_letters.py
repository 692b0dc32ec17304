"""Codes that go out by mail, to a real mail server, and what somebody tries who wants to know which address got which.

The attacker is given more than the closed listening, its backups and our logs: the list as it was typed in, and the order
in which the mail server took the letters.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from tests.trust.linking import SLIPS, Order, Respondent, Tables, Try, _orders, laid, tables_of
from throughline.activity.tests.sink import Sink
from throughline.activity.tests.test_post import mail_server_at
from throughline.home.running.backing_up import back_up
from throughline.schools.models import Membership
from throughline.voices.inviting.actions import Addressee, write_letters
from throughline.voices.inviting.sending import deliver_letters
from throughline.voices.models import Asked
from throughline.voices.spool.marks import code_hash

LETTERS_TABLE = "voices_waitingletter"
CODE = re.compile(rb"/c/([a-z2-9]{12})")


@dataclass
class Post:
    """Writes letters to as many as are wanted, and keeps what is true. A backup is made while all wait, and half way."""

    lead: Membership
    to: Path
    listed: list[str] = field(default_factory=list)  # addresses, as typed in
    got: dict[str, str] = field(default_factory=dict)  # address → code, as the mail server took them
    backups: list[tuple[Tables, bytes]] = field(default_factory=list)

    def give(self, asked: Asked, how_many: int) -> list[str]:
        """The codes that they got, in the order of the list."""
        self.write(asked, how_many)
        with Sink() as sink, mail_server_at(sink.port):
            self._back_up("waiting")
            while deliver_letters():
                if len(self.backups) < 2 and len(sink.letters) * 2 > how_many:
                    self._back_up("half")
        for letter in sink.letters:
            [code] = set(CODE.findall(letter.get_payload(decode=True)))  # type: ignore[arg-type]
            self.got[str(letter["To"])] = code.decode()
        assert len(self.backups) == 2 and len(set(self.got.values())) == how_many
        return [self.got[each] for each in self.listed]

    def write(self, asked: Asked, how_many: int) -> None:
        """Nothing has gone yet."""
        self.listed = [f"zq{uuid4().hex[:12]}zq@families.test" for _each in range(how_many)]
        with mail_server_at(0):
            to = [Addressee(each, "en") for each in self.listed]
            assert write_letters(asked=asked, to=to, by=self.lead) == how_many

    def _back_up(self, name: str) -> None:
        self.backups.append(tables_of(back_up(self.to / name).file))

    def orders(self, codes: Sequence[str]) -> list[Order]:
        """The people with these codes, as they stood on the list and as the mail server took their letters."""
        number = {code: n for n, code in enumerate(codes)}
        known = ([self.got[each] for each in self.listed], list(self.got.values()))
        return [[number[code] for code in way if code in number] for way in known]

    def laid_on_slips(self, people: Sequence[Respondent], seen: Iterable[Tables]) -> Iterator[Try]:
        """Lay the orders of addresses on every order of slips, in each backup and in the closed listening."""
        number = {each.code_hash: n for n, each in enumerate(people)}
        known = self._as_people(people)
        for place, tables in enumerate(seen):
            for name, rows in _orders(SLIPS, tables[SLIPS]):
                slips = [number[row["code_hash"]] for row in rows if row["code_hash"] in number]
                for way, order in known.items():
                    yield laid(f"{way} on {name}, seen {place}", order, slips)

    def _as_people(self, people: Sequence[Respondent]) -> dict[str, Order]:
        number = {each.code_hash: n for n, each in enumerate(people)}
        hashed = {address: code_hash(code) for address, code in self.got.items()}
        return {
            "the list": [number[hashed[each]] for each in self.listed if hashed[each] in number],
            "the mail server": [number[each] for each in hashed.values() if each in number],
        }

    def assert_no_trace(self, backups: Sequence[bytes], closed: bytes, log: str) -> None:
        """No address and no code that went out stands in a backup, in the files of the closed listening, or in our log."""
        needles = [*self.got, *self.got.values()]
        for raw in (*backups, closed, log.encode()):
            found = [each for each in needles if each.encode() in raw]
            assert not found, f"{len(found)} of {len(needles)} are there, as {found[0]}"
