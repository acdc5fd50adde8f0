import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * The path of nginx: `NGINX_BIN`, where Debian puts it, or on the path.
 * @throws {Error} that says in one line what to install.
 */
export function findNginx(): string {
  const folders = ['/usr/sbin', '/usr/local/sbin', ...(process.env.PATH ?? '').split(delimiter)];
  const places = [process.env.NGINX_BIN ?? '', ...folders.map((folder) => join(folder, 'nginx'))];
  const found = places.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return path !== '';
    } catch {
      return false;
    }
  });
  if (found === undefined)
    throw new Error('nginx is missing: install nginx-light (or set NGINX_BIN to the path of nginx).');
  return found;
}
