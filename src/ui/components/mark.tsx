/** Rivulet's mark: a drop of two streams, one of peers and one of origins. The same drawing as `icons/rivulet.svg`. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <MarkPaths />
    </svg>
  );
}

/** The two streams alone, on a 32 × 32 grid, for larger drawings. */
export function MarkPaths() {
  return (
    <>
      <path
        class="fill-peers"
        d="M14.8.8C14.8.8 4 11.4 4 19.6a12 12 0 0 0 8.2 11.39C13.2 25.5 18.9 23.6 17 17.8C15.4 13 14.8 9 14.8.8z"
      />
      <path
        class="fill-origins"
        d="M17.2.8c0 8 1 11.2 2.5 15.7C22 23.5 16.1 25.6 15.4 31.59a12 12 0 0 0 .6.01A12 12 0 0 0 28 19.6C28 11.4 17.2.8 17.2.8z"
      />
    </>
  );
}
