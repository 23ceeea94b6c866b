// Schemathesis asks the API everything that its description allows, and what it forbids, and compares the answers with it.
// `node .ci/contract.mjs EXAMPLES [SEED]`: so many for each operation.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve, Visitor } from "./server.mjs";

const [examples = "30", seed] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "kwanus-contract-"));
const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const manifest = JSON.parse(readFileSync("app/domain/src/manifest/example.json", "utf8"));
manifest.permissions[0].until = inDays(60);
const { workflows, extension, entry, compatibility, ...common } = manifest;
const manifests = { "readiness-check": { ...common, workflows }, "rate-finder": { ...common, entry, compatibility, extension } };

// Each request comes from a client of its own, or the limits would answer most of them: so the proxy is believed.
const server = await serve(`sqlite:${folder}/contract.db`, "--trusted-proxies", "127.0.0.1/32");
try {
  const partner = await new Visitor(server.base).signIn("partner@quayside-lending.demo.example");
  const made = await partner.post("/do/create_token", { token_name: "Contract", read: "on", write: "on", ends: inDays(7) });
  const token = /kwanus_[\w-]+/.exec(made.cookies.find((cookie) => cookie.startsWith("issued_token=")))?.[0];
  if (!token) throw new Error(`no token was given: ${made.status} ${made.location}`);
  // Something to look at: there is one submission, and Schemathesis can make another.
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const body = JSON.stringify({ integration: "rate-finder", manifest: manifests["rate-finder"] });
  const answer = await fetch(`${server.base}/api/v1/submissions`, { method: "POST", headers, body });
  const { reference, ...rest } = await answer.json();
  if (answer.status !== 201) throw new Error(`the manifest was refused: ${JSON.stringify(rest)}`);
  writeFileSync(join(folder, "contract.toml"), `
[auth.openapi.token]
bearer = "${token}"
[dictionaries.reference]
values = ["${reference}", "PJ-2026-0000", "LT-2026-0001"]
[dictionaries.integration]
values = ["rate-finder", "client-timeline"]
# A manifest of the right shape may still be one that the rules refuse.
[[operations]]
include-name = "POST /api/v1/submissions"
checks.positive_data_acceptance.expected-statuses = ["2xx", "401", "404", "409", "422"]
[[operations]]
include-name = "POST /api/v1/integrations/{integration}/versions"
checks.positive_data_acceptance.expected-statuses = ["2xx", "401", "404", "409", "422"]
parameters = { "path.integration" = { dictionary = "integration", probability = 0.5 } }
[[operations]]
include-name = "GET /api/v1/integrations/{integration}/versions"
parameters = { "path.integration" = { dictionary = "integration", probability = 0.5 } }
[[operations]]
include-name = "GET /api/v1/submissions/{ref}"
parameters = { "path.ref" = { dictionary = "reference", probability = 0.5 } }
`);
  const asked = spawn("st", [
    "--config-file", join(folder, "contract.toml"), "run", `${server.base}/api/openapi.json`,
    "--checks", "all", "--max-examples", examples, "--continue-on-failure", ...(seed ? ["--seed", seed] : []),
  ], {
    stdio: "inherit", cwd: folder,
    env: {
      ...process.env, KWANUS_SUBMISSION: JSON.stringify({ integration: "readiness-check", manifest: manifests["readiness-check"] }),
      SCHEMATHESIS_HOOKS: join(import.meta.dirname, "contract.py"),
      PYTHONDONTWRITEBYTECODE: "1",
    },
  });
  process.exitCode = await new Promise((resolve, reject) => asked.on("exit", resolve).on("error", reject));
  const second = reference.replace("0001", "0002");
  const { status } = await fetch(`${server.base}/api/v1/submissions/${second}`, { headers });
  if (status !== 200) throw new Error(`Schemathesis submitted nothing: ${second} is answered with ${status}`);
} finally {
  server.child.kill("SIGTERM");
  const log = await server.ended;
  rmSync(folder, { recursive: true });
  if (/panicked|ERROR/.test(log)) {
    console.error(`${log}\nThe server logged errors.`);
    process.exitCode = 1;
  }
}
