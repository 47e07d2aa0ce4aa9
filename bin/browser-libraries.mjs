#!/usr/bin/env node
// usage: node bin/browser-libraries.mjs
// Brings what the browser needs from npm into src/OnBehalf/wwwroot/lib: Tabler's style sheet, htmx and an icon sprite
// that holds only the icons listed in src/OnBehalf/Ui/icons.txt. The build calls it; it does nothing when nothing changed.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => path.join(root, ...parts);
const lib = at('src/OnBehalf/wwwroot/lib');
const iconList = at('src/OnBehalf/Ui/icons.txt');
const complete = path.join(lib, '.complete');
const npmStamp = at('node_modules/.digest');
const lock = at('src/OnBehalf/obj/browser-libraries.lock');

const read = file => fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim() : '';
const digest = (...files) => {
  const hash = createHash('sha256');
  for (const file of files) hash.update(fs.readFileSync(file));
  return hash.digest('hex');
};

// Two builds may get here at the same time, and `npm ci` begins by deleting what the other one is reading.
function takeLock() {
  fs.mkdirSync(path.dirname(lock), { recursive: true });
  for (let tries = 0; tries < 1200; tries++) {
    try {
      fs.writeFileSync(lock, String(process.pid), { flag: 'wx' });
      process.on('exit', () => fs.rmSync(lock, { force: true }));
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (ownerIsGone()) fs.rmSync(lock, { force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 250);
  }
  throw new Error(`another build has held ${lock} for five minutes; delete it if that build is dead`);
}

function ownerIsGone() {
  const owner = Number(read(lock));
  if (!owner) return false; // just being written
  try {
    process.kill(owner, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

function installPackages() {
  const wanted = digest(at('package-lock.json'));
  if (read(npmStamp) === wanted) return;
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: 'inherit' });
  fs.writeFileSync(npmStamp, wanted);
}

function sprite() {
  const all = fs.readFileSync(at('node_modules/@tabler/icons-sprite/dist/tabler-sprite.svg'), 'utf8');
  const symbols = new Map([...all.matchAll(/<symbol id="tabler-([^"]+)"[^]*?<\/symbol>/g)].map(match => [match[1], match[0]]));
  const names = read(iconList).split('\n').map(line => line.trim()).filter(line => line && !line.startsWith('#'));
  const unknown = names.filter(name => !symbols.has(name));
  if (unknown.length > 0) throw new Error(`${iconList}: Tabler has no icon named ${unknown.join(', ')}`);
  const emptySquare = '<path stroke="none" d="M0 0h24v24H0z" fill="none" />';
  const wanted = [...new Set(names)].map(name => symbols.get(name).replace(emptySquare, ''));
  return `<svg xmlns="http://www.w3.org/2000/svg">\n${wanted.join('\n')}\n</svg>\n`;
}

function licences() {
  const packages = ['@tabler/core', '@tabler/icons-sprite', 'htmx.org'];
  return packages.map(name => {
    const folder = at('node_modules', name);
    const { version, license } = JSON.parse(read(path.join(folder, 'package.json')));
    const text = read(path.join(folder, 'LICENSE'));
    return `${name} ${version}, ${license}\n${text ? `\n${text}\n` : ''}`;
  }).join('\n' + '-'.repeat(80) + '\n\n');
}

function fill() {
  // Built beside the folder and swapped in, so that nobody ever serves half of it.
  const next = `${lib}.next`;
  fs.rmSync(next, { recursive: true, force: true });
  fs.mkdirSync(next, { recursive: true });
  fs.copyFileSync(at('node_modules/@tabler/core/dist/css/tabler.min.css'), path.join(next, 'tabler.min.css'));
  fs.copyFileSync(at('node_modules/htmx.org/dist/htmx.min.js'), path.join(next, 'htmx.min.js'));
  fs.writeFileSync(path.join(next, 'icons.svg'), sprite());
  fs.writeFileSync(path.join(next, 'licences.txt'), licences());
  fs.rmSync(lib, { recursive: true, force: true });
  fs.renameSync(next, lib);
}

takeLock();
const wanted = digest(at('package-lock.json'), iconList, fileURLToPath(import.meta.url));
if (read(complete) !== wanted) {
  installPackages();
  fill();
}
fs.writeFileSync(complete, wanted + '\n');
