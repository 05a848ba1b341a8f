"""The screens: ready bytes for everyone, and the one stream that says they changed.

``front`` answers every request; ``follower`` knows what is published; ``events`` pushes it;
``shell`` asks Dash, once at start, for everything a page needs; ``index`` writes the first HTML.
Nothing here builds a figure, reads a results file, or runs per viewer.
"""
