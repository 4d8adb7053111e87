"""Digital signatures of PDFs: made with an organisation's seal, and judged when a file comes in. Knows no documents."""

from thammuu.paper.signatures.asking import verify
from thammuu.paper.signatures.verdicts import Finding, Level, State, Verdict, Why

__all__ = ["Finding", "Level", "State", "Verdict", "Why", "verify"]
