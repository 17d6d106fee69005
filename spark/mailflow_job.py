"""Counts the messages of more files than one machine reads, with Apache Spark.

Spark carries lines; what is read, joined and counted is decided by the program
`mailflow`, the same one as on a single machine. README.md shows the steps.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
from pyspark import SparkFiles, StorageLevel, TaskContext
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

Batches = Iterator[pa.RecordBatch]

# Bytes of input that one task reads, and that one partition joins. A partition's
# messages are in memory at once: a few times as much.
TASK_BYTES = 64 << 20
# A session that more messages than this only borrow from is sent to every
# partition instead of gathering them in one.
HUB = 1_000
# Parts that are put together at a time.
TREE = 16
# How much a pipe to the program takes at a time.
BLOCK = 8 << 20

UNIT_SCHEMA = "unit string"
SURVEY_SCHEMA = "unit int, main long, key long, borrows byte, report string"
BLOCK_SCHEMA = "partition int, file int, at long, block binary"
COUNTED_SCHEMA = "evidence binary, bytes binary"
PART_SCHEMA = "bytes binary"


class StepError(RuntimeError):
    """A step of the program failed; its text is what the program said."""


# --- The program -------------------------------------------------------------


@dataclass(frozen=True)
class Program:
    """The program, as tasks start it."""

    name: str
    settings: tuple[str, ...] = ()
    # Where Spark does not ship it: local mode.
    path: str | None = None

    def command(self, *step: str) -> list[str]:
        path = self.path or SparkFiles.get(self.name)
        return [path, "job", *step, *self.settings]


def start(command: Sequence[str]) -> tuple[subprocess.Popen[bytes], BinaryIO]:
    """Starts a step; what it says when it fails goes to the file."""
    errors = tempfile.TemporaryFile()  # noqa: SIM115 (`end` closes it)
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors
    )
    return process, errors


def feed(process: subprocess.Popen[bytes], chunks: Iterable[bytes | pa.Buffer]) -> threading.Thread:
    """Writes to a step, beside whoever reads what it answers."""

    def write() -> None:
        assert process.stdin is not None
        # One that ended early says why in its own words.
        try:
            with suppress(BrokenPipeError), process.stdin as pipe:
                for chunk in chunks:
                    pipe.write(chunk)
        except BaseException as error:
            failure.append(error)
            process.kill()

    failure: list[BaseException] = []
    writer = threading.Thread(target=write, daemon=True)
    writer.failure = failure  # type: ignore[attr-defined]
    writer.start()
    return writer


def end(process: subprocess.Popen[bytes], errors: BinaryIO, writer: threading.Thread) -> None:
    """Waits for a step, and raises what went wrong."""
    code = process.wait()
    writer.join()
    failure = writer.failure  # type: ignore[attr-defined]
    if failure:
        raise failure[0]
    if code != 0:
        errors.seek(0)
        said = errors.read().decode(errors="replace").strip()
        step = " ".join(process.args[1:3])  # type: ignore[index]
        raise StepError(f"mailflow {step} ended with {code}: {said or 'it said nothing'}")
    errors.close()


def run(command: Sequence[str], chunks: Iterable[bytes | pa.Buffer]) -> bytes:
    """All that a step answers."""
    process, errors = start(command)
    writer = feed(process, chunks)
    assert process.stdout is not None
    answer = process.stdout.read()
    end(process, errors, writer)
    return answer


def table_of(
    command: Sequence[str], chunks: Iterable[bytes], columns: dict[str, pa.DataType]
) -> Batches:
    """What a step answers in lines of values with tabs between."""
    process, errors = start(command)
    writer = feed(process, chunks)
    assert process.stdout is not None
    try:
        with pa_csv.open_csv(
            process.stdout,
            read_options=pa_csv.ReadOptions(column_names=list(columns), block_size=BLOCK),
            parse_options=pa_csv.ParseOptions(delimiter="\t", quote_char=False, escape_char=False),
            convert_options=pa_csv.ConvertOptions(
                column_types=columns, strings_can_be_null=False, check_utf8=False
            ),
        ) as reader:
            yield from reader
    except pa.ArrowInvalid as error:
        # Nothing came, or a line that is cut off: the step says why.
        if "Empty CSV file" not in str(error):
            process.kill()
            end(process, errors, writer)
            raise
    except GeneratorExit:
        # Spark wants no more.
        process.kill()
        raise
    end(process, errors, writer)


# --- Files, units and slices -------------------------------------------------


@dataclass
class Source:
    """A file to read, or an archive of several."""

    path: str
    place: int
    file: int
    bytes: int
    files: int
    # The number of its first unit.
    units: int
    cuts: list[int]
    # What became of slices, by their number and where their first row begins;
    # `None` where that is not the beginning of rows that could be read.
    slices: dict[int, dict[int, Any]] = field(default_factory=dict)
    head: int = 0

    def unit(self, part: Any, number: int = 0) -> str:
        """A unit of it: slices have their number, all else 0."""
        known = {"path": self.path, "place": self.place, "file": self.file}
        return json.dumps({"unit": self.units + number, **known, "part": part})

    def whole(self) -> tuple[int, str]:
        return self.bytes, self.unit("whole")

    def is_sliced(self) -> bool:
        return len(self.cuts) > 1

    def read_in_one_go(self) -> None:
        self.cuts = []
        self.slices = {}

    def slice(self, number: int, start: int | None = None) -> tuple[int, str]:
        """The slice behind the cut of that number, from 1."""
        begin, finish = self.cuts[number - 1], self.cuts[number]
        part = {
            "number": number,
            "from": begin if start is None else start,
            "to": finish,
            "exact": start is not None,
        }
        return max(finish - begin, 1), self.unit({"slice": part}, number)

    def numbers(self) -> range:
        return range(1, len(self.cuts))

    def take(self, report: dict[str, Any]) -> None:
        """Takes down what became of a part."""
        if "slice" not in report:
            if report["whole"]:
                self.read_in_one_go()
            elif "rows" in report:
                self.head = report["rows"][1]
        elif "rows" in report:
            self.slices.setdefault(report["slice"], {})[report["rows"][0]] = report
        elif report["exact"]:
            self.slices.setdefault(report["slice"], {})[report["from"]] = None

    def chain(self) -> list[dict[str, Any]]:
        """Slices of which each begins where the one before ends, from the head
        on, as far as they are known."""
        found: list[dict[str, Any]] = []
        at = self.head
        for number in self.numbers():
            known = self.slices.get(number, {}).get(at)
            if known is None:
                break
            found.append(known)
            at = known["rows"][1]
        return found

    def missing(self) -> list[tuple[int, int]]:
        """Slices to read, and where: the next of the chain, and those behind
        it from wherever the ones before may end."""
        chain = self.chain()
        if len(chain) == len(self.numbers()):
            return []
        first = len(chain) + 1
        ends = {chain[-1]["rows"][1] if chain else self.head}
        if any(self.slices.get(first, {}).get(at, self) is None for at in ends):
            # Not even from the start of a row.
            self.read_in_one_go()
            return []
        wanted = []
        for number in self.numbers()[first - 1 :]:
            known = self.slices.get(number, {})
            wanted.extend((number, at) for at in sorted(ends) if at not in known)
            ends = {report["rows"][1] for report in known.values() if report}
        return wanted

    def rest(self) -> tuple[int, str]:
        reads = [report["read"] for report in self.chain()]
        part = {"cut": self.cuts[0], "slices": reads}
        return self.cuts[0] + self.bytes - self.cuts[-1], self.unit({"rest": part})


def packed(units: Iterable[tuple[int, str]], bytes_each: int) -> list[list[str]]:
    """Units in groups of about so many bytes, the largest first."""
    groups: list[list[str]] = []
    room: list[int] = []
    for size, unit in sorted(units, key=lambda unit: -unit[0]):
        if groups and room[-1] + size <= bytes_each:
            groups[-1].append(unit)
            room[-1] += size
        else:
            groups.append([unit])
            room.append(size)
    return groups


def frame_of(spark: SparkSession, groups: list[list[str]]) -> DataFrame:
    """Units as rows, each group in a partition of its own."""
    parts = max(len(groups), 1)
    rows = spark.sparkContext.parallelize(groups, parts)
    return spark.createDataFrame(
        rows.flatMap(lambda group: [(unit,) for unit in group]), UNIT_SCHEMA
    )


def units_of(batches: Batches) -> Iterator[bytes]:
    for batch in batches:
        for unit in batch.column(0).to_pylist():
            yield unit.encode() + b"\n"


# --- The steps ---------------------------------------------------------------


def survey_step(program: Program) -> Callable[[Batches], Batches]:
    columns = {"unit": pa.int32(), "main": pa.int64(), "key": pa.int64()}
    columns |= {"borrows": pa.int8(), "report": pa.string()}
    return lambda batches: table_of(program.command("survey"), units_of(batches), columns)


def read_step(program: Program, partitions: int) -> Callable[[Batches], Batches]:
    command = ("read", "--partitions", str(partitions))
    return lambda batches: blocks_of(program.command(*command), keys_and_units(batches))


def keys_and_units(batches: Batches) -> Iterator[bytes | pa.Buffer]:
    """What a task is told: keys with their component, hubs, then its units."""
    plain = pa_csv.WriteOptions(include_header=False, delimiter="\t")
    for batch in batches:
        keys = batch.filter(pc.is_null(batch.column("unit")))
        named = keys.filter(pc.is_valid(keys.column("component")))
        hubs = keys.filter(pc.is_null(keys.column("component")))
        for rows, columns in [(named, ["main", "component"]), (hubs, ["main"])]:
            if rows.num_rows:
                lines = pa.BufferOutputStream()
                pa_csv.write_csv(rows.select(columns), lines, plain)
                yield lines.getvalue()
        for unit in batch.column("unit").drop_null().to_pylist():
            yield unit.encode() + b"\n"


def blocks_of(command: Sequence[str], chunks: Iterable[bytes | pa.Buffer]) -> Batches:
    """Blocks of records that a step answers, each behind what it is of."""
    process, errors = start(command)
    writer = feed(process, chunks)
    assert process.stdout is not None
    head = struct.Struct("<IIqQ")
    rows: list[tuple[int, int, int, bytes]] = []
    room = BLOCK
    try:
        while begin := process.stdout.read(head.size):
            partition, file, at, length = head.unpack(begin.ljust(head.size, b"\0"))
            block = process.stdout.read(length)
            if len(begin) < head.size or len(block) < length:
                # It was cut off; the step says why.
                process.kill()
                break
            rows.append((partition, file, at, block))
            room -= length
            if room < 0:
                yield batch_of(rows)
                rows, room = [], BLOCK
    except GeneratorExit:
        # Spark wants no more.
        process.kill()
        raise
    end(process, errors, writer)
    if rows:
        yield batch_of(rows)


def batch_of(rows: list[tuple[int, int, int, bytes]]) -> pa.RecordBatch:
    types = [pa.int32(), pa.int32(), pa.int64(), pa.binary()]
    columns = [
        pa.array(column, kind) for column, kind in zip(zip(*rows, strict=True), types, strict=True)
    ]
    return pa.RecordBatch.from_arrays(columns, ["partition", "file", "at", "block"])


def count_step(program: Program) -> Callable[[Batches], Batches]:
    def count(batches: Batches) -> Batches:
        context = TaskContext.get()
        assert context is not None
        blocks = (block.as_buffer() for batch in batches for block in batch.column("block"))
        command = program.command("count", "--partition", str(context.partitionId()))
        evidence, part = unframed(run(command, blocks))
        yield binary_of(evidence=evidence, bytes=part)

    return count


def merge_step(program: Program, step: str = "merge") -> Callable[[Batches], Batches]:
    """Puts the parts of a task together; `settle` does so, too."""

    def merge(batches: Batches) -> Batches:
        parts = framed(part for batch in batches for part in batch.column("bytes").to_pylist())
        first = next(parts, None)
        if first is not None:
            yield binary_of(bytes=run(program.command(step), chained(first, parts)))

    return merge


def chained(first: bytes, others: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from others


def framed(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Parts as the program reads them, each behind its length."""
    for part in parts:
        yield struct.pack("<Q", len(part))
        yield part


