// The bytes of a file that was built into the script.

/** The content of a Base64 data URL (RFC 2397): decoded here, as a fetch of it is more than the page's policy allows. */
export function bytesOfDataUrl(url: string): Uint8Array<ArrayBuffer> {
  const text = atob(url.slice(url.indexOf(',') + 1));
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
