// The host's data: what its API answers, page by page, and what an export of all of it has to be.

export interface Command {
  command_id: string;
  agent_id: string;
  type: string;
  status: string;
  started_at: string;
  duration_ms: number | null;
  exit_code: number;
  note: string | null;
}

export interface Agent {
  agent_id: string;
  name: string;
  region: string;
  version: string;
  is_online: boolean;
  load: number;
}

export const COMMANDS = 100_000;
export const AGENTS = 412;

const TYPES = ['deploy', 'collect_logs', 'restart', 'rotate_keys', 'ping'];
const NOTES = [null, '', 'two\nlines', '"quoted", with a comma', 'naïve ✓', '=1+1', ' spaces '];

export function command(i: number): Command {
  return {
    command_id: `c-${(0x91f2a - i).toString(16).padStart(6, '0')}`,
    agent_id: `agent-${['eu', 'us', 'ap'][i % 3]}-${String(i % AGENTS).padStart(3, '0')}`,
    type: TYPES[i % TYPES.length]!,
    status: i % 41 === 0 ? 'failed' : 'done',
    started_at: new Date(Date.UTC(2026, 3, 2, 9, 58, 11) - i * 7_013).toISOString(),
    duration_ms: i % 47 === 0 ? null : (i * 7919) % 30_001,
    exit_code: i % 41 === 0 ? 1 : 0,
    note: NOTES[i % NOTES.length]!,
  };
}

export function agent(i: number): Agent {
  return {
    agent_id: `agent-${String(i).padStart(3, '0')}`,
    name: ['Zoë', 'أمل', '山田', 'O’Brien; R.'][i % 4]!,
    region: ['eu-central', 'us-east', 'ap-south'][i % 3]!,
    version: ['1.10', '1.9', '2.0'][i % 3]!,
    is_online: i % 5 !== 0,
    load: (i * 37) % 101,
  };
}

/** One page as the API answers it; the cursor is opaque to the page. */
export function answer(path: string, search: URLSearchParams): unknown {
  const limit = Number(search.get('limit'));
  const from = Number(search.get('cursor')?.slice('after-'.length) ?? 0);
  const [make, count] = path === '/api/agents' ? [agent, AGENTS] : [command, COMMANDS];
  const to = Math.min(count, from + limit);
  const rows = Array.from({ length: to - from }, (_, i) => make(from + i));
  return { rows, next: to < count ? `after-${to}` : null };
}

/** All commands as NDJSON. */
export function commandsNdjson(): string {
  return Array.from({ length: COMMANDS }, (_, i) => `${JSON.stringify(command(i))}\n`).join('');
}

/** All agents as CSV with commas, quotes only where they are needed. */
export function agentsCsv(): string {
  const lines = Array.from({ length: AGENTS }, (_, i) => Object.values(agent(i)).join(','));
  return ['agent_id,name,region,version,is_online,load', ...lines, ''].join('\n');
}
