// The extension and the media type of an output's files, as the format's options have them.
import type { PlannedOutput } from './plan.ts';

/** Of the files themselves, before they are packed. */
export function fileKind({ format, formatOptions }: PlannedOutput): {
  extension: string;
  mediaType: string;
} {
  const { extension, mediaType } = format;
  return { extension, mediaType, ...format.fileKind?.(formatOptions) };
}
