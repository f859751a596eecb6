//! At a terminal: prompts, colours, sizes, job control, and being asked.

use std::fs::File;
use std::io::{PipeReader, Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags, open};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, Winsize, tcgetattr, tcsetwinsize};

use crate::dispositions;
use crate::run::{Directory, SSO_EXPIRED};

/// Longer than anything here takes on a busy machine.
const PATIENCE: Timespec = Timespec {
    tv_sec: 60,
    tv_nsec: 0,
};

/// A terminal with a shell script in it, of which `$run` is `credlapse run --no-local`.
struct Screen {
    controller: File,
    terminal: OwnedFd,
    leader: Child,
    /// What the leader reports, to nobody.
    _reports: PipeReader,
    shown: String,
}

impl Screen {
    fn of(script: &str) -> Self {
        let controller = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)
            .expect("a terminal");
        grantpt(&controller).expect("a terminal");
        unlockpt(&controller).expect("a terminal");
        let name = ptsname(&controller, Vec::new()).expect("a name");
        let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
        let terminal = open(&*name, flags, Mode::empty()).expect("a terminal");
        let end = || terminal.try_clone().expect("an end of it");
        resize(&end(), 24, 80);
        let (reports, report) = std::io::pipe().expect("a pipe");
        dispositions::usual();
        // The program's own leader of sessions is what gives the script this terminal.
        let leader = Command::new(env!("CARGO_BIN_EXE_credlapse"))
            .arg0("credlapse-session")
            .args(["sh", "-c", script])
            .env_clear()
            .env("HOME", "/nonexistent")
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("TERM", "xterm")
            .env(
                "run",
                format!("{} run --no-local", env!("CARGO_BIN_EXE_credlapse")),
            )
            .stdin(report)
            .stdout(end())
            .stderr(end())
            .spawn()
            .expect("it starts");
        Self {
            controller: controller.into(),
            terminal,
            leader,
            _reports: reports,
            shown: String::new(),
        }
    }

    /// Reads until `text` is shown, and gives what was shown before it.
    fn until(&mut self, text: &str) -> String {
        loop {
            if let Some((before, after)) = self.shown.split_once(text) {
                let before = before.to_owned();
                self.shown = after.to_owned();
                return before;
            }
            let mut ready = [PollFd::new(&self.controller, PollFlags::IN)];
            poll(&mut ready, Some(&PATIENCE)).expect("a poll");
            assert!(
                !ready[0].revents().is_empty(),
                "no {text:?} after {:?}",
                self.shown
            );
            let mut piece = [0; 4096];
            let count = self.controller.read(&mut piece).expect("output");
            self.shown += std::str::from_utf8(&piece[..count]).expect("UTF-8");
        }
    }

    fn press(&mut self, keys: &str) {
        self.controller.write_all(keys.as_bytes()).expect("keys");
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        let _ = self.leader.kill();
        let _ = self.leader.wait();
    }
}

fn resize(terminal: &OwnedFd, rows: u16, columns: u16) {
    let size = Winsize {
        ws_row: rows,
        ws_col: columns,
        ws_xpixel: 0,
        ws_ypixel: 0,
    };
    tcsetwinsize(terminal, size).expect("a size");
}

#[test]
fn a_prompt_is_answered() {
    let mut screen = Screen::of(
        "$run -- sh -c 'printf \"name? \"; read name; echo \"hello $name\"; tty; \
         test -t 0 -a -t 1 -a -t 2 && printf \"\\033[31mred\\033[0m\\n\"; exit 3'; echo \"status $?\"",
    );
    screen.until("name? ");
    screen.press("bob\n");
    let shown = screen.until("status 3\r\n");
    assert!(shown.starts_with("bob\r\nhello bob\r\n/dev/"), "{shown:?}");
    assert!(shown.ends_with("\r\n\x1b[31mred\x1b[0m\r\n"), "{shown:?}");
}

#[test]
fn the_terminal_is_the_one_that_programs_open_by_name() {
    // As `ssh` and `sudo` ask for passwords, also where the streams go elsewhere.
    for streams in ["", "</dev/null", "2>/dev/null", "| cat"] {
        let mut screen = Screen::of(&format!(
            "$run -- sh -c 'stty -echo </dev/tty; printf \"password? \" >/dev/tty; read word </dev/tty; \
             stty echo </dev/tty; echo got $word >/dev/tty' {streams}; echo end"
        ));
        screen.until("password? ");
        screen.press("secret\n");
        let shown = screen.until("end\r\n");
        assert!(shown.contains("got secret\r\n"), "{streams}: {shown:?}");
        assert_eq!(shown.matches("secret").count(), 1, "{streams}: {shown:?}");
    }
}

#[test]
fn the_size_is_that_of_the_terminal_and_follows_it() {
    for streams in ["", "</dev/tty 2>&1", "2>/dev/null"] {
        let mut screen = Screen::of(&format!(
            "$run -- sh -c 'trap \"stty size </dev/tty\" WINCH; stty size; echo ready; \
             while :; do sleep 0.02; done' {streams}"
        ));
        assert_eq!(screen.until("ready\r\n"), "24 80\r\n", "{streams}");
        resize(&screen.terminal, 30, 100);
        screen.until("30 100\r\n");
    }
}

