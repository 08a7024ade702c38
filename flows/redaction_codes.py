"""Accounts and number plates, in normal form."""

import re
from collections.abc import Iterator
from typing import Literal

from flows.normal_form import NormalForm

CodeKind = Literal["iban", "account", "plate"]
Found = tuple[CodeKind, int, int]

_IBAN_DIGITS = """
no 13 be 14 dk 16 fi 16 at 18 nl 10 ch 16 lt 18 ee 18 de 20 es 22 se 22 pl 26 gb 14 ie 14
fr 20 it 20 pt 23 ba 18 rs 20 hr 19 tr 24 al 20 xk 18 ro 8 bg 10 gr 25 cz 22 sk 22 hu 26 si 17
lv 9 is 24 lu 13 ua 20
"""
IBAN_DIGITS = {
    country: int(digits) for country, digits in re.findall(r"(\w\w) (\d+)", _IBAN_DIGITS)
}
"""How many digits at least a country's account number has (ISO 13616 registry)."""

_GAP = r"[ \-.:_/]{0,3}"
_COUNTRY = "|".join("".join(f"{letter}[ ]?" for letter in code) for code in IBAN_DIGITS)
IBAN = re.compile(
    rf"(?<![^\W_])(?P<country>{_COUNTRY}){_GAP}\d{_GAP}\d"
    rf"(?:{_GAP}[a-z]{{1,4}}(?=[ \-.]?\d))?(?:{_GAP}\d){{6,28}}(?:[a-z]\d{{2}})?(?!\d)"
)
_GIRO = r"(?:plus|bank|post)?giro(?:t|nummer|numret|konto)?|(?:bg|pg)(?:-?nr|-nummer)?"
_BANK = r"(?:bank)?konto(?:t|nummer|numret|nr)?|clearing(?:nummer|nr)?|kto|kontonr"
_WORD_BETWEEN = r"(?:\s?(?:är|nr|nummer|på|till)\b|\s?[:=.\-]){0,2}\s{0,2}"
_ENDS = r"(?![\d%]|[ \-.,]\d|\s?(?:kr|kronor|sek|år|gånger|st)\b)"
ACCOUNT = re.compile(
    rf"(?<![^\W\d_])(?:{_GIRO}){_WORD_BETWEEN}(?P<giro>\d(?:[ \-.,/*]{{0,3}}\d){{2,12}}){_ENDS}"
    rf"|(?<![^\W\d_])(?:{_BANK}){_WORD_BETWEEN}(?P<bank>\d(?:[ \-.,/*]{{0,3}}\d){{5,20}}){_ENDS}"
)
MAY_BE_CODE = re.compile(r"\d\D*+\d")
"""Where this stands nowhere, no pattern here can match."""
_L = r"[a-hj-pr-uw-z]"
PLATE = re.compile(
    rf"(?<![^\W_])(?P<letters>{_L}(?:[ .\-]?{_L}){{2}})(?P<gap>[ \-._]{{0,2}})"
    rf"(?P<digits>\d[ .\-]?\d[ .\-]?(?:\d|[a-hj-npr-uw-z]))"
    r"(?![^\W_]|[,.:/\-]\d|\s?(?:kr|%|mg|kg|km|år)\b)"
)
_REGISTERED = re.compile(
    r"\b(?:reg(?:istrerings)?\.?\s?-?(?:nr|num\w*|skylt\w*|plåt\w*)?|skylt\w*"
    r"|nummerplåt\w*|plåt\w*)\b"
)
_ABOUT_CARS = re.compile(
    r"\b(?:bil(?:en|ens)?|mc|moped\w*|kör(?:de)?(?:\sen)?|volvo|saab|bmw|audi|golf|vw|toyota"
    r"|kia|tesla"
    r"|mercedes|släp\w*|husbil\w*|lastbil\w*|skåpbil\w*|taxi\w*|fordon\w*)"
    r"(?:\s(?:har|är|heter|med))?[,:]?\s?$"
)
BEFORE_A_PLATE = 40
"""Characters in which a word about cars makes three letters and three digits a plate."""

