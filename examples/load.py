"""Load every record type of the bundled corpus as Hugging Face datasets, and look at one event."""

import cte_corpus as cte

datasets = cte.load_dataset()
print(datasets)

event = next(row for row in datasets["events"] if row["type"] == "legal.sanctions_designation")
print(f"\n{event['id']}: {event['label'][0]['text']}, {event['times'][0]['edtf']} ({event['times'][0]['basis']})")
