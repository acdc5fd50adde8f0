// One request, streamed to one file, flushed and closed. The clock starts before the request and stops after the close.

const FILE = 'plain-fetch';

self.onmessage = async ({ data: url }: MessageEvent<string>) => {
  const root = await navigator.storage.getDirectory();
  const file = await root.getFileHandle(FILE, { create: true });
  const handle = await file.createSyncAccessHandle();
  const startedAtMs = performance.now();
  const response = await fetch(url, { cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer' });
  const reader = response.body?.getReader();
  let bytes = 0;
  for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
    handle.write(part.value as Uint8Array<ArrayBuffer>, { at: bytes });
    bytes += part.value.length;
  }
  handle.flush();
  handle.close();
  const elapsedMs = performance.now() - startedAtMs;
  await root.removeEntry(FILE);
  postMessage({ elapsedMs, bytes });
};

export {};
