//! Tokens of an identity provider that STS trusts.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use time::OffsetDateTime;

use crate::mint::Mint;

/// The subject of all tokens.
pub(crate) const SUBJECT: &str = "system:serviceaccount:default:deployer";

/// The provider. Its tokens have the shape of a JWT; their signature is a hash over a secret, not
/// RSA.
#[derive(Debug)]
pub(crate) struct WebIdentity {
    secret: String,
}

impl WebIdentity {
    pub(crate) fn new(mint: &mut Mint) -> Self {
        Self {
            secret: mint.secret(),
        }
    }

    pub(crate) fn token(&self, issuer: &str, now: OffsetDateTime, end: OffsetDateTime) -> String {
        let head = base64_url(
            json!({"alg": "RS256", "typ": "JWT", "kid": "sim"})
                .to_string()
                .as_bytes(),
        );
        let claims = json!({
            "iss": issuer,
            "sub": SUBJECT,
            "aud": ["sts.amazonaws.com"],
            "iat": now.unix_timestamp().min(end.unix_timestamp()),
            "exp": end.unix_timestamp(),
        });
        let signed = format!("{head}.{}", base64_url(claims.to_string().as_bytes()));
        format!("{signed}.{}", self.sign(&signed))
    }

    /// The `exp` of a token of this provider; `None` for any other text.
    pub(crate) fn expiry(&self, token: &str) -> Option<i64> {
        let (signed, signature) = token.trim().rsplit_once('.')?;
        if self.sign(signed) != signature {
            return None;
        }
        let claims = base64_url_decode(signed.split('.').nth(1)?)?;
        serde_json::from_slice::<Value>(&claims).ok()?["exp"].as_i64()
    }

    fn sign(&self, text: &str) -> String {
        base64_url(&Sha256::digest(format!("{}{text}", self.secret)))
    }
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

fn base64_url(bytes: &[u8]) -> String {
    let mut out = String::new();
    for group in bytes.chunks(3) {
        let bits = group
            .iter()
            .enumerate()
            .fold(0_u32, |bits, (i, b)| bits | u32::from(*b) << (16 - 8 * i));
        for i in 0..=group.len() {
            out.push(char::from(ALPHABET[(bits >> (18 - 6 * i) & 63) as usize]));
        }
    }
    out
}

fn base64_url_decode(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    for group in text.as_bytes().chunks(4) {
        let mut bits = 0_u32;
        for (i, c) in group.iter().enumerate() {
            bits |= u32::try_from(ALPHABET.iter().position(|a| a == c)?).ok()? << (18 - 6 * i);
        }
        out.extend(bits.to_be_bytes().iter().skip(1).take(group.len() - 1));
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_tells_its_end_to_its_maker_only() {
        let (now, end) = (
            OffsetDateTime::UNIX_EPOCH,
            OffsetDateTime::from_unix_timestamp(1234).unwrap(),
        );
        let provider = WebIdentity::new(&mut Mint::new("a".into()));
        let token = provider.token("http://127.0.0.1:1", now, end);
        assert_eq!(provider.expiry(&token), Some(1234));
        assert_eq!(provider.expiry(&format!("{token}x")), None);
        assert_eq!(provider.expiry("not a token"), None);
        assert_eq!(
            WebIdentity::new(&mut Mint::new("b".into())).expiry(&token),
            None
        );
    }
}
