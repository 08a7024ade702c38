"""`python -m bot` is `helpline`."""

from bot.cli import main

main()
