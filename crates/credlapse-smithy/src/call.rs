//! The call that failed.

use aws_smithy_runtime_api::client::endpoint::EndpointResolverParams;
use aws_smithy_runtime_api::client::orchestrator::Metadata;
use aws_smithy_runtime_api::client::retries::RequestAttempts;
use aws_smithy_types::config_bag::ConfigBag;
use aws_types::region::{Region, SigningRegion};

/// The call that failed, as far as the client tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Call {
    /// The service, for example `S3`.
    pub service: Option<String>,
    /// The operation, for example `PutObject`.
    pub operation: Option<String>,
    /// The Region that the request was signed for.
    pub region: Option<String>,
    /// The bucket, where the service has buckets.
    pub bucket: Option<String>,
    /// The key of the object, where the operation is about one.
    pub key: Option<String>,
    /// How often the request was tried; 1 where credentials could not be had.
    pub attempts: u32,
}

impl Call {
    pub(crate) fn of(cfg: &ConfigBag) -> Self {
        let metadata = cfg.load::<Metadata>();
        let region = match cfg.load::<SigningRegion>() {
            Some(region) => Some(region.as_ref().to_owned()),
            None => cfg
                .load::<Region>()
                .map(|region| region.as_ref().to_owned()),
        };
        let parameters = cfg
            .load::<EndpointResolverParams>()
            .map(|parameters| format!("{parameters:?}"))
            .unwrap_or_default();
        Self {
            service: metadata.map(|metadata| metadata.service().into()),
            operation: metadata.map(|metadata| metadata.name().into()),
            region,
            bucket: field(&parameters, "bucket"),
            key: field(&parameters, "key"),
            attempts: cfg
                .load::<RequestAttempts>()
                .map_or(0, RequestAttempts::attempts),
        }
    }
}

/// A field of the endpoint parameters, whose type only the service's own crate knows.
fn field(debug: &str, name: &str) -> Option<String> {
    let marker = format!(" {name}: Some(\"");
    let (_, rest) = debug.split_once(&marker)?;
    let mut value = String::new();
    let mut characters = rest.chars();
    loop {
        match characters.next()? {
            '"' => return Some(value),
            '\\' => value.push(unescape(&mut characters)?),
            character => value.push(character),
        }
    }
}

/// The character behind a backslash, as `str::escape_debug` writes it.
fn unescape(characters: &mut std::str::Chars<'_>) -> Option<char> {
    Some(match characters.next()? {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        '0' => '\0',
        'u' => {
            let digits: String = characters
                .by_ref()
                .take_while(|char| *char != '}')
                .collect();
            let number = u32::from_str_radix(digits.trim_start_matches('{'), 16).ok()?;
            char::from_u32(number)?
        }
        character => character,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    #[expect(dead_code, reason = "read through Debug")]
    struct Params {
        bucket: Option<String>,
        region: Option<String>,
        key: Option<String>,
        use_fips: Option<bool>,
    }

    #[test]
    fn reads_back_what_debug_writes() {
        for key in [
            "a/b.csv",
            r#"quo"te\back"#,
            "tab\tnew\nline",
            "zero\0",
            "dé\u{200b}日本",
        ] {
            let parameters = EndpointResolverParams::new(Params {
                bucket: Some("my-bucket".into()),
                region: None,
                key: Some(key.into()),
                use_fips: Some(false),
            });
            let debug = format!("{parameters:?}");
            assert_eq!(
                field(&debug, "bucket").as_deref(),
                Some("my-bucket"),
                "{debug}"
            );
            assert_eq!(field(&debug, "key").as_deref(), Some(key), "{debug}");
            assert_eq!(field(&debug, "region"), None, "{debug}");
        }
    }

    #[test]
    fn a_service_without_buckets_has_none() {
        assert_eq!(
            field(
                "EndpointResolverParams { inner: Params { region: Some(\"x\") } }",
                "bucket"
            ),
            None
        );
        assert_eq!(field("", "bucket"), None);
        assert_eq!(field(" bucket: Some(\"cut", "bucket"), None);
    }
}
