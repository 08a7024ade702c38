"""A counsellor and a visitor who sit before real browsers, while everything else goes on."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.bot.browser import until

HERE = ".panel:not([hidden])"
ANSWERED = "Formuläret är inlämnat"

UNKNOWN = f"""
for (const field of document.querySelectorAll("{HERE} .field:not([hidden])")) {{
    const radio = field.querySelector("[value=unknown]");
    if (!field.querySelector(":checked:not([value=''])") && radio) {{
        if (radio.tagName === "OPTION") {{
            radio.parentElement.value = "unknown";
            radio.parentElement.dispatchEvent(new Event("change", {{bubbles: true}}));
        }} else radio.click();
    }}
}}
"""
"""Answers "Vet ej" to every question that is asked and has no answer."""

PRESS = """
const it = document.querySelector(arguments[0]);
if (!it?.checkVisibility() || it.disabled || it.closest("[inert]")) return false;
it.click();
return true;
"""
"""Finds something and presses it in one go, if somebody could; tells whether it did."""

T = TypeVar("T")


@dataclass(slots=True)
class Screen:
    """One browser; each thing is done in a thread of its own, so that nobody waits for it."""

    driver: Chrome

    async def open(self, url: str, **cookies: str) -> None:
        """Go there, with these cookies."""
        await asyncio.to_thread(self.driver.get, url)
        for name, value in cookies.items():
            self.driver.add_cookie({"name": name, "value": value, "path": "/"})
        if cookies:
            await asyncio.to_thread(self.driver.get, url)

    async def press(self, selector: str) -> None:
        """Press it as soon as it can be; a page that is drawn anew meanwhile swallows nothing."""
        await self.until(lambda it: it.execute_script(PRESS, selector), selector)

    async def write(self, selector: str, words: str) -> None:
        await self.press(selector)
        box = self.driver.find_element(By.CSS_SELECTOR, selector)
        await asyncio.to_thread(box.send_keys, words + Keys.ENTER)

    async def sees(self, selector: str, words: str) -> None:
        """Wait until an element says something."""
        script = (
            "return [...document.querySelectorAll(arguments[0])]"
            ".some(it => it.textContent.includes(arguments[1]))"
        )
        await self.until(lambda it: bool(it.execute_script(script, selector, words)), words)

    async def shows(self, selector: str, words: list[str]) -> None:
        """Wait until these elements, and no others, say this."""
        script = "return [...document.querySelectorAll(arguments[0])].map(it => it.textContent)"
        what = f"{selector}: {words}"
        await self.until(lambda it: it.execute_script(script, selector) == words, what)

    async def until(self, is_so: Callable[[Chrome], T], what: str) -> T:
        return await asyncio.to_thread(until, self.driver, is_so, what)

    async def photograph(self, path: Path) -> None:
        await asyncio.to_thread(self.driver.save_screenshot, str(path))


@dataclass(slots=True)
class DeskScreen(Screen):
    """The desk of a counsellor who is logged in. Talks are known by their place among the tabs."""

    async def take_next(self) -> None:
        """Take whoever has waited longest."""
        before = len(self.driver.find_elements(By.CSS_SELECTOR, ".panel"))
        await self.press("#queue .main")
        await self.until(
            lambda it: len(it.find_elements(By.CSS_SELECTOR, ".panel")) > before, "a panel"
        )
        await self.until(lambda it: it.find_element(By.CSS_SELECTOR, f"{HERE} form.say"), "a form")

    async def turn_to(self, talk: int) -> None:
        await self.press(f"#tabs li:nth-child({talk}) a")

    async def say(self, words: str) -> None:
        await self.write(f"{HERE} form.say textarea", words)

    async def reads(self, author: str, words: list[str]) -> None:
        """Wait until the talk that is open holds exactly this from one of the two."""
        await self.shows(f"{HERE} .line.{author} > .text", words)

    async def all_come(self, delivery: str, number: int) -> None:
        """Wait until so many answers, and no others, stand there as delivered."""
        await self.shows(f"{HERE} .delivery", [delivery] * number)

    async def end(self) -> None:
        await self.press(f"{HERE} .tool:not(.refer) > summary")
        await self.press(f"{HERE} .sure:last-of-type > summary")
        await self.press(f"{HERE} .ending")

    async def file(self) -> None:
        """Fill in the form as somebody does who has learnt little, and file it."""
        await self.press(f"{HERE} [name=role][value=public]")
        await asyncio.to_thread(self.driver.execute_script, UNKNOWN)
        await self.press(f"{HERE} [data-order=file]")
        await self.sees("#notice", ANSWERED)


@dataclass(slots=True)
class PageScreen(Screen):
    """The page of a visitor."""

    async def choose(self, choice: str) -> None:
        await self.press(f'button[value="{choice}"]')

    async def say(self, words: str) -> None:
        await self.write("#words", words)
