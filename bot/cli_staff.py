"""`helpline staff`: who works at the desk."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import click

from bot.folders import make_folder
from bot.settings import read_settings
from bot.store.staff import ROLES, Role, StaffError, StaffStore, refuse_unfit
from bot.streams import NO_CHARACTER, next_line


@click.group()
def staff() -> None:
    """Counsellors and coordinators, by pseudonym."""


@staff.command()
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.option("--password-stdin", is_flag=True, help="Set the password from the first line read.")
def add(name: str, role: Role, *, password_stdin: bool) -> None:
    """Add somebody; prints a one-time code to log in with."""
    password = _password() if password_stdin else None
    asyncio.run(_add(name, role, password))


async def _add(name: str, role: Role, password: str | None) -> None:
    async with _store() as store:
        code = await store.add(name, role)
        if password is None:
            print(f"Set-up code for {name}: {code}")
        else:
            await store.set_password(name, password)
            print(f"{name} can log in.")


@staff.command("list")
def list_() -> None:
    """List everybody: name, role, and whether they may log in."""

    async def show() -> None:
        async with _store() as store:
            for member in await store.list():
                print(member.name, member.role, "disabled" if member.disabled else "active")

    asyncio.run(show())


@staff.command()
@click.argument("name")
def disable(name: str) -> None:
    """Close somebody's way in, at once."""

    async def close() -> None:
        async with _store() as store:
            before = await store.member(name)
            await store.disable(name)
            if before and before.disabled:
                print(f"{name} was disabled before: nothing has changed.")
            else:
                print(f"{name} can no longer log in.")

    asyncio.run(close())


@staff.command()
@click.argument("name")
def reset(name: str) -> None:
    """Forget somebody's password and second factor; prints a new one-time code."""

    async def renew() -> None:
        async with _store() as store:
            print(f"Set-up code for {name}: {await store.reset(name)}")

    asyncio.run(renew())


@asynccontextmanager
async def _store() -> AsyncIterator[StaffStore]:
    folder = read_settings().data_dir
    make_folder(folder)
    store = await StaffStore.open(folder / "staff.db")
    try:
        yield store
    finally:
        await store.close()


def _password() -> str:
    password = next_line() or ""
    if NO_CHARACTER in password:
        raise StaffError("The password that was read is not text in UTF-8: nobody was added.")
    refuse_unfit(password)
    return password
