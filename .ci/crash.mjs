// Killed twenty times in the middle of writing: every acknowledged change is there afterwards, and it opens clean.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve, Visitor } from "./server.mjs";

const folder = mkdtempSync(join(tmpdir(), "kwanus-crash-"));
const database = `sqlite:${folder}/crash.db`;
let revision = 1;
let acknowledged = 0;
for (let round = 0; round < 20; round++) {
  const server = await serve(database);
  const visitor = await new Visitor(server.base).signIn("admin@demo.example");
  const shown = /name="revision" value="(\d+)"/.exec((await visitor.get("/account")).text);
  if (Number(shown[1]) < revision) throw new Error(`round ${round}: revision ${revision} was acknowledged, ${shown[1]} is there`);
  revision = Number(shown[1]);
  const end = setTimeout(() => server.child.kill("SIGKILL"), 100 + Math.random() * 400);
  try {
    for (;;) {
      const { status } = await visitor.post("/do/change_name", { name: `Ruth Albrecht ${revision}`, revision });
      if (status !== 303) throw new Error(`status ${status}`);
      revision++;
      acknowledged++;
    }
  } catch (error) {
    if (!/ECONN|socket hang up/.test(error.message)) throw error;
  }
  clearTimeout(end);
  await server.ended;
}
rmSync(folder, { recursive: true });
console.log(`20 kills, ${acknowledged} acknowledged changes, none lost`);