LONGEST_ALONE = 16
"""A longer text in capitals only is shouted: they say nothing."""

_VOWEL = re.compile(r"[aeiouyåäö]")
_LETTERS_OF_CODES = """
sou sfs nja rum sal kap sid tel nok sek dkk eur usd gbp dnr kod prop ref fax ext lgh lss lvu lvm lpt
lrv csn iso abf
"""
_CODES = frozenset(_LETTERS_OF_CODES.split())
"""Before a number these are never the letters of a plate."""
_DAYS_AND_MONTHS = """
mån tis ons tor fre lör sön jan feb mar apr maj jun jul aug sep okt nov dec
"""
_CALENDAR = frozenset(_DAYS_AND_MONTHS.split())
_TIMES = frozenset("hed")
"""What may follow two figures of a time or a day: "ons 16h", "sep 12:e"."""
_SMALL_WORDS = """
kbt hbt bup ssk sms mms
wow www max min per typ var den det han hon jag som och att för men kan har hur nej sen nu på upp
hos ton mil tre två sju sex fem mer hel halv dom bra alla tog gav kom fick ett
"""
_WORDS = _CALENDAR | frozenset(_SMALL_WORDS.split())
"""Small words, which are the letters of a plate only where the number follows at once."""
_ALPHABET = """
adam bertil cesar david erik filip gustav helge ivar johan kalle ludvig martin niklas olof petter
quintus rudolf sigurd tore urban viktor wilhelm xerxes yngve zäta
"""
_SPELLED = "|".join(_ALPHABET.split())
SPELLED_PLATE = re.compile(
    rf"(?<!\w)(?:(?:{_SPELLED})[ ,\-]{{1,2}}){{3}}\d[ \-]?\d[ \-]?(?:\d|[a-z])(?!\w)"
)


def codes(view: NormalForm, original: str) -> Iterator[Found]:
    """Give kind and place in normal form; the original tells capitals."""
    text = view.text
    if not MAY_BE_CODE.search(text):
        return
    for found in IBAN.finditer(text):
        if sum(map(str.isdecimal, found[0])) >= IBAN_DIGITS[found["country"].replace(" ", "")]:
            yield "iban", *found.span()
    for found in ACCOUNT.finditer(text):
        yield "account", *found.span(found.lastgroup or 0)
    for found in PLATE.finditer(text):
        letters = range(*found.span("letters"))
        written = "".join(original[view.starts[at]] for at in letters)
        if _is_plate(found, text, capitals=written.isupper() and not _is_shouted(original)):
            yield "plate", *found.span()
    for found in SPELLED_PLATE.finditer(text):
        yield "plate", *found.span()


def _is_plate(found: re.Match[str], text: str, *, capitals: bool) -> bool:
    """A plate has capitals, or no gap, or is about a car; "buss 123" and "SOU 201" are none."""
    letters = re.sub(r"[ .\-]", "", found["letters"])
    joined = letters == found["letters"]
    before = max(0, found.start() - BEFORE_A_PLATE)
    if _REGISTERED.search(text, before, found.start()):
        return True
    if joined and not found["digits"].isalnum():
        return False
    about_a_car = _ABOUT_CARS.search(text, before, found.start()) is not None
    if capitals and (about_a_car or not found["digits"].isdecimal()):
        return True
    if letters in _CODES:
        return False
    if joined and found["gap"] in {"", "-"}:
        return True
    telling = about_a_car or (joined and (capitals or not _VOWEL.search(letters)))
    return telling and (letters not in _WORDS or (about_a_car and _is_no_date(found)))


def _is_no_date(found: re.Match[str]) -> bool:
    """As in "sep 32x", which is neither a day nor an hour."""
    return found["letters"] in _CALENDAR and found["digits"][-1] not in _TIMES


def _is_shouted(written: str) -> bool:
    return len(written) > LONGEST_ALONE and written.isupper()
