"""What a source repeats in its articles, such as a footer, is learnt from them and left out.

Imported by the module, so that a search loads only what it needs.
"""
