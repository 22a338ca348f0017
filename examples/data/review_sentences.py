"""Puts three files of labelled sentences into one, review_sentences.tsv beside this file; what they are, says README.md.

    npm pack sentiment@5.0.2 && tar xzf sentiment-5.0.2.tgz && python3 examples/data/review_sentences.py package/test/fixtures

Each line has the source, the label (1 is good, 0 is bad) and the sentence, with tabs between. White space at the ends goes, and
sentences that were there before; bytes of Windows-1252 become the dashes that they stand for.
"""

import json
import re
import sys
from pathlib import Path

lines = ["source\tlabel\tsentence"]
seen = set()
for source in ("amazon", "imdb", "yelp"):
    for entry in json.loads((Path(sys.argv[1]) / f"{source}.json").read_text()):
        text = re.sub("[\x80-\x9f]", lambda found: found[0].encode("latin-1").decode("cp1252"), entry["text"])
        sentence = " ".join(text.split())
        if sentence != "" and sentence not in seen:
            seen.add(sentence)
            lines.append(f"{source}\t{entry['class']}\t{sentence}")
(Path(__file__).with_suffix(".tsv")).write_text("\n".join(lines) + "\n")
