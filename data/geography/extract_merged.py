"""Writes communes-merged.csv from the npm package @etalab/decoupage-administratif (see README.md).

python data/geography/extract_merged.py etalab-decoupage-administratif-6.0.0.tgz
"""

import csv
import json
import sys
import tarfile
from pathlib import Path

TABLE = Path(__file__).with_name("communes-merged.csv")


def main() -> None:
    with tarfile.open(sys.argv[1]) as package:
        file = package.extractfile("package/data/communes.json")
        assert file is not None
        communes = json.load(file)
    pairs = sorted(
        (then, commune["code"])
        for commune in communes
        for then in commune.get("anciensCodes", ())
        if then != commune["code"]
    )
    with TABLE.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter=";", lineterminator="\n")
        writer.writerow(("then", "now"))
        writer.writerows(pairs)
    print(f"{TABLE.name}: {len(pairs)} former codes")


if __name__ == "__main__":
    main()
