#!/usr/bin/env node
// What publishers run: `rivulet publish|verify|seed|edge`. In a clone the programs are built on first use.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const program = process.argv[2] === 'edge' ? 'edge' : 'publish';
const entry = new URL(`../dist/node/${program}.js`, import.meta.url);
if (!existsSync(entry)) {
  console.error('Building the programs. This is needed once, and takes some seconds.');
  const built = spawnSync('npm', ['run', '--silent', 'build:node'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (built.status !== 0) {
    console.error(`The programs could not be built. Run "npm ci && npm run build:node" in ${root}, then try again.`);
    process.exit(1);
  }
}
await import(entry.href);
