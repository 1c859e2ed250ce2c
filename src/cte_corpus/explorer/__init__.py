"""The corpus as a static web site: pages that open from a folder and from any host, and ask no other for anything.

`site.build` writes it. Documents are read and drawn a group at a time (`groups.py`); what a page needs of all of them
is kept meanwhile in a file (`spool.py`). The words of the pages are in `words.toml`, the pages in `templates/`.
"""
