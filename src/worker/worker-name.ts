// How a browser worker is told its role at birth: its name.

export interface WorkerRole {
  role: 'run' | 'lane';
  /** Name of the lock it holds as long as it lives. */
  lock: string;
  lanes: number | null;
  /** Use lanes for small jobs too. */
  always: boolean;
}

export function writeWorkerName(role: WorkerRole): string {
  return JSON.stringify(role);
}

/** The role in a worker's name; a worker started by other means is a run worker without a lock. */
export function readWorkerName(name: string): WorkerRole {
  try {
    return JSON.parse(name) as WorkerRole;
  } catch {
    return { role: 'run', lock: '', lanes: null, always: false };
  }
}
