from .comparison_sets import only_barred_by_gate as only_barred_by_gate
from .flip_points import KINDS as KINDS, flips as flips, flips_between as flips_between
from .flip_sentences import (
    WordedFlip as WordedFlip,
    criterion_title as criterion_title,
    worded as worded,
)
from .linear import crossings as crossings, ever_first as ever_first
from .partner_comparison import (
    Interval as Interval,
    Node as Node,
    PartnerComparison as PartnerComparison,
    compare_partners as compare_partners,
    stability_intervals as stability_intervals,
)
from .results import ProgrammeRobustness as ProgrammeRobustness, Robustness as Robustness
from .simulation import simulate as simulate
from .tornado_bars import End as End, Swing as Swing, band as band, tornado as tornado
from .trial_values import TrialValues as TrialValues
from .trials import blocks as blocks
from .value_of_information import (
    InformationValue as InformationValue,
    information_values as information_values,
)
