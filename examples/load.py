"""Load every record type of the bundled corpus as Hugging Face datasets, look at one event, and ask in SQL."""

import cte_corpus as cte

datasets = cte.load_dataset()
print(datasets)

event = next(row for row in datasets["events"] if row["type"] == "legal.sanctions_designation")
print(f"\n{event['id']}: {event['label'][0]['text']}, {event['times'][0]['edtf']} ({event['times'][0]['basis']})")

for told, number in cte.connect().execute("select told, count(*) from incidents group by 1 order by 1").fetchall():
    print(f"incidents {'told as facts' if told == 'fact' else 'that are alleged'}: {number}")
