// Many files, six requests at a time, which is what a browser makes at a host; each is streamed to a file of its own.
// Nothing is hashed and nothing flushed. The clock starts before the first request and stops after the last close.

const AT_ONCE = 6;

self.onmessage = async ({ data: urls }: MessageEvent<readonly string[]>) => {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle('plain-files', { create: true });
  let [bytes, next] = [0, 0];
  const fetchFiles = async () => {
    for (let index = next++; index < urls.length; index = next++) {
      const response = await fetch(urls[index] ?? '', {
        cache: 'no-store',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
      });
      const file = await folder.getFileHandle(`${index}`, { create: true });
      const handle = await file.createSyncAccessHandle();
      const reader = response.body?.getReader();
      let at = 0;
      for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
        handle.write(part.value as Uint8Array<ArrayBuffer>, { at });
        at += part.value.length;
      }
      handle.close();
      bytes += at;
    }
  };
  const startedAtMs = performance.now();
  await Promise.all(Array.from({ length: AT_ONCE }, fetchFiles));
  const elapsedMs = performance.now() - startedAtMs;
  await root.removeEntry('plain-files', { recursive: true });
  postMessage({ elapsedMs, bytes });
};

export {};
