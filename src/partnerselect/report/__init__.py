"""What people hold: the paper, the workbook, figures, and a renderer for each form."""
