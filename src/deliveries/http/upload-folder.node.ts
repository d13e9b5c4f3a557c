// The folder in which files are made before they are sent, and the end of those whose process was killed before it could remove them.
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Processes of other machines (containers among them) may share the folder; their numbers say nothing here. */
const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);

const PREFIX = `export-studio-upload-${machine}-`;

/** Whether a process of this number lives, be it anybody's. */
function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as { code?: string }).code !== 'ESRCH';
  }
}

/** Removes what processes that are gone have left. */
async function clearDead(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = name.startsWith(PREFIX) ? /^\d+/.exec(name.slice(PREFIX.length)) : null;
    if (pid !== null && !lives(Number(pid[0])))
      // Another user's stays, and so does what another process is removing just now.
      await rm(join(folder, name), { recursive: true, force: true }).catch(() => {});
  }
}

/** A fresh folder that only this user can read. */
export async function makeUploadFolder(parent = tmpdir()): Promise<string> {
  await clearDead(parent).catch(() => {});
  return mkdtemp(join(parent, `${PREFIX}${process.pid}-`));
}
