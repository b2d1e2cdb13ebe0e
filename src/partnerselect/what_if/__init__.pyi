from .all_levers import (
    Difference as Difference,
    differences as differences,
    levers as levers,
    moved as moved,
    put_back as put_back,
    words_but_plans as words_but_plans,
)
from .answers import (
    Choice as Choice,
    Scored as Scored,
    SeenChoices as SeenChoices,
    best_choice as best_choice,
    change_words as change_words,
    choice_of as choice_of,
    choice_rows as choice_rows,
    ranking_rows as ranking_rows,
    saved_value as saved_value,
    scored as scored,
    status_words as status_words,
    total_row as total_row,
)
from .changes import (
    WhatIf as WhatIf,
    carried_over as carried_over,
    made_on as made_on,
    overlay as overlay,
    sentence as sentence,
)
from .lever import Lever as Lever, NotAllowedError as NotAllowedError, Options as Options
from .plan_drafts import (
    Draft as Draft,
    completed_draft as completed_draft,
    draft_of_choice as draft_of_choice,
    draft_of_plan as draft_of_plan,
    draft_of_stated as draft_of_stated,
    draft_rows as draft_rows,
    judged_draft as judged_draft,
    other_choices as other_choices,
    starting_changes as starting_changes,
)
