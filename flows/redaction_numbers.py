"""Phone numbers and personnummer, in normal form.

Digits are read from left to right by one pattern whose harmless readings (dates, times, amounts,
public lines) come before "phone"; what no reading explains and has seven digits or more is taken
for a phone number: rather a mask too many than a name given away.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from flows.redaction_public import PUBLIC_LINES, PUBLIC_SERIES

NumberKind = Literal["phone", "personnummer"]
Found = tuple[NumberKind, int, int]

FEWEST_DIGITS = 7
"""Fewer digits are no phone number that would reach somebody."""

BEFORE_A_NUMBER = 24
"""Characters in which a word about calling makes a bare amount a phone number."""

_GAP = r"[ \-./)_~*|\\·•]{0,3}"
_WIDE = r"(?:[\W_]{0,6}|\s?(?:och\s)?(?:sen|sedan|bindestreck|streck|därefter)\s?)"
"""What may part the digits of a number that begins as only phone numbers do."""
_IN = r"[ .\-]?"
_DAY = rf"(?:[06]{_IN}[1-9]|[1278]{_IN}\d|[39]{_IN}[01])"
_MONTH = rf"(?:0{_IN}[1-9]|1{_IN}[0-2])"
_CENTURY = rf"(?:1{_IN}[89]|2{_IN}0){_IN}"
_BIRTH = rf"(?:{_CENTURY})?\d{_IN}\d[ \-./_]{{0,3}}{_MONTH}[ \-./_]{{0,3}}{_DAY}"
_LAST_FOUR = r"(?:\d{4}|\d\d \d\d|\d(?P<in>[ .\-/])\d(?P=in)\d(?P=in)\d)(?!\d|[\-/.:]\d)"
_THE_LAST = r"(?:och\s)?(?:de\s)?sista\s?(?:fyra|4)?\s?(?:siffror(?:na)?)?\s?(?:är|:)?\s?"
_TO_LAST = rf"(?:[ \-+./_~*|\\]{{0,3}}|[:;]|[,\s]{{0,3}}{_THE_LAST})"
"""What may stand before the last four digits."""
_LAST_LETTERS = (
    r"(?:[ \-+./_]{0,3}[a-zåäö]\d{3}|[\-+./_]?[a-zåäö]{2}\d{2}|[\-+][a-zåäö]\d[a-zåäö\d]{2})"
    r"(?![^\W_])"
)
"""Numbers for those who have none: T-numbers and the regions' reserve numbers."""
_MONTHS = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|mars?|apr(?:il)?|maj|juni?|juli?|aug(?:usti)?|sep(?:t|tember)?"
    r"|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WRITTEN_BIRTH = rf"(?:0?[1-9]|[12]\d|3[01])\s?{_MONTHS}\s?(?:19|20)?\d\d"
