// The whole page: top bar, the drop target that covers the window, and the studio once a file is open.
import { Suspense, lazy, useEffect, useRef, useState } from 'react';
import { asExportError } from '../contract/errors.ts';
import type { EngineClient } from '../worker/client.ts';
import { EngineContext } from './engine-context.ts';
import { Button } from './kit/Button.tsx';
import { Icon, Mark } from './kit/Icon.tsx';
import { messages } from './messages.en.ts';
import { FirstScreen } from './source/FirstScreen.tsx';
import { EmptyRunBar } from './run/EmptyRunBar.tsx';
import { useFileDrop } from './source/use-file-drop.ts';
import { switchTheme } from './theme.ts';
import drop from './source/source.module.css';
import styles from './App.module.css';

const loadStudio = () => import('./Studio.tsx');
const Studio = lazy(async () => ({ default: (await loadStudio()).Studio }));

export function App({ client }: { client: EngineClient }) {
  const [isOpen, setIsOpen] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);

  const open = async (file: File) => {
    try {
      const studio = await loadStudio();
      if (await studio.openFile(file, client)) setIsOpen(true);
      setProblem(null);
    } catch (error) {
      const { message, hint } = asExportError(error);
      setProblem(`${message} ${hint}`);
    }
  };
  const isOver = useFileDrop((files) => {
    const [file, second] = files;
    if (second) setProblem(messages.first.oneFile);
    else if (file) void open(file);
  });
  const chooseFile = () => input.current?.click();

  useEffect(() => {
    // The rest is fetched while nobody waits for it; should that fail, opening a file tries again and says so.
    loadStudio().catch(() => {});
    const onKeyDown = (event: KeyboardEvent) => {
      const isCommand = event.ctrlKey || event.metaKey;
      if (!isCommand || event.key.toLowerCase() !== 'o') return;
      event.preventDefault();
      input.current?.click();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);

  return (
    <EngineContext value={client}>
      <input
        ref={input}
        type="file"
        hidden
        data-testid="file"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          // The same file may be chosen again.
          event.currentTarget.value = '';
          if (file) void open(file);
        }}
      />
      {isOpen ? (
        <Suspense fallback={<Frame>{null}</Frame>}>
          <Studio top={<TopBar />} onOpenFile={chooseFile} problem={problem} />
        </Suspense>
      ) : (
        <Frame>
          <FirstScreen isOver={isOver} problem={problem} onOpenFile={chooseFile} />
        </Frame>
      )}
      {isOver && isOpen ? <div className={drop.over}>{messages.first.dropHere}</div> : null}
    </EngineContext>
  );
}

function Frame({ children }: { children: React.ReactNode }) {
  return (
    <div className={`${styles.app} ${styles.isFirst}`}>
      <TopBar />
      {children}
      <EmptyRunBar />
    </div>
  );
}

function TopBar() {
  return (
    <header className={styles.top}>
      <div className={styles.wordmark}>
        <Mark />
        <div>
          <b>{messages.wordmark[0]}</b> <span>{messages.wordmark[1]}</span>
        </div>
      </div>
      <Button look="icon" aria-label={messages.theme} onClick={switchTheme}>
        <Icon name="theme" />
      </Button>
    </header>
  );
}
