"""The night: what fetches, judges and publishes while the votes are counted.

companion   the process each web worker keeps (``spawn`` starts it); one of them holds the lock
watch       its loop: poll, judge, publish; the embargo's hour
source      one polled file: lane + fetcher + judgement + health
fetch, url  reading bytes, with limits on everything
whole       when a file counts as whole; the reasoning is in its docstring
"""