def unframed(answer: bytes) -> list[bytes]:
    """The contents of what stands behind its length each."""
    found, at = [], 0
    while at < len(answer):
        (length,) = struct.unpack_from("<Q", answer, at)
        found.append(answer[at + 8 : at + 8 + length])
        at += 8 + length
    return found


def binary_of(**columns: bytes) -> pa.RecordBatch:
    values = [pa.array([content], pa.binary()) for content in columns.values()]
    return pa.RecordBatch.from_arrays(values, list(columns))


# --- Components --------------------------------------------------------------


def components(links: DataFrame) -> tuple[DataFrame, DataFrame]:
    """Which main keys stand for one component, and which sessions are hubs.

    The first has `main` and `component`, for main keys that a key links with
    another; all others are alone. The second has the main keys of sessions that
    every partition needs.
    """
    links = links.distinct()
    keys = (
        links.groupBy("key")
        .agg(
            F.min("main").alias("least"),
            F.max("main").alias("most"),
            F.count("main").alias("records"),
            F.min("borrows").alias("borrows"),
        )
        .where("least <> most")
    )
    hubs = keys.where((F.col("borrows") == 1) & (F.col("records") > HUB)).select("key")
    linking = keys.where((F.col("borrows") == 0) | (F.col("records") <= HUB))
    edges = (
        links.join(linking, "key")
        .where("main <> least")
        .select(F.col("main").alias("a"), F.col("least").alias("b"))
        .distinct()
    )
    return connected(edges), hubs.select(F.col("key").alias("main"))


