// Folders of uploads: what a killed process leaves goes with the next upload, what a living one has stays.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makeUploadFolder } from './upload-folder.node.ts';

const parent = mkdtempSync(join(tmpdir(), 'upload-folders-'));
afterAll(() => rmSync(parent, { recursive: true }));

it('goes when its process was killed, and not before', async () => {
  const own = await makeUploadFolder(parent);
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  try {
    // As the other process would have made it.
    const left = join(parent, basename(own).replace(`-${process.pid}-`, `-${other.pid}-`));
    mkdirSync(left);
    writeFileSync(join(left, 'file'), 'secret rows');
    const strangers = ['export-studio-upload-', 'export-studio-upload-00000000-1-x', 'x'];
    for (const name of strangers) mkdirSync(join(parent, name));
    await makeUploadFolder(parent);
    expect(existsSync(join(left, 'file'))).toBe(true);
    other.kill('SIGKILL');
    await once(other, 'exit');
    await makeUploadFolder(parent);
    expect(existsSync(left)).toBe(false);
    expect(existsSync(own)).toBe(true);
    expect(readdirSync(parent)).toEqual(expect.arrayContaining(strangers));
  } finally {
    other.kill('SIGKILL');
  }
});
