"""Finds what could identify somebody in free text: hard identifiers, first version.

In a chat they are masked and both sides are told; a note that holds one is refused.
The text is first brought into one form (:mod:`flows.normal_form`); then one pattern per kind is
laid over it. Digits are read from left to right by one pattern whose harmless
readings (dates, times, amounts, public lines) come before "phone"; what no reading explains and
has seven digits or more is taken for a phone number: rather a mask too many than a name given away.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from flows.normal_form import normal_form

Kind = Literal["phone", "mail", "url", "handle", "personnummer"]
Level = Literal["block"]

MASKS: dict[Kind, str] = {
    "phone": "[telefonnummer]",
    "mail": "[mejladress]",
    "url": "[länk]",
    "handle": "[användarnamn]",
    "personnummer": "[personnummer]",
}
"""What stands in a masked text instead of a finding."""

FEWEST_DIGITS = 7
"""Fewer digits are no phone number that would reach somebody."""

PUBLIC_LINES = (
    *("112", "11313", "11414", "116000", "116006", "116016", "116111", "116117", "116123", "1177"),
    *("90101", "90390", "020555666", "087021680", "08303020", "0102235760"),
)
"""Numbers of public lines without a service prefix, as digits with the national 0."""

PUBLIC_SERIES = ("020nnnnnn", "020nnnnn", "0200nnnnnn", "077nnnnnnn")
"""Free-phone and shared-cost numbers (n is any digit): given to services, never to persons."""

_MAILS = """
info@valjattsluta.se info@mansjouren.se fraga@boj.se stod@rfsl.se stodjouren@somaya.se
kontakt@droghjalpen.se info@anhoriglinjen.se
"""
_SITES = """
1177.se 112.se polisen.se valjattsluta.se kvinnofridslinjen.se bris.se barn.bris.se mind.se
hjalplinjen.se jourhavande-medmanniska.se killar.se svenskakyrkan.se mansjouren.se
brottsofferjouren.se rfsl.se somaya.se alkoholhjalpen.se droghjalpen.se kyrkanssos.se
storasyster.org terrafem.org anhorigasriksforbund.se stodlinjenforman.se uu.se umo.se
stodlinjenfortranspersoner.se ungarelationer.se hedersfortryck.se karolinska.se sosalarm.se
socialstyrelsen.se youmo.se roks.se unizon.se
"""
PUBLIC_MAILS, PUBLIC_SITES = frozenset(_MAILS.split()), frozenset(_SITES.split())
"""Addresses of the public lines themselves: they identify nobody."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A hard identifier; ``start`` and ``end`` count characters of the original text."""

    start: int
    end: int
    kind: Kind
    level: Level = "block"


def find(text: str) -> tuple[Finding, ...]:
    """Find the hard identifiers, in order and without overlap."""
    view = normal_form(text)
    found: list[Finding] = []
    taken = bytearray(len(text))
    for kind, start, end in _candidates(view.text):
        finding = Finding(view.starts[start], view.ends[end - 1], kind)
        if not any(taken[finding.start : finding.end]):
            taken[finding.start : finding.end] = b"x" * (finding.end - finding.start)
            found.append(finding)
    return tuple(sorted(found, key=lambda finding: finding.start))


def mask(text: str) -> tuple[str, tuple[Finding, ...]]:
    """Give the text with every finding replaced by its word, and the findings."""
    findings = find(text)
    parts: list[str] = []
    at = 0
    for finding in findings:
        parts += text[at : finding.start], MASKS[finding.kind]
        at = finding.end
    return "".join([*parts, text[at:]]), findings


# What the kinds look like in normal form.

_TLD = r"(?:com|org|net|info|biz|io|eu|app|link|gg|tv|fi|dk|ru|uk|fr|pl|chat|social|xyz|page|se)"
_AT_SIGN = r"(?:\s?[(\[{]\s?(?:at|a|snabel-?\s?a)\s?[)\]}]\s?|\s?snabel[- ]?a\s?)"
_DOT = r"(?:\.|\s\.\s|\s?[(\[{]\s?(?:punkt|dot|prick)\s?[)\]}]\s?|\s(?:punkt|dot|prick)\s)"
_LOCAL = r"(?<![\w.+-])(?:\w{1,30}\s?punkt\s?)?[\w.+-]{1,64}"
_NAME = r"[\w-]{1,63}"

