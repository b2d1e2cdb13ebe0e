"""Many cases: scenarios and their sweeps, run in chunks by workers, resumed after an interruption.

sources     files, folders, patterns and earlier results → scenarios and their cases, in chunks
work        one chunk of cases, analysed in a worker: plain data in, packed rows out
folder      the result folder: what is finished, what is not, written whole, one run at a time
engines     processes here or a Dask cluster, behind one `Executor`; chunks into the folder
statistics  what the cases say together, and what changes the answer
tables      that, as ranked tables; `page`: the one page, and the workbook
results     every table of a finished run
run         a whole run, and everything that reproduces any row
compare_runs what differs between two finished runs
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
