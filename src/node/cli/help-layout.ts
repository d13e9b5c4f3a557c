// How help is laid out: two columns, of which the first stays narrow, whatever a flag is called.
import type { Help } from 'commander';

/** The widest first column; what is longer stands on a line of its own above its words. */
const TERM_WIDTH = 30;
const INDENT = 2;
const GAP = 2;

export const helpLayout = {
  showGlobalOptions: false,
  formatItem(term: string, termWidth: number, description: string, helper: Help): string {
    const indent = ' '.repeat(INDENT);
    if (description === '') return indent + term;
    const width = Math.min(termWidth, TERM_WIDTH);
    const start = ' '.repeat(INDENT + width + GAP);
    const room = Math.max(helper.minWidthToWrap, (helper.helpWidth ?? 80) - start.length);
    const words = helper.boxWrap(description, room).replaceAll('\n', `\n${start}`);
    const isLong = helper.displayWidth(term) > width;
    return isLong
      ? `${indent}${term}\n${start}${words}`
      : indent + term.padEnd(width + GAP) + words;
  },
};
