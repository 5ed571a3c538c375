"""``python -m syndicate`` is the command line."""

from syndicate.cli import main

if __name__ == "__main__":
    main()
