"""``soiree init``: from a real results file to a first election file and its table of units.

``command`` reads and writes files; the rest says what goes into them and is pure.
"""