def connected(edges: DataFrame) -> DataFrame:
    """Connected components, each named by its least node: large and small stars
    in turn (Kiveris and others, "Connected Components in MapReduce and Beyond",
    2014), until nothing changes."""
    stars = edges.localCheckpoint()
    before = None
    while True:
        after = fingerprint(stars)
        if after == before or after[0] == 0:
            break
        before = after
        stars = small_star(large_star(stars)).localCheckpoint()
    return stars.select(F.col("a").alias("main"), F.col("b").alias("component"))


def fingerprint(edges: DataFrame) -> tuple[int, int]:
    """How many edges, and a sum over all of them that no order changes."""
    row = edges.agg(
        F.count("a"), F.coalesce(F.sum(F.xxhash64("a", "b").cast("decimal(38,0)")), F.lit(0))
    ).first()
    assert row is not None
    return int(row[0]), int(row[1])


def large_star(edges: DataFrame) -> DataFrame:
    """Links every greater neighbour of a node with the least around it."""
    both = edges.union(edges.select(F.col("b").alias("a"), F.col("a").alias("b")))
    least = both.groupBy("a").agg(F.least(F.min("b"), F.col("a")).alias("least"))
    joined = both.join(least, "a").where("b > a")
    return (
        joined.select(F.col("b").alias("a"), F.col("least").alias("b")).where("a <> b").distinct()
    )


