"""Run by the interpreter that has Label Studio's SDK: judges tasks by the configuration, and prints what it reads."""

import json
import sys
from pathlib import Path

from label_studio_sdk.converter import Converter
from label_studio_sdk.label_interface import LabelInterface

folder = Path(sys.argv[1])
config = (folder / "config.xml").read_text(encoding="utf-8")
interface = LabelInterface(config)
interface.validate()
tasks = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))
faults = []
for number, task in enumerate(tasks, 1):
    if not interface.validate_task({"data": task["data"]}):
        faults.append(f"task {number}")
    for annotation in task["annotations"]:
        found = interface._validate_object(annotation, return_errors=True)
        faults += [f"task {number}: {one}" for one in found]
for number, task in enumerate(tasks, 1):  # an export has these fields
    task["id"] = number
    for annotation in task["annotations"]:
        annotation |= {"id": number, "completed_by": 1}
(folder / "exported.json").write_text(json.dumps(tasks), encoding="utf-8")
Converter(config, str(folder), download_resources=False).convert_to_json_min(
    str(folder / "exported.json"), str(folder / "min"), is_dir=False
)
minimal = json.loads(next((folder / "min").glob("*.json")).read_text(encoding="utf-8"))
print(json.dumps({"faults": faults, "labels": [task["label"] for task in minimal]}))
