"""From which chance on somebody counts as at risk. Thousandths. Plain Python."""

from __future__ import annotations

HIGH = 600
MIDDLE = 300