def small_star(edges: DataFrame) -> DataFrame:
    """Links a node and its lesser neighbours with the least of them."""
    down = edges.select(F.greatest("a", "b").alias("a"), F.least("a", "b").alias("b"))
    least = down.groupBy("a").agg(F.min("b").alias("least"))
    joined = down.join(least, "a")
    neighbours = joined.select(F.col("b").alias("a"), F.col("least").alias("b"))
    own = least.select("a", F.col("least").alias("b"))
    return neighbours.union(own).where("a <> b").distinct()


# --- The job -----------------------------------------------------------------


@dataclass
class Job:
    """One run over all files."""

    spark: SparkSession
    program: Program
    slice_bytes: int = TASK_BYTES
    task_bytes: int = TASK_BYTES
    partitions: int = 0
    times: dict[str, float] = field(default_factory=dict)

    def log(self, name: str, since: float) -> float:
        now = time.monotonic()
        self.times[name] = round(now - since, 2)
        print(f"mailflow: {name} took {now - since:.1f} s", file=sys.stderr)
        return now

    def plan(self, paths: Sequence[str]) -> list[Source]:
        """What stands at the paths, with the numbers of files."""
        program, width = self.program, str(self.slice_bytes)

        def look(group: Iterator[str]) -> Iterator[str]:
            lines = (path.encode() + b"\n" for path in group)
            answer = run(program.command("plan", "--slice", width), lines)
            return iter(answer.decode().splitlines())

        wide = min(len(paths), 4 * self.spark.sparkContext.defaultParallelism)
        found = self.spark.sparkContext.parallelize(list(paths), wide).mapPartitions(look).collect()
        sources, file, units = [], 0, 0
        for place, line in enumerate(found):
            known = json.loads(line)
            sources.append(Source(place=place, file=file, units=units, **known))
            file += known["files"]
            units += 1 + len(known["cuts"])
        return sources

    def survey(self, sources: list[Source]) -> DataFrame:
        """The links of all records; and slices of files are made to fit.

        A slice begins at a guess: behind a line feed, which may stand within a
        value. Where it does not begin at the row behind the last of the slice
        before, it is read again from there, until each fits to the one before.
        """
        sliced = [source for source in sources if source.is_sliced()]
        units = [source.whole() for source in sources if not source.is_sliced()]
        for source in sliced:
            units.append((source.cuts[0], source.unit({"head": {"cut": source.cuts[0]}})))
            units.extend(source.slice(number) for number in source.numbers())
        links = self.look(sources, units)
        while units := [
            source.slice(number, at) for source in sliced for number, at in source.missing()
        ]:
            links = links.union(self.look(sources, units))
        fitting = [source for source in sliced if source.is_sliced()]
        if fitting:
            links = links.union(self.look(sources, [source.rest() for source in fitting]))
        left = [source for source in sliced if not source.is_sliced()]
        if left:
            links = links.union(self.look(sources, [source.whole() for source in left]))
        return links

    def look(self, sources: list[Source], units: list[tuple[int, str]]) -> DataFrame:
        """The links of some units; what becomes of slices is taken down."""
        frame = frame_of(self.spark, packed(units, self.task_bytes))
        found = frame.mapInArrow(survey_step(self.program), SURVEY_SCHEMA)
        found = found.persist(StorageLevel.DISK_ONLY)
        by_file = {source.file: source for source in sources}
        for row in found.where("report <> ''").select("report").collect():
            report = json.loads(row.report)
            by_file[report["file"]].take(report)
        return found.where("report = ''").select("unit", "main", "key", "borrows")

    def tasks(self, sources: list[Source]) -> list[list[str]]:
        """All that is to be read, each row once, in groups."""
        units = []
        for source in sources:
            if not source.is_sliced():
                units.append(source.whole())
                continue
            units.append(source.rest())
            for report in source.chain():
                start, finish = report["rows"]
                if start < finish:
                    units.append(source.slice(report["slice"], start))
        return packed(units, self.task_bytes)

    def partitioned(self, sources: list[Source], links: DataFrame) -> DataFrame:
        """Blocks of records by component, in the order of files. Each task is
        told the components of the keys that it will find."""
        tasks = self.tasks(sources)
        width = max(len(tasks), 1)
        numbered = [
            (task, json.loads(unit)["unit"], unit)
            for task, units in enumerate(tasks)
            for unit in units
        ]
        rows = self.spark.sparkContext.parallelize(numbered, width)
        units = self.spark.createDataFrame(rows, "task int, number int, unit string")
        named, hubs = components(links.select("main", "key", "borrows"))
        where = F.broadcast(units.select("task", F.col("number").alias("unit")))
        keys = links.select("unit", "main").distinct().join(named, "main").join(where, "unit")
        keys = keys.select("task", "main", "component").distinct()
        everyone = self.spark.range(width).select(F.col("id").cast("int").alias("task"))
        everywhere = everyone.crossJoin(hubs).withColumn("component", F.lit(None).cast("long"))
        told = keys.union(everywhere).withColumn("unit", F.lit(None).cast("string"))
        empty = F.lit(None).cast("long")
        told = told.union(units.select("task", empty, empty, "unit"))
        told = told.repartitionById(width, F.col("task"))
        told = told.sortWithinPartitions(F.col("unit").asc_nulls_first())
        read = told.mapInArrow(read_step(self.program, self.partitions), BLOCK_SCHEMA)
        spread = read.repartitionById(self.partitions, F.col("partition"))
        return spread.sortWithinPartitions("file", "at").select("block")

    def settled(self, counted: DataFrame) -> DataFrame:
        """Parts whose messages are counted: which domains are the own ones, and
        whether logs tell of acceptance, is concluded from all of them before."""
        evidence = [bytes(row["evidence"]) for row in counted.select("evidence").collect()]
        answer = run(self.program.command("conclude"), framed(evidence))
        settings = (*self.program.settings, *json.loads(answer))
        self.program = Program(self.program.name, settings, self.program.path)
        step = merge_step(self.program, "settle")
        return counted.select("bytes").mapInArrow(step, PART_SCHEMA)

    def merged(self, parts: DataFrame) -> list[bytes]:
        """Parts put together until few are left."""
        left = self.partitions
        while left > TREE:
            left = -(-left // TREE)
            parts = parts.repartition(left).mapInArrow(merge_step(self.program), PART_SCHEMA)
        return [bytes(row["bytes"]) for row in parts.collect()]

    def run(self, paths: Sequence[str], answer: Sequence[str], settle: bool = True) -> bytes:
        """The figures of all files, as the program answers them. Where messages
        are to be joined with others later, they are not settled."""
        since = time.monotonic()
        sources = self.plan(paths)
        total = sum(source.bytes for source in sources)
        self.partitions = self.partitions or max(1, -(-total // self.task_bytes))
        width = max(self.partitions, self.spark.sparkContext.defaultParallelism)
        self.spark.conf.set("spark.sql.shuffle.partitions", width)
        since = self.log("plan", since)
        links = self.survey(sources)
        since = self.log("survey", since)
        shared = self.partitioned(sources, links)
        since = self.log("components", since)
        counted = shared.mapInArrow(count_step(self.program), COUNTED_SCHEMA)
        counted = counted.persist(StorageLevel.DISK_ONLY)
        parts = self.settled(counted) if settle else counted.select("bytes")
        contents = self.merged(parts)
        since = self.log("count", since)
        files = sum(source.files for source in sources)
        sizes = ("--partitions", str(self.partitions), "--files", str(files))
        figures = run(self.program.command("finish", *sizes, *answer), framed(contents))
        self.log("finish", since)
        return figures


def files_below(paths: Iterable[str]) -> list[str]:
    """All files, and those in folders, by name: the order in which files are
    credited with what several hold."""
    found = []
    for path in paths:
        if os.path.isdir(path):
            found.extend(
                os.path.join(folder, name) for folder, _, names in os.walk(path) for name in names
            )
        else:
            found.append(path)
    return sorted(os.path.abspath(path) for path in found)


def session(master: str, program: str) -> SparkSession:
    """A session that ships the program to its tasks."""
    if master.startswith("local"):
        os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = (
        SparkSession.builder.appName("mailflow")
        .master(master)
        # A partition's number says what was counted: none may be put together.
        .config("spark.sql.adaptive.enabled", "false")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "20000")
        .config("spark.sql.execution.arrow.maxBytesPerBatch", str(2 * BLOCK))
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.io.compression.codec", "zstd")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.maxResultSize", "0")
    )
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    spark.sparkContext.addFile(program)
    spark.sparkContext.addPyFile(__file__)
    return spark


def arguments(given: Sequence[str] | None = None) -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(
        prog="mailflow_job.py",
        usage="%(prog)s [options] PATH... [-- SETTINGS OF mailflow tally]",
        description="Counts messages on many machines. What stands behind -- are settings of "
        "`mailflow tally` (--own-domain, --time-zone, …).",
    )
    parser.add_argument("--program", default="target/release/mailflow", help="the program")
    parser.add_argument("--master", default="local[*]", help="local[2], spark://…, yarn")
    parser.add_argument("--out", required=True, help="where the document of cells goes")
    parser.add_argument("--save", help="where all that is known is saved, to be read beside others")
    parser.add_argument("--slice", type=int, default=TASK_BYTES, help="bytes of a slice")
    parser.add_argument("--task", type=int, default=TASK_BYTES, help="bytes of a task")
    parser.add_argument("--partitions", type=int, default=0, help="how many join messages")
    parser.add_argument("--now", type=int, default=int(time.time()), help=argparse.SUPPRESS)
    parser.add_argument("paths", nargs="+", help="files and folders, as every machine sees them")
    every = list(sys.argv[1:] if given is None else given)
    end = every.index("--") if "--" in every else len(every)
    return parser.parse_args(every[:end]), every[end + 1 :]


def main(given: Sequence[str] | None = None) -> int:
    args, settings = arguments(given)
    paths = files_below(args.paths)
    if not paths:
        print("mailflow: there is no file", file=sys.stderr)
        return 2
    program = Path(args.program).resolve()
    if not program.is_file():
        print(f"mailflow: {program} is missing; build it with `make program`", file=sys.stderr)
        return 2
    spark = session(args.master, str(program))
    try:
        local = str(program) if args.master.startswith("local") else None
        step = Program(program.name, (*settings, "--now", str(args.now)), local)
        job = Job(spark, step, args.slice, args.task, args.partitions)
        save = ["--save", str(Path(args.save).resolve())] if args.save else []
        figures = job.run(paths, ["--cells", *save], settle=not args.save)
    except Exception as error:
        print(f"mailflow: {reason(error)}", file=sys.stderr)
        return 1
    finally:
        spark.stop()
    out = Path(args.out)
    out.parent.mkdir(parents=True, exist_ok=True)
    # Whoever reads the figures finds all of them or those of before.
    beside = out.with_name(out.name + ".new")
    beside.write_bytes(figures)
    shutil.move(beside, out)
    return 0


def reason(error: Exception) -> str:
    """What the program said, where it is the program that failed."""
    text = str(error)
    for line in text.splitlines():
        if "StepError: " in line:
            return line.split("StepError: ", 1)[1]
    return text


if __name__ == "__main__":
    sys.exit(main())
