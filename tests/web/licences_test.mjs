// The bundle's licences: whoever's work is in it is named beside it, with the terms.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { notices } from "../../python/web/notices.mjs";
import { root } from "./page.mjs";

const library = readFileSync(join(root, "python/web/node_modules/cytoscape/dist/cytoscape.esm.mjs"), "utf8");
const told = readFileSync(join(root, "python/chainqual/static/LICENSES.txt"), "utf8");

test("every author whom the library names is named in LICENSES.txt", () => {
  const names = [...library.matchAll(/copyright(?: \(c\))?(?: [0-9-]+,?)? ((?:The )?[A-Z][\w.]*(?: [A-Z][\w.]*)*)/gi)].map((match) => match[1].replace(/\.$/, "").replace(/ MIT$/, ""));
  assert.ok(names.length >= 4, names.join());
  for (const name of names) if (!/^(notice|holders)/i.test(name)) assert.ok(told.includes(name.replace(/\. MIT.*/, "")), name);
  for (const mention of library.matchAll(/\n[^\n]*\bMIT (?:license|License)\b[^\n]*/g)) {
    const near = library.slice(Math.max(0, mention.index - 400), mention.index + 400);
    assert.ok(notices.some((notice) => near.includes(notice.mark)), mention[0]);
  }
});

test("each notice belongs to something that is in the library, and stands whole", () => {
  for (const { name, mark, text } of notices) {
    assert.ok(library.includes(mark), `${name} is no longer in Cytoscape.js`);
    assert.ok(told.includes(`${name}\n\n${text}`), name);
    assert.match(text, /Permission is hereby granted.*WITHOUT WARRANTY/s);
  }
});
