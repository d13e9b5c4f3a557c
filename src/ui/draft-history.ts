// Changes of the draft, kept so that they can be undone and done again.
import type { ExportConfig } from '../contract/config.ts';
import type { Draft, DraftState, DraftStore, PlanTemplate } from './draft.ts';

/** Actions that are whole choices: each is undone by itself. */
const CHOICES = new Set([
  ...['load', 'address', 'format', 'preset', 'remedy', 'delivery', 'folder', 'time', 'packed'],
  ...['add step', 'switch step', 'move step', 'remove step', 'other data', 'edit columns'],
]);

/** A longer pause ends a run of typing. */
const TYPING_MS = 1500;
const UNDO_DEPTH = 100;

/** How actions change the draft. The same action again and again, as in typing, is undone as one. */
export interface Changes {
  change(action: string, apply: (draft: Draft) => Partial<Draft>): void;
  changeConfig(action: string, apply: (config: ExportConfig) => ExportConfig): void;
}

/** `filesNow`: the files that options name stay what they are when a change is undone. */
export function createHistory(
  set: DraftStore['setState'],
  filesNow: () => Draft['files'],
): Changes & Pick<DraftState, 'undo' | 'redo'> {
  // After an undo or redo typing begins anew.
  let changedAt = -Infinity;
  const change: Changes['change'] = (action, apply) =>
    set(({ draft, past }) => {
      if (draft === null) return {};
      const next = { ...draft, ...apply(draft) };
      const now = performance.now();
      const isSame =
        past.at(-1)?.action === action && !CHOICES.has(action) && now - changedAt < TYPING_MS;
      changedAt = now;
      return {
        draft: next,
        past: isSame ? past : [...past, { draft, action }].slice(-UNDO_DEPTH),
        future: [],
      };
    });

  return {
    change,

    changeConfig: (action, apply) => change(action, (draft) => ({ config: apply(draft.config) })),

    undo: () =>
      set(({ draft, past, future }) => {
        const last = past.at(-1);
        if (draft === null || last === undefined) return {};
        changedAt = -Infinity;
        return {
          draft: { ...last.draft, template: templateOf(last.draft, draft), files: filesNow() },
          past: past.slice(0, -1),
          future: [...future, { draft, action: last.action }],
        };
      }),

    redo: () =>
      set(({ draft, past, future }) => {
        const next = future.at(-1);
        if (draft === null || next === undefined) return {};
        changedAt = -Infinity;
        return {
          draft: { ...next.draft, template: templateOf(next.draft, draft), files: filesNow() },
          past: [...past, { draft, action: next.action }],
          future: future.slice(0, -1),
        };
      }),
  };
}

/** What a draft of before knows of its template by now. */
function templateOf({ template = null }: Draft, now: Draft): PlanTemplate | null {
  return template?.id === now.template?.id ? (now.template ?? null) : template;
}
