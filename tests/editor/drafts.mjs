// What an editor shows while a coder types a draft: the YAML language service of VS Code, given a draft and the schema
// that its first line names. Fails with the first thing that is not as it should be.
//
//     node drafts.mjs DRAFT
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { TextDocument } from "vscode-languageserver-textdocument";

const { getLanguageService } = createRequire(import.meta.url)("yaml-language-server");
const file = pathToFileURL(resolve(process.argv[2]));
const source = await readFile(file, "utf8");

const service = getLanguageService({
  schemaRequestService: (uri) => readFile(fileURLToPath(uri), "utf8"),
  workspaceContext: { resolveRelativePath: (path, resource) => new URL(path, resource).href },
});
service.configure({ validate: true, completion: true, hover: true, schemas: [] });

let version = 0;
const open = (text) => TextDocument.create(file.href, "yaml", ++version, text);
const problems = async (text) => (await service.doValidation(open(text), false)).map((problem) => problem.message);

// `|` marks the cursor.
async function complete(text) {
  const document = open(text.replace("|", ""));
  const { items } = await service.doComplete(document, document.positionAt(text.indexOf("|")), false);
  return new Map(items.map((item) => [item.label, item.documentation?.value ?? item.documentation ?? ""]));
}

async function hover(word) {
  const found = await service.doHover(open(source), open(source).positionAt(source.indexOf(word)));
  return found.contents.value ?? found.contents;
}

// The draft is valid as it stands.
assert.deepEqual(await problems(source), []);

// Of an event's roles and modes those of its type are offered, and no others.
const draft = (lines) => `${source.split("\n")[0]}\ndocument: a\nevents:\n  - key: one\n    type: fin.transfer\n${lines}`;
const roles = await complete(draft("    arguments:\n      - role: |\n"));
assert.ok(roles.has("recipient") && roles.has("facilitator"), `roles offered: ${[...roles.keys()]}`);
assert.ok(!roles.has("detainee"), "a role of another type is offered");
const modes = await complete(draft("    mode: |\n"));
assert.ok(modes.has("cash_courier") && !modes.has("charge"), `modes offered: ${[...modes.keys()]}`);
const types = await complete(`${source.split("\n")[0]}\ndocument: a\nevents:\n  - type: |\n`);
assert.ok(types.has("legal.arrest") && types.has("fin.transfer"), "event types are not offered");

// Fields are offered with what they mean, and explained.
const fields = await complete(draft("    |\n"));
assert.match(fields.get("trigger") ?? "", /express it/);
assert.match(await hover("evidence:"), /sentences that tell it/);

// What is wrong is found: a date, a role of another type, an unknown field, a mode where the type has none.
for (const [lines, found] of [
  ["    times: [{edtf: 3 June 2022, basis: stated, role: when}]\n", /pattern/i],
  ["    arguments: [{role: detainee}]\n", /value/i],
  ["    triger: carried\n", /triger/],
]) {
  const said = await problems(draft(lines));
  assert.ok(said.some((message) => found.test(message)), `${lines} is not found: ${said}`);
}

console.log(`${types.size} event types offered in ${process.argv[2]}, roles and modes by type`);
