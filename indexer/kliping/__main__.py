"""``python -m kliping``: the same as the command ``kliping``."""

from kliping.cli import main

if __name__ == "__main__":
    main()