_LINK = re.compile(r"https?\s?:\s?//\s?[^\s<>\"]+|(?<!\w)www\.[^\s<>\"]+")
_MAIL = re.compile(
    rf"{_LOCAL}@{_NAME}(?:\.{_NAME}){{0,4}}"
    rf"|{_LOCAL}{_AT_SIGN}{_NAME}(?:{_DOT}{_NAME}){{0,4}}(?:\s(?:com|se|nu|net|org)\b)?"
    rf"|{_LOCAL}(?:\s@\s?|@\s|\sat\s){_NAME}(?:{_DOT}{_NAME}){{0,3}}?{_DOT}(?:{_TLD}|nu|no|de|me)\b"
)
_SITE = re.compile(
    rf"(?<![\w.@-])(?:{_NAME}\.){{1,4}}(?:[a-z]{{2,10}}/[^\s<>\"]+|{_TLD}(?![\w-]|\.\w))"
    r"|(?<!\w)t\s?(?:\.|\(?punkt\)?|\(?dot\)?)\s?me\s?(?:/|slash)\s?\w+"
)
_HANDLE = re.compile(
    r"(?<![\w@.])@(?!\d+(?:kr|:-|-|\b))[\w](?:[\w.]{0,38}\w)"
    r"|(?<!\w)\w{2,32}#\d{4}(?!\d)"
    r"|(?<!\w)(?:ig|insta(?:gram)?|snap(?:chat)?|tiktok|telegram|tele|kik|discord|facebook|fb|twitter"
    r"|messenger|skype|signal)(?:namn|konto)?(?:et|t)?\s?(?:är|e|heter|:|=|-)?\s?:?\s?"
    r"(?P<name>(?=\w{0,30}[a-z])(?=[a-z.]{0,30}[_\d]|\w{1,30}\.\w)[\w.]{2,31}\w)"
    r"|(?<![\w.])(?=[a-z.]{0,30}[_\d])[\w.]{2,31}\w"
    r"(?=\spå\s(?:ig|insta|snap|tiktok|telegram|kik|discord))"
)
_TAIL = ".,;:!?)]}'\"»”’*"

_GAP = r"[ \-./)_~*|\\·•]{0,3}"
_IN = r"[ .\-]?"
_DAY = rf"(?:[06]{_IN}[1-9]|[1278]{_IN}\d|[39]{_IN}[01])"
_MONTH = rf"(?:0{_IN}[1-9]|1{_IN}[0-2])"
_CENTURY = rf"(?:1{_IN}[89]|2{_IN}0){_IN}"
_BIRTH = rf"(?:{_CENTURY})?\d{_IN}\d[ \-./]{{0,3}}{_MONTH}[ \-./]{{0,3}}{_DAY}"
_LAST_FOUR = r"(?:\d{4}|\d\d \d\d|\d(?P<in>[ .\-/])\d(?P=in)\d(?P=in)\d)(?!\d|[\-/.]\d)"
_YEAR = r"(?:19|20)\d\d"
_CLOCK = r"(?:[01]?\d|2[0-4])[.:][0-5]\d"
_DM = r"(?:0?[1-9]|[12]\d|3[01])\s?/\s?(?:0?[1-9]|1[0-2])"
_DATE = (
    rf"{_YEAR}(?P<ymd>[\-/. ]?)(?:0[1-9]|1[0-2])(?P=ymd)(?:0[1-9]|[12]\d|3[01])(?!\d)"
    rf"|(?:0?[1-9]|[12]\d|3[01])(?P<dmy>[\-. /])(?:0?[1-9]|1[0-2])(?P=dmy){_YEAR}(?!\d)"
    rf"|(?:{_DM}\s?-\s?)?{_DM}(?:\s?-?\s?(?:{_YEAR}|\d\d))?(?=\s{_CLOCK})"
    rf"|(?:{_DM}\s?-\s?)?{_DM}(?:\s?-?\s?{_YEAR}|-\d\d)?(?![ \-.]?\d)"
)
_UNIT = (
    r"(?:kr|kronor|sek|tkr|mkr|kkr|:-|euro|€|\$|%|procent|miljon|miljoner|miljarder|tusen|km|mil"
    r"|meter|cm|mm|kg|gram|g|mg|liter|ml|st|stycken|gånger|invånare|personer|år|dagar|timmar"
    r"|minuter|sekunder|poäng|steg|visningar|ord|tecken)"
)
_AMOUNT = (
    rf"(?!46[ .]\d{{3}}[ .]\d{{3}}[ .]\d{{3}}\b)[1-9]\d{{0,2}}(?:[ .]\d{{3}}){{1,4}}"
    rf"(?:\s?-\s?[1-9]\d{{0,2}}(?:[ .]\d{{3}}){{1,4}})?(?![ .\-]?\d)"
    rf"|[1-9]\d{{0,11}}(?:\s?-\s?[1-9]\d{{0,11}})?\s?{_UNIT}(?!\w)"
)
_CASE = (
    r"(?:ärende(?:t|nummer|nr)?|diarienummer|diarienr|dnr|mål(?:et|nummer|nr)?|faktura(?:nummer)?"
    r"|fakturanr|order(?:nummer|nr)?|referens(?:nummer|nr)?|kvitto(?:nummer)?|isbn|issn|sfs|sou|prop"
    r"|version|§|paragraf)\.?\s?(?:är|nr|nummer|:)?\s?(?:[a-zåäö]{1,3}\s?)?"
    r"\d(?:[ \-./]?\d)*"
)
_LINES = tuple(sorted((*PUBLIC_LINES, *PUBLIC_SERIES), key=len, reverse=True))
_NATIONAL = "|".join(_GAP.join(line).replace("n", r"\d") for line in _LINES)
_ABROAD = "|".join(_GAP.join(line[1:]).replace("n", r"\d") for line in _LINES if line[0] == "0")
_PUBLIC = rf"(?:{_NATIONAL}|(?:\+|00){_GAP}4{_GAP}6{_GAP}(?:\(0\){_GAP})?(?:{_ABROAD}))"
_DIGITS = re.compile(
    rf"(?<![\d+])(?P<personnummer>{_BIRTH}[ \-+./]{{0,3}}{_LAST_FOUR})"
    r"|(?<!\d)(?<!\d[ .\-/])(?:"
    rf"(?P<date>{_DATE})"
    rf"|(?P<time>{_CLOCK}(?:\s?-\s?{_CLOCK})?(?![ .:\-]?\d)"
    rf"|(?:[01]\d|2[0-3])[0-5]\d-(?:[01]\d|2[0-4])[0-5]\d(?![ \-]?\d))"
    rf"|(?P<years>{_YEAR}(?:[ /\-]{{1,3}}{_YEAR})+(?![ \-/]?\d))"
    rf"|(?P<amount>{_AMOUNT}))"
    rf"|(?<![\d+])(?<!\d[ \-])(?P<public>{_PUBLIC}(?:{_GAP}{_PUBLIC})*(?!{_GAP}\d))"
    rf"|(?<![^\W\d_])(?P<case>{_CASE})"
    rf"|(?P<phone>(?<!\d)(?:\+\s?)?(?:\((?=[\d ]{{1,5}}\)))?"
    rf"\d(?:{_GAP}(?:\(0\)\s?)?\d){{{FEWEST_DIGITS - 1},}})"
)
_BORN_AFTER_2000 = re.compile(r"\d\d[ \-./]?\d\d[ \-./]?\d\d[ \-+./]{1,3}\d{4}")
_PUBLIC_LINE = re.compile(_PUBLIC)
_SINGLES = re.compile(r"[1-9](?:\D+\d)*")
_DECIMAL = re.compile(r"\d{1,3}\.\d+")


