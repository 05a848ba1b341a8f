"""The skeleton of each screen: places, in reading order, without a word or a number."""
