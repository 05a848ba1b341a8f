"""``soiree post``: the newsroom writes into the feed file, several at once, and nothing is lost.

``options`` is the command line, ``command`` what it does, ``sheet`` the feed file as rows that can
be changed, ``desk`` the lock, the switch and the history.
"""
