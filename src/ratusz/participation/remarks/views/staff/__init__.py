"""Screens of staff: the register, one remark with its positions, one intake, entry of what came on paper, the box of a form."""
