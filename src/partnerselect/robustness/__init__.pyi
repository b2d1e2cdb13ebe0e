from .acceptability import ProgrammeRobustness as ProgrammeRobustness, Robustness as Robustness
from .amounts import DrawnAmounts as DrawnAmounts
from .flip_points import (
    KINDS as KINDS,
    Flip as Flip,
    flips as flips,
    flips_between as flips_between,
)
from .flip_sentences import (
    WordedFlip as WordedFlip,
    criterion_title as criterion_title,
    worded as worded,
)
from .linear import crossings as crossings, ever_first as ever_first
from .partner_comparison import (
    End as End,
    Interval as Interval,
    Node as Node,
    PartnerComparison as PartnerComparison,
    Swing as Swing,
    band as band,
    compare_partners as compare_partners,
    stability_intervals as stability_intervals,
    tornado as tornado,
)
from .samplers import blocks as blocks
from .simulation import simulate as simulate
from .trial_values import TrialValues as TrialValues
from .uncertainty import computed_scores as computed_scores
from .value_of_information import (
    InformationValue as InformationValue,
    information_values as information_values,
)
