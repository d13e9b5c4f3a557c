// Writes to an open descriptor in the way its kind allows to give up: a pipe whose reader sleeps must not hold the program.
import { fstatSync, write } from 'node:fs';
import { Socket } from 'node:net';
import { promisify } from 'node:util';

const writeSome = promisify(write);

export interface Sink {
  /** Fulfilled when the system has all of the bytes. Rejects with the system's error. */
  write(bytes: Uint8Array): Promise<void>;
  /** Ends a write that waits. */
  giveUp(): void;
}

/** Files and terminals: plain writes. */
function fileSink(fd: number): Sink {
  let isGivenUp = false;
  return {
    async write(bytes) {
      for (let at = 0; at < bytes.length && !isGivenUp;) {
        const { bytesWritten } = await writeSome(fd, bytes, at, bytes.length - at, null);
        at += bytesWritten;
      }
    },
    giveUp() {
      isGivenUp = true;
    },
  };
}

/** Pipes and sockets: a blocked plain write could not be taken back, and would keep even a killed thread alive. */
function pipeSink(fd: number): Sink {
  const socket = new Socket({ fd, readable: false, writable: true });
  // Told by the write that meets it.
  socket.on('error', () => {});
  return {
    write: (bytes) =>
      new Promise((resolve, reject) => {
        socket.write(bytes, (error) => (error ? reject(error) : resolve()));
      }),
    giveUp() {
      socket.destroy();
    },
  };
}

export function openSink(fd: number): Sink {
  const kind = fstatSync(fd);
  return kind.isFIFO() || kind.isSocket() ? pipeSink(fd) : fileSink(fd);
}
