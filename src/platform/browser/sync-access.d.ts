/** Synchronous file access of the origin-private file system, which TypeScript's DOM library leaves to Workers. */
interface FileSystemSyncAccessHandle {
  getSize(): number;
  read(into: ArrayBufferView<ArrayBuffer>, options: { at: number }): number;
  write(bytes: ArrayBufferView<ArrayBuffer>, options: { at: number }): number;
  flush(): void;
  close(): void;
}

interface FileSystemFileHandle {
  createSyncAccessHandle(): Promise<FileSystemSyncAccessHandle>;
}
