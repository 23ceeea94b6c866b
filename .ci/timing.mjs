// An unknown person and a wrong password take the same time: medians within 10 %, below the throttle.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve, Visitor } from "./server.mjs";

const folder = mkdtempSync(join(tmpdir(), "kwanus-timing-"));
// The address is told by a proxy that is trusted, so that no attempt meets the throttle of another.
const server = await serve(`sqlite:${folder}/timing.db`, "--trusted-proxies", "127.0.0.1");
const people = ["tsc", "sco", "erc", "cgb"].flatMap((board) => [1, 2, 3, 4].map((n) => `${board}-${n}@demo.example`));
const times = { unknown: [], wrong: [] };
for (let n = -5; n < 80; n++) {
  for (const [kind, email] of [["unknown", `nobody-${n}@demo.example`], ["wrong", people[(n + 16) % 16]]]) {
    const visitor = new Visitor(server.base);
    const start = performance.now();
    const { status } = await visitor.post("/do/sign_in", { email, password: "not the password" }, { "x-forwarded-for": `10.${kind.length}.${n + 5}.1` });
    if (n >= 0) times[kind].push(performance.now() - start);
    if (status !== 303) throw new Error(`${kind}: ${status}`);
  }
}
server.child.kill("SIGTERM");
await server.ended;
rmSync(folder, { recursive: true });
const median = (list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)];
const [unknown, wrong] = [median(times.unknown), median(times.wrong)];
console.log(`refusing an unknown person: ${unknown.toFixed(1)} ms; a wrong password: ${wrong.toFixed(1)} ms (medians of 80)`);
if (Math.abs(unknown - wrong) > 0.1 * Math.min(unknown, wrong)) {
  console.error("FAILED: one can tell them apart by the time");
  process.exit(1);
}
