//! Who acts, and the command that helps.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

/// What repairs a failure.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "camelCase")
)]
#[non_exhaustive]
pub struct Remedy {
    /// Who has to act.
    pub actor: Actor,
    /// The command as separate arguments; empty where no single command repairs it.
    pub argv: Vec<Cow<'static, str>>,
    /// The environment variable that decides which credentials are used.
    pub env_var: Option<&'static str>,
    /// One sentence for a person, without the command.
    pub advice: Cow<'static, str>,
}

/// Who has to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
#[non_exhaustive]
pub enum Actor {
    /// The person at the keyboard.
    User,
    /// Whoever administers the account or the identity provider.
    Admin,
    /// Whoever wrote the program.
    Developer,
    /// The platform that provides the credentials.
    Platform,
}

/// The shell in which a shown command will be typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "lowercase")
)]
#[non_exhaustive]
pub enum Shell {
    /// `sh` and its descendants.
    #[default]
    Posix,
    /// Windows PowerShell and PowerShell.
    PowerShell,
    /// `cmd.exe`.
    Cmd,
}

impl Remedy {
    /// The command as one string that survives a naive split on spaces.
    ///
    /// `None` where there is no command, or where an argument has a character
    /// outside `[A-Za-z0-9_.@/+:=,-]`: then only [`argv`](Self::argv) is safe.
    #[must_use]
    pub fn command(&self) -> Option<String> {
        (!self.argv.is_empty() && self.argv.iter().all(|word| is_plain(word)))
            .then(|| self.argv.join(" "))
    }

    /// The command as it is typed in `shell`; empty where there is none.
    ///
    /// `None` where the shell has no way to quote an argument safely
    /// (`cmd.exe` with a percent sign, a quote or a line break in it).
    #[must_use]
    pub fn typed_in(&self, shell: Shell) -> Option<String> {
        let mut line = String::new();
        for word in &self.argv {
            if !line.is_empty() {
                line.push(' ');
            }
            if is_plain(word) {
                line.push_str(word);
            } else {
                quote(&mut line, word, shell)?;
            }
        }
        Some(line)
    }
}

fn is_plain(word: &str) -> bool {
    !word.is_empty()
        && word
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_.@/+:=,-".contains(&byte))
}

fn quote(line: &mut String, word: &str, shell: Shell) -> Option<()> {
    if word.chars().any(char::is_control) {
        return None;
    }
    match shell {
        Shell::Posix => {
            line.push('\'');
            line.push_str(&word.replace('\'', r"'\''"));
            line.push('\'');
        }
        // PowerShell ends a single-quoted string at typographic quotes too.
        Shell::PowerShell => {
            line.push('\'');
            for char in word.chars() {
                if matches!(char, '\'' | '\u{2018}'..='\u{201b}') {
                    line.push(char);
                }
                // Until 7.3 PowerShell loses a double quote on the way to a program.
                if char == '"' {
                    return None;
                }
                line.push(char);
            }
            line.push('\'');
        }
        // cmd.exe expands %name% and !name! inside quotes as well.
        Shell::Cmd => {
            if word.contains(['"', '%', '!']) || word.ends_with('\\') {
                return None;
            }
            line.push('"');
            line.push_str(word);
            line.push('"');
        }
    }
    Some(())
}
