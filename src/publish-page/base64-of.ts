/** As many arguments as a call can take anywhere. */
const STEP = 32_768;

/** Bytes as base64, in which they can travel in a message. */
export function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += STEP) text += String.fromCharCode(...bytes.subarray(at, at + STEP));
  return btoa(text);
}
