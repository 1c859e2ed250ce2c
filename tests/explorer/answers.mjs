// Answers of the page's scripts to what is asked on standard input, as JSON: {ask, …} -> one answer for each case.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { json } from "node:stream/consumers";
import { runInThisContext } from "node:vm";

const [folder, ...scripts] = process.argv.slice(2);
for (const name of scripts) {
  const path = join(folder, name);
  runInThisContext(readFileSync(path, "utf-8"), path);
}
const { CTE } = globalThis;

/** Offsets in one unit per code point, as pairs or null. */
const place = ({ start, end, status }) => [start, end, status];

const ASKED = {
  attach({ known, copies }) {
    return copies.map(({ text, recipe }) => {
      const begin = process.cpuUsage();
      const found = CTE.attach(known, CTE.recipe.apply(recipe, text));
      const { verdict, spans, sentences, sections } = found;
      return {
        seconds: process.cpuUsage(begin).user / 1e6, // of this process: a busy machine takes longer
        text: found.points.decode(found.text),
        verdict,
        spans: spans.map(place),
        sentences: sentences.map(place),
        sections: sections.map(place),
      };
    });
  },
  form({ texts, name }) {
    return texts.map((text) => {
      const points = new CTE.points.Points();
      const encoded = points.encode(text);
      const form = CTE.fold[name](encoded, points);
      return {
        text: points.decode(form.text),
        back: Array.from({ length: form.text.length + 1 }, (_, position) => form.back(position)),
        forth: Array.from({ length: encoded.length + 1 }, (_, offset) => form.forth(offset)),
      };
    });
  },
  chars({ chars }) {
    return chars.map((char) => [CTE.fold.cleanChar(char), CTE.fold.foldChar(char), CTE.fold.isSpace(char)]);
  },
  recipe({ texts, recipe }) {
    return texts.map((text) => CTE.recipe.apply(recipe, text));
  },
  sha256({ texts }) {
    return texts.map((text) => CTE.sha256(text));
  },
};

const questions = await json(process.stdin);
process.stdout.write(JSON.stringify(questions.map((question) => ASKED[question.ask](question))));
