//! Keys, secrets and tokens that look like those of AWS.

use sha2::{Digest, Sha256};

const BASE32: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const BASE64: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BASE64_URL: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Makes values that are never repeated within one simulator and differ between two.
#[derive(Debug)]
pub(crate) struct Mint {
    salt: String,
    made: u64,
}

impl Mint {
    pub(crate) fn new(salt: String) -> Self {
        Self { salt, made: 0 }
    }

    /// `AKIA` (of a user) or `ASIA` (of a session) and 16 letters.
    pub(crate) fn access_key_id(&mut self, prefix: &str) -> String {
        format!("{prefix}{}", self.letters(BASE32, 16))
    }

    pub(crate) fn secret(&mut self) -> String {
        self.letters(BASE64, 40)
    }

    pub(crate) fn session_token(&mut self) -> String {
        format!("IQoJb3JpZ2luX2Vj{}==", self.letters(BASE64, 342))
    }

    /// `aoa` starts an access token of IAM Identity Center, `aor` a refresh token.
    pub(crate) fn bearer(&mut self, prefix: &str) -> String {
        format!("{prefix}AAAAA{}", self.letters(BASE64_URL, 120))
    }

    pub(crate) fn opaque(&mut self, length: usize) -> String {
        self.letters(BASE64_URL, length)
    }

    pub(crate) fn uuid(&mut self) -> String {
        let hex = self.letters(b"0123456789abcdef", 32);
        format!(
            "{}-{}-4{}-a{}-{}",
            &hex[..8],
            &hex[8..12],
            &hex[13..16],
            &hex[17..20],
            &hex[20..]
        )
    }

    /// The `x-amz-request-id` of S3.
    pub(crate) fn s3_request_id(&mut self) -> String {
        self.letters(b"0123456789ABCDEFGHJKMNPQRSTVWXYZ", 16)
    }

    fn letters(&mut self, alphabet: &[u8], length: usize) -> String {
        self.made += 1;
        let mut out = String::with_capacity(length);
        for block in 0.. {
            for byte in Sha256::digest(format!("{}/{}/{block}", self.salt, self.made)) {
                if out.len() == length {
                    return out;
                }
                out.push(char::from(alphabet[usize::from(byte) % alphabet.len()]));
            }
        }
        out
    }
}