_YEAR = r"(?:19|20)\d\d"
_CLOCK = r"(?:[01]?\d|2[0-4])[.:][0-5]\d"
_SHIFT = r"(?:[01]\d|2[0-4])[0-5]\d"
_HOURS = r"(?:[01]?\d|2[0-4])\s?-\s?(?:[01]?\d|2[0-4])"
_DM = r"(?:0?[1-9]|[12]\d|3[01])\s?/\s?(?:0?[1-9]|1[0-2])"
_DATE = (
    rf"{_YEAR}(?P<ymd>[\-/. ]?)(?:0[1-9]|1[0-2])(?P=ymd)(?:0[1-9]|[12]\d|3[01])(?!\d)"
    rf"|(?:0?[1-9]|[12]\d|3[01])(?P<dmy>[\-. /])(?:0?[1-9]|1[0-2])(?P=dmy){_YEAR}(?!\d)"
    rf"|(?:{_DM}\s?-\s?)?{_DM}(?:\s?-?\s?(?:{_YEAR}|\d\d))?(?=\s{_CLOCK})"
    rf"|(?:{_DM}\s?-\s?)?{_DM}(?:\s?-?\s?{_YEAR}|-\d\d)?(?![ \-./]?\d)"
)
_DAY_MONTH = r"(?:0[1-9]|[12]\d|3[01])"
_COMPACT = rf"{_YEAR}(?:0[1-9]|1[0-2]){_DAY_MONTH}"
_DATES = (
    rf"{_COMPACT}\s?-\s?{_COMPACT}(?!\d)|{_COMPACT}[ t]?{_CLOCK}(?::[0-5]\d)?(?!\d)"
    rf"|{_COMPACT}\s?(?:,|och|till)\s?(?={_COMPACT})"
    rf"|{_YEAR}-(?:0[1-9]|1[0-2])-{_DAY_MONTH}t[0-2]\d:[0-5]\d(?::[0-5]\d)?"
    r"|\d\d?[./]\d\d?[.\-/ ]?(?:\d\d)?\s?-{1,2}\s?"
    rf"\d\d?[./]\d\d?[.\-/ ]\s?(?:{_YEAR}|\d\d)(?![ .\-/]?\d)"
    rf"|{_YEAR}-(?:0[1-9]|1[0-2])-{_DAY_MONTH}\s?-{{1,2}}\s?{_YEAR}-(?:0[1-9]|1[0-2])-{_DAY_MONTH}(?!\d)"
)
_UNIT = (
    r"(?:kr|kronor|sek|tkr|mkr|kkr|:-|euro|€|\$|%|procent|miljon|miljoner|miljarder|tusen|km|mil"
    r"|meter|cm|mm|kg|gram|g|mg|liter|ml|st|stycken|gånger|invånare|personer|år|dagar|timmar"
    r"|minuter|min|sekunder|sek|poäng|steg|visningar|ord|tecken|dl|cl|ml|kvm|m2|m|kvadrat(?:meter)?|hektar|ha|ton|kcal|kalorier|kj"
    r"|kwh|watt|w|volt|mbit|gb|mb|tb|kb|bytes?|hz|mmhg|mmol|ie|enheter|tabletter|kapslar|x|d|dkk|nok|usd|pund|dollar"
    r"|h|tim|s|grader|promille|rader|sidor|följare|gillningar|lajks|likes|ärenden|samtal|anmälningar|fall|kvinnor|män|barn)"
)
_FIGURE = r"(?:[1-9]\d{0,3}(?:[ .]\d{3}){1,4}|[1-9]\d{0,11})"
_AMOUNT = (
    rf"(?!46[ .]\d{{3}}[ .]\d{{3}}[ .]\d{{3}}\b)[1-9]\d{{0,2}}(?:[ .]\d{{3}}){{1,4}}"
    rf"(?:\s?-\s?[1-9]\d{{0,2}}(?:[ .]\d{{3}}){{1,4}})?(?![ .\-]?\d)"
    rf"|{_FIGURE}(?:\s?(?:-|till|x|\*)\s?{_FIGURE}){{0,2}}(?:,\d{{1,2}})?\s?{_UNIT}(?!\w)"
    r"|[1-9]\d{0,2}(?:,\d{3}){1,4}(?:\.\d\d)?(?![,.\-]?\d)"
    r"|[1-9]\d{0,2}(?:[ .]\d{3}){1,4},\d{1,2}(?!\d)"
)
_CASE = (
    r"(?:ärende(?:t|nummer|nr)?|diarienummer|diarienr|dnr|mål(?:et|nummer|nr)?|faktura(?:nummer)?"
    r"|fakturanr|order(?:nummer|nr)?|referens(?:nummer|nr)?|kvitto(?:nummer)?|isbn|issn|sfs|sou|prop"
    r"|version|§|paragraf)\.?\s?(?:är|nr|nummer|:)?\s?(?:[a-zåäö]{1,3}\s?)?"
    r"\d(?:[ \-./]?\d)*"
)
_MOBILE_SINGLES = r"7[\W_]{1,6}[02369](?:[\W_]{1,6}\d){7}(?![\W_]{0,6}\d)"
"""A mobile number, digit by digit, without the nought that it begins with."""
_LINES = tuple(sorted((*PUBLIC_LINES, *PUBLIC_SERIES), key=len, reverse=True))
_NATIONAL = "|".join(_GAP.join(line).replace("n", r"\d") for line in _LINES)
_ABROAD = "|".join(_GAP.join(line[1:]).replace("n", r"\d") for line in _LINES if line[0] == "0")
_PUBLIC = rf"(?:{_NATIONAL}|(?:\+|00){_GAP}4{_GAP}6{_GAP}(?:\(0\){_GAP})?(?:{_ABROAD}))"
_DIGITS = re.compile(
    rf"(?<![\d+])(?P<personnummer>{_BIRTH}(?:{_TO_LAST}{_LAST_FOUR}|\s?\(\d{{4}}\)|{_LAST_LETTERS})"
    rf"|{_WRITTEN_BIRTH}\s?(?:[\-+]\s?|,?\s?(?:de\s)?sista\s(?:fyra|4)?\s?(?:siffrorna)?\s?(?:är|:)?\s?)\d{{4}}(?!\d))"
    rf"|(?<!\d)(?<!\d\W)(?P<singles>{_MOBILE_SINGLES})"
    r"|(?<!\d)(?<!\d[ .\-/])(?:"
    rf"(?P<date>{_DATES}|{_DATE})"
    rf"|(?P<time>{_CLOCK}(?::[0-5]\d)?(?:\s?-\s?{_CLOCK}(?::[0-5]\d)?)?(?![ .:\-]?\d)"
    rf"|{_HOURS}(?=,? (?:och )?{_HOURS}(?!\d))|{_HOURS}(?!\W{{0,3}}\d)"
    rf"|{_SHIFT}-{_SHIFT}(?![ \-]?\d)"
    rf"|(?:(?<=skift )|(?<=pass )|(?<=jobbar )|(?<=arbetar )){_SHIFT} {_SHIFT}(?![ .\-]?\d))"
    r"|(?P<version>[1-9]\d{0,2}\.\d{1,3}\.\d{1,3}(?![.\-]?\d| \d))"
    rf"|(?P<years>{_YEAR}(?:[ /\-]{{1,3}}{_YEAR})+(?![ \-/]?\d))"
    rf"|(?P<amount>{_AMOUNT}))"
    rf"|(?<![\d+])(?<!\d[ \-])(?P<public>{_PUBLIC}(?:{_GAP}{_PUBLIC})*(?!{_GAP}\d))"
    rf"|(?<![^\W\d_])(?P<case>{_CASE})"
    rf"|(?P<mobile>(?<!\d)(?:(?:\+|0{_WIDE}0{_WIDE}){_WIDE}\d|0{_WIDE}7)(?:{_WIDE}\d){{6,14}}(?!\d))"
    rf"|(?P<phone>(?<!\d)(?:\+\s?)?(?:\((?=[\d ]{{1,5}}\)))?"
    rf"\d(?:{_GAP}(?:\(0\)\s?)?\d){{{FEWEST_DIGITS - 1},}})"
)
_BORN_AFTER_2000 = re.compile(r"\d\d[ \-./_]?\d\d[ \-./_]?\d\d\D+\d{4}\D?")
_CALLING = re.compile(
    r"\b(?:ring\w*|nummer|numret|nr|tel\w*|sms\w*|mobil\w*|nå mig|nås|whatsapp|swish\w*|slå"
    r"|kontakta)\b"
)
_ENOUGH_DIGITS = re.compile(rf"(?:\D*+\d){{{FEWEST_DIGITS}}}")
_PUBLIC_LINE = re.compile(_PUBLIC)
_SINGLES = re.compile(r"[1-9](?:\D+\d)*")
_DECIMAL = re.compile(r"\d{1,3}\.\d+")


