//! The commands.

use std::env;

use aws_sdk_s3::Client;
use aws_sdk_s3::primitives::ByteStream;

use crate::alias::Alias;
use crate::client::client;
use crate::command::Command;
use crate::config::Config;
use crate::error::{Error, line};
use crate::prune::prune;

pub(crate) async fn run(command: Command) -> Result<(), Error> {
    let mut config = Config::load()?;
    match command {
        Command::Set { name, url } => config.set(&name, from_environment(url)?),
        Command::List => {
            for (name, alias) in config.aliases() {
                let kind = match alias.session_token {
                    Some(_) => "session",
                    None => "static",
                };
                println!("{name}\t{}\t{kind}", alias.url);
            }
            Ok(())
        }
        Command::Remove { name } => match config.remove(&name)? {
            true => Ok(()),
            false => Err(Error::Config(format!("there is no alias `{name}`"))),
        },
        Command::Ls { alias, bucket } => {
            call(&mut config, &alias, async |client: Client| {
                ls(client, &bucket).await
            })
            .await
        }
        Command::Put {
            file,
            alias,
            bucket,
            key,
        } => {
            call(&mut config, &alias, async |client: Client| {
                put(client, &file, &bucket, &key).await
            })
            .await
        }
    }
}

/// Calls the service, and removes the alias where nothing else can help.
async fn call(
    config: &mut Config,
    name: &str,
    action: impl AsyncFnOnce(Client) -> Result<(), Error>,
) -> Result<(), Error> {
    let (alias, origin) = config.find(name)?;
    let result = action(client(name, &alias, origin)).await;
    result.map_err(|error| prune(config, name, (&alias, origin), error))
}

async fn ls(client: Client, bucket: &str) -> Result<(), Error> {
    let mut pages = client
        .list_objects_v2()
        .bucket(bucket)
        .into_paginator()
        .send();
    while let Some(page) = pages.next().await {
        for object in page.map_err(|error| Error::of(&error))?.contents() {
            println!("{}", object.key().unwrap_or_default());
        }
    }
    Ok(())
}

async fn put(client: Client, file: &str, bucket: &str, key: &str) -> Result<(), Error> {
    let body = ByteStream::from_path(file)
        .await
        .map_err(|error| Error::Config(format!("{file}: {}", line(&error))))?;
    let put = client.put_object().bucket(bucket).key(key).body(body);
    put.send()
        .await
        .map(drop)
        .map_err(|error| Error::of(&error))
}

/// Keys come from the environment, because arguments are visible to every user of the machine.
fn from_environment(url: String) -> Result<Alias, Error> {
    let variable = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    let required =
        |name: &str| variable(name).ok_or_else(|| Error::Usage(format!("{name} is not set")));
    Ok(Alias {
        url,
        access_key: required("AWS_ACCESS_KEY_ID")?,
        secret_key: required("AWS_SECRET_ACCESS_KEY")?,
        session_token: variable("AWS_SESSION_TOKEN"),
    })
}
