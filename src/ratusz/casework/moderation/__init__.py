"""The queue of things to judge from any module: reasons, clocks, statements to authors, appeals decided by somebody else."""
