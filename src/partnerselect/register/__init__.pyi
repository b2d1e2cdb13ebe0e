from .clock import today as today
from .deciding import (
    Decision as Decision,
    about_scenario as about_scenario,
    decided_before as decided_before,
    freezing as freezing,
    record_on as record_on,
    worked_out_anew as worked_out_anew,
)
from .opening import (
    VARIABLE as VARIABLE,
    is_there as is_there,
    location as location,
    open_register as open_register,
    read_export as read_export,
)
from .reading import reading_of as reading_of
from .store import Register as Register
from .wishes import Wish as Wish, plan_wishes as plan_wishes, wishes_of as wishes_of
