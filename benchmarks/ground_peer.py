"""langextract's aligner on the quotes of one text after the other; run in an environment of its own.

Reads a line of JSON for each text, `{"text": …, "quotes": […]}`, and writes one with the status and place of each quote
and the seconds that it took.
"""

import json
import sys
import time

from langextract import data
from langextract.resolver import WordAligner

for line in sys.stdin:
    given = json.loads(line)
    groups = [[data.Extraction("quote", quote)] for quote in given["quotes"]]
    begun = time.process_time()
    aligned = WordAligner().align_extractions(groups, given["text"])
    seconds = time.process_time() - begun
    found = [
        [one.alignment_status and one.alignment_status.value, one.char_interval and one.char_interval.start_pos,
         one.char_interval and one.char_interval.end_pos]
        for group in aligned
        for one in group
    ]  # fmt: skip
    print(json.dumps({"found": found, "seconds": seconds}), flush=True)
