"""What the benchmark of scale is made of: corpora, processes that are watched, questions, a report.

Useful for `scale.py`. Not useful for judging what is found: recombined articles are about nothing.
"""
