// Many requests at 64 connections over signed-in pages: no error, no panic, and memory afterwards within 1.5 times of before.
import { mkdtempSync, rmSync } from "node:fs";
import { Agent } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve, Visitor } from "./server.mjs";

const total = Number(process.argv[2] ?? 2000);
const connections = 64;
const folder = mkdtempSync(join(tmpdir(), "kwanus-soak-"));
const server = await serve(`sqlite:${folder}/soak.db`);
const agent = new Agent({ keepAlive: true, maxSockets: connections });

const routes = [];
for (const [email, paths] of [
  ["sco-1@demo.example", ["/docket", "/partners", "/account", "/help"]],
  ["admin@demo.example", ["/overview", "/account", "/privacy"]],
  ["partner@orbit-crm.demo.example", ["/", "/account", "/accessibility"]],
]) {
  const visitor = await new Visitor(server.base, agent).signIn(email);
  routes.push(...paths.map((path) => [visitor, path]));
}
// Warm: every connection of the pools is open and the allocator has seen this load before memory is read.
let warmed = 0;
await Promise.all(Array.from({ length: connections }, async () => {
  while (warmed < 1000) {
    const [visitor, path] = routes[warmed++ % routes.length];
    await visitor.get(path);
  }
}));

const before = server.resident();
const began = performance.now();
const times = [];
const failures = [];
let next = 0;
await Promise.all(Array.from({ length: connections }, async () => {
  while (next < total) {
    const [visitor, path] = routes[next++ % routes.length];
    const start = performance.now();
    try {
      const { status, text } = await visitor.get(path);
      if (status !== 200 || !text.endsWith("</html>") && !text.includes("</html>")) failures.push(`${path}: ${status}`);
    } catch (error) {
      failures.push(`${path}: ${error.message}`);
    }
    times.push(performance.now() - start);
  }
}));
const seconds = (performance.now() - began) / 1000;
const after = server.resident();
agent.destroy();
server.child.kill("SIGTERM");
const log = await server.ended;
rmSync(folder, { recursive: true });

times.sort((a, b) => a - b);
const at = (share) => times[Math.floor(times.length * share)].toFixed(1);
console.log(`${total} requests at ${connections} connections: ${(total / seconds).toFixed(0)} a second, median ${at(0.5)} ms, p99 ${at(0.99)} ms; memory ${(before / 1024).toFixed(0)} MB before, ${(after / 1024).toFixed(0)} MB after`);
if (failures.length || /panicked|ERROR/.test(log) || after > before * 1.5) {
  console.error(`FAILED: ${failures.length} failures ${failures.slice(0, 5).join(", ")}; log: ${log.slice(0, 2000)}`);
  process.exit(1);
}
