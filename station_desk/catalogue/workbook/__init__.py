"""The catalogue as a workbook: what officials edit in the office program they have, and its way back."""
