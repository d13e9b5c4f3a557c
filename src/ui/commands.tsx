// Commands: parts of the screen say what they can do while they stand, and keys and palette ask for it.
import { createContext, useContext, useEffect, useEffectEvent, type RefObject } from 'react';
import { commandOf, readLetterKeys, writeLetterKeys, type CommandId } from './keys.ts';

export interface Commands {
  /** Offers a command; what was offered last stands. Returns how to take it back. */
  offer(id: CommandId, run: () => void): () => void;
  /** Whether it could be done now. */
  has(id: CommandId): boolean;
  /** Does it, if someone offers it. */
  run(id: CommandId): void;
  takesLetters: boolean;
}

export function createCommands(): Commands {
  const offers = new Map<CommandId, (() => void)[]>();
  return {
    offer(id, run) {
      offers.set(id, [...(offers.get(id) ?? []), run]);
      return () => {
        offers.set(
          id,
          (offers.get(id) ?? []).filter((each) => each !== run),
        );
      };
    },
    has: (id) => (offers.get(id)?.length ?? 0) > 0,
    run: (id) => offers.get(id)?.at(-1)?.(),
    takesLetters: readLetterKeys(),
  };
}

export const CommandsContext = createContext<Commands | null>(null);

/** The commands of the studio or dialog this stands in; outside of both there are none. */
export function useCommands(): Commands | null {
  return useContext(CommandsContext);
}

/** Offers a command while the component stands and `isOn`. */
export function useCommand(id: CommandId, run: () => void, isOn = true): void {
  const commands = useCommands();
  const latest = useEffectEvent(run);
  useEffect(() => (isOn ? commands?.offer(id, () => latest()) : undefined), [commands, id, isOn]);
}

export function setLetterKeys(commands: Commands, isOn: boolean): void {
  commands.takesLetters = isOn;
  writeLetterKeys(isOn);
}

/** Obeys the keys pressed in `root`, or anywhere while nothing else on the page has focus. */
export function useKeys(commands: Commands, root: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const here = root.current;
      if (here === null || event.defaultPrevented || event.isComposing) return;
      const { target } = event;
      const isElsewhere =
        target instanceof Node && !here.contains(target) && target !== document.body;
      if (isElsewhere || isCovered(here)) return;
      const id = commandOf(event, commands.takesLetters);
      if (id === undefined || !commands.has(id)) return;
      event.preventDefault();
      if (!event.repeat || id === 'undo' || id === 'redo') commands.run(id);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [commands, root]);
}

/** Whether a dialog stands over it. */
function isCovered(root: HTMLElement): boolean {
  return [...document.querySelectorAll('dialog:modal')].some((dialog) => !dialog.contains(root));
}
