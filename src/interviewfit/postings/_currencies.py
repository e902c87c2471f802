"""Codes of ISO 4217, and the signs people write for them."""

from collections.abc import Mapping

__all__ = ["CONTRADICTORY", "CURRENCIES", "SIGNS", "currency_of"]

_CODES = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN
BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD
FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY
KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP
MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR
RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT
TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW
ZWG
"""

CURRENCIES = frozenset(_CODES.split())
"""Codes in use."""

CONTRADICTORY = "XXX"
"""ISO's code for no currency; where two are stated, neither is believed."""

SIGNS: Mapping[str, str] = {
    "US$": "USD", "CA$": "CAD", "C$": "CAD", "AU$": "AUD", "A$": "AUD", "NZ$": "NZD",
    "HK$": "HKD", "S$": "SGD", "R$": "BRL", "MX$": "MXN", "€": "EUR", "£": "GBP",
    "₹": "INR", "zł": "PLN", "Kč": "CZK", "Ft": "HUF", "₪": "ILS", "₩": "KRW",
    "₺": "TRY", "₦": "NGN", "₱": "PHP", "₴": "UAH", "₫": "VND", "Euro": "EUR",
    "$": "", "¥": "", "kr": "", "Rs": "",
}  # fmt: skip
"""What people write; empty where it stands for several currencies."""


def currency_of(text: str) -> str | None:
    """The code that a field names; empty if several share the sign, None if it is none.

    >>> currency_of("eur"), currency_of("€"), currency_of("$"), currency_of("gold")
    ('EUR', 'EUR', '', None)
    """
    bare = text.strip()
    return bare.upper() if bare.upper() in CURRENCIES else SIGNS.get(bare)
