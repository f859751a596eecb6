//! HTTP without a client: exactly these bytes out, all bytes in.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub(crate) async fn get(url: &str, path: &str) -> std::io::Result<String> {
    send(url, "GET", path, "").await
}

pub(crate) async fn send(
    url: &str,
    method: &str,
    path: &str,
    body: &str,
) -> std::io::Result<String> {
    let host = url.trim_start_matches("http://");
    let length = body.len();
    let mut stream = TcpStream::connect(host).await?;
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}
