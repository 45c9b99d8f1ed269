"""Records, one article each: JSON, JSON lines and CSV. Which column is what?"""
