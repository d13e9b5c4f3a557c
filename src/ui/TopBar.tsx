// The bar at the top: name, the three pages, what runs, search, keys and theme.
import type { ReactNode } from 'react';
import { useCommands } from './commands.tsx';
import { keyOf, keyShortcut } from './keys.ts';
import { Button } from './kit/Button.tsx';
import { Icon, Mark } from './kit/Icon.tsx';
import { messages } from './messages.en.ts';
import kit from './kit/controls.module.css';
import styles from './App.module.css';

export type View = 'studio' | 'templates' | 'history';

export function TopBar({
  view,
  views,
  runs,
}: {
  view: View;
  /** The pages there are; one alone needs no choice. */
  views: readonly View[];
  /** The exports under way. */
  runs: ReactNode;
}) {
  const commands = useCommands();
  const words = messages.top;
  return (
    <header className={styles.top} data-region="top">
      <div className={styles.wordmark}>
        <Mark />
        <div>
          <b>{messages.wordmark[0]}</b> <span>{messages.wordmark[1]}</span>
        </div>
      </div>
      {views.length < 2 ? null : (
        <nav className={styles.nav} aria-label={words.pages}>
          {views.map((each) => (
            <button
              key={each}
              type="button"
              aria-current={each === view ? 'page' : undefined}
              onClick={() => commands?.run(each)}
            >
              {words[each]}
            </button>
          ))}
        </nav>
      )}
      <div className={styles.tools}>
        {runs}
        <button
          type="button"
          className={styles.jump}
          aria-label={words.search}
          aria-keyshortcuts={keyShortcut('palette')}
          onClick={() => commands?.run('palette')}
        >
          <Icon name="search" />
          <span>
            {words.searchWord}
            <span>{words.orRun}</span>
          </span>
          <kbd className={kit.key}>{keyOf('palette')}</kbd>
        </button>
        <Button
          look="icon"
          className={styles.help}
          aria-label={words.keys}
          aria-keyshortcuts={keyShortcut('keys')}
          onClick={() => commands?.run('keys')}
        >
          ?
        </Button>
        <Button look="icon" aria-label={messages.theme} onClick={() => commands?.run('theme')}>
          <Icon name="theme" />
        </Button>
      </div>
    </header>
  );
}
