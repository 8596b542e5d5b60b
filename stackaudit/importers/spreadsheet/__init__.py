"""Spreadsheets: CSV, XLSX, XLS, XLSB and ODS as people keep them, and the workbook of `export`."""
