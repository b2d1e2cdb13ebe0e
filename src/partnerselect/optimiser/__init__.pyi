from .decomposition.coupled import NONE as NONE, Coupled as Coupled, Entries as Entries
from .decomposition.search import search_patterns as search_patterns
from .enumeration import Enumeration as Enumeration
from .many_objectives import ManyObjectives as ManyObjectives
from .model import Model as Model, solver_name as solver_name
from .program import (
    HALF as HALF,
    Arrays as Arrays,
    Block as Block,
    Names as Names,
    Program as Program,
    Row as Row,
    Solution as Solution,
    summed as summed,
)
from .solver_thread import UnsettledError as UnsettledError, is_at_rest as is_at_rest
from .watch import (
    PROVEN as PROVEN,
    Progress as Progress,
    Search as Search,
    TimeBudget as TimeBudget,
    Watch as Watch,
)
