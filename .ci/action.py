#!/usr/bin/env python3
"""Runs the steps of action.yml under a made-up GitHub, and checks the files that GitHub reads.

  action.py REPOSITORY SCHOLINT
"""
import hashlib, http.server, json, os, re, subprocess, sys, tarfile, tempfile, threading
from pathlib import Path

import yaml

PAGE = '---\nlayout: homepage\n---\n\n# Ada Byron\n\nI am a researcher of maps.\n'
WRONG = PAGE + '\nMy [CV](/files/cv.pdf) is the the newest.\n'


class Github(http.server.BaseHTTPRequestHandler):
    """Comments on pull requests, and releases."""
    comments, releases, calls, closed = {}, {}, [], False

    def answer(self, code, body):
        body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(code)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle_any(self):
        length = int(self.headers.get('Content-Length') or 0)
        body = json.loads(self.rfile.read(length) or '{}')
        path = self.path.split('?')[0]
        Github.calls.append((self.command, path))
        if path in Github.releases:
            return self.answer(200, Github.releases[path])
        if self.headers.get('Authorization') != 'Bearer secret' or Github.closed:
            return self.answer(403, {'message': 'no'})
        if self.command == 'GET' and path == '/repos/ada/site/issues/7/comments':
            return self.answer(200, list(Github.comments.values()))
        if self.command == 'POST' and path == '/repos/ada/site/issues/7/comments':
            number = 100 + len(Github.comments)
            Github.comments[number] = {'id': number, 'user': {'type': 'Bot'}, 'body': body['body']}
            return self.answer(201, {})
        match = re.fullmatch(r'/repos/ada/site/issues/comments/(\d+)', path)
        if self.command == 'PATCH' and match:
            Github.comments[int(match[1])]['body'] = body['body']
            return self.answer(200, {})
        return self.answer(404, {})

    do_GET = do_POST = do_PATCH = handle_any

    def log_message(self, *_):
        pass


class World:
    def __init__(self, repository, scholint, folder, address):
        self.repository, self.scholint, self.folder, self.address = repository, scholint, folder, address
        self.action = yaml.safe_load((repository / 'action.yml').read_text())
        self.runs = 0

    def run(self, site, event, on_path=True, arch='X64', **inputs):
        """Runs all steps as a runner does; gives the exit code, the log, the outputs and the summary."""
        self.runs += 1
        temp = self.folder / f'temp-{self.runs}'
        temp.mkdir()
        values = {name: given.get('default', '') for name, given in self.action['inputs'].items()}
        values['token'] = 'secret'
        unknown = set(inputs) - {name.replace('-', '_') for name in values}
        assert not unknown, unknown
        values.update({name.replace('_', '-'): value for name, value in inputs.items()})
        files = {name: temp / name for name in ('output', 'summary', 'path')}
        for file in files.values():
            file.write_text('')
        (temp / 'event.json').write_text(json.dumps(event))
        outputs, log = {}, ''

        def value(text):
            def one(match):
                name = match[1]
                if name.startswith('inputs.'):
                    return str(values[name[7:]])
                step, output = re.fullmatch(r'steps\.(\w+)\.outputs\.(\w+)', name).groups()
                return outputs.get(step, {}).get(output, '')
            return re.sub(r'\$\{\{ (\S+) \}\}', one, str(text))

        code = 0
        for step in self.action['runs']['steps']:
            if 'if' in step:
                name, wanted = re.fullmatch(r"inputs\.(\S+) == '(\S+)'", step['if']).groups()
                if values[name] != wanted:
                    continue
            files['output'].write_text('')
            extra = files['path'].read_text().split('\n')
            path = [each for each in extra if each] + ([str(self.scholint.parent)] if on_path else [])
            env = {
                'PATH': os.pathsep.join(path + ['/usr/local/bin', '/usr/bin', '/bin']),
                'HOME': str(temp), 'GITHUB_ACTION_PATH': str(self.repository), 'GITHUB_OUTPUT': str(files['output']),
                'GITHUB_STEP_SUMMARY': str(files['summary']), 'GITHUB_PATH': str(files['path']),
                'GITHUB_EVENT_PATH': str(temp / 'event.json'), 'GITHUB_REPOSITORY': 'ada/site',
                'GITHUB_API_URL': self.address, 'RUNNER_TEMP': str(temp), 'RUNNER_OS': 'Linux', 'RUNNER_ARCH': arch,
                'SCHOLINT_RELEASES': f'{self.address}/releases', 'CI': 'true', 'GITHUB_ACTIONS': 'true',
            }
            env.update({name: value(text) for name, text in step.get('env', {}).items()})
            done = subprocess.run(['bash', '--noprofile', '--norc', '-eo', 'pipefail', '-c', step['run']], cwd=site,
                                  env=env, capture_output=True, text=True, timeout=300)
            log += done.stdout + done.stderr
            outputs[step['id']] = dict(line.split('=', 1) for line in files['output'].read_text().splitlines())
            if done.returncode:
                code = done.returncode
                break
        given = {name: value(each['value']) for name, each in self.action['outputs'].items()}
        return code, log, given, files['summary'].read_text()


