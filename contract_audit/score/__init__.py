"""Findings, facts and duties held against gold: precision, recall, F1, look-alikes hit, repeats.

`python -m contract_audit.score corpus/dev corpus/check` prints the figures; the form of gold and the rules of matching
are those of the project's sample agreements (NAME.txt with NAME.gold.json).
"""

from contract_audit.score.gold import Gold, load_folder
from contract_audit.score.matching import Matched, match
from contract_audit.score.measure import Measured, measure
from contract_audit.score.tally import Figures, figures

__all__ = ["Figures", "Gold", "Matched", "Measured", "figures", "load_folder", "match", "measure"]
