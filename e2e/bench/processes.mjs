// Reads the memory of a process and all it started, from /proc; elsewhere there is nothing to read.
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Whether this machine tells. */
export const canMeasure = existsSync('/proc/self/status');

/** Resident MiB of every descendant of `rootPid` and itself: `[{pid, kind, mebibytes}]`. */
export function residentOf(rootPid) {
  const parents = new Map();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const stat = read(`/proc/${entry}/stat`);
    // The command in parentheses may itself hold parentheses and spaces.
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    parents.set(Number(entry), parent);
  }
  const family = [...parents.keys()].filter((pid) => {
    for (let at = pid; at > 1; at = parents.get(at) ?? 0) if (at === rootPid) return true;
    return false;
  });
  return family.map((pid) => ({
    pid,
    kind: /--type=([\w-]+)/.exec(read(`/proc/${pid}/cmdline`))?.[1] ?? 'main',
    mebibytes: Number(/VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024,
  }));
}

/** The process whose command line holds `mark`, the oldest if there are several. */
export function findProcess(mark) {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .map(Number)
    .sort((a, b) => a - b)
    .find((pid) => read(`/proc/${pid}/cmdline`).includes(mark));
}

/** Samples the family of `rootPid` until `stop` is called, which gives the highest sums seen. */
export function watchMemory(rootPid, everyMs = 25) {
  let renderer = 0;
  let all = 0;
  const sample = () => {
    const family = residentOf(rootPid);
    renderer = Math.max(
      renderer,
      ...family.filter(({ kind }) => kind === 'renderer').map(({ mebibytes }) => mebibytes),
    );
    all = Math.max(
      all,
      family.reduce((sum, { mebibytes }) => sum + mebibytes, 0),
    );
  };
  sample();
  const timer = setInterval(sample, everyMs);
  return {
    stop() {
      clearInterval(timer);
      sample();
      return { renderer, all };
    },
  };
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
