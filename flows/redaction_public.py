"""Numbers and addresses of public lines: they identify nobody."""

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
