"""One structured source turned into accessible PDF, DOCX, XLSX and EPUB."""
