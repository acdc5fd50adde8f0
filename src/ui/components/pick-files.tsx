type Props = { readonly name: string; readonly onFiles: (files: File[]) => void };

/** Opens the browser's own window in which files that lead to transfers are picked. */
export function PickFiles({ name, onFiles }: Props) {
  return (
    <label class="button pick-files">
      {name}
      <input
        type="file"
        class="only-spoken"
        multiple
        accept=".torrent,.meta4,.metalink"
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = ''; // the same file may be picked again
          onFiles(files);
        }}
      />
    </label>
  );
}
