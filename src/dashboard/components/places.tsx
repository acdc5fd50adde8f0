/** Where else this edge has something to show. */
export function Places() {
  return (
    <footer class="places">
      <a href="files">Published files</a>
      <a href="api/stats">These numbers as JSON</a>
      <a href="metrics">Metrics for Prometheus</a>
    </footer>
  );
}
