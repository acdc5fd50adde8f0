import { render } from 'preact';
import { Dashboard } from './components/dashboard.tsx';
import { createDashboardModel } from './dashboard-model.ts';
import { createEdgeApi } from './edge-api.ts';

const REFRESH_EVERY_MS = 5000;

/** The page that an edge shows to its publisher. It asks again every few seconds while somebody looks at it. */
const model = createDashboardModel(
  createEdgeApi((path, request) => fetch(path, request)),
  () => Date.now(),
);
render(<Dashboard model={model} origin={location.origin} />, document.querySelector('#app') as HTMLElement);

const refreshWhileSeen = () => {
  if (document.visibilityState === 'visible') model.refresh();
};
refreshWhileSeen();
setInterval(refreshWhileSeen, REFRESH_EVERY_MS);
document.addEventListener('visibilitychange', refreshWhileSeen);
