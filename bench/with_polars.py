"""The peers' question, answered by polars: bench/with_polars.py FILE... prints JSON."""

import json
import sys

import polars as pl

key = pl.concat_str(
    pl.col("date_time_utc").str.slice(0, 10),
    pl.col("directionality"),
    pl.col("connector_id").fill_null(""),
    pl.col("custom_data").str.extract("S:tlsversion=([^;]*)", 1).fill_null("none"),
    separator="|",
)
columns = [key.alias("key"), pl.col("network_message_id").alias("id")]
rows = pl.scan_csv(sys.argv[1:], infer_schema=False).select(columns).collect()
groups = dict(rows["key"].value_counts().iter_rows())
json.dump({"rows": rows.height, "messages": rows["id"].n_unique(), "groups": groups}, sys.stdout)
