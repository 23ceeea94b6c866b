// Killed twenty times in the middle of taking positions, on a database: every acknowledged position is there afterwards, with its
// event, and it opens clean.
//     node .ci/crash.mjs sqlite:FILE|postgres://…
import { serve, Visitor } from "./server.mjs";

const KILLS = 20;
const database = process.argv[2];
const members = ["tsc-1", "tsc-2", "sco-1", "sco-2", "erc-1", "erc-2", "cgb-1", "cgb-2"];
// By member: the case on which they speak, and the last reason that was acknowledged.
const said = new Map();
let acknowledged = 0;

// What the form of a position on that page sends, but for the position.
function form(page) {
  const fields = /<form[^>]*action="[^"]*take_position[^"]*"[\s\S]*?<\/form>/.exec(page)?.[0];
  if (!fields || !/value="abstain"/.test(fields)) return null;
  const hidden = [...fields.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([input]) => [
    /name="([^"]*)"/.exec(input)?.[1], /value="([^"]*)"/.exec(input)?.[1] ?? "",
  ]);
  return Object.fromEntries(hidden);
}

// An open case on which that member can speak, and nobody else here does.
async function choose(visitor, taken) {
  const docket = (await visitor.get("/docket")).text;
  for (const [, reference] of docket.matchAll(/href="\/cases\/(PJ-\d{4}-\d+)"/g)) {
    if (taken.has(reference)) continue;
    const fields = form((await visitor.get(`/cases/${reference}`)).text);
    if (fields) return reference;
  }
  return null;
}

for (let round = 0; round <= KILLS; round++) {
  const server = await serve(database, "--demo=story");
  const speakers = [];
  for (const member of members) {
    const visitor = await new Visitor(server.base).signIn(`${member}@demo.example`);
    const before = said.get(member);
    if (before?.reason) {
      const { text } = await visitor.get(`/cases/${before.reference}`);
      // What was sent last may have been kept though its answer was lost: it is then the one after the acknowledged one.
      if (!text.includes(before.reason) && !(before.sent && text.includes(before.sent))) {
        throw new Error(`round ${round}: ${member} was told that “${before.reason}” is recorded on ${before.reference}, and it is not there`);
      }
    }
    if (round === KILLS) continue;
    const taken = new Set([...said.values()].map(({ reference }) => reference));
    let reference = before?.reference ?? (await choose(visitor, taken));
    let fields = reference && form((await visitor.get(`/cases/${reference}`)).text);
    if (reference && !fields) {
      reference = await choose(visitor, taken);
      fields = reference && form((await visitor.get(`/cases/${reference}`)).text);
    }
    if (!fields) continue;
    if (reference !== before?.reference) said.set(member, { reference });
    speakers.push([member, visitor, fields]);
  }
  if (round === KILLS) {
    server.child.kill("SIGTERM");
    const log = await server.ended;
    if (/ERROR|panicked/.test(log)) throw new Error(log);
    break;
  }
  if (speakers.length < 2) throw new Error("nobody can speak on any case");
  const end = setTimeout(() => server.child.kill("SIGKILL"), 100 + Math.random() * 400);
  await Promise.all(speakers.map(async ([member, visitor, fields]) => {
    try {
      for (let n = 0; ; n++) {
        const reason = `Round ${round}, number ${n}, of ${member}.`;
        said.get(member).sent = reason;
        const { status } = await visitor.post("/do/take_position", { ...fields, position: "abstain", reason });
        if (status !== 303) throw new Error(`status ${status}`);
        // Where abstaining decided the case, there is nothing more to say on it.
        if (n === 0 && !form((await visitor.get(`/cases/${fields.case}`)).text)) return void said.delete(member);
        said.get(member).reason = reason;
        acknowledged++;
      }
    } catch (error) {
      if (!/ECONN|socket hang up/.test(error.message)) throw error;
    }
  }));
  clearTimeout(end);
  await server.ended;
}
if (acknowledged < 10 * KILLS) throw new Error(`only ${acknowledged} positions were taken`);
console.log(`${database.split(":")[0]}: ${KILLS} kills, ${acknowledged} acknowledged positions, none lost`);
