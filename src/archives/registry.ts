// Every archive (entries → bytes) there is.
import type { ArchiveCard } from '../contract/archive-plugin.ts';
import { zipArchive } from './zip/archive.ts';

export const archives: ArchiveCard[] = [zipArchive];