def numbers(text: str) -> Iterator[Found]:
    """Give kind and place of every phone number and personnummer."""
    if not _ENOUGH_DIGITS.match(text):
        return
    for found in _DIGITS.finditer(text):
        if _is_phone(found, text):
            yield "phone", *found.span()
        elif found["personnummer"]:
            kind = _person_or_phone(found[0])
            if kind == "personnummer" or not _PUBLIC_LINE.fullmatch(found[0]):
                yield kind, *found.span()


def _is_phone(found: re.Match[str], text: str) -> bool:
    if found["phone"]:
        return _could_be_dialled(found[0])
    is_mobile = found["mobile"] or found["singles"]
    return bool(is_mobile or (found["amount"] and _is_called(found, text)))


def _is_called(found: re.Match[str], text: str) -> bool:
    """Nine figures or so right after "ring" or "mitt nummer" are no amount."""
    number = re.sub(r"\D", "", found[0])
    before = text[max(0, found.start() - BEFORE_A_NUMBER) : found.start()]
    return (
        len(number) >= FEWEST_DIGITS
        and found[0][-1].isdecimal()
        and not number.endswith("000")
        and _CALLING.search(before) is not None
    )


def _could_be_dialled(number: str) -> bool:
    """Not a count ("1 2 3 4 5 6 7", ages "3 5 8 10 12") and not a decimal number."""
    return not (_SINGLES.fullmatch(number) or _DECIMAL.fullmatch(number) or _rises(number))


def _rises(number: str) -> bool:
    """Say whether it goes up by ones and twos of digits; pairs alone are a number to call."""
    parts = re.findall(r"\d+", number)
    if {len(part) for part in parts} != {1, 2}:
        return False
    return all(int(one) < int(other) for one, other in pairwise(parts))


def _person_or_phone(number: str) -> NumberKind:
    """Ten digits that begin with 0 are a phone number unless they are written as a birth date."""
    digits = re.sub(r"\D", "", number)
    if len(digits) == len("8504121234") and digits[0] == "0":
        return "personnummer" if _BORN_AFTER_2000.fullmatch(number) else "phone"
    return "personnummer"
