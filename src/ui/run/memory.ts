// The memory of the page and its workers, as far as the browser tells.
import { useEffect, useState } from 'react';

interface MeasuringPerformance extends Performance {
  /** Chromium, in isolated pages: counts workers and WebAssembly too; takes its time. */
  measureUserAgentSpecificMemory?(): Promise<{ bytes: number }>;
}

/** From one answer to the next question. */
const PAUSE_MS = 2000;

/** Bytes last told while mounted; null where the browser tells nothing, or not yet. */
export function useMemory(): number | null {
  const [bytes, setBytes] = useState<number | null>(null);
  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const measuring = performance as MeasuringPerformance;
    const ask = async () => {
      try {
        const told = await measuring.measureUserAgentSpecificMemory!();
        if (isOver) return;
        setBytes(told.bytes);
        timer = setTimeout(() => void ask(), PAUSE_MS);
      } catch {
        // Not allowed here: nothing is shown.
      }
    };
    if (measuring.measureUserAgentSpecificMemory !== undefined) void ask();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, []);
  return bytes;
}
