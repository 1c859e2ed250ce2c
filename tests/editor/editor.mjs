// What an editor shows while a contributor types: VS Code's JSON language service, given a data file and the schema
// that the file names. Fails with the first thing that is not as it should be.
//
//     node editor.mjs [EVENTS]
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { getLanguageService } from "vscode-json-languageservice";
import { TextDocument } from "vscode-languageserver-textdocument";

const file = process.argv[2] ? pathToFileURL(resolve(process.argv[2])) : new URL("events.json", import.meta.url);
const source = await readFile(file, "utf8");
const own = JSON.parse(source).$schema;
const schemas = new URL(".", new URL(own, file));
const vocabulary = JSON.parse(await readFile(new URL("vocabulary.json", schemas), "utf8"));
const types = new Map(vocabulary.event_types.map((type) => [type.code, type]));

const service = getLanguageService({
  schemaRequestService: (uri) => readFile(fileURLToPath(uri), "utf8"),
  workspaceContext: { resolveRelativePath: (path, resource) => new URL(path, resource).href },
});

function open(text) {
  const document = TextDocument.create(file.href, "json", 1, text);
  return { document, json: service.parseJSONDocument(document) };
}

// `|` marks the cursor.
async function complete(text) {
  const { document, json } = open(text.replace("|", ""));
  const { items } = await service.doComplete(document, document.positionAt(text.indexOf("|")), json);
  return new Map(items.map((item) => [item.label, item]));
}

const shown = (documentation) => documentation?.value ?? documentation;

// The file is valid as it stands.
const { document, json } = open(source);
assert.deepEqual(await service.doValidation(document, json), []);

// Every event type is offered, each with its description.
const values = await complete(source.replace('"attack.bombing"', "|"));
for (const [code, type] of types) {
  const item = values.get(JSON.stringify(code)) ?? values.get(code);
  assert.ok(item, `${code} is not offered`);
  assert.equal(shown(item.documentation), `${type.label.en}. ${type.definition}`);
}

// Fields that are not there yet are offered, each with its description; those that are there are not.
const keys = await complete(source.replace('"polarity"', '|\n"polarity"'));
assert.equal(shown(keys.get("quantities")?.documentation), "Figures.");
assert.ok(!keys.has("trigger"), "a field that is there is offered again");

// Hovering tells what a code means.
const hover = await service.doHover(document, document.positionAt(source.indexOf("attack.bombing")), json);
const text = hover.contents.map((part) => part.value ?? part).join("\n").replaceAll("\\", "");
assert.ok(text.includes(types.get("attack.bombing").definition), `hover shows: ${text}`);

// A code that is not in the list is found where it stands.
const wrong = open(source.replace("attack.bombing", "attack.bomming"));
const problems = await service.doValidation(wrong.document, wrong.json);
assert.equal(problems.length, 1);
assert.equal(wrong.document.getText(problems[0].range), '"attack.bomming"');

// A field that the schema does not know is found too.
const unknown = open(source.replace('"polarity"', '"polarty"'));
const found = (await service.doValidation(unknown.document, unknown.json)).map((problem) => problem.message);
assert.ok(found.some((message) => message.includes("polarty")), `unknown field not found: ${found}`);

// The same in a file that is one record.
const genres = await complete(`{"$schema": "${own.replace("events", "document")}", "genre": |}`);
assert.equal(shown(genres.get('"news-article"')?.documentation), vocabulary.codes.genre["news-article"]);

console.log(`${types.size} event types offered, hover and validation as expected`);
