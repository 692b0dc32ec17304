"""The demo: a believable, invented school, told as data and built through the verbs.

`cast` says who, `told` what can be told, the other modules of data tell it, `building` turns it into verbs, and
`story` puts everything in the order in which it happened. Days are counted back from the day of loading.
"""
