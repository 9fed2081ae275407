"""What usage costs under a contract, in exact decimals."""

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from benchmarks.seeded.store import Document

_CENT = Decimal("0.01")


def money(amount: Decimal) -> str:
    """An amount as the contract writes it; never "-0.00"."""
    return f"{amount.quantize(_CENT, ROUND_HALF_UP) + 0:.2f}"


def usage_line(meter: str, quantity: Decimal, contract: Document | None) -> Document:
    """The statement line for all usage of a meter in a month."""
    parts = list(_parts(meter, quantity, contract)) if contract else []
    total = sum((amount for _, amount in parts), Decimal())
    line = _line(meter, total)
    if len(parts) > 1:
        line["details"] = [_line(text, amount) for text, amount in parts]
    return line


def _line(text: str, amount: Decimal) -> Document:
    return {"kind": "usage", "text": text, "amount": money(amount)}


def _parts(meter: str, quantity: Decimal, contract: Document) -> Iterator[tuple[str, Decimal]]:
    included = contract.get("allowances", {}).get(meter, 0)
    paid = max(Decimal(), quantity - Decimal(included))
    pricing = contract["pricing"]
    if pricing["model"] == "flat":
        yield meter, paid * Decimal(pricing["unitPrice"])
    elif pricing["model"] == "package":
        packages = (paid / Decimal(pricing["packageSize"])).to_integral_value(ROUND_CEILING)
        yield meter, packages * Decimal(pricing["packagePrice"])
    else:
        yield from _tiers(pricing["tiers"], paid)


def _tiers(tiers: list[Document], quantity: Decimal) -> Iterator[tuple[str, Decimal]]:
    start = Decimal()
    for number, tier in enumerate(tiers, 1):
        end = quantity if tier["upTo"] is None else min(quantity, Decimal(tier["upTo"]))
        if end > start:
            amount = (end - start) * Decimal(tier["unitPrice"]) + Decimal(tier.get("flatFee", "0"))
            yield f"tier {number}", amount
            start = end


def adjustment_amount(adjustment: Document, base: Decimal) -> Decimal:
    """What an adjustment of the base comes to: negative for a discount."""
    calculation = adjustment["calculation"]
    if "rate" in calculation:
        amount = base * Decimal(str(calculation["rate"])) / 100
        if calculation.get("cap") is not None:
            amount = min(amount, Decimal(calculation["cap"]))
    else:
        amount = Decimal(calculation["amount"])
    return -amount if adjustment["direction"] == "discount" else amount
