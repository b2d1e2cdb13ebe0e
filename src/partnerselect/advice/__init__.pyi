from .certainty import (
    JUDGED as JUDGED,
    Certainty as Certainty,
    Chosen as Chosen,
    Kind as Kind,
    certainties as certainties,
    counted_words as counted_words,
    kind_of as kind_of,
    scored_highest as scored_highest,
)
from .chosen_partners import ChosenPartners as ChosenPartners
from .guidance.finding import (
    IMPLICATIONS as IMPLICATIONS,
    ISPOR as ISPOR,
    MANUAL as MANUAL,
    Examination as Examination,
    Finding as Finding,
    examine as examine,
    in_vain as in_vain,
    unwritten as unwritten,
)
from .guidance.practice import findings as findings, practice as practice
from .reasons import (
    NOT_ASKED as NOT_ASKED,
    SHOWN as SHOWN,
    Deferral as Deferral,
    LeaderReason as LeaderReason,
    OftenFirst as OftenFirst,
    PartnerReason as PartnerReason,
    Prices as Prices,
    ProgrammeReason as ProgrammeReason,
    WhyNot as WhyNot,
    partner_reason as partner_reason,
    price_questions as price_questions,
)
from .recommendation import (
    PartnerAdvice as PartnerAdvice,
    ProgrammeAdvice as ProgrammeAdvice,
    Recommendation as Recommendation,
    recommend as recommend,
)
