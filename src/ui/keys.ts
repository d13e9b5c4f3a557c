// Every key of the studio, said once: what the listener obeys, what the palette shows and what the list of keys says.

/** What a key, the palette or a button can ask for. */
export type CommandId =
  | 'palette'
  | 'keys'
  | 'open'
  | 'openFolder'
  | 'saveTemplate'
  | 'export'
  | 'undo'
  | 'redo'
  | 'format'
  | 'data'
  | 'options'
  | 'delivery'
  | 'filter'
  | 'rows'
  | 'output'
  | 'schema'
  | 'losses'
  | 'nextRegion'
  | 'previousRegion'
  | 'studio'
  | 'templates'
  | 'history'
  | 'theme';

interface Key {
  id: CommandId;
  /** `Mod` is ⌘ on Apple's machines and Ctrl elsewhere. The first is the one that is shown. */
  keys: readonly string[];
  /** Whether it also works while a field has focus. */
  inFields: boolean;
}

export const KEYS: readonly Key[] = [
  { id: 'palette', keys: ['Mod+K'], inFields: true },
  { id: 'open', keys: ['Mod+O'], inFields: true },
  { id: 'saveTemplate', keys: ['Mod+S'], inFields: true },
  { id: 'export', keys: ['Mod+Enter'], inFields: true },
  // A field undoes its own typing.
  { id: 'undo', keys: ['Mod+Z'], inFields: false },
  { id: 'redo', keys: ['Mod+Shift+Z', 'Mod+Y'], inFields: false },
  { id: 'format', keys: ['1'], inFields: false },
  { id: 'data', keys: ['2'], inFields: false },
  { id: 'options', keys: ['3'], inFields: false },
  { id: 'delivery', keys: ['4'], inFields: false },
  { id: 'filter', keys: ['/'], inFields: false },
  { id: 'rows', keys: ['R'], inFields: false },
  { id: 'output', keys: ['O'], inFields: false },
  { id: 'schema', keys: ['S'], inFields: false },
  { id: 'losses', keys: ['L'], inFields: false },
  { id: 'nextRegion', keys: ['F6'], inFields: true },
  { id: 'previousRegion', keys: ['Shift+F6'], inFields: true },
  { id: 'keys', keys: ['?'], inFields: false },
];

export const isApple = /Mac|iPhone|iPad/.test(navigator.platform);

/** A key that is one character, which speech input and slips of the hand type too: it can be switched off (WCAG 2.1.4). */
export function isLetter(key: string): boolean {
  return [...key].length === 1;
}

/** How a key reads on this machine: `⌘K`, `Ctrl K`. */
export function keyText(key: string): string {
  const names = isApple
    ? new Map([
        ['Mod', '⌘'],
        ['Shift', '⇧'],
        ['Alt', '⌥'],
        ['Enter', '↵'],
        ['Escape', 'Esc'],
      ])
    : new Map([
        ['Mod', 'Ctrl'],
        ['Enter', '↵'],
        ['Escape', 'Esc'],
      ]);
  return key
    .split('+')
    .map((part) => names.get(part) ?? part)
    .join(isApple ? '' : ' ');
}

/** The key of a command as it reads on this machine; empty when it has none. */
export function keyOf(id: CommandId): string {
  const key = KEYS.find((each) => each.id === id)?.keys[0];
  return key === undefined ? '' : keyText(key);
}

/** As `aria-keyshortcuts` wants it. */
export function keyShortcut(id: CommandId): string | undefined {
  return KEYS.find((each) => each.id === id)
    ?.keys.join(' ')
    .replaceAll('Mod', isApple ? 'Meta' : 'Control');
}

/** The command that this key press asks for. */
export function commandOf(event: KeyboardEvent, takesLetters: boolean): CommandId | undefined {
  const inField = isField(event.target);
  return KEYS.find(
    ({ keys, inFields }) =>
      (inFields || !inField) &&
      keys.some((key) => (takesLetters || !isLetter(key)) && isPressed(event, key)),
  )?.id;
}

function isPressed(event: KeyboardEvent, key: string): boolean {
  const parts = key.split('+');
  const last = parts.at(-1)!;
  if (event.key.toLowerCase() !== last.toLowerCase() || event.altKey) return false;
  const hasMod = event.ctrlKey || event.metaKey;
  if (hasMod !== parts.includes('Mod')) return false;
  // Where a character needs Shift is the keyboard's own matter.
  return (
    (isLetter(last) && !hasMod && !/[a-z]/i.test(last)) ||
    event.shiftKey === parts.includes('Shift')
  );
}

function isField(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button', 'submit', 'file'].includes(target.type);
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}

const LETTERS_KEY = 'export-studio.letter-keys';

/** Whether keys that are one character are obeyed; kept on this machine. */
export function readLetterKeys(): boolean {
  try {
    return localStorage.getItem(LETTERS_KEY) !== 'off';
  } catch {
    return true;
  }
}

export function writeLetterKeys(isOn: boolean): void {
  try {
    localStorage.setItem(LETTERS_KEY, isOn ? 'on' : 'off');
  } catch {
    // Without storage the choice lasts until the page is left.
  }
}
