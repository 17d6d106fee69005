"""The job gives what the program alone gives, however its input is split, and
whatever fails on the way."""

from __future__ import annotations

import os
import random
import stat
import struct
import subprocess
import sys
import tempfile
import unittest
from collections.abc import Sequence
from pathlib import Path

import mailflow_job as job

HERE = Path(__file__).resolve().parent
PROGRAM = Path(os.environ.get("MAILFLOW", HERE.parent / "target/release/mailflow"))
SAMPLES = HERE.parent / "tests/samples"
SHARED = HERE.parent.parent / "shared/samples"
# 2026-11-22T12:00:00Z
NOW = "1795348800"


def alone(paths: Sequence[str], *settings: str) -> bytes:
    """What the program says of the files by itself; it ends with 1 where one of
    them is no log, which is no fault."""
    done = subprocess.run(
        [PROGRAM, "tally", "--cells", *settings, *paths], capture_output=True, check=False
    )
    if done.returncode not in (0, 1):
        raise AssertionError(done.stderr.decode())
    return done.stdout


def trace(rows: int, seed: int) -> bytes:
    """A ConnectorReport whose connectors have line ends and quotes in their
    names, so that a slice cannot know where it begins; some rows come twice,
    some have no id, some are damaged."""
    chance = random.Random(seed)
    names = ['"Gate\r\n2026-09-03T10:00:00Z,<x@x>,a,b,Sent,""c"",d\r\n"', "Plain", '""']
    header = (
        "date,message_id,recipient_address,sender_address,direction,connector_name,"
        "connector_type,tls_version,tls_forced\r\n"
    )
    lines = [header]
    for number in range(rows):
        day, second = 1 + number % 20, number % 60
        name = chance.choice(names)
        message = "" if chance.random() < 0.1 else f"<{chance.randrange(rows)}@x.example>"
        tls = chance.choice(["TLS1.2", "TLS1.3", "No Tls", ""])
        line = (
            f"2026-09-{day:02}T10:00:{second:02}Z,{message},r@contoso.example,"
            f"s{number % 7}@x.example,Received,{name},Partner,{tls},True\r\n"
        )
        lines.append(line)
        if chance.random() < 0.05:
            lines.append(line)
        if chance.random() < 0.01:
            lines.append("2026-09-03,too short\r\n")
    return "".join(lines).encode()


