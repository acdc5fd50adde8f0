import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { waitUntil } from './wait-until.ts';

/** A real server that serves a published folder, which is called `media`, below `/media/` of 127.0.0.1, with the headers that were written for it. */
export type FileServer = { readonly stop: () => Promise<void> };

/** Where a server of a test works: `program` is its path, `workplace` an empty folder of its own. */
export type Place = {
  readonly program: string;
  readonly workplace: string;
  readonly media: string;
  readonly port: number;
};

/** A port of 127.0.0.1 that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Command and configuration of nginx. The same folder is at 127.0.0.2 as well, as a mirror without any headers. */
export function nginxCommand({ program, workplace, media, port }: Place): readonly string[] {
  const configuration = join(workplace, 'nginx.conf');
  const scratch = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${workplace}/${name};`,
  );
  writeFileSync(
    configuration,
    `${process.getuid?.() === 0 ? 'user root;' : ''}
daemon off; master_process off; pid ${workplace}/pid; error_log ${workplace}/errors.log;
events { }
http {
  ${scratch.join(' ')}
  types { video/mp4 mp4; }
  log_format hosts '$server_addr $status $request_uri';
  access_log ${workplace}/access.log hosts;
  limit_rate 12m;
  gzip on; gzip_types *;
  server { listen 127.0.0.1:${port}; location /media/ { alias ${media}/; include ${media}/rivulet/nginx.conf; } }
  server { listen 127.0.0.2:${port}; root ${media}; }
}
`,
  );
  return [program, '-c', configuration, '-e', join(workplace, 'errors.log')];
}

/** Apache, which reads the fragment from the folder's own .htaccess, as publishers have it. */
export function apacheCommand({ program, workplace, media, port }: Place): readonly string[] {
  const folder = '/usr/lib/apache2/modules';
  const names = ['mpm_event', 'authz_core', 'mime', 'headers', 'env', 'filter', 'deflate'];
  const modules = names.filter((name) => existsSync(`${folder}/mod_${name}.so`));
  writeFileSync(
    join(workplace, 'apache.conf'),
    `${modules.map((name) => `LoadModule ${name}_module ${folder}/mod_${name}.so`).join('\n')}
ServerRoot ${workplace}
ServerName 127.0.0.1
${process.getuid?.() === 0 ? 'User www-data\nGroup www-data' : ''}
PidFile ${workplace}/pid
Mutex file:${workplace}
ErrorLog ${workplace}/errors.log
TypesConfig /dev/null
Listen 127.0.0.1:${port}
DocumentRoot ${dirname(media)}
AccessFileName .htaccess
<Directory ${media}>
  AllowOverride FileInfo
  Require all granted
</Directory>
SetOutputFilter DEFLATE
`,
  );
  return [program, '-X', '-f', join(workplace, 'apache.conf')];
}

export function caddyCommand({ program, workplace, media, port }: Place): readonly string[] {
  writeFileSync(
    join(workplace, 'Caddyfile'),
    `{
  admin off
  auto_https off
}
http://127.0.0.1:${port} {
  bind 127.0.0.1
  import ${media}/rivulet/Caddyfile
  handle_path /media/* {
    root * ${media}
    file_server
  }
}
`,
  );
  return [program, 'run', '--adapter', 'caddyfile', '--config', join(workplace, 'Caddyfile')];
}

/** Starts a server and waits until it answers. @throws {Error} with what it wrote when it ends at once. */
export async function startFileServer(command: readonly string[], { workplace, port }: Place): Promise<FileServer> {
  const [program = '', ...args] = command;
  const env = { ...process.env, HOME: workplace, XDG_DATA_HOME: workplace, XDG_CONFIG_HOME: workplace };
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const ended = once(child, 'exit');
  await waitUntil(async () => {
    if (child.exitCode !== null) throw new Error(`${program} ended: ${output}`);
    return accepts(port);
  }).catch((error) => {
    child.kill('SIGKILL');
    throw new Error(`${program} does not answer: ${output}`, { cause: error });
  });
  return { stop: () => stopProcess(child, ended) };
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function stopProcess(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await ended;
}
