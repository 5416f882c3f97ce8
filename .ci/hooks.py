#!/usr/bin/env python3
"""Runs the hooks by pre-commit itself, on scratch repositories.

  hooks.py REPOSITORY SCHOLINT PRE_COMMIT

First with the program at hand, then built by pre-commit from a clone of REPOSITORY, as users get it.
"""
import os, re, subprocess, sys, tempfile, time
from pathlib import Path

PAGE = '---\nlayout: homepage\n---\n\n# Ada Byron\n\nI am a researcher of maps.\n'
WRONG = PAGE + '\nMy [CV](/files/cv.pdf) is the the newest.\n'
MENDED = PAGE + '\nMy CV is the newest.\n'


def run(arguments, cwd, env=None):
    done = subprocess.run([str(each) for each in arguments], cwd=cwd, env=env, capture_output=True, text=True,
                          timeout=1800)
    return done.returncode, done.stdout + done.stderr


def git(folder, *arguments):
    code, out = run(['git', '-c', 'user.name=A', '-c', 'user.email=a@example.org', *arguments], folder)
    assert code == 0, out
    return out


def site(folder):
    folder.mkdir()
    git(folder, 'init', '--quiet')
    (folder / '_config.yml').write_text('title: A\n')
    (folder / 'index.md').write_text(PAGE)
    # Wrong, and not about to be committed.
    (folder / 'other.md').write_text(PAGE + '\nSee [this](/nowhere.pdf).\n')
    (folder / 'README.md').write_text('A reseacher of the the maps.\n')
    return folder


def with_system(folder, repository, scholint, pre_commit):
    """The hooks as they stand, with the program at hand instead of one built by pre-commit."""
    hooks = folder / 'hooks'
    hooks.mkdir()
    git(hooks, 'init', '--quiet')
    text = (repository / '.pre-commit-hooks.yaml').read_text()
    text = text.replace('language: rust', 'language: system').replace('entry: scholint', f'entry: {scholint}')
    (hooks / '.pre-commit-hooks.yaml').write_text(text)
    git(hooks, 'add', '.')
    git(hooks, 'commit', '--quiet', '-m', 'hooks')
    revision = git(hooks, 'rev-parse', 'HEAD').strip()

    home = site(folder / 'site')
    env = dict(os.environ, PRE_COMMIT_HOME=str(folder / 'cache'), GIT_AUTHOR_NAME='A', GIT_COMMITTER_NAME='A',
               GIT_AUTHOR_EMAIL='a@example.org', GIT_COMMITTER_EMAIL='a@example.org')

    def configure(hook):
        (home / '.pre-commit-config.yaml').write_text(
            f'repos:\n- repo: {hooks}\n  rev: {revision}\n  hooks:\n  - id: {hook}\n')
        git(home, 'add', '.pre-commit-config.yaml')

    def commit(*paths):
        git(home, 'add', *paths)
        return run(['git', 'commit', '--quiet', '-m', 'x'], home, env)

    configure('scholint')
    code, out = run([pre_commit, 'install'], home, env)
    assert code == 0, out
    code, out = commit('_config.yml', 'index.md')
    assert code == 0 and 'Passed' in out, f'a good commit passes: {out}'

    (home / 'index.md').write_text(WRONG)
    code, out = commit('index.md')
    assert code != 0 and 'Failed' in out, f'a bad commit stops: {out}'
    assert 'link/missing-file' in out and 'index.md:9' in out and '/files/cv.pdf' in out, out
    assert 'other.md' not in out, f'only what is about to be committed is reported: {out}'

    # The whole site is read: the page that the link leads to exists, though it is not staged.
    (home / 'index.md').write_text(PAGE + '\nMy [maps](other.md).\n')
    code, out = commit('index.md')
    assert code == 0, f'the whole site is read: {out}'

    # What is not the site's is passed over, though it is staged.
    (home / 'vendor').mkdir()
    (home / 'vendor' / 'theirs.md').write_text(WRONG)
    code, out = commit('vendor')
    assert code == 0, f'a vendored file is no page: {out}'

    # What is staged counts, not what stands in the folder.
    (home / 'index.md').write_text(WRONG)
    git(home, 'add', 'index.md')
    (home / 'index.md').write_text(MENDED)
    code, out = run(['git', 'commit', '--quiet', '-m', 'x'], home, env)
    assert code != 0 and 'link/missing-file' in out, f'the index is what is checked: {out}'

    # Many files: pre-commit starts several processes at once.
    for number in range(400):
        (home / f'page-{number:03}.md').write_text(PAGE.replace('maps', f'maps number {number}'))
    (home / 'page-399.md').write_text(WRONG)
    git(home, 'checkout', '--quiet', 'HEAD', '--', 'index.md')
    git(home, 'add', '.')
    git(home, 'reset', '--quiet', 'other.md', 'README.md')
    code, out = run([pre_commit, 'run', 'scholint'], home, env)
    assert code != 0 and out.count('link/missing-file.md') == 1, f'each file is reported once: {out[-2000:]}'

    # The repair changes the file, says so, and the next commit passes.
    git(home, 'reset', '--quiet', '--hard')
    configure('scholint-fix')
    (home / 'index.md').write_text(PAGE + '\nMaps of the the world.\n')
    code, out = commit('index.md')
    assert code != 0 and 'files were modified by this hook' in out and '1 repair made in 1 file' in out, out
    assert (home / 'index.md').read_text() == PAGE + '\nMaps of the world.\n'
    code, out = commit('index.md')
    assert code == 0, out


def several_at_once(folder, scholint):
    """Processes that check and repair one site at the same time leave it whole."""
    home = site(folder / 'busy')
    names = [f'page-{number}.md' for number in range(12)]
    for name in names:
        (home / name).write_text(PAGE + '\nMaps of the the world.\n' * 40)
    options = ['check', '--force-exclude', '--fix', '--quiet', '--select', 'duplicate/word']
    processes = [subprocess.Popen([scholint, *options, *names[at::3]], cwd=home, stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE) for at in (0, 1, 2, 0, 1, 2)]
    for process in processes:
        process.communicate(timeout=300)
        assert process.returncode in (0, 1, 2), process.returncode
    for name in names:
        text = (home / name).read_text()
        assert text == PAGE + '\nMaps of the world.\n' * 40, f'{name}: {text[:300]}'
    assert not [path for path in home.iterdir() if path.suffix not in ('.md', '.yml') and path.name != '.git']


def as_users_get_it(folder, repository, pre_commit):
    home = site(folder / 'users')
    (home / 'index.md').write_text(WRONG)
    git(home, 'add', 'index.md', '_config.yml')
    env = dict(os.environ, PRE_COMMIT_HOME=str(folder / 'users-cache'))
    code, out = run([pre_commit, 'try-repo', repository, 'scholint', '--verbose'], home, env)
    assert code == 1 and 'link/missing-file' in out, out[-3000:]
    (home / 'index.md').write_text(PAGE)
    git(home, 'add', 'index.md')
    code, out = run([pre_commit, 'try-repo', repository, 'scholint'], home, env)
    assert code == 0 and 'Passed' in out, out[-3000:]


def main():
    repository, scholint, pre_commit = (Path(arg).absolute() for arg in sys.argv[1:4])
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        with_system(folder, repository, scholint, pre_commit)
        several_at_once(folder, scholint)
        print('commits stop and pass, repairs are made, several at once leave the site whole')
        as_users_get_it(folder, repository, pre_commit)
        print('pre-commit builds scholint from this repository and runs it')


main()
