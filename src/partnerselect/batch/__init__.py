"""Many cases: scenarios and their sweeps, run by workers in chunks, resumed after any interruption, told in ranked tables.

sources       files, folders, patterns and earlier results → scenarios and their cases
work          one chunk of cases, analysed in a worker: plain data in, packed rows out
engine        processes here, or a Dask cluster, behind one `Executor`
folder        the result folder: what is finished, what is not, written whole
planning      all the cases, cut into chunks
running       chunks through the engine into the folder
tallies       what the cases say together; `drivers`: what changes the answer
recommending  that, as ranked tables; `page`: the one page; `sheets`: the workbook
results       every table of a finished run
completing    a whole run; `manifest`: everything that reproduces any row
"""

from partnerselect.batch.completing import Outcome, complete
from partnerselect.batch.engines import Engine, engine
from partnerselect.batch.folder import Folder
from partnerselect.batch.planning import Plan, plan
from partnerselect.batch.writing import require

__all__ = ["Engine", "Folder", "Outcome", "Plan", "complete", "engine", "plan", "require"]
