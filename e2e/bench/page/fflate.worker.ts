// The peer for ZIP: fflate packs the raw file as a stream, without any parsing.
import { Zip, ZipDeflate } from 'fflate';
import { answer, store } from './peer.ts';

answer(async ({ file }) => {
  const pieces: Uint8Array[] = [];
  const zip = new Zip((error, bytes) => {
    if (error) throw error;
    pieces.push(bytes);
  });
  const entry = new ZipDeflate('out.csv', { level: 6 });
  zip.add(entry);
  const reader = file.stream().getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read())
    entry.push(part.value);
  entry.push(new Uint8Array(0), true);
  zip.end();
  return store(new Uint8Array(await new Blob(pieces as BlobPart[]).arrayBuffer()));
});
