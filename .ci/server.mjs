// For the proofs: a release server of one's own, and visitors that keep a cookie.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";

export const PASSWORD = "demonstration-only";
const program = `${process.env.CARGO_TARGET_DIR ?? "target"}/release/kwanus-governance`;

// Starts a demonstration; answers its address, its process and a promise of its log once it has ended.
export async function serve(database, ...more) {
  const demo = more.some((flag) => flag.startsWith("--demo")) ? [] : ["--demo=empty"];
  const child = spawn(program, ["serve", ...demo, "--database-url", database, "--address", "127.0.0.1:0", "--log", "warn", ...more]);
  let log = "";
  child.stderr.on("data", (chunk) => (log += chunk));
  const ended = new Promise((resolve) => child.on("exit", () => resolve(log)));
  const base = await new Promise((resolve, reject) => {
    let said = "";
    child.stdout.on("data", (chunk) => {
      said += chunk;
      const found = / serves at (\S+)/.exec(said);
      if (found) resolve(found[1]);
    });
    ended.then((log) => reject(new Error(`the server did not start: ${log}`)));
  });
  const resident = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))[1]);
  return { base, child, ended, resident };
}

// One browser: keeps the cookie, says where its forms come from, follows nothing.
export class Visitor {
  cookie = "";
  constructor(base, agent = new Agent({ keepAlive: true })) {
    this.base = base;
    this.agent = agent;
  }
  send(method, path, fields, headers = {}) {
    const body = fields && new URLSearchParams(fields).toString();
    return new Promise((resolve, reject) => {
      const sent = request(`${this.base}${path}`, { method, agent: this.agent, headers: {
        accept: "text/html", cookie: this.cookie, origin: this.base,
        ...(body && { "content-type": "application/x-www-form-urlencoded", "content-length": Buffer.byteLength(body) }), ...headers,
      } }, (answer) => {
        for (const cookie of answer.headers["set-cookie"] ?? []) if (cookie.startsWith("kwanus=")) this.cookie = cookie.split(";")[0];
        let text = "";
        answer.on("data", (chunk) => (text += chunk));
        answer.on("end", () => resolve({ status: answer.statusCode, location: answer.headers.location, cookies: answer.headers["set-cookie"] ?? [], text }));
        answer.on("error", reject);
      });
      sent.on("error", reject);
      sent.end(body);
    });
  }
  get(path) { return this.send("GET", path); }
  post(path, fields, headers) { return this.send("POST", path, fields, headers); }
  async signIn(email) {
    const answer = await this.post("/do/sign_in", { email, password: PASSWORD });
    if (answer.location !== "/") throw new Error(`${email} cannot sign in: ${answer.status} ${answer.location}`);
    return this;
  }
}
