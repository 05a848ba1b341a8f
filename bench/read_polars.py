"""The yardstick polars for ``bench.read``: the same bytes as a table of text cells.

.venv-bench/bin/python -m bench.read_polars FILE ROWS ROUNDS
"""

import sys
from pathlib import Path

import polars as pl

from .spent import spend


def main() -> None:
    path, rows, rounds = sys.argv[1:]
    content = Path(path).read_bytes()

    def read() -> None:
        table = pl.read_csv(content, separator=";", infer_schema=False)
        assert len(table) == int(rows)

    print(spend(read, int(rounds)).as_json())


if __name__ == "__main__":
    main()