def git(folder, *arguments):
    done = subprocess.run(['git', '-c', 'user.name=A', '-c', 'user.email=a@example.org', *arguments], cwd=folder,
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def repository_of(folder):
    """A repository with an old fault on main, and a pull request that adds another."""
    origin = folder / 'origin'
    origin.mkdir()
    git(origin, 'init', '--quiet', '--initial-branch', 'main')
    git(origin, 'config', 'uploadpack.allowAnySHA1InWant', 'true')
    (origin / '_config.yml').write_text('title: A\n')
    (origin / 'index.md').write_text(PAGE)
    (origin / 'old.md').write_text(PAGE + '\nSee [this](/old.pdf).\n')
    git(origin, 'add', '.')
    git(origin, 'commit', '--quiet', '-m', 'base')
    base = git(origin, 'rev-parse', 'HEAD')
    git(origin, 'checkout', '--quiet', '-b', 'change')
    (origin / 'index.md').write_text(WRONG)
    git(origin, 'commit', '--quiet', '-am', 'change')
    clone = folder / 'clone'
    git(folder, 'clone', '--quiet', '--depth=1', '--branch', 'change', f'file://{origin}', str(clone))
    return base, clone


def main():
    repository, scholint = (Path(arg).resolve() for arg in sys.argv[1:3])
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Github)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f'http://127.0.0.1:{server.server_port}'
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        base, clone = repository_of(folder)
        world = World(repository, scholint, folder, address)
        event = {'pull_request': {'number': 7, 'base': {'sha': base}}}

        # Everything, with SARIF.
        code, log, outputs, summary = world.run(clone, event, sarif='out.sarif')
        assert code == 1 and outputs['result'] == 'found', log
        assert '::error file=index.md,line=9' in log and '::error file=old.md' in log, log
        assert summary.startswith('<!-- scholint -->\n## scholint: ') and 'old.md' in summary, summary
        assert json.loads((clone / outputs['sarif']).read_text())['version'] == '2.1.0'
        assert not Github.calls, 'nothing was asked of GitHub'
        (clone / 'out.sarif').unlink()

        # Changed lines of a pull request, in a shallow clone that lacks what it is compared with.
        code, log, outputs, summary = world.run(clone, event, since='base', comment='true')
        assert code == 1 and 'old.md' not in log and 'index.md' in log, log
        (comment,) = Github.comments.values()
        assert comment['body'] == summary and 'old.md' not in summary

        # The comment is brought up to date, not written again; other comments are left alone.
        Github.comments[1] = {'id': 1, 'user': {'type': 'User'}, 'body': '<!-- scholint --> mine'}
        (clone / 'index.md').write_text(PAGE)
        code, log, outputs, summary = world.run(clone, event, since='base', comment='true')
        assert code == 0 and outputs['result'] == 'clean' and '::error' not in log, log
        assert len(Github.comments) == 2 and 'nothing found' in Github.comments[100]['body'], Github.comments
        assert Github.comments[1]['body'] == '<!-- scholint --> mine'

        # A pull request from a fork may not write: that is no failure.
        Github.closed = True
        code, log, _, _ = world.run(clone, event, since='base', comment='true')
        assert code == 0 and 'pull-requests: write' in log, log
        Github.closed = False
        code, log, _, _ = world.run(clone, {'ref': 'refs/heads/main'}, path='index.md', comment='true')
        assert code == 0 and 'not a pull request' in log, log

        # What fails is chosen; bad input is answered.
        assert world.run(clone, event, fail_on='never')[0] == 0
        assert world.run(clone, event, args='--ignore link,duplicate')[0] == 0
        code, log, outputs, _ = world.run(clone, event, path='nowhere')
        assert code == 2 and outputs['result'] == 'failed' and 'nowhere' in log, log
        code, log, _, _ = world.run(clone, event, fail_on='sometimes')
        assert code == 1 and 'fail-on is hint, warning, error or never' in log, log
        code, log, _, _ = world.run(clone, {}, since='base')
        assert code == 2 and 'names nothing to compare with' in log, log
        marker = folder / 'ran'
        code, log, _, _ = world.run(clone, event, args=f'$(touch {marker}) `touch {marker}` ; touch {marker}')
        assert code == 2 and not marker.exists(), 'inputs are not run'

        # Releases: fetched, their checksum held to.
        archive = folder / 'scholint.tar.gz'
        with tarfile.open(archive, 'w:gz') as tar:
            tar.add(scholint, 'scholint')
        data = archive.read_bytes()
        file = 'scholint-x86_64-unknown-linux-musl.tar.gz'
        right = f'{hashlib.sha256(data).hexdigest()}  {file}\n'.encode()
        for place in ('latest/download', 'download/v0.1.0'):
            Github.releases[f'/releases/{place}/{file}'] = data
            Github.releases[f'/releases/{place}/{file}.sha256'] = right
        for version in ('', '0.1.0'):
            code, log, _, _ = world.run(clone, event, on_path=False, path='index.md', version=version)
            assert code == 0 and 'scholint 0.' in log, log
        Github.releases[f'/releases/download/v0.1.0/{file}.sha256'] = right.replace(right[:4], b'0000')
        code, log, _, _ = world.run(clone, event, on_path=False, version='0.1.0')
        assert code == 2 and 'its checksum is wrong' in log, log
        for version, arch, said in [('9.9.9', 'X64', 'cannot be fetched'), ('../x', 'X64', 'written like 0.1.0'),
                                    ('0.1.0', 'RISCV', 'there is no release for')]:
            code, log, _, _ = world.run(clone, event, on_path=False, version=version, arch=arch)
            assert code == 2 and said in log, log
        print(f'{world.runs} runs of the action are right')


main()
