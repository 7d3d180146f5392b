# SPDX-License-Identifier: BSD-2-Clause
#
# plot.gp - how the pictures look.  Colours that colour-blind readers can tell apart: those of
# viridis (Smith and van der Walt) for heights.
set encoding utf8
set datafile separator "\t"
set border 31 lw 0.8 lc rgb '#444444'
set palette defined (0 '#440154', 1 '#472d7b', 2 '#3b528b', 3 '#2c728e', 4 '#21918c', \
    5 '#28ae80', 6 '#5ec962', 7 '#addc30', 8 '#e0c020')
unset colorbox
set ticslevel 0
