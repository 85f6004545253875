// Runs shellcheck, from its warnings up.
import { spawnSync } from "node:child_process";

// SC2154: a variable may come from the step's env. SC1091: a file that a script reads may not be there yet.
export function shellcheck(script, shell) {
  const dialect = shell === undefined ? [] : [`--shell=${shell}`];
  const { stdout, stderr, error } = spawnSync("shellcheck", ["--format=json", "--severity=warning", "--exclude=SC2154,SC1091", ...dialect, "-"], { input: script, encoding: "utf8" });
  if (error) throw error;
  if (!stdout) throw new Error(`shellcheck wrote no result. ${stderr}`);
  return JSON.parse(stdout).map(({ line, code, level, message }) => ({ line, message: `${message} [shellcheck SC${code}, ${level}]` }));
}
