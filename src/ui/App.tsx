// The studio as a page: top bar, the drop target that covers the window, and the plan once something is open.
import { Suspense, lazy, useEffect, useRef, useState } from 'react';
import { asExportError } from '../contract/errors.ts';
import type { EngineClient } from '../worker/client.ts';
import type { Input } from './draft.ts';
import { Button } from './kit/Button.tsx';
import { Icon, Mark } from './kit/Icon.tsx';
import { messages } from './messages.en.ts';
import { FirstScreen } from './source/FirstScreen.tsx';
import { EmptyRunBar } from './run/EmptyRunBar.tsx';
import { useFileDrop } from './source/use-file-drop.ts';
import type { Session } from './session.tsx';
import { switchTheme } from './theme.ts';
import drop from './source/source.module.css';
import styles from './App.module.css';

const loadStudio = () => import('./Studio.tsx');
const Studio = lazy(async () => ({ default: (await loadStudio()).Studio }));

export function App({ client }: { client: EngineClient }) {
  const [session, setSession] = useState<Session | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);

  const open = async (inputs: readonly Input[]) => {
    try {
      const studio = await loadStudio();
      const mine = session ?? studio.createSession(client);
      if (await studio.openInputs(mine, inputs)) setSession(mine);
      setProblem(null);
    } catch (error) {
      const { message, hint } = asExportError(error);
      setProblem(`${message} ${hint}`);
    }
  };
  const openFiles = (files: Iterable<File>) => void open([...files].map(inputOfFile));
  const isOver = useFileDrop(openFiles);
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
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        data-testid="file"
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          // The same file may be chosen again.
          event.currentTarget.value = '';
          openFiles(files);
        }}
      />
      {session ? (
        <Suspense fallback={<Frame>{null}</Frame>}>
          <Studio session={session} top={<TopBar />} onOpenFile={chooseFile} problem={problem} />
        </Suspense>
      ) : (
        <Frame>
          <FirstScreen isOver={isOver} problem={problem} onOpenFile={chooseFile} />
        </Frame>
      )}
      {isOver && session ? <div className={drop.over}>{messages.first.dropHere}</div> : null}
    </>
  );
}

function inputOfFile(file: File): Input {
  return { name: file.name, sizeBytes: file.size, data: { bytes: file } };
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
