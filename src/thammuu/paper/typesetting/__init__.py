"""Administrative documents as PDF: Typst sets what `official.py` describes by the layout of Decree 30/2020/NĐ-CP."""