def _candidates(text: str) -> Iterator[tuple[Kind, int, int]]:
    """Give kind and place; where two overlap, the first given counts."""
    yield from _links(_LINK, text)
    yield from _mails(text)
    yield from _links(_SITE, text)
    for found in _HANDLE.finditer(text):
        yield "handle", *found.span("name" if found["name"] else 0)
    yield from _numbers(text)


def _links(pattern: re.Pattern[str], text: str) -> Iterator[tuple[Kind, int, int]]:
    for found in pattern.finditer(text):
        link = found[0].rstrip(_TAIL)
        host = re.sub(r"^(?:https?\s?:\s?//\s?)?(?:www\.)?", "", link).split("/")[0]
        if host not in PUBLIC_SITES:
            yield "url", found.start(), found.start() + len(link)


def _mails(text: str) -> Iterator[tuple[Kind, int, int]]:
    for found in _MAIL.finditer(text):
        if found[0] not in PUBLIC_MAILS:
            yield "mail", *found.span()


def _numbers(text: str) -> Iterator[tuple[Kind, int, int]]:
    for found in _DIGITS.finditer(text):
        if found["phone"] and _could_be_dialled(found[0]):
            yield "phone", *found.span()
        elif found["personnummer"]:
            kind = _person_or_phone(found[0])
            if kind == "personnummer" or not _PUBLIC_LINE.fullmatch(found[0]):
                yield kind, *found.span()


def _could_be_dialled(number: str) -> bool:
    """Not a count of single digits ("1 2 3 4 5 6 7") and not a decimal number."""
    return not (_SINGLES.fullmatch(number) or _DECIMAL.fullmatch(number))


def _person_or_phone(number: str) -> Kind:
    """Ten digits that begin with 0 are a phone number unless they are written as a birth date."""
    digits = re.sub(r"\D", "", number)
    if len(digits) == len("8504121234") and digits[0] == "0":
        return "personnummer" if _BORN_AFTER_2000.fullmatch(number) else "phone"
    return "personnummer"