class JobTest(unittest.TestCase):
    """Each test runs jobs in one local Spark, whose tasks may fail three times."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.spark = job.session("local[2,4]", str(PROGRAM))
        folder = tempfile.TemporaryDirectory(prefix="mailflow-spark-")
        cls.addClassCleanup(folder.cleanup)
        cls.addClassCleanup(cls.spark.stop)
        cls.folder = Path(folder.name)

    def counted(
        self,
        paths: Sequence[str],
        *settings: str,
        program: Path = PROGRAM,
        bytes_each: int = 1 << 20,
        partitions: int = 3,
        settle: bool = True,
    ) -> bytes:
        step = job.Program("mailflow", (*settings, "--now", NOW), str(program))
        one = job.Job(self.spark, step, bytes_each, bytes_each, partitions)
        return one.run(paths, ["--cells"], settle)

    def same(self, paths: Sequence[str], *settings: str, **how: object) -> None:
        self.assertEqual(
            self.counted(paths, *settings, **how).decode(),  # type: ignore[arg-type]
            alone(paths, *settings).decode(),
        )

    def put(self, name: str, content: bytes) -> str:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        return str(path)

    def wrapper(self, name: str, script: str) -> Path:
        """A program in place of the real one, which it finds as PROGRAM."""
        path = self.folder / name
        path.write_text(f"#!/bin/bash\nPROGRAM={PROGRAM}\nMARK={path}.mark\n{script}")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return path

    def test_all_samples_a_task_each(self) -> None:
        self.same(job.files_below([str(SAMPLES)]), bytes_each=1, partitions=5)

    def test_messages_that_are_not_settled_count_the_same(self) -> None:
        self.same(job.files_below([str(SAMPLES)]), bytes_each=20_000, settle=False)

    def test_settings_reach_every_step(self) -> None:
        logs = [str(path) for path in sorted(SAMPLES.glob("*.log"))]
        self.same(
            logs,
            *("--own-domain", "contoso.example", "--year", "2025", "--time-zone", "+09:00"),
            *("--connector", "mx.fabrikam.example=Gate", "--internal-host", "10."),
            bytes_each=1,
        )

    @unittest.skipUnless(SHARED.is_dir(), f"{SHARED} is missing")
    def test_shared_samples(self) -> None:
        self.same(job.files_below([str(SHARED)]), bytes_each=50_000, partitions=4)

    def test_logs_that_are_cut_anywhere(self) -> None:
        paths = []
        for name in ["postfix.log", "exim.log", "smtp-receive.log", "sendmail.log"]:
            lines = (SAMPLES / name).read_bytes().splitlines(keepends=True)
            head = [line for line in lines[:8] if line.startswith(b"#")]
            for at in range(0, len(lines), 7):
                piece = lines[at : at + 7]
                piece = piece if at == 0 else head + piece
                paths.append(self.put(f"cut/{name}.{at:04}", b"".join(piece)))
        self.same(sorted(paths), bytes_each=1, partitions=4)

    def test_slices_and_overlapping_copies(self) -> None:
        quoted = trace(8_000, 1)
        half = quoted[: quoted.index(b"\r\n2026", len(quoted) // 2) + 2]
        paths = [
            self.put("slices/a.csv", quoted),
            self.put("slices/b.csv", half),
            self.put("slices/c.csv", quoted.decode().encode("utf-16")),
            self.put("slices/d.csv", quoted[:-9]),
        ]
        self.same(paths, bytes_each=30_000)

    def test_a_trio_of_exports_with_overlap(self) -> None:
        folder = self.folder / "trio"
        arguments = ["--days", "6", "--messages", "60", "--last-day", "2026-11-21", "--overlap"]
        subprocess.run([PROGRAM, "sample", *arguments, folder], check=True)
        (folder / "truth.json").unlink()
        paths = job.files_below([str(folder)])
        again = self.put("trio/again.csv", Path(paths[0]).read_bytes())
        self.same(job.files_below([str(folder)]) + [again], bytes_each=150_000)

    def test_a_step_that_is_killed_is_run_again(self) -> None:
        killed = self.wrapper(
            "killed",
            # Each kind of step dies once: in the middle of what it answers.
            'case "$2" in survey|read|count) ;; *) exec "$PROGRAM" "$@" ;; esac\n'
            'if mkdir "$MARK-$2" 2>/dev/null; then "$PROGRAM" "$@" | head -c 100; kill -9 $$; fi\n'
            'exec "$PROGRAM" "$@"\n',
        )
        paths = job.files_below([str(SAMPLES)])
        figures = self.counted(paths, program=killed, bytes_each=20_000)
        self.assertEqual(figures.decode(), alone(paths).decode())
        for step in ["survey", "read", "count"]:
            self.assertTrue(Path(f"{killed}.mark-{step}").is_dir(), step)

    def test_a_damaged_record_stops_the_job(self) -> None:
        damaged = self.wrapper(
            "damaged",
            'if [ "$2" = count ]; then sed "0,/\\"layout\\":/s//\\"layout\\";/" | "$PROGRAM" "$@"\n'
            'else exec "$PROGRAM" "$@"; fi\n',
        )
        with self.assertRaises(Exception) as raised:
            self.counted([str(SAMPLES / "message-trace.csv")], program=damaged)
        said = job.reason(raised.exception)
        self.assertRegex(said, r"mailflow job count .*partition \d+: line \d+ is no observation")

    def test_records_that_are_cut_off_stop_the_job(self) -> None:
        cut = self.wrapper(
            "without-accounts",
            'if [ "$2" = count ]; then grep -v "{\\"account\\"" | "$PROGRAM" "$@"\n'
            'else exec "$PROGRAM" "$@"; fi\n',
        )
        with self.assertRaises(Exception) as raised:
            self.counted([str(SAMPLES / "message-trace.csv")], program=cut)
        self.assertRegex(
            job.reason(raised.exception), "accounts of 0 files are there, and not of 1"
        )


class PartsTest(unittest.TestCase):
    """Parts are only put together where they are whole, of this version, and
    each is there once."""

    def setUp(self) -> None:
        made = subprocess.run(
            [PROGRAM, "job", "count", "--partition", "0"],
            input=b"",
            capture_output=True,
            check=True,
        )
        _, self.part = job.unframed(made.stdout)

    def refused(self, *parts: bytes) -> str:
        framed = b"".join(struct.pack("<Q", len(part)) + part for part in parts)
        done = subprocess.run(
            [PROGRAM, "job", "finish", "--partitions", "1", "--files", "0", "--json"],
            input=framed,
            capture_output=True,
            check=False,
        )
        if done.returncode == 0:
            return ""
        self.assertEqual(done.stdout, b"")
        return done.stderr.decode()

    def test_a_part_is_taken_once(self) -> None:
        self.assertEqual(self.refused(self.part), "")
        self.assertIn("partition 0 is there twice", self.refused(self.part, self.part))
        self.assertIn("0 of 1 partitions are there", self.refused())

    def test_a_part_of_another_version_is_refused(self) -> None:
        version, _, rest = self.part.partition(b"\n")
        self.assertIn("another version", self.refused(version + b".9\n" + rest))

    def test_a_damaged_part_is_refused(self) -> None:
        for at in range(20, len(self.part)):
            damaged = bytearray(self.part)
            damaged[at] ^= 1
            self.assertNotEqual(self.refused(bytes(damaged)), "", at)
            if at > 60:
                break
        self.assertIn("damaged", self.refused(self.part[:-1]))


class ComponentsTest(unittest.TestCase):
    """Components are those that a search finds."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.spark = job.session("local[2,4]", str(PROGRAM))
        cls.spark.conf.set("spark.sql.shuffle.partitions", 2)
        cls.addClassCleanup(cls.spark.stop)

    @staticmethod
    def searched(links: list[tuple[int, int, int]]) -> dict[int, int]:
        parent: dict[int, int] = {}

        def root(node: int) -> int:
            parent.setdefault(node, node)
            while parent[node] != node:
                parent[node] = parent[parent[node]]
                node = parent[node]
            return node

        first: dict[int, int] = {}
        for main, key, _ in links:
            one, other = root(main), root(first.setdefault(key, main))
            parent[max(one, other)] = min(one, other)
        return {node: root(node) for node in list(parent)}

    def found(self, links: list[tuple[int, int, int]]) -> tuple[dict[int, int], set[int]]:
        frame = self.spark.createDataFrame(links, "main long, key long, borrows byte")
        named, hubs = job.components(frame)
        known = {row["main"]: row["component"] for row in named.collect()}
        alone = {main: known.get(main, main) for main, _, _ in links}
        return alone, {row["main"] for row in hubs.collect()}

    def test_random_links(self) -> None:
        for seed in range(3):
            chance = random.Random(seed)
            pick = chance.randrange
            links = [(pick(-90, 90), 1_000 + pick(150), 0) for _ in range(60 * (seed + 1))]
            self.assertEqual(self.found(links)[0], self.searched(links), seed)

    def test_a_long_chain(self) -> None:
        links = [(node + step, 1_000 + node, 0) for node in range(60) for step in (0, 1)]
        self.assertEqual(set(self.found(links)[0].values()), {0})

    def test_a_session_that_many_borrow_from_is_a_hub(self) -> None:
        many = [(100 + node, 7, 1) for node in range(job.HUB)] + [(7, 7, 1)]
        named, hubs = self.found(many)
        self.assertEqual((len(set(named.values())), hubs), (job.HUB + 1, {7}))
        # One that does more than borrow makes them one.
        named, hubs = self.found([*many, (-1, 7, 0)])
        self.assertEqual((len(set(named.values())), hubs), (1, set()))


if __name__ == "__main__":
    sys.path.insert(0, str(HERE))
    unittest.main(testRunner=unittest.TextTestRunner(stream=sys.stdout, verbosity=2))
