import { buildForNode } from './build.ts';

/*
 * npm run build:node
 * Builds what publishers run on Node into dist/node/.
 */
await buildForNode(process.argv[2]);
