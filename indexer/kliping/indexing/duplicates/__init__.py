"""Wire copy and reprints: which articles say the same, and how a search shows one of them.

Imported by the module, so that a search loads only what it needs.
"""
