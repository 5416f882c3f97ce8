#!/usr/bin/env python3
"""Uses scholint at a real terminal: colours, links, and the live view of --watch.

  terminal.py SCHOLINT
"""
import os, pty, re, select, signal, subprocess, sys, tempfile, time
from pathlib import Path

PAGE = '---\nlayout: homepage\n---\n\n# Ada Byron\n\nI am a researcher of maps.\n'
LINK = '\x1b]8;;https://'
COLOUR = '\x1b[1m'


class Terminal:
    """A program at a terminal of its own."""

    def __init__(self, arguments, cwd, **env):
        self.text = ''
        base = {key: value for key, value in os.environ.items()
                if key not in ('NO_COLOR', 'CLICOLOR', 'CLICOLOR_FORCE', 'FORCE_HYPERLINK', 'CI', 'GITHUB_ACTIONS')}
        base.update({'TERM': 'xterm-256color', **env})
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            # Whoever starts this in the background has Ctrl-C ignored.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            signal.signal(signal.SIGQUIT, signal.SIG_DFL)
            os.chdir(cwd)
            os.execve(arguments[0], [str(each) for each in arguments], base)

    def until(self, words, seconds=20):
        """Reads on until words appear, and gives what came up to then."""
        end = time.time() + seconds
        while words not in self.text:
            left = end - time.time()
            assert left > 0, f'{words!r} did not appear in {self.text[-1500:]!r}'
            if select.select([self.descriptor], [], [], left)[0]:
                try:
                    self.text += os.read(self.descriptor, 65536).decode('utf-8', 'replace')
                except OSError:
                    assert words in self.text, f'it ended without {words!r}: {self.text[-1500:]!r}'
        before, _, self.text = self.text.partition(words)
        return before

    def end(self):
        """Reads to the end."""
        while True:
            try:
                read = os.read(self.descriptor, 65536)
            except OSError:
                read = b''
            if not read:
                break
            self.text += read.decode('utf-8', 'replace')
        os.waitpid(self.pid, 0)
        return self.text

    def interrupt(self):
        os.write(self.descriptor, b'\x03')
        _, status = os.waitpid(self.pid, 0)
        assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGINT, status


def look(scholint, site, *options, **env):
    return Terminal([scholint, 'check', *options], site, **env).end()


def main():
    scholint = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        (site / '_config.yml').write_text('title: A\n')
        page = site / 'index.md'
        page.write_text(PAGE + '\nMy [CV](/files/cv.pdf).\n')

        assert COLOUR in look(scholint, site)
        for options, env in [(['--color', 'never'], {}), ([], {'NO_COLOR': '1'}), ([], {'TERM': 'dumb'}),
                             (['--output-format', 'concise'], {}), (['--output-format', 'json'], {}),
                             (['--output-format', 'github'], {}), (['--output', 'out.txt'], {})]:
            text = look(scholint, site, *options, **env)
            assert '\x1b' not in text.replace(LINK, ''), (options, env, text)
        (site / 'out.txt').unlink()
        # A terminal that is known to open links gets them; others do not.
        assert LINK in look(scholint, site, TERM_PROGRAM='WezTerm', COLORTERM='truecolor', FORCE_HYPERLINK='1')
        assert LINK not in look(scholint, site, FORCE_HYPERLINK='0')
        assert LINK not in look(scholint, site, '--color', 'never', FORCE_HYPERLINK='1')

        live = Terminal([scholint, 'check', '--watch'], site)
        seen = live.until('Ctrl-C ends')
        assert '\x1b[H\x1b[2J' in seen and 'missing-file' in seen, seen
        page.write_text(PAGE + '\nMy [CV](/files/cv.pdf) and the the end.\n')
        seen = live.until('Ctrl-C ends')
        assert 'duplicate/word' in seen and 'missing-file' in seen, seen
        # As editors save: a new file takes the old one's place.
        (site / 'index.md.new').write_text(PAGE)
        os.replace(site / 'index.md.new', page)
        seen = live.until('Ctrl-C ends')
        assert 'nothing found' in seen and 'missing-file' not in seen, seen
        # A mistake in the configuration is shown, and is over when it is mended.
        (site / 'scholint.toml').write_text('exlude = []\n')
        assert 'unknown key' in live.until('Ctrl-C ends')
        (site / 'scholint.toml').write_text('')
        assert 'nothing found' in live.until('Ctrl-C ends')
        # A new folder is watched as well.
        (site / 'posts').mkdir()
        (site / 'posts' / 'new.md').write_text(PAGE + '\nThe the end.\n')
        assert 'posts/new.md' in live.until('Ctrl-C ends')
        live.interrupt()

        # Into a pipe there are no escapes, and a reader that has gone away ends it.
        piped = subprocess.Popen([scholint, 'check', '--watch'], cwd=site, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        seen = b''
        while b'Ctrl-C ends' not in seen:
            seen += piped.stdout.readline()
        assert b'\x1b' not in seen, seen
        piped.stdout.close()
        (site / 'posts' / 'new.md').write_text(PAGE)
        assert piped.wait(timeout=20) == 0
    print('colours, links and the live view are right')


main()