#[test]
fn ctrl_c_interrupts_the_command_once_and_the_script_around_it() {
    let mut screen = Screen::of(
        "$run -- sh -c 'n=0; trap \"n=\\$((n+1))\" INT; echo ready; while [ $n = 0 ]; do sleep 0.02; done; \
         sleep 0.2; echo got $n'; $run -- sh -c 'echo again; exec sleep 60'; echo not here",
    );
    screen.until("ready\r\n");
    screen.press("\x03");
    assert_eq!(screen.until("got 1\r\n"), "^C");
    // The second command dies of it, and the script with it.
    screen.until("again\r\n");
    screen.press("\x03");
    assert_eq!(screen.leader.wait().expect("it ends").code(), Some(0));
    screen.terminal = File::open("/dev/null").expect("/dev/null").into();
    let mut rest = Vec::new();
    let _ = screen.controller.read_to_end(&mut rest);
    assert!(!String::from_utf8_lossy(&rest).contains("not here"));
}

#[test]
fn ctrl_z_gives_the_shell_back_and_fg_goes_on() {
    let mut screen = Screen::of(
        "set -m; $run -- sh -c 'echo ready; read line; echo \"read $line\"; exit 4'; \
         echo \"stopped $?\"; fg; echo \"status $?\"",
    );
    screen.until("ready\r\n");
    screen.press("\x1a");
    screen.until("stopped ");
    screen.press("line\n");
    screen.until("read line\r\n");
    screen.until("status 4\r\n");
}

#[test]
fn the_terminal_is_left_as_it_was() {
    for command in [
        "sh -c 'stty raw -echo; exit 1'",
        "sh -c 'kill -KILL $$'",
        "true",
        "/nonexistent",
    ] {
        let mut screen = Screen::of(&format!("$run -- {command}; echo end; sleep 60"));
        let before = tcgetattr(&screen.terminal).expect("modes").local_modes;
        assert!(before.contains(LocalModes::ICANON | LocalModes::ECHO));
        screen.until("end\r\n");
        let after = tcgetattr(&screen.terminal).expect("modes").local_modes;
        assert_eq!(after, before, "{command}");
    }
}

#[test]
fn what_a_command_began_does_not_swallow_the_answer() {
    let mut screen = Screen::of(&format!(
        "$run -- sh -c 'printf \"%s\\033]0;\" \"{}\"; exit 1'; echo \"status $?\"",
        SSO_EXPIRED.trim()
    ));
    screen.until("\x1b]0;\x1b\\\x1b[0m\r\n");
    screen.until("AWS session expired:");
    screen.until("status 10\r\n");
}

/// A screen where a command fails until somebody logs in.
fn lapsed(directory: &Directory, options: &str) -> Screen {
    let here = directory.path().display();
    for (name, script) in [
        (
            "aws",
            format!("printf 'code? '; read code; echo \"$@\" $code >> {here}/logins"),
        ),
        (
            "tool",
            format!(
                "[ -e {here}/logins ] && echo done && exit 0; echo '{}' >&2; exit 255",
                SSO_EXPIRED.trim()
            ),
        ),
    ] {
        let path = directory.write(name, format!("#!/bin/sh\n{script}\n"));
        std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o755))
            .expect("a program");
    }
    Screen::of(&format!(
        "PATH={here}:$PATH; $run --profile dev {options} -- tool; echo \"status $?\""
    ))
}

#[test]
fn a_login_is_offered_and_the_command_runs_again() {
    let directory = Directory::new();
    let mut screen = lapsed(&directory, "--reauth");
    screen.until("Run: aws sso login --profile dev");
    screen.until("[y/N] ");
    screen.press("y\n");
    screen.until("code? ");
    screen.press("123\n");
    screen.until("done\r\n");
    screen.until("status 0\r\n");
    let logins = std::fs::read_to_string(directory.path().join("logins")).expect("a login");
    assert_eq!(logins, "sso login --profile dev 123\n");
}

#[test]
fn everything_but_yes_is_no() {
    for answer in ["\n", "n\n", "yep\n", "\x04"] {
        let directory = Directory::new();
        let mut screen = lapsed(&directory, "--reauth=ask");
        screen.until("[y/N] ");
        screen.press(answer);
        screen.until("status 10\r\n");
        assert!(!directory.path().join("logins").exists(), "{answer:?}");
    }
}

#[test]
fn nobody_is_asked_in_ci() {
    let directory = Directory::new();
    let mut screen = lapsed(&directory, "");
    screen.until("status 10\r\n");
    let here = directory.path().display().to_string();
    let mut screen = Screen::of(&format!(
        "PATH={here}:$PATH; CI=1 $run --reauth -- tool; echo \"status $?\""
    ));
    let shown = screen.until("status 10\r\n");
    assert!(!shown.contains("[y/N]"), "{shown:?}");
}

#[test]
fn what_was_typed_for_the_command_is_no_answer() {
    let directory = Directory::new();
    let tool = directory.write(
        "tool",
        format!(
            "#!/bin/sh\necho ready; sleep 0.5; echo '{}' >&2; exit 1",
            SSO_EXPIRED.trim()
        ),
    );
    std::fs::set_permissions(&tool, std::os::unix::fs::PermissionsExt::from_mode(0o755))
        .expect("a program");
    let mut screen = Screen::of(&format!("$run --reauth -- {tool}; echo \"status $?\""));
    screen.until("ready\r\n");
    screen.press("y\n");
    screen.until("[y/N] ");
    screen.press("\n");
    screen.until("status 10\r\n");
}
