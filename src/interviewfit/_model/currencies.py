"""Currencies, and the words for money, of ``data/pay-words.json``.

Read when a currency is first checked, because most searches state none.
"""

import json
from collections.abc import Mapping
from typing import Any

from interviewfit._model.package_data import package_text

MONEY_WORDS: Mapping[str, Any] = json.loads(package_text("pay-words.json"))
"""Codes and signs of currencies, and the words for the times that pay is for."""

CURRENCIES = frozenset(MONEY_WORDS["codes"])
"""Codes of ISO 4217 that wages are paid in."""

CURRENCY_SIGNS: Mapping[str, str] = {
    **MONEY_WORDS["signs"],
    **dict.fromkeys(MONEY_WORDS["shared"], ""),
}
"""What people write for a currency; empty where several currencies share the sign."""
