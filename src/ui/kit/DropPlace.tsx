// A place in the page where one file can be let go of; the window around it takes all others.
import { useState, type DragEvent, type ReactNode } from 'react';
import styles from './drop-place.module.css';

export interface DropPlaceProps {
  onFile: (file: File) => void;
  className?: string | undefined;
  children: ReactNode;
}

export function DropPlace({ onFile, className = '', children }: DropPlaceProps) {
  const [isOver, setOver] = useState(false);
  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  return (
    <div
      className={`${styles.place} ${isOver ? styles.isOver : ''} ${className}`}
      onDragOver={(event) => setOver(hasFiles(event))}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        setOver(false);
        if (!hasFiles(event)) return;
        // Nobody else opens it too.
        event.preventDefault();
        const [file] = event.dataTransfer.files;
        if (file) onFile(file);
      }}
    >
      {children}
    </div>
  );
}
