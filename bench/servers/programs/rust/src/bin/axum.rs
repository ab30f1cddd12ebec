use axum::{routing::get, Router};
use std::time::Duration;
#[tokio::main]
async fn main() {
    let app = Router::new().route("/", get(|| async { "hello" })).route("/health", get(|| async { "ok" }))
        .route("/slow", get(|| async { tokio::time::sleep(Duration::from_secs(2)).await; "slow" }));
    let l = tokio::net::TcpListener::bind(format!("0.0.0.0:{}", std::env::var("PORT").unwrap())).await.unwrap();
    if std::env::args().nth(1).as_deref() == Some("graceful") {
        let signal = async { tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).unwrap().recv().await; };
        axum::serve(l, app).with_graceful_shutdown(signal).await.unwrap();
    } else { axum::serve(l, app).await.unwrap(); }
}
