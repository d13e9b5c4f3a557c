// The whole window as the target for files.
import { useEffect, useEffectEvent, useState } from 'react';

/** Whether files are held over the window; `onDrop` gets those let go, and folders and files as entries where a folder is among them. */
export function useFileDrop(
  onDrop: (files: File[], entries: FileSystemEntry[] | null) => void,
): boolean {
  const [isOver, setOver] = useState(false);
  const dropped = useEffectEvent(onDrop);
  useEffect(() => {
    // Every element under the pointer enters before the one above it leaves.
    let depth = 0;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const listeners: [string, (event: DragEvent) => void][] = [
      [
        'dragenter',
        (event) => {
          if (!hasFiles(event)) return;
          depth++;
          setOver(true);
        },
      ],
      [
        'dragleave',
        (event) => {
          if (hasFiles(event) && --depth <= 0) {
            depth = 0;
            setOver(false);
          }
        },
      ],
      [
        'dragover',
        (event) => {
          if (hasFiles(event)) event.preventDefault();
        },
      ],
      [
        'drop',
        (event) => {
          if (!hasFiles(event)) return;
          const isTaken = event.defaultPrevented;
          event.preventDefault();
          depth = 0;
          setOver(false);
          // Something on the page took it.
          if (isTaken) return;
          const { files = [], items = [] } = event.dataTransfer ?? {};
          const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? []);
          dropped([...files], entries.some((each) => each.isDirectory) ? entries : null);
        },
      ],
    ];
    for (const [type, listener] of listeners)
      window.addEventListener(type, listener as EventListener);
    return () => {
      for (const [type, listener] of listeners)
        window.removeEventListener(type, listener as EventListener);
    };
  }, []);
  return isOver;
}
