"""Many cases: scenarios and their sweeps, run in chunks by workers, resumed after an interruption.

sources          files, folders, patterns and earlier results → scenarios and their cases
planning         all the cases, cut into chunks
work             one chunk of cases, analysed in a worker: plain data in, packed rows out
engines          processes here, or a Dask cluster, behind one `Executor`
folder           the result folder: what is finished, what is not, written whole, one run at a time
chunks           chunks through the engine into the folder
statistics       what the cases say together; `drivers`: what changes the answer
recommendations  that, as ranked tables; `page`: the one page; `sheets`: the workbook
titles           inputs, values and cases as readers name them
results          every table of a finished run, by the `writers`
run              a whole run; `manifest`: everything that reproduces any row
compare_runs     what differs between two finished runs
"""

from partnerselect.batch.engines import Engine, engine
from partnerselect.batch.folder import Folder
from partnerselect.batch.planning import Plan, plan
from partnerselect.batch.run import Outcome, complete
from partnerselect.batch.writers import require

__all__ = ["Engine", "Folder", "Outcome", "Plan", "complete", "engine", "plan", "require"]
